/* SPDX-License-Identifier: ISC */
#include "layout/divide.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    RAGGED_SHARE = 9, /* a line that leaves more than this part of the measure free is ragged */
    EVEN_LINES = 8,   /* a headline of more lines is none */
};

void divide_init(struct divide *d)
{
    memset(d, 0, sizeof *d);
}

void divide_release(struct divide *d)
{
    free(d->hints);
    memset(d, 0, sizeof *d);
}

static void add_hint(struct divide *d, uint32_t at, bool hyphen)
{
    mem_grow(&d->hints, &d->cap, d->count + 1, sizeof *d->hints);
    d->hints[d->count++] = (struct wrap_hint){at, hyphen};
}

static void add_own_hints(struct divide *d, const struct flow *f, uint32_t *next, uint32_t limit)
{
    while (*next < f->hint_count && f->hints[*next].text < limit) {
        add_hint(d, f->hints[*next].text, f->hints[*next].hyphen);
        ++*next;
    }
}

/* The points of the word [from, to), unless its author has said where to divide it. */
static void add_word(struct divide *d, const struct flow *f, struct hyphen *patterns, uint32_t *next,
                     uint32_t from, uint32_t to)
{
    size_t points[HYPHEN_POINTS], count, i;
    uint32_t own;

    add_own_hints(d, f, next, from + 1);
    own = *next;
    add_own_hints(d, f, next, to);
    if (own != *next)
        return;
    count = hyphen_word(patterns, f->text + from, to - from, points);
    for (i = 0; i < count; i++)
        add_hint(d, from + (uint32_t)points[i], true);
}

static void add_words(struct divide *d, const struct flow *f, struct hyphen *patterns)
{
    uint32_t at = 0, word = 0, next = 0, cp;
    bool inside = false;

    d->count = 0;
    while (at < f->len) {
        uint32_t step = (uint32_t)utf8_next(f->text + at, f->len - at, &cp);
        bool letter = unicode_is_letter(cp);

        if (inside && !letter)
            add_word(d, f, patterns, &next, word, at);
        else if (!inside && letter)
            word = at;
        inside = letter;
        at += step;
    }
    if (inside)
        add_word(d, f, patterns, &next, word, f->len);
    add_own_hints(d, f, &next, UINT32_MAX);
}

static bool is_ragged(const struct wrap *w, int columns)
{
    size_t i;

    for (i = 0; i + 1 < w->line_count; i++) {
        if (columns - w->lines[i].columns > columns / RAGGED_SHARE)
            return true;
    }
    return false;
}

void divide_wrap(struct divide *d, struct wrap *w, const struct flow *f, int columns, struct hyphen *patterns)
{
    uint32_t next = 0;

    d->count = 0;
    add_own_hints(d, f, &next, UINT32_MAX);
    wrap_set(w, f->text, f->len, columns, d->hints, d->count);
    if (!patterns || !is_ragged(w, columns))
        return;
    add_words(d, f, patterns);
    wrap_set(w, f->text, f->len, columns, d->hints, d->count);
}

void divide_wrap_even(struct divide *d, struct wrap *w, const struct flow *f, int columns)
{
    int low, high = columns;
    size_t lines;

    divide_wrap(d, w, f, columns, NULL);
    lines = w->line_count;
    if (lines < 2 || lines > EVEN_LINES)
        return;
    /* The narrowest measure that needs no line more and cuts no word. */
    low = w->widest > 1 ? w->widest : 1;
    while (low < high) {
        int middle = (low + high) / 2;

        wrap_set(w, f->text, f->len, middle, d->hints, d->count);
        if (w->line_count > lines)
            low = middle + 1;
        else
            high = middle;
    }
    wrap_set(w, f->text, f->len, high, d->hints, d->count);
}
