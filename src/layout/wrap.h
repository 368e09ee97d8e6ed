/* SPDX-License-Identifier: ISC */
/*
 * Line breaking: where the lines of a paragraph begin and end.
 * Knows: base/unicode (UAX #14, UAX #29). Owns: its working memory and the lines of the last text.
 * Fails: never: what cannot be broken well is broken at a cluster.
 *
 * Breaks are those of UAX #14, less those that stand inside of words of letters and digits ("U.S.",
 * "and/or"): such a word is cut only where it is wider than a line, then behind / ? & = . - _ if it can be,
 * else between two clusters. Which breaks are taken is decided over the whole paragraph, as in D. E. Knuth
 * and M. F. Plass, Breaking Paragraphs into Lines (1981), with the square of what is left free as the cost of
 * a ragged line.
 */
#ifndef LAYOUT_WRAP_H
#define LAYOUT_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes [start, end) of the text; the white space between two lines belongs to none. */
struct wrap_line {
    uint32_t start, end;
    int columns; /* how wide it is, the hyphen included */
    bool hyphen; /* a hyphen is to be set behind it */
};

/* A place where a word may be divided, beside those of UAX #14. */
struct wrap_hint {
    uint32_t at; /* byte of the text */
    bool hyphen; /* with a hyphen at the end of the line */
};

struct wrap_break;

struct wrap {
    struct wrap_line *lines; /* of the last text; valid until the next */
    size_t line_count, line_cap;
    struct wrap_break *breaks;
    size_t break_count, break_cap;
    uint64_t *costs;
    uint32_t *from;
    size_t cost_cap, from_cap;
    uint8_t *marks;
    size_t mark_cap;
    int widest; /* columns of the widest piece that was not cut */
};

void wrap_init(struct wrap *w);
void wrap_release(struct wrap *w);

/* Breaks len bytes of safe text (base/door), which hold no line ends, into lines at most `columns` (at least
 * 1) wide; only a cluster that is wider itself stands out. Hints, in order, may be NULL. An empty text has
 * one empty line. */
void wrap_set(struct wrap *w, const char *text, size_t len, int columns, const struct wrap_hint *hints,
              size_t hint_count);

#endif
