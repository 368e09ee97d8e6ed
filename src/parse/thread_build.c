/* SPDX-License-Identifier: ISC */
/* From found records to the article's comments. */
#include "parse/thread_plan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

static bool is_comment(const struct parse_thread *t, const enum kind *kinds, size_t i)
{
    if (kinds != NULL)
        return kinds[i] == KIND_COMMENT;
    return t->line[i].strength >= 0.5F && t->line[i].role >= THREAD_HEADER;
}

static int by_place(const void *a, const void *b)
{
    const struct found_comment *x = a, *y = b;

    return x->from < y->from ? -1 : x->from > y->from;
}

/* Comment lines in which nothing was found: names and texts, where they look like that, else one text. */
static void read_others(struct parse_thread *t, const enum kind *kinds)
{
    uint8_t *taken = mem_zalloc(t->marks + 1, 1);
    size_t i, k, found = t->comments;

    for (k = 0; k < found; k++)
        memset(taken + t->comment[k].from, 1, t->comment[k].to - t->comment[k].from);
    for (i = 0; i < t->marks; i++) {
        struct plan p = {.from = i, .to = i, .heading = i, .count = -1};
        size_t before = t->comments;

        while (p.to < t->marks && !taken[p.to] && is_comment(t, kinds, p.to))
            p.to++;
        if (p.to == i)
            continue;
        plan_read_names(t, &p, PLAN_NAME_ABOVE);
        if (t->comments == before) {
            struct found_comment *c = plan_add_comment(t, i, p.to);

            c->text_from = i;
            c->indent = 0;
        }
        i = p.to - 1;
    }
    free(taken);
    mem_sort(t->comment, t->comments, sizeof *t->comment, by_place);
}

/* Length of "3. ", "#3 " or "2691763 " at the beginning of the len bytes at s, which is no part of the name;
 * "3 Musketeers" may be one. mark: a sign of numbers stands before s. */
static size_t leading_number(const char *s, size_t len, bool mark)
{
    size_t n = 0;

    while (n < len && s[n] >= '0' && s[n] <= '9')
        n++;
    if (n == 0 || n + 2 >= len || !(mark || strchr(".)]", s[n]) != NULL || n > 4) ||
        !(s[n] == ' ' || s[n + 1] == ' '))
        return 0;
    for (n++; n < len && s[n] == ' ';)
        n++;
    return n;
}

/* The name in the len bytes at text + at, without what layouts put around it. */
static const char *author_name(struct article *a, const char *text, size_t at, size_t len)
{
    const char *s = text + at;
    bool mark = at > 0 && strchr("#[(", s[-1]) != NULL;
    uint32_t cp;
    size_t number;

    if (len > 8 && memcmp(s, "http", 4) == 0 && memchr(s, ' ', len) != NULL) {
        const char *blank = memchr(s, ' ', len);

        len -= (size_t)(blank + 1 - s);
        s = blank + 1;
    }
    while (len > 0) {
        size_t n = utf8_next(s, len, &cp);

        if (!(cp <= ' ' || cp == '@' || cp == '-' || cp == 0xA0 || cp == 0x2022 || cp == 0x2013 ||
              cp == 0x2014 || cp == '*' || cp == '~'))
            break;
        s += n;
        len -= n;
    }
    number = leading_number(s, len, mark);
    s += number;
    len -= number;
    /* "(1287218)" is the number of an account */
    if (len > 4 && s[len - 1] == ')') {
        for (number = len - 1; number > 0 && s[number - 1] >= '0' && s[number - 1] <= '9';)
            number--;
        if (number + 2 < len && number > 1 && s[number - 1] == '(')
            len = number - 1;
    }
    while (len > 0 && strchr(" \t:,;|-", s[len - 1]) != NULL)
        len--;
    return len > 0 ? article_str(a, s, len) : NULL;
}

/* Length of the name without "(guest)" or "[Visitor]" behind it, which a rule knows for a rank. */
static size_t without_badge(const struct parse_thread *t, const char *s, size_t len)
{
    const char *open;
    struct platform_line line;
    struct platform_match m;

    if (len < 4 || (s[len - 1] != ')' && s[len - 1] != ']'))
        return len;
    for (open = s + len - 1; open > s && *open != '(' && *open != '[';)
        open--;
    if (open == s)
        return len;
    platform_read_line(t->rules, open + 1, len - 2 - (size_t)(open - s), &line);
    return platform_match(t->rules, &line, 0, line.count, 1u << PLATFORM_BADGE, &m) ? (size_t)(open - s)
                                                                                    : len;
}

