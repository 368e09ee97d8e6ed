/* SPDX-License-Identifier: ISC */
/*
 * Parsing is linear in the page: twice the lines ask the C library no more than twice as often to compare, to measure
 * and to put in order, and take memory a bounded number of times more. The linker hands the calls to the functions
 * below (--wrap), which count them; time is never asked.
 */
#include "../check.h"

#include "base/buf.h"
#include "parse/parse.h"

#include <stdlib.h>

static size_t asked, taken;

size_t __real_strlen(const char *s);
int __real_memcmp(const void *a, const void *b, size_t n);
void *__real_memchr(const void *s, int c, size_t n);
void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *block, size_t n);
void __real_qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *));
size_t __wrap_strlen(const char *s);
int __wrap_memcmp(const void *a, const void *b, size_t n);
void *__wrap_memchr(const void *s, int c, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *block, size_t n);
void __wrap_qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *));

size_t __wrap_strlen(const char *s)
{
    asked++;
    return __real_strlen(s);
}

int __wrap_memcmp(const void *a, const void *b, size_t n)
{
    asked++;
    return __real_memcmp(a, b, n);
}

void *__wrap_memchr(const void *s, int c, size_t n)
{
    asked++;
    return __real_memchr(s, c, n);
}

void *__wrap_malloc(size_t n)
{
    taken++;
    return __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    taken++;
    return __real_calloc(n, size);
}

void *__wrap_realloc(void *block, size_t n)
{
    taken++;
    return __real_realloc(block, n);
}

void __wrap_qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    asked += n;
    __real_qsort(base, n, size, compare);
}

static struct parser *open_parser(void)
{
    struct err e = ERR_INIT;
    struct parser *p = parse_open(&e);

    if (p == NULL)
        fail_msg("%s", e.text);
    return p;
}

/* Adds the i-th part of a page. */
typedef void add_fn(struct buf *page, size_t i);

/* Parses a page of n parts and leaves in asked and taken what that cost. */
static void parse_made(const struct parser *p, add_fn *add, const struct parse_site *site, size_t n, size_t comments)
{
    struct record r;
    struct article a;
    struct buf page;
    size_t i;

    buf_init(&page);
    buf_add_str(&page, "The title of the page\n\nA paragraph that is long enough to be prose, and with a stop at "
                       "its end, as they are.\n\n");
    for (i = 0; i < n; i++)
        add(&page, i);
    record_init(&r);
    record_set_text(&r, page.data, page.len);
    article_init(&a);
    asked = taken = 0;
    parse_article(p, &r, site, &a);
    assert_true(a.comment_count >= comments);
    article_release(&a);
    record_release(&r);
    buf_release(&page);
}

static void is_linear_on(add_fn *add, const struct parse_site *site, size_t n, size_t comments_a_part)
{
    struct parser *p = open_parser();
    size_t asked_once, taken_once;

    parse_made(p, add, site, n, n * comments_a_part);
    asked_once = asked;
    taken_once = taken;
    parse_made(p, add, site, 2 * n, 2 * n * comments_a_part);
    if (asked > asked_once * 2 + asked_once / 8)
        fail_msg("%zu calls for %zu parts, %zu for twice as many", asked_once, n, asked);
    /* arrays double; an arena takes its blocks by size */
    if (taken > taken_once * 2 + 64)
        fail_msg("%zu blocks of memory for %zu parts, %zu for twice as many", taken_once, n, taken);
    parse_close(&p);
}

static void is_linear(add_fn *add, size_t n, size_t comments_a_part)
{
    is_linear_on(add, NULL, n, comments_a_part);
}

static void add_addressed(struct buf *page, size_t i)
{
    size_t other = i < 3 ? 0 : i - 3;

    if (i == 0)
        buf_add_str(page, "Comments\n\n");
    buf_add_fmt(page, "Anna%c%c says:\nMay 5, 2012 at 5:30 pm\n", (int)('a' + i % 26), (int)('a' + i / 26 % 26));
    buf_add_fmt(page, "Anna%c%c, I think that you are right about this.\nReply\n", (int)('a' + other % 26),
                (int)('a' + other / 26 % 26));
}

static void add_header(struct buf *page, size_t i)
{
    (void)i;
    buf_add_str(page, "Anna Smith says:\nMay 5, 2012 at 5:30 pm\n");
}

static void add_letter(struct buf *page, size_t i)
{
    (void)i;
    buf_add_str(page, "a\n");
}

static void add_words(struct buf *page, size_t i)
{
    (void)i;
    buf_add_str(page, "the end of it was on 5 May 2012, said Anna - or 12.05 ");
}

static void add_teaser(struct buf *page, size_t i)
{
    buf_add_fmt(page, "%zu Comments\nA headline of a teaser, number %zu - The Paper\nLeave a comment\nBy Anna Smith\n",
                i % 90, i);
}

static void add_digits(struct buf *page, size_t i)
{
    buf_add_fmt(page, "%zu%zu", i % 7, i % 1000);
}

static void add_numbers(struct buf *page, size_t i)
{
    buf_add_fmt(page, "%zu.%zu.%zu\n", i % 31, i % 12, i % 3000);
}

static void add_same(struct buf *page, size_t i)
{
    (void)i;
    buf_add_str(page, "The same line, said again and again until nobody reads it.\n");
}

CHECK(comments_that_address_each_other)
{
    is_linear(add_addressed, 3000, 1);
}

/* The reader has said of his site whose comments are whose: each line of the form is asked for. */
CHECK(comments_that_a_rule_names)
{
    static const struct fix fix = {
        .answer = FIX_AUTHOR, .formed = true, .before = "", .line = "{name} says:", .after = ""};
    const struct parse_site site = {.fix = &fix, .fix_count = 1};

    is_linear_on(add_addressed, &site, 3000, 1);
}

CHECK(headers_without_texts)
{
    is_linear(add_header, 6000, 0);
}

CHECK(lines_of_one_letter)
{
    is_linear(add_letter, 20000, 0);
}

CHECK(one_line)
{
    is_linear(add_words, 20000, 0);
}

CHECK(teasers)
{
    is_linear(add_teaser, 5000, 0);
}

CHECK(one_line_of_digits)
{
    is_linear(add_digits, 100000, 0);
}

CHECK(lines_of_numbers)
{
    is_linear(add_numbers, 10000, 0);
}

CHECK(one_line_again_and_again)
{
    is_linear(add_same, 10000, 0);
}

CHECK_MAIN(T(comments_that_address_each_other), T(comments_that_a_rule_names),
           T(headers_without_texts), T(lines_of_one_letter), T(one_line),
           T(teasers), T(one_line_of_digits), T(lines_of_numbers), T(one_line_again_and_again))
