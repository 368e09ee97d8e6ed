/* SPDX-License-Identifier: ISC */
/*
 * Units: the lines that name one comment. A header line is one; with the date on a line of its own beside it
 * that is taken in; and a bare name with a date line below (or above) it is one.
 */
#include "parse/thread_page.h"

#include <string.h>

#include "base/mem.h"

enum { BETWEEN = 3, NAME_ENOUGH = 2 };

static bool names_parent(const struct mark *m)
{
    return m->parent.end > m->parent.start && (m->kind == MARK_ANSWER || m->kind == MARK_BUTTONS);
}

/* Whether the line can stand between a name and its date: a place, a rank that no rule knows. */
static bool is_place(const struct parse_thread *t, size_t i)
{
    return t->mark[i].kind == MARK_TEXT && !t->mark[i].prose && t->mark[i].name >= 0 &&
           t->lines->line[i].blank_before == 0;
}

/* Whether on this page a short line stands between names and dates: above most dates there are two lines that
 * blank lines bind to them. */
static bool places_stand_between(const struct parse_thread *t, size_t from, size_t to)
{
    size_t i, two = 0, others = 0;

    for (i = from; i < to; i++) {
        if (t->mark[i].kind != MARK_DATE)
            continue;
        if (i >= from + 2 && t->lines->line[i].blank_before == 0 && is_place(t, i - 1) &&
            t->mark[i - 2].kind == MARK_TEXT && t->mark[i - 2].name >= NAME_ENOUGH &&
            (i - 2 == from || t->lines->line[i - 2].blank_before > 0))
            two++;
        else
            others++;
    }
    return two > 2 * others;
}

/* The next line from i on, below limit, that is a date line, with no more than badges and numbers between,
 * and one short line more where place says so; SIZE_MAX where there is none. */
