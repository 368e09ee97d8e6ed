/* SPDX-License-Identifier: ISC */
#include "parse/thread_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What it weighs that a region begins with a text and ends with a name. */
#define BOTH_ENDS 0.7F

enum { SUBJECT_MOST = 80, GAP_MOST = 400, FIRST_GUESS = 4, LAST_SLACK = 10 };

struct found_comment *plan_add_comment(struct parse_thread *t, size_t from, size_t to)
{
    struct found_comment *c;

    mem_grow(&t->comment, &t->comment_cap, t->comments + 1, sizeof *t->comment);
    c = &t->comment[t->comments++];
    memset(c, 0, sizeof *c);
    c->from = from;
    c->to = to;
    c->text_from = c->text_to = to;
    c->subject = SIZE_MAX;
    c->date = THREAD_NO_DATE;
    c->indent = t->lines->line[from].indent;
    return c;
}

static bool is_text(const struct mark *m)
{
    return m->kind == MARK_TEXT || m->kind == MARK_REMOVED;
}

/* -- what is in a record ------------------------------------------------------------------------------------
 */

void plan_set_body(struct parse_thread *t, struct found_comment *c, size_t from, size_t to)
{
    size_t first, last, i;

    for (first = from; first < to; first++) {
        const struct mark *m = &t->mark[first];

        if ((m->kind == MARK_ANSWER || m->kind == MARK_BUTTONS) && c->parent.end == c->parent.start)
            c->parent = m->parent;
        else if (m->kind == MARK_DATE && c->date == THREAD_NO_DATE)
            c->date = m->date;
        else if (m->kind == MARK_TEXT || m->kind == MARK_REMOVED || m->kind == MARK_HEADER ||
                 m->kind == MARK_PINGBACK)
            break;
    }
    for (last = to; last > first; last--) {
        const struct mark *m = &t->mark[last - 1];

        if (m->kind == MARK_TEXT || m->kind == MARK_REMOVED || m->kind == MARK_HEADER)
            break;
    }
    /* what follows the buttons that end a comment is chrome, if the text has begun */
    for (i = first; i < last; i++)
        if (t->mark[i].kind == MARK_BUTTONS && t->mark[i].reply && i > first) {
            last = i;
            break;
        }
    c->text_from = first;
    c->text_to = last;
    for (i = from; i < to; i++) {
        const struct mark *m = &t->mark[i];

        if (m->has_score && (i >= last || m->kind == MARK_BUTTONS)) {
            c->has_score = true;
            c->score = m->score;
        }
        if (m->kind == MARK_NUMBER && i >= last && !c->has_score && m->count > -100000 &&
            ((i > last && t->mark[i - 1].kind == MARK_BUTTONS) ||
             (i + 1 < to && t->mark[i + 1].kind == MARK_BUTTONS))) {
            c->has_score = true;
            c->score = m->count;
        }
        if (m->kind == MARK_DATE && i >= last && c->date == THREAD_NO_DATE)
            c->date = m->date;
    }
    if (last == first + 1 && t->mark[first].kind == MARK_REMOVED)
        c->removed = true;
    if (last == first + 1 && t->mark[first].kind == MARK_PINGBACK)
        c->pingback = true;
}

static void take_unit(struct found_comment *c, const struct unit *u)
{
    c->author = u->author;
    c->parent = u->parent;
    c->date = u->date;
}

/* -- units --------------------------------------------------------------------------------------------------
 */

/* What units of one habit share. */
enum { FORM = UNIT_VERB | UNIT_INLINE | UNIT_DATE_FIRST | UNIT_WORDED | UNIT_CLOCK };

/* Keeps the units of the page's main form and the strong ones; a weak one only beside two sure ones, with a
 * time of day or the number after that of the one before. */
static void keep_main_form(struct parse_thread *t)
{
    size_t votes[FORM + 1], sure[FORM + 1], i, kept = 0;
    long number = -1, was;
    int main_form = 0;

    memset(votes, 0, sizeof votes);
    memset(sure, 0, sizeof sure);
    for (i = 0; i < t->units; i++) {
        const struct unit *u = &t->unit[i];
        int form = u->shape & FORM;

        if (u->weak)
            continue;
        sure[form]++;
        votes[form] += (u->strong ? 6u : 2u) + ((u->shape & UNIT_TIMED) != 0 ? 1u : 0u);
        if (votes[form] > votes[main_form])
            main_form = form;
    }
    for (i = 0; i < t->units; i++) {
        const struct unit *u = &t->unit[i];
        bool fits = (u->shape & FORM) == main_form || (u->verb && (u->shape & UNIT_DATED) != 0);

        was = number;
        number = parse_thread_number(t, u->from, u->to, u->author);
        if (fits && (!u->weak || (sure[main_form] >= 2 &&
                                  ((u->shape & UNIT_TIMED) != 0 || (was >= 0 && number == was + 1)))))
            t->unit[kept++] = *u;
    }
    t->units = kept;
}

