/* SPDX-License-Identifier: ISC */
/*
 * What tests of pages share: lines found by their words, and the checks that every page must pass.
 * Knows: layout/page, tests/layout/show.h. Owns: nothing. Fails: by cmocka's assertions.
 */
#ifndef TESTS_LAYOUT_PAGED_H
#define TESTS_LAYOUT_PAGED_H

#include "layout/page.h"
#include "made.h"
#include "random.h"
#include "show.h"

static inline int find_line(struct page *p, const char *part)
{
    int n, count = page_count(p);
    struct buf b;

    buf_init(&b);
    for (n = 0; n < count; n++) {
        buf_clear(&b);
        show_line(&b, page_line(p, n));
        if (strstr(b.data, part))
            break;
    }
    buf_release(&b);
    return n < count ? n : -1;
}

static inline void has_line(struct page *p, const char *text)
{
    int n = find_line(p, text);
    struct buf b;

    if (n < 0)
        fail_msg("no line has '%s'", text);
    buf_init(&b);
    show_line(&b, page_line(p, n));
    assert_string_equal(b.data, text);
    buf_release(&b);
}

static inline enum style style_of(struct page *p, const char *part)
{
    int n = find_line(p, part);
    const struct line *l;
    int i;

    if (n < 0)
        fail_msg("no line has '%s'", part);
    l = page_line(p, n);
    for (i = 0; i < l->run_count; i++) {
        struct buf run;
        bool here;

        buf_init(&run);
        buf_add(&run, l->text + l->runs[i].start, l->runs[i].len);
        here = strstr(run.data, part) != NULL;
        buf_release(&run);
        if (here)
            return (enum style)l->runs[i].style;
    }
    fail_msg("'%s' is in no run", part);
    return STYLE_COUNT;
}

/* Checks a whole page: lines are sound, and every line of text is found again by the place it begins at. */
static inline void check_page(struct page *p, int columns, size_t len)
{
    int n, count = page_count(p);
    struct line_place last = {-1, 0};

    for (n = 0; n < count; n++) {
        const struct line *l = page_line(p, n);
        bool text = l->place.comment != 0 || l->place_end.offset <= len;

        show_check(l, columns);
        assert_true(text);
        assert_true(l->place.offset <= l->place_end.offset);
        if (l->place.offset < l->place_end.offset && l->fold < 0 &&
            !(l->place.comment == last.comment && l->place.offset == last.offset))
            assert_int_equal(page_find(p, l->place), l->place.comment && l->place.offset == 0 ? n - 1 : n);
        if (l->place.offset < l->place_end.offset)
            last = l->place;
    }
}

static const struct page_options usual __attribute__((unused)) = {.columns = 80,
                                                                  .measure = 72,
                                                                  .comments = true,
                                                                  .fold_hint = "zo opens",
                                                                  .next_hint = "Space: next unread"};

#endif
