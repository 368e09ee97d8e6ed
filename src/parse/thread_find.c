/* SPDX-License-Identifier: ISC */
/*
 * Where the thread of a page stands. Every heading of comments opens a region, and so does the whole page; in
 * each, the ways of reading it (units before the text, units behind it, buttons between, bare names) give
 * records; what speaks for the records being comments is added up, and the best region is believed if the sum
 * is enough. Repetition alone never is: lists of teasers repeat NAME and DATE more often than comments do.
 */
#include "parse/thread_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parse/thread_plan.h"

enum { HEAD_REACH = 300, HEADINGS_MOST = 24, FORM_REACH = 15 };

#define BELIEVED 2.5F
#define CERTAIN  6.0F /* believed without an article above it */

struct parse_thread *parse_thread_new(const struct platform_rules *rules)
{
    struct parse_thread *t = mem_zalloc(1, sizeof *t);

    t->rules = rules;
    t->stated = -1;
    return t;
}

void parse_thread_forget(struct parse_thread *t)
{
    t->marks = t->date_count = t->units = t->comments = 0;
    t->told_count = 0;
    t->region_from = t->region_to = 0;
    t->stated = -1;
    t->weight = 0;
}

void parse_thread_free(struct parse_thread **tp)
{
    struct parse_thread *t = *tp;

    if (t == NULL)
        return;
    free(t->mark);
    free(t->dates);
    free(t->unit);
    free(t->comment);
    free(t->line);
    free(t->talk);
    free(t->scratch);
    free(t->told);
    free(t);
    *tp = NULL;
}

/* Whether the thread goes on within reach of line i: a word of speech with a name, or a reply button. */
static bool goes_on(const struct parse_thread *t, size_t i)
{
    size_t stop = i + FORM_REACH < t->marks ? i + FORM_REACH : t->marks;

    for (; i < stop; i++)
        if ((t->mark[i].kind == MARK_HEADER && t->mark[i].verb) || t->mark[i].reply)
            return true;
    return false;
}

/* Whether line i, a sentence below a form's line, belongs to that form: more of its lines follow close by. */
static bool form_goes_on(const struct parse_thread *t, size_t i)
{
    size_t k;

    for (k = i + 1; k < t->marks && k <= i + 3; k++) {
        const struct mark *m = &t->mark[k];

        if (m->kind == MARK_FORM || m->kind == MARK_FIELD || m->kind == MARK_CONTROL)
            return true;
        if (m->kind != MARK_TEXT || t->lines->line[k].blank_before > 0)
            return false;
    }
    return false;
}

/* First line of the region behind the heading at h: chrome, counts and a form that stands before the
 * comments, the small lines between its parts among them, are passed over. */
static size_t region_start(const struct parse_thread *t, size_t h)
{
    size_t i = h + 1, start = h + 1, small = 0;
    bool form = t->mark[h].kind == MARK_FORM;

    for (; i < t->marks && i < h + HEAD_REACH; i++) {
        const struct mark *m = &t->mark[i];

        if (mark_is_chrome(m) || m->kind == MARK_PINGBACK || (m->kind == MARK_NUMBER && m->count <= 0)) {
            form |= m->kind == MARK_FORM || m->kind == MARK_FIELD;
            start = i + 1;
            small = 0;
        } else if (m->kind != MARK_TEXT || ++small > 6 || (m->prose && !(form && form_goes_on(t, i)))) {
            break;
        }
    }
    if (form)
        return start;
    for (i = h + 1; i < start; i++)
        if (!mark_is_chrome(&t->mark[i]) && t->mark[i].kind != MARK_PINGBACK &&
            t->mark[i].kind != MARK_NUMBER)
            return i;
    return start;
}

bool parse_thread_is_pager(const struct parse_thread *t, size_t i)
{
    return i + 2 < t->marks && t->mark[i].kind == MARK_NUMBER && t->mark[i + 1].kind == MARK_NUMBER &&
           t->mark[i + 2].kind == MARK_NUMBER && t->mark[i + 1].count == t->mark[i].count + 1 &&
           t->mark[i + 2].count == t->mark[i].count + 2;
}

/* Whether a form begins at line i: a line of one, or fields close to each other. */
static bool form_begins(const struct parse_thread *t, size_t i)
{
    size_t k;

    if (t->mark[i].kind != MARK_FIELD)
        return t->mark[i].kind == MARK_FORM;
    for (k = i + 1; k < t->marks && k <= i + 2; k++)
        if (t->mark[k].kind == MARK_FIELD || t->mark[k].kind == MARK_FORM)
            return true;
    return false;
}

/* Where the region that begins at s ends: at a form, another part of the page or an end of the thread behind
 * which nothing goes on. */