/* Without a heading, only a run of units without a long gap can be a thread: the heaviest is kept. */
static void keep_run(struct parse_thread *t)
{
    size_t i, from = 0, best_from = 0, best_to = 0;

    for (i = 0; i < t->units; i++) {
        if (i + 1 < t->units && t->unit[i + 1].from - t->unit[i].to < GAP_MOST)
            continue;
        if (i + 1 - from > best_to - best_from) {
            best_from = from;
            best_to = i + 1;
        }
        from = i + 1;
    }
    if (best_from > 0)
        memmove(t->unit, t->unit + best_from, (best_to - best_from) * sizeof *t->unit);
    t->units = best_to - best_from;
}

/* Whether the line may say what a text is about: it is no sentence. */
static bool is_subject(const struct parse_thread *t, size_t i)
{
    const struct lines_line *n = &t->lines->line[i];

    return !t->mark[i].prose || (n->chars <= SUBJECT_MOST && n->end > n->start &&
                                 strchr(".!?", t->lines->text[n->end - 1]) == NULL);
}

/* The line on which unit k begins, and *subject, a line above it that is bound to it by blank lines as none
 * of its text is: SIZE_MAX where there is none. */
static size_t unit_head(const struct parse_thread *t, const struct plan *p, size_t k, size_t *subject)
{
    const struct unit *u = &t->unit[k];
    const struct lines_line *l = t->lines->line;
    size_t head = u->from, least = k > 0 ? t->unit[k - 1].to : p->from;

    while (head > least && (t->mark[head - 1].kind == MARK_NUMBER || t->mark[head - 1].kind == MARK_BADGE))
        head--;
    *subject = SIZE_MAX;
    if (head > least && t->mark[head - 1].kind == MARK_TEXT && is_subject(t, head - 1) &&
        l[head].blank_before == 0 && l[head - 1].blank_before > 0 && u->to < p->to &&
        l[u->to].blank_before > 0)
        *subject = --head;
    return head;
}

/* Whether comments have subjects: most units have a line bound to them. */
static bool has_subjects(const struct parse_thread *t, const struct plan *p)
{
    size_t k, subject, bound = 0;

    for (k = 0; k < t->units; k++) {
        unit_head(t, p, k, &subject);
        bound += subject != SIZE_MAX;
    }
    return 3 * bound > 2 * t->units;
}

/* Whether the units stand behind their texts: what stands before and behind each of them votes. */
static bool units_trail(const struct parse_thread *t, const struct plan *p)
{
    int before = 0, behind = 0, glued_up = 0, glued_down = 0;
    size_t k;

    for (k = 0; k < t->units; k++) {
        const struct unit *u = &t->unit[k];
        size_t subject, above = unit_head(t, p, k, &subject);
        size_t below = u->to;
        bool text_above, text_below;

        text_above = above > p->from && !mark_is_chrome(&t->mark[above - 1]) &&
                     t->mark[above - 1].kind != MARK_PINGBACK;
        while (below < p->to && t->mark[below].kind == MARK_BUTTONS && !t->mark[below].reply &&
               t->lines->line[below].blank_before == 0)
            below++;
        text_below = below < p->to && !mark_is_chrome(&t->mark[below]);
        before += text_below;
        behind += !text_below;
        /* above the first there is the article, where no heading parts them */
        if (k > 0 || p->heading != SIZE_MAX) {
            before += !text_above;
            behind += text_above;
        }
        if (text_above && text_below) {
            bool up = t->lines->line[above].blank_before == 0, down = t->lines->line[u->to].blank_before == 0;

            glued_up += up && !down;
            glued_down += (!up && down) || subject != SIZE_MAX;
        }
    }
    /* the ends of the region say most, then how blank lines bind */
    if (2 * (size_t)(glued_up + glued_down) >= t->units) {
        behind += glued_up > 2 * glued_down;
        before += glued_down > 2 * glued_up;
    }
    if (before != behind)
        return behind > before;
    /* nothing tells: "Posted by NAME on DATE" stands behind more often, but not with a number before it */
    return t->units > 0 && (t->unit[0].shape & UNIT_WORDED) != 0 && (t->unit[0].shape & UNIT_INLINE) != 0 &&
           parse_thread_number(t, t->unit[0].from, t->unit[0].to, t->unit[0].author) < 0;
}