static size_t date_below(const struct parse_thread *t, size_t i, size_t limit, bool place)
{
    size_t n;

    for (n = 0; i < limit && n <= BETWEEN; i++, n++) {
        const struct mark *m = &t->mark[i];

        if (m->kind == MARK_DATE)
            return i;
        if (place && is_place(t, i)) {
            place = false;
            continue;
        }
        if (m->kind != MARK_BADGE && m->kind != MARK_NUMBER && m->kind != MARK_ANSWER &&
            !(m->kind == MARK_BUTTONS && (!m->reply || names_parent(m))))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Whether headers without a date have it on the line above rather than below: what the page's own lines say.
 */
static bool dates_stand_above(const struct parse_thread *t, size_t from, size_t to)
{
    size_t i, above = 0, below = 0, headers = 0;

    for (i = from; i < to; i++) {
        const struct mark *m = &t->mark[i];

        if (m->kind != MARK_HEADER || m->date != THREAD_NO_DATE)
            continue;
        /* where the first has none, those above the others belong to the texts before them */
        if (headers++ == 0 && (i == from || t->mark[i - 1].kind != MARK_DATE))
            return false;
        below += date_below(t, i + 1, to, false) != SIZE_MAX;
        above += i > from && t->mark[i - 1].kind == MARK_DATE;
    }
    return above > below;
}

long parse_thread_number(const struct parse_thread *t, size_t from, size_t to, struct platform_span author)
{
    const char *s = t->lines->text + author.start;
    size_t len = author.end - author.start, i;
    long number = 0;

    for (i = from; i < to; i++)
        if ((t->mark[i].kind == MARK_NUMBER || t->mark[i].kind == MARK_HEADER) && t->mark[i].count >= 0)
            return t->mark[i].count;
    i = len > 0 && (*s == '#' || *s == '(' || *s == '[');
    if (i >= len || s[i] < '0' || s[i] > '9')
        return -1;
    for (; i < len && s[i] >= '0' && s[i] <= '9' && number < 100000000; i++)
        number = number * 10 + (s[i] - '0');
    return i < len && strchr(" .):]", s[i]) != NULL ? number : -1;
}

static struct unit *add_unit(struct parse_thread *t, size_t from, size_t to)
{
    struct unit *u;

    mem_grow(&t->unit, &t->unit_cap, t->units + 1, sizeof *t->unit);
    u = &t->unit[t->units++];
    memset(u, 0, sizeof *u);
    u->from = from;
    u->to = to;
    u->date = THREAD_NO_DATE;
    return u;
}

static void set_date(const struct parse_thread *t, struct unit *u, uint32_t date)
{
    const struct dates_found *d;

    if (date == THREAD_NO_DATE)
        return;
    d = &t->dates[date];
    u->date = date;
    u->shape |= UNIT_DATED;
    if (d->hour >= 0 || d->relative)
        u->shape |= UNIT_TIMED;
    if (d->time_only)
        u->shape |= UNIT_CLOCK;
}

static size_t header_unit(struct parse_thread *t, size_t i, size_t to, bool above)
{
    const struct mark *m = &t->mark[i];
    struct unit *u;
    size_t from = i, end = i + 1, d;
    uint32_t date = m->date;
    bool first = m->date_first;

    if (date == THREAD_NO_DATE) {
        if (above && i > 0 && t->mark[i - 1].kind == MARK_DATE &&
            (t->units == 0 || t->unit[t->units - 1].to <= i - 1)) {
            from = i - 1;
            date = t->mark[from].date;
            first = true;
        } else if (!above && (d = date_below(t, i + 1, to, false)) != SIZE_MAX) {
            end = d + 1;
            date = t->mark[d].date;
        }
    }
    u = add_unit(t, from, end);
    u->author = m->author;
    u->parent = m->parent;
    u->verb = m->verb;
    u->weak = m->weak;
    u->strong = m->verb || m->words >= 6;
    u->shape = (uint8_t)((m->verb ? UNIT_VERB : 0) | (m->date != THREAD_NO_DATE ? UNIT_INLINE : 0) |
                         (first ? UNIT_DATE_FIRST : 0) |
                         (!m->verb && !first && m->words >= 6 && m->author.start > t->lines->line[i].start
                              ? UNIT_WORDED
                              : 0));
    set_date(t, u, date);
    for (d = i + 1; d < end; d++)
        if (names_parent(&t->mark[d]))
            u->parent = t->mark[d].parent;
    return end;
}

static size_t name_unit(struct parse_thread *t, size_t from, size_t name, size_t to, bool date_first)
{
    const struct lines_line *n = &t->lines->line[name];
    struct unit *u = add_unit(t, from, to);
    size_t i;

    u->author = (struct platform_span){n->start, n->end};
    u->shape = date_first ? UNIT_DATE_FIRST : 0;
    for (i = from; i < to; i++) {
        if (t->mark[i].kind == MARK_DATE)
            set_date(t, u, t->mark[i].date);
        if (names_parent(&t->mark[i]))
            u->parent = t->mark[i].parent;
    }
    return to;
}

/* The line of the bare name below the date at i, numbers passed over; to where there is none. */
static size_t name_under(const struct parse_thread *t, size_t i, size_t to)
{
    for (i++; i < to && t->mark[i].kind == MARK_NUMBER; i++)
        ;
    return i + 1 < to && t->mark[i].kind == MARK_TEXT && t->mark[i].name >= NAME_ENOUGH ? i : to;
}

/* Whether bare names stand below their dates on this page: no date has a name right above it, or names with a
 * date above and text below are more. */
static bool names_stand_below(const struct parse_thread *t, size_t from, size_t to)
{
    size_t i, above = 0, below = 0, last = to, name;

    /* behind a heading, a date that leads comes first */
    for (i = from; from > 0 && i < to && t->mark[i].kind != MARK_DATE; i++)
        if (t->mark[i].kind == MARK_TEXT || t->mark[i].kind == MARK_BADGE)
            return false;
    for (i = from; i < to; i++) {
        if (t->mark[i].kind != MARK_DATE)
            continue;
        last = i;
        above += i > from && t->mark[i - 1].kind == MARK_TEXT && t->mark[i - 1].name >= NAME_ENOUGH;
        name = name_under(t, i, to);
        below += name + 1 < to && (t->mark[name + 1].prose || t->mark[name + 1].kind == MARK_BADGE);
    }
    /* and one that trails has no name below it at the end */
    if (last == to || name_under(t, last, to) == to)
        return below > 2 * above + 1;
    return below > above;
}

void parse_thread_units(struct parse_thread *t, size_t from, size_t to)
{
    bool above = dates_stand_above(t, from, to), name_below = names_stand_below(t, from, to);
    bool places = places_stand_between(t, from, to);
    size_t i = from;

    t->units = 0;
    while (i < to) {
        const struct mark *m = &t->mark[i];
        size_t d;

        if (m->kind == MARK_HEADER && m->author.end > m->author.start) {
            i = header_unit(t, i, to, above);
            continue;
        }
        if (m->kind == MARK_TEXT && m->name >= NAME_ENOUGH && !name_below &&
            (d = date_below(t, i + 1, to, places)) != SIZE_MAX) {
            i = name_unit(t, i, i, d + 1, false);
            continue;
        }
        if (m->kind == MARK_TEXT && !m->prose && !name_below && i + 1 < to &&
            t->mark[i + 1].kind == MARK_DATE && t->lines->line[i].words <= 8) {
            i = name_unit(t, i, i, i + 2, false);
            t->unit[t->units - 1].weak = true;
            continue;
        }
        if (m->kind == MARK_DATE && name_below && (d = name_under(t, i, to)) < to) {
            size_t name = d;

            while (d + 1 < to && t->mark[d + 1].kind == MARK_BADGE)
                d++;
            i = name_unit(t, i, name, d + 1, true);
            continue;
        }
        i++;
    }
}
