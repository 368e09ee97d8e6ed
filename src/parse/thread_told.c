/* SPDX-License-Identifier: ISC */
/*
 * What the reader said of lines, brought into the thread. First as marks: a line that is an author is one from the
 * start, so that the page's own repetition finds the others like it; then, where the records came out otherwise all
 * the same, by cutting, joining and dropping records.
 */
#include "parse/thread_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    TOLD_WORDS = 8,   /* how much a told header fixes: more than a rule's of one word */
    JOIN_REACH = 3,   /* lines between where a comment begins and its name */
    NAME_ENOUGH = 4,
    NAME_LONGEST = 80, /* bytes: a longer line is a text, whoever said that a comment begins with it */
};

static const float SURE_WEIGHT = 4.0F, RULE_WEIGHT = 3.5F;

void parse_thread_tell(struct parse_thread *t, size_t line, enum fix_answer answer, bool sure,
                       struct platform_span name)
{
    if (answer != FIX_BEGINS && answer != FIX_AUTHOR && answer != FIX_NOT_COMMENT)
        return;
    mem_grow(&t->told, &t->told_cap, t->told_count + 1, sizeof *t->told);
    t->told[t->told_count++] = (struct told){line, answer, sure, name};
}

static bool is_date_below(const struct parse_thread *t, size_t i)
{
    return i + 1 < t->marks && t->mark[i + 1].kind == MARK_DATE;
}

/* Whether the line on which a comment is to begin says whose it is. */
static bool names(const struct parse_thread *t, const struct told *told)
{
    const struct mark *m = &t->mark[told->line];
    const struct lines_line *n = &t->lines->line[told->line];

    if (told->answer == FIX_AUTHOR)
        return true;
    if (told->answer != FIX_BEGINS || m->kind != MARK_TEXT || m->prose || n->end - n->start > NAME_LONGEST)
        return false;
    return m->name >= NAME_ENOUGH || (m->name >= 0 && is_date_below(t, told->line));
}

static struct platform_span whole_line(const struct parse_thread *t, size_t i)
{
    return (struct platform_span){t->lines->line[i].start, t->lines->line[i].end};
}

static void mark_header(struct parse_thread *t, const struct told *told)
{
    struct mark *m = &t->mark[told->line];

    if (m->kind != MARK_HEADER || m->author.end == m->author.start) {
        m->author = told->name.end > told->name.start ? told->name : whole_line(t, told->line);
        m->parent = (struct platform_span){0, 0};
        m->date = THREAD_NO_DATE;
        m->date_first = false;
    }
    m->kind = MARK_HEADER;
    m->weak = m->reply = m->prose = false;
    if (m->words < TOLD_WORDS)
        m->words = TOLD_WORDS;
}

void parse_thread_told_marks(struct parse_thread *t)
{
    size_t k;

    for (k = 0; k < t->told_count; k++) {
        const struct told *told = &t->told[k];
        struct mark *m = &t->mark[told->line];

        if (told->answer == FIX_NOT_COMMENT) {
            if (m->kind == MARK_HEADER || m->kind == MARK_DATE || m->kind == MARK_PINGBACK) {
                m->kind = MARK_TEXT;
                m->date = THREAD_NO_DATE;
            }
            m->name = -10;
        } else if (names(t, told)) {
            mark_header(t, told);
        } else if (mark_is_chrome(m)) {
            m->kind = MARK_TEXT;
            m->reply = false;
        }
    }
}