static size_t region_end(const struct parse_thread *t, size_t s)
{
    size_t i;

    for (i = s + 1; i < t->marks; i++) {
        const struct mark *m = &t->mark[i];

        if (m->kind == MARK_HEADING && m->count >= 0 && m->words > 2)
            return i;
        if ((m->kind == MARK_CLOSED || m->kind == MARK_EMPTY || m->kind == MARK_OTHER || form_begins(t, i) ||
             parse_thread_is_pager(t, i)) &&
            !goes_on(t, i + 1)) {
            bool word = t->mark[i].kind == MARK_NUMBER && t->mark[i - 1].kind == MARK_TEXT &&
                        t->lines->line[i - 1].words == 1 && t->lines->line[i - 1].count[LINES_STOP] == 0;

            return i - word; /* "Pages" above their numbers */
        }
    }
    return t->marks;
}

/* The count that the headings of the run of chrome around h state; -1 where they state none. */
static long run_count(const struct parse_thread *t, size_t h, size_t s)
{
    long count = -1;
    size_t i = h;

    while (i > 0 && h - i < 6 && (mark_is_chrome(&t->mark[i - 1]) || t->mark[i - 1].kind == MARK_PINGBACK))
        i--;
    for (; i < s; i++)
        if (t->mark[i].kind == MARK_HEADING && t->mark[i].count > count)
            count = t->mark[i].count;
    return count;
}

/* A region that opens with a form, its number of comments perhaps above it, has no heading that says what it
 * is. */
static void consider(struct parse_thread *t, struct plan *best, size_t from, size_t to, size_t heading,
                     long count)
{
    struct plan p = {.from = from, .to = to, .heading = heading, .count = count};

    if (heading != SIZE_MAX && t->mark[heading].kind != MARK_HEADING) {
        p.by_form = true;
        p.count = heading > 0 && t->mark[heading - 1].kind == MARK_NUMBER ? t->mark[heading - 1].count : -1;
    }

    if (from >= to)
        return;
    plan_make(t, &p);
    if (p.comments > 0 && (best->comments == 0 || p.weight > best->weight))
        *best = p;
}

/* What the page says of its number of comments where no region says it. */
static long stated_elsewhere(const struct parse_thread *t)
{
    long count = -1, none = -1;
    size_t i, different = 0;

    for (i = 0; i < t->marks; i++) {
        const struct mark *m = &t->mark[i];

        if (m->kind == MARK_HEADING && m->count >= 0) {
            different += m->count != count;
            count = m->count;
        } else if (m->kind == MARK_EMPTY || (m->kind == MARK_FORM && m->words >= 6)) {
            none = 0;
        }
    }
    /* many different counts are those of teasers */
    if (count >= 0 && different <= 2)
        return count;
    return none;
}

static void set_line(struct parse_thread *t, size_t i, enum parse_thread_role role, float strength)
{
    t->line[i].role = role;
    t->line[i].strength = strength;
}

static void mark_controls(struct parse_thread *t)
{
    size_t i;

    for (i = 0; i < t->marks; i++) {
        const struct mark *m = &t->mark[i];
        float strength = 0.2F + 0.05F * (float)m->words;

        if (m->kind == MARK_BUTTONS)
            strength = m->reply ? 0.4F : 0.25F;
        if (m->kind == MARK_FIELD)
            strength = 0.4F;
        if (mark_is_chrome(m) && m->kind != MARK_NAV)
            set_line(t, i, THREAD_CONTROL, strength > 0.8F ? 0.8F : strength);
    }
}

/* Whether line i is the form's word without a form: between a heading and the comments it only leads to it.
 */
static bool is_link_to_form(const struct parse_thread *t, size_t i)
{
    size_t k;

    if (t->mark[i].kind != MARK_FORM || i == 0)
        return false;
    for (k = i + 1; k < t->region_from; k++)
        if (t->mark[k].kind != MARK_HEADING && t->mark[k].kind != MARK_NAV)
            return false;
    return t->mark[i - 1].kind == MARK_HEADING || t->mark[i - 1].kind == MARK_NAV;
}

/* Chrome directly around the region is part of it, and surer for it. */
static void strengthen_around(struct parse_thread *t)
{
    size_t i, misses;
    bool counted = false;

    for (i = t->region_from; i-- > 0;) {
        const struct mark *m = &t->mark[i];

        if ((!mark_is_chrome(m) && m->kind != MARK_NUMBER && m->kind != MARK_BADGE) ||
            m->kind == MARK_BUTTONS || (m->kind == MARK_HEADING && m->count >= 0 && counted))
            break;
        counted |= m->kind == MARK_HEADING && m->count >= 0;
        if (m->kind == MARK_NAV || is_link_to_form(t, i))
            set_line(t, i, THREAD_NONE, 0);
        else
            set_line(t, i, THREAD_CONTROL, 0.9F);
    }
    /* a count said again above the thread's heading is a link to it */
    for (misses = 0, i++; i-- > 0 && misses < 3; misses++)
        if (counted && t->mark[i].kind == MARK_HEADING && t->mark[i].count >= 0)
            set_line(t, i, THREAD_NONE, 0);
    for (i = t->region_to, misses = 0; i < t->marks && misses < 3; i++) {
        if (mark_is_chrome(&t->mark[i])) {
            set_line(t, i, THREAD_CONTROL, 0.9F);
            misses = 0;
        } else {
            misses++;
        }
    }
}