size_t plan_last_end(const struct parse_thread *t, const struct plan *p, size_t from, size_t longest)
{
    size_t i, text = 0, last_prose = from, most = 2 * longest + LAST_SLACK;

    for (i = from; i < p->to; i++) {
        const struct mark *m = &t->mark[i];

        if (m->kind == MARK_BUTTONS && text > 0) {
            while (i < p->to && (t->mark[i].kind == MARK_BUTTONS || t->mark[i].kind == MARK_NUMBER))
                i++;
            return i;
        }
        if (m->kind == MARK_FORM || m->kind == MARK_CLOSED || m->kind == MARK_EMPTY ||
            (m->kind == MARK_OTHER && text > 0) ||
            ((m->kind == MARK_CONTROL || m->kind == MARK_NAV) && text > 0) ||
            (m->kind == MARK_HEADING && text > 0))
            return i;
        if (!is_text(m))
            continue;
        text++;
        if (m->prose || text == 1)
            last_prose = i + 1;
        if (text >= most && (i + 1 == p->to || t->lines->line[i + 1].blank_before > 0))
            break;
    }
    if (i == p->to && (p->to < t->marks || text <= 3))
        return i;
    return last_prose;
}

static void records_before(struct parse_thread *t, const struct plan *p)
{
    size_t k, longest = 0, subject = SIZE_MAX;
    bool subjects = has_subjects(t, p);

    for (k = 0; k < t->units; k++) {
        const struct unit *u = &t->unit[k];
        size_t from = u->from, to;
        struct found_comment *c;

        while (from > p->from && (k == 0 || from > t->unit[k - 1].to) &&
               ((t->mark[from - 1].kind == MARK_NUMBER && t->lines->line[from - 1].chars <= 5 &&
                 (k == 0 || t->mark[from - 1].count > 0)) ||
                t->mark[from - 1].kind == MARK_BADGE)) {
            /* a number directly below buttons is their score */
            if (t->mark[from - 1].kind == MARK_NUMBER && from >= 2 && t->mark[from - 2].kind == MARK_BUTTONS)
                break;
            from--;
        }
        if (subjects)
            from = unit_head(t, p, k, &subject);
        if (k > 0 && t->comments > 0) {
            struct found_comment *prev = &t->comment[t->comments - 1];

            prev->to = from;
            plan_set_body(t, prev, t->unit[k - 1].to, from);
            if (prev->text_to - prev->text_from > longest)
                longest = prev->text_to - prev->text_from;
        }
        to = k + 1 < t->units ? u->to : plan_last_end(t, p, u->to, longest);
        c = plan_add_comment(t, from, to);
        c->subject = subject;
        take_unit(c, u);
        if (k + 1 == t->units)
            plan_set_body(t, c, u->to, to);
    }
}

/* Where the first text of a trailer page begins: at the heading, or as many blocks up as texts have. */
static size_t first_text(const struct parse_thread *t, const struct plan *p)
{
    size_t i, blocks = 0, want = 1, found = t->unit[0].from;
    float best = -100;

    if (p->heading != SIZE_MAX)
        return p->from;
    if (t->units > 2) {
        size_t k, total = 0;

        for (k = 1; k < t->units; k++)
            for (i = t->unit[k - 1].to + 1; i < t->unit[k].from; i++)
                total += t->lines->line[i].blank_before > 0;
        want = 1 + total / (t->units - 1);
        if (want > FIRST_GUESS)
            want = FIRST_GUESS;
    }
    /* of the blocks about as far up as texts are long: below what ends an article, or where somebody speaks
     * up */
    for (i = t->unit[0].from; i > p->from && blocks < want + FIRST_GUESS; i--) {
        float w = -fabsf((float)++blocks - (float)want);

        while (i > p->from + 1 && t->lines->line[i - 1].blank_before == 0 && !mark_is_chrome(&t->mark[i - 2]))
            i--;
        if (i > p->from + 1 && !t->mark[i - 2].prose)
            w += 1.2F;
        if (plan_is_talk(t, i - 1))
            w += 0.6F;
        if (w > best) {
            best = w;
            found = i - 1;
        }
        if (i > p->from + 1 && mark_is_chrome(&t->mark[i - 2]))
            break;
    }
    return found;
}