/* The record that holds the line, NULL for none. Records stand in order, and none overlaps another. */
static struct found_comment *record_of(struct parse_thread *t, size_t line)
{
    size_t low = 0, high = t->comments;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (t->comment[middle].to <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->comments && t->comment[low].from <= line ? &t->comment[low] : NULL;
}

static bool begins(const struct told *told)
{
    return told->answer != FIX_NOT_COMMENT;
}

float parse_thread_told_weight(struct parse_thread *t)
{
    float weight = 0;
    size_t k;

    for (k = 0; k < t->told_count; k++) {
        if (begins(&t->told[k]) && record_of(t, t->told[k].line))
            weight += t->told[k].sure ? SURE_WEIGHT : RULE_WEIGHT;
    }
    return weight;
}

size_t parse_thread_told_first(const struct parse_thread *t)
{
    size_t k, first = SIZE_MAX;

    for (k = 0; k < t->told_count; k++) {
        if (begins(&t->told[k]) && t->told[k].sure && t->told[k].line < first)
            first = t->told[k].line;
    }
    return first;
}

static int by_line(const void *a, const void *b)
{
    const struct told *x = a, *y = b;

    return (x->line > y->line) - (x->line < y->line);
}

/* Where a record that begins at line `from` and was not found ends: at the next one, at chrome, at what is told to
 * begin; before the next one is known to come, behind its prose. */
static size_t end_of_new(const struct parse_thread *t, size_t from)
{
    size_t next = t->marks, i, k, last = from + 1;
    bool texts = false;

    for (k = 0; k < t->comments; k++) {
        if (t->comment[k].from > from && t->comment[k].from < next)
            next = t->comment[k].from;
    }
    for (k = 0; k < t->told_count; k++) {
        if (begins(&t->told[k]) && t->told[k].line > from && t->told[k].line < next)
            next = t->told[k].line;
    }
    for (i = from + 1; i < next; i++) {
        const struct mark *m = &t->mark[i];

        if (m->kind == MARK_HEADING || m->kind == MARK_FORM || m->kind == MARK_CLOSED || m->kind == MARK_EMPTY)
            break;
        if (m->kind == MARK_TEXT && !m->prose && texts && next == t->marks)
            break;
        if (m->kind == MARK_TEXT)
            texts = true;
        if (m->kind == MARK_BUTTONS && m->reply && texts)
            return i + 1;
        last = i + 1;
    }
    return i == next ? next : last;
}

/* Sets the parts of a new record from what its lines show: name and date first, then the text up to the last of it. */
static void read_record(struct parse_thread *t, struct found_comment *c)
{
    size_t i = c->from;

    for (; i < c->to; i++) {
        const struct mark *m = &t->mark[i];

        if (m->kind == MARK_HEADER && c->author.end == c->author.start) {
            c->author = m->author;
            c->parent = m->parent;
        } else if (m->kind == MARK_TEXT || m->kind == MARK_REMOVED || m->kind == MARK_HEADER) {
            break;
        }
        if (m->date != THREAD_NO_DATE && c->date == THREAD_NO_DATE)
            c->date = m->date;
        if (m->kind == MARK_ANSWER)
            c->parent = m->parent;
    }
    c->text_from = i;
    for (c->text_to = c->to; c->text_to > i; c->text_to--) {
        if (!mark_is_chrome(&t->mark[c->text_to - 1]) && t->mark[c->text_to - 1].kind != MARK_NUMBER)
            break;
    }
}

/* Adds a record where it stands among the others. */
static void add_record(struct parse_thread *t, size_t from, size_t to)
{
    struct found_comment *c = plan_add_comment(t, from, to), new;

    read_record(t, c);
    new = *c;
    for (; c > t->comment && c[-1].from > from; c--)
        *c = c[-1];
    *c = new;
}

/* Cuts record k at line: what stands from there on is a record of its own. */
static void cut(struct parse_thread *t, struct found_comment *c, size_t line)
{
    size_t to = c->to;

    c->to = line;
    if (c->text_to > line)
        c->text_to = line;
    if (c->text_from > line)
        c->text_from = line;
    add_record(t, line, to);
}

/* The record that begins a few lines below, with nothing but marks of a comment between. */
static struct found_comment *begins_below(struct parse_thread *t, size_t line)
{
    size_t k, i;

    for (k = 0; k < t->comments; k++) {
        struct found_comment *c = &t->comment[k];

        if (c->from <= line || c->from > line + JOIN_REACH)
            continue;
        for (i = line + 1; i < c->from && t->mark[i].kind != MARK_TEXT; i++)
            ;
        if (i == c->from)
            return c;
    }
    return NULL;
}

static void make_begin(struct parse_thread *t, size_t line)
{
    struct found_comment *c = record_of(t, line);

    if (c && c->from == line)
        return;
    if (c)
        cut(t, c, line);
    else if ((c = begins_below(t, line)))
        c->from = line;
    else
        add_record(t, line, end_of_new(t, line));
}

/* The name stands above the text or, where the page has it so, below; in the middle of a text it begins a comment. */
static void make_author(struct parse_thread *t, size_t line)
{
    struct found_comment *c = record_of(t, line);
    const struct mark *m = &t->mark[line];

    if (!c || (line >= c->text_from && line < c->text_to && line != c->from)) {
        make_begin(t, line);
        c = record_of(t, line);
    }
    if (!c)
        return;
    if (line == c->text_from && line + 1 <= c->text_to)
        c->text_from = line + 1;
    c->author = m->author.end > m->author.start ? m->author : whole_line(t, line);
}

/* What stood with the line is none of the thread: neither it nor the lines of its record. */
static void drop(struct parse_thread *t, size_t line)
{
    struct found_comment *c = record_of(t, line);
    size_t i = c ? c->from : line, to = c ? c->to : line + 1;

    for (; i < to; i++)
        t->line[i].barred = true;
    if (c) {
        size_t at = (size_t)(c - t->comment);

        memmove(c, c + 1, (t->comments - at - 1) * sizeof *c);
        t->comments--;
    }
}

void parse_thread_told_records(struct parse_thread *t)
{
    size_t k;

    mem_sort(t->told, t->told_count, sizeof *t->told, by_line);
    for (k = 0; k < t->told_count; k++) {
        const struct told *told = &t->told[k];

        /* A rule speaks where there is a thread; the reader's word of this line makes one. */
        if (begins(told) && !told->sure && t->comments == 0)
            continue;
        if (told->answer == FIX_BEGINS)
            make_begin(t, told->line);
        else if (told->answer == FIX_AUTHOR)
            make_author(t, told->line);
        else
            drop(t, told->line);
    }
}