static void set_lines(struct parse_thread *t, const struct plan *p)
{
    float strength = p->weight >= CERTAIN            ? 0.95F
                     : p->weight >= BELIEVED + 0.25F ? 0.9F
                     : p->weight >= BELIEVED         ? 0.6F + 0.4F * (p->weight - BELIEVED)
                     : p->weight > 0                 ? 0.48F * p->weight / BELIEVED
                                                     : 0;
    size_t k, i;

    for (k = 0; k < t->comments; k++) {
        const struct found_comment *c = &t->comment[k];

        for (i = c->from; i < c->to; i++) {
            const struct mark *m = &t->mark[i];
            enum parse_thread_role role = i < c->text_from ? THREAD_HEADER
                                          : i < c->text_to ? THREAD_BODY
                                                           : THREAD_TRAILER;

            if (m->kind == MARK_BUTTONS || (role != THREAD_BODY && mark_is_chrome(m)) ||
                (role == THREAD_TRAILER && (m->kind == MARK_TEXT || m->kind == MARK_NUMBER) &&
                 !(c->author.start >= t->lines->line[i].start && c->author.end <= t->lines->line[i].end)))
                role = THREAD_CONTROL;
            set_line(t, i, c->pingback ? THREAD_CONTROL : role, strength);
        }
        t->line[c->from].begins = true;
    }
}

/* Takes the best plan, if it is to be believed, and what the reader said, which is believed in any case. */
static void settle_on(struct parse_thread *t, struct plan *best)
{
    float told = 0;
    bool believed;

    t->comments = 0;
    t->stated = -1;
    if (best->comments > 0) {
        plan_make(t, best);
        told = parse_thread_told_weight(t);
    }
    t->weight = best->weight - told;
    /* What the reader said speaks for what follows it, not for what a plan that nobody would believe found
     * above. */
    believed = best->comments > 0 && best->weight >= BELIEVED &&
               (t->weight >= BELIEVED || (told > 0 && best->from >= parse_thread_told_first(t)));
    if (!believed) {
        best->weight = t->weight;
        set_lines(t, best);
        t->comments = 0;
    }
    parse_thread_told_records(t);
    if (t->comments > 0) {
        if (!believed)
            best->weight = BELIEVED + 1;
        set_lines(t, best);
        t->region_from = t->comment[0].from;
        t->region_to = t->comment[t->comments - 1].to;
        t->stated = best->count;
        strengthen_around(t);
    } else {
        t->stated = stated_elsewhere(t);
    }
}

/* Whether a heading stands in lines [from, to). */
static bool heading_within(const struct parse_thread *t, size_t from, size_t to)
{
    while (from < to && t->mark[from].kind != MARK_HEADING)
        from++;
    return from < to;
}

void parse_thread_find(struct parse_thread *t, const struct lines *lines, const struct features *features,
                       const char *language)
{
    struct plan best = {0};
    size_t i, headings = 0;

    t->lines = lines;
    t->features = features;
    t->day_first = language == NULL || strcmp(language, "en") != 0;
    t->comments = t->units = 0;
    t->region_from = t->region_to = 0;
    parse_thread_mark(t);
    parse_thread_told_marks(t);
    mem_grow(&t->line, &t->line_cap, t->marks + 1, sizeof *t->line);
    memset(t->line, 0, (t->marks + 1) * sizeof *t->line);
    for (i = 0; i < t->marks; i++) {
        size_t s;

        if (t->mark[i].kind != MARK_HEADING && t->mark[i].kind != MARK_FORM)
            continue;
        s = region_start(t, i);
        if (t->mark[i].kind == MARK_FORM && heading_within(t, i + 1, s))
            continue;
        if (headings++ < HEADINGS_MOST)
            consider(t, &best, s, region_end(t, s), i, run_count(t, i, s));
        while (i + 1 < s)
            i++;
    }
    consider(t, &best, 0, t->marks, SIZE_MAX, -1);
    i = parse_thread_told_first(t);
    if (i < t->marks)
        consider(t, &best, i, region_end(t, i), i, -1);
    mark_controls(t);
    settle_on(t, &best);
}

struct parse_thread_line parse_thread_line(const struct parse_thread *t, size_t i)
{
    return t->line[i];
}

bool parse_thread_region(const struct parse_thread *t, size_t *from, size_t *to)
{
    *from = t->region_from;
    *to = t->region_to;
    return t->region_to > t->region_from;
}