static void records_behind(struct parse_thread *t, const struct plan *p)
{
    size_t k, from = first_text(t, p);

    for (k = 0; k < t->units; k++) {
        const struct unit *u = &t->unit[k];
        size_t to = u->to, stop = k + 1 < t->units ? t->unit[k + 1].from : p->to, text = from;
        struct found_comment *c;

        while (to < stop &&
               (t->mark[to].kind == MARK_BUTTONS || (t->mark[to].kind == MARK_NUMBER && to > u->to)))
            to++;
        while (text < u->from && (mark_is_chrome(&t->mark[text]) || t->mark[text].kind == MARK_NUMBER))
            text++;
        if (text == u->from) {
            from = to;
            continue;
        }
        c = plan_add_comment(t, text, to);
        plan_set_body(t, c, text, u->from);
        take_unit(c, u);
        from = to;
    }
}

/* -- buttons ------------------------------------------------------------------------------------------------
 */

/* What closes a comment in a region: a button to reply; a date, where dates stand beside those buttons or
 * there are no such buttons. */
enum closer { CLOSE_REPLY, CLOSE_DATE };

static bool in_run(const struct mark *m)
{
    return m->kind == MARK_BUTTONS || m->kind == MARK_DATE || m->kind == MARK_NUMBER;
}

static enum closer find_closer(const struct parse_thread *t, size_t from, size_t to)
{
    size_t i = from, replies = 0, both = 0;

    while (i < to) {
        bool reply = false, date = false;

        if (!in_run(&t->mark[i])) {
            i++;
            continue;
        }
        for (; i < to && in_run(&t->mark[i]); i++) {
            reply |= t->mark[i].reply;
            date |= t->mark[i].kind == MARK_DATE;
        }
        replies += reply;
        both += reply && date;
    }
    return 2 * both >= replies ? CLOSE_DATE : CLOSE_REPLY;
}

/* End of the run of buttons, dates and numbers that begins at i and ends a comment; i where none does. */
static size_t closing_run(const struct parse_thread *t, size_t i, size_t to, enum closer closer)
{
    size_t end = i;
    bool closes = false;

    while (end < to) {
        const struct mark *m = &t->mark[end];

        if (!in_run(m) || (m->kind == MARK_NUMBER && end == i))
            break;
        closes |= m->reply || (closer == CLOSE_DATE && m->kind == MARK_DATE);
        end++;
    }
    return closes ? end : i;
}

static void name_record(struct parse_thread *t, struct found_comment *c, size_t to)
{
    size_t i = c->from, badge = SIZE_MAX;

    while (i < to &&
           (t->mark[i].kind == MARK_BADGE || t->mark[i].kind == MARK_NUMBER || mark_is_chrome(&t->mark[i]))) {
        if (t->mark[i].kind == MARK_BADGE)
            badge = i;
        else if (badge == SIZE_MAX)
            c->from = i + 1 < to ? i + 1 : i;
        i++;
    }
    if (i < to && t->mark[i].kind == MARK_HEADER) {
        c->author = t->mark[i].author;
        c->parent = t->mark[i].parent;
        c->date = t->mark[i++].date;
    } else if (i + 1 < to && t->mark[i].kind == MARK_TEXT && t->mark[i].name >= 0) {
        c->author = (struct platform_span){t->lines->line[i].start, t->lines->line[i].end};
        i++;
    } else if (badge != SIZE_MAX) {
        /* "Guest" is all the name there is */
        c->author = (struct platform_span){t->lines->line[badge].start, t->lines->line[badge].end};
    }
    plan_set_body(t, c, i, to);
}

/* Where the first record before the buttons at stop begins, when no heading says it: the nearest bare name.
 */
static size_t name_above(const struct parse_thread *t, size_t from, size_t stop)
{
    size_t i = stop;

    while (i > from && stop - i < 40) {
        i--;
        if (t->mark[i].kind == MARK_TEXT && t->mark[i].name >= 4 && i + 1 < stop)
            return i;
        if (mark_is_chrome(&t->mark[i]))
            return i + 1;
    }
    return stop;
}

static bool record_replies(const struct parse_thread *t, const struct found_comment *c)
{
    size_t i;

    for (i = c->from; i < c->to; i++)
        if (t->mark[i].reply)
            return true;
    return false;
}

/* Where comments have buttons to reply, what follows the last of them and has none is a list of other pages.
 */
static void drop_trailing_lists(struct parse_thread *t)
{
    size_t k, replies = 0;

    for (k = 0; k < t->comments; k++)
        replies += record_replies(t, &t->comment[k]);
    if (replies < 2)
        return;
    while (t->comments > replies && !record_replies(t, &t->comment[t->comments - 1]))
        t->comments--;
}

