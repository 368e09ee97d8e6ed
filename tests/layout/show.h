/* SPDX-License-Identifier: ISC */
/*
 * A line as a person sees it, for the tests: its runs at their columns, and checks that every line must pass.
 * Knows: layout/line. Owns: nothing. Fails: by cmocka's assertions.
 */
#ifndef TESTS_LAYOUT_SHOW_H
#define TESTS_LAYOUT_SHOW_H

#include "base/buf.h"
#include "base/door.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "layout/line.h"

/* Runs stand in order without overlap, inside the pane, as wide as they say, of safe and valid text. */
static inline void show_check(const struct line *l, int columns)
{
    int i, right = 0;

    for (i = 0; i < l->run_count; i++) {
        const struct line_run *r = &l->runs[i];

        assert_true(r->len > 0);
        assert_true(r->column >= right);
        assert_true(r->style < STYLE_COUNT);
        assert_true(utf8_valid(l->text + r->start, r->len, NULL));
        assert_true(door_is_clean(l->text + r->start, r->len, DOOR_LINE));
        assert_int_equal(unicode_columns(l->text + r->start, r->len), r->columns);
        right = r->column + r->columns;
        assert_true(right <= columns);
    }
}

/* Adds the line's text to out, blanks for the columns between runs. */
static inline void show_line(struct buf *out, const struct line *l)
{
    int i, at = 0;

    for (i = 0; i < l->run_count; i++) {
        const struct line_run *r = &l->runs[i];

        for (; at < r->column; at++)
            buf_add_char(out, ' ');
        buf_add(out, l->text + r->start, r->len);
        at = r->column + r->columns;
    }
}

static inline void show_expect(const struct line *l, int columns, const char *expected)
{
    struct buf b;

    buf_init(&b);
    show_check(l, columns);
    show_line(&b, l);
    assert_string_equal(b.data, expected);
    buf_release(&b);
}

#endif