static void add_text(const struct parse_thread *t, const enum kind *kinds, const struct found_comment *f,
                     struct buf *text)
{
    size_t i;
    bool gap = false;

    if (f->subject != SIZE_MAX && is_comment(t, kinds, f->subject)) {
        buf_add(text, t->lines->text + t->lines->line[f->subject].start,
                t->lines->line[f->subject].end - t->lines->line[f->subject].start);
        gap = true;
    }
    for (i = f->text_from; i < f->text_to; i++) {
        const struct lines_line *n = &t->lines->line[i];

        gap |= n->blank_before > 0;
        if (!is_comment(t, kinds, i) || t->mark[i].kind == MARK_BUTTONS)
            continue;
        if (text->len > 0)
            buf_add(text, "\n\n", gap ? 2 : 1);
        gap = false;
        buf_add(text, t->lines->text + n->start, n->end - n->start);
    }
}

static void settle_dates(struct parse_thread *t)
{
    struct dates_found *d = mem_alloc((t->comments + 1) * sizeof *d);
    size_t k, n = 0;

    for (k = 0; k < t->comments; k++)
        if (t->comment[k].date != THREAD_NO_DATE)
            d[n++] = t->dates[t->comment[k].date];
    dates_settle_order(d, n, t->day_first);
    for (k = n = 0; k < t->comments; k++)
        if (t->comment[k].date != THREAD_NO_DATE)
            t->dates[t->comment[k].date] = d[n++];
    free(d);
}

static void build_one(struct parse_thread *t, const enum kind *kinds, const struct found_comment *f,
                      struct buf *text, struct article *a)
{
    struct article_comment *c;
    size_t first = f->from, last = f->to;
    char date[DATES_ROOM];

    while (first < last && !is_comment(t, kinds, first))
        first++;
    while (last > first && !is_comment(t, kinds, last - 1))
        last--;
    if (first == last || f->pingback)
        return;
    buf_clear(text);
    add_text(t, kinds, f, text);
    if (text->len == 0 && f->author.end == f->author.start)
        return;
    c = article_add_comment(a);
    c->start = t->lines->line[first].start;
    c->end = t->lines->line[last - 1].end;
    c->text = article_str(a, text->data, text->len);
    c->author =
        author_name(a, t->lines->text, f->author.start,
                    without_badge(t, t->lines->text + f->author.start, f->author.end - f->author.start));
    if (f->date != THREAD_NO_DATE && dates_format(&t->dates[f->date], date))
        c->published = article_str(a, date, strlen(date));
    c->has_score = f->has_score;
    c->score = f->score;
    c->removed = f->removed;
}

/* Length of "Herr ", "Mrs. " and the like at the beginning of the name; 0 where there is none. */
static size_t address_form(const char *name)
{
    static const char *const forms[] = {"Herr ", "Frau ",     "Mr ",     "Mr. ", "Mrs ", "Mrs. ", "Ms ",
                                        "Ms. ",  "Monsieur ", "Madame ", "M. ",  "Mme ", "Sr. ",  "Sra. "};
    size_t i;

    for (i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (strncmp(name, forms[i], strlen(forms[i])) == 0)
            return strlen(forms[i]);
    return 0;
}

/* A page that calls all its authors by "Herr" or "Frau" says nothing of their names by it. */
static void drop_address_forms(struct article *a, size_t first)
{
    size_t i;

    if (a->comment_count - first < 2)
        return;
    for (i = first; i < a->comment_count; i++)
        if (a->comments[i].author == NULL || address_form(a->comments[i].author) == 0)
            return;
    for (i = first; i < a->comment_count; i++)
        a->comments[i].author += address_form(a->comments[i].author);
}

void parse_thread_build(struct parse_thread *t, const enum kind *kinds, struct article *a)
{
    struct buf text;
    size_t k, first = a->comment_count, made = 0;

    if (kinds != NULL)
        read_others(t, kinds);
    settle_dates(t);
    buf_init(&text);
    for (k = 0; k < t->comments; k++) {
        size_t before = a->comment_count;

        build_one(t, kinds, &t->comment[k], &text, a);
        /* parse_thread_parents reads records and comments side by side */
        if (a->comment_count > before)
            t->comment[made++] = t->comment[k];
    }
    t->comments = made;
    buf_release(&text);
    drop_address_forms(a, first);
    parse_thread_parents(t, a, first);
    a->stated_comments = t->stated;
}