static void records_between_buttons(struct parse_thread *t, const struct plan *p)
{
    enum closer closer = find_closer(t, p->from, p->to);
    size_t from = p->from, i = p->from, end;
    bool first = p->heading == SIZE_MAX;

    while (i < p->to) {
        end = closing_run(t, i, p->to, closer);
        if (end == i) {
            i++;
            continue;
        }
        if (first)
            from = name_above(t, p->from, i);
        first = false;
        if (from < i) {
            struct found_comment *c = plan_add_comment(t, from, end);

            name_record(t, c, end);
            if (c->text_from == c->text_to)
                t->comments--;
        }
        from = i = end;
    }
    drop_trailing_lists(t);
}

/* -- choosing and weighing ----------------------------------------------------------------------------------
 */

/* Runs of buttons or dates, up to 2. */
static size_t count_buttons(const struct parse_thread *t, size_t from, size_t to)
{
    size_t i, n = 0;

    for (i = from; i < to && n < 2; i++)
        n += in_run(&t->mark[i]) && t->mark[i].kind != MARK_NUMBER && (i == from || !in_run(&t->mark[i - 1]));
    return n;
}

enum way { WAY_UNITS, WAY_BUTTONS, WAY_NAMES, WAY_NAMES_BELOW };

/* Without a heading the first record may be the article below its byline: longer than all the others by far.
 */
static void drop_articles(struct parse_thread *t)
{
    while (t->comments >= 2) {
        const struct found_comment *first = &t->comment[0];
        size_t k, longest = 0;

        for (k = 1; k < t->comments; k++)
            if (t->comment[k].text_to - t->comment[k].text_from > longest)
                longest = t->comment[k].text_to - t->comment[k].text_from;
        if (first->text_to - first->text_from <= 3 * longest + 4)
            return;
        t->comments--;
        memmove(t->comment, t->comment + 1, t->comments * sizeof *t->comment);
    }
}

/* What is held against leaving units out: what is left must be much surer for it. */
static float left_out(size_t units, size_t comments)
{
    return (float)units * (0.3F + 2.0F / (float)comments);
}

/* Reads the region in one way, leaving out the first units, which may name the article; false where it gives
 * no comments. */
static bool go_way(struct parse_thread *t, struct plan *p, enum way way, size_t leave)
{
    t->comments = t->units = 0;
    if (way == WAY_UNITS) {
        parse_thread_units(t, p->from, p->to);
        keep_main_form(t);
        if (p->heading == SIZE_MAX)
            keep_run(t);
        if (t->units <= leave)
            return false;
        t->units -= leave;
        memmove(t->unit, t->unit + leave, t->units * sizeof *t->unit);
        if (units_trail(t, p))
            records_behind(t, p);
        else
            records_before(t, p);
    } else if (way == WAY_BUTTONS) {
        records_between_buttons(t, p);
    } else {
        struct plan inner = *p;

        while (inner.to > inner.from && mark_is_chrome(&t->mark[inner.to - 1]))
            inner.to--;
        if (!plan_read_names(t, &inner, way == WAY_NAMES ? PLAN_NAME_ABOVE : PLAN_NAME_BELOW))
            return false;
        p->name_quality = inner.name_quality;
        if (p->to == t->marks && way == WAY_NAMES)
            plan_drop_lists(t, p);
    }
    if (p->heading == SIZE_MAX)
        drop_articles(t);
    p->comments = t->comments;
    if (t->comments > 0)
        p->weight = plan_weigh(t, p, way >= WAY_NAMES) - left_out(leave, t->comments) +
                    parse_thread_told_weight(t) + (way == WAY_NAMES_BELOW ? BOTH_ENDS : 0);
    else
        p->weight = 0;
    return t->comments > 0;
}

void plan_make(struct parse_thread *t, struct plan *p)
{
    static const struct {
        enum way way;
        size_t leave;
    } ways[] = {{WAY_UNITS, 0}, {WAY_BUTTONS, 0}, {WAY_NAMES, 0}, {WAY_NAMES_BELOW, 0},
                {WAY_UNITS, 1}, {WAY_UNITS, 2},   {WAY_UNITS, 3}};
    size_t best = SIZE_MAX, i;
    float weight = 0;

    for (i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        bool open = p->heading != SIZE_MAX;

        if (ways[i].way == WAY_BUTTONS && !open && count_buttons(t, p->from, p->to) < 2)
            continue;
        if (open ? ways[i].leave > 0 : ways[i].way >= WAY_NAMES)
            continue;
        if (go_way(t, p, ways[i].way, ways[i].leave) && (best == SIZE_MAX || p->weight > weight)) {
            best = i;
            weight = p->weight;
        }
    }
    p->comments = 0;
    p->weight = 0;
    if (best != SIZE_MAX)
        go_way(t, p, ways[best].way, ways[best].leave);
    else
        t->comments = 0;
}
