/* SPDX-License-Identifier: ISC */
#include "layout/wrap.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What a break costs beside the room that its line leaves free, on the same scale: the square of columns. */
enum cost {
    COST_SPACE = 0,
    COST_DASH = 16,    /* behind a hyphen or dash, between ideographs */
    COST_HYPHEN = 100, /* a word divided with a hyphen */
    COST_GOOD = 64,    /* a long word cut behind one of / ? & = . - _ */
    COST_CUT = 400,    /* a long word cut anywhere */
    COST_RUNT = 64,    /* a last line of a few letters */
};

enum {
    FIT_LIMIT = 1 << 16, /* breaks beyond which lines are filled first-fit */
    RUNT_SHARE = 12,     /* a last line narrower than this part of the measure looks lost */
};

/* A line may end at `end` and the next begin at `next`. */
struct wrap_break {
    uint32_t end, next;
    int32_t end_columns, next_columns; /* from the start of the text */
    uint16_t cost;
    bool hyphen;
};

/* Classes of characters that take one column, form clusters by themselves and break only as said below. */
enum wrap_class {
    CLASS_NONE, /* anything else: libunistring decides */
    CLASS_WORD,
    CLASS_SPACE,
    CLASS_OPEN,
    CLASS_CLOSE, /* nothing is broken before it, even behind a space */
    CLASS_QUOTE,
    CLASS_QUOTE_INITIAL, /* Pi */
    CLASS_QUOTE_FINAL,   /* Pf */
    CLASS_HYPHEN,        /* a break behind it, between letters */
    CLASS_DASH,          /* a break behind it */
    CLASS_BREAK2,        /* em dash: a break on either side */
    CLASS_GLUE,
    CLASS_DOTS, /* an ellipsis: a word, but nothing is broken before it */
};

void wrap_init(struct wrap *w)
{
    memset(w, 0, sizeof *w);
}

void wrap_release(struct wrap *w)
{
    free(w->lines);
    free(w->breaks);
    free(w->costs);
    free(w->from);
    free(w->marks);
    memset(w, 0, sizeof *w);
}

static enum wrap_class class_of(uint32_t cp)
{
    static const uint8_t ascii[128] = {
        [' '] = CLASS_SPACE, ['!'] = CLASS_CLOSE,  ['?'] = CLASS_CLOSE, [','] = CLASS_CLOSE,
        ['.'] = CLASS_CLOSE, [':'] = CLASS_CLOSE,  [';'] = CLASS_CLOSE, ['/'] = CLASS_CLOSE,
        [')'] = CLASS_CLOSE, [']'] = CLASS_CLOSE,  ['}'] = CLASS_CLOSE, ['('] = CLASS_OPEN,
        ['['] = CLASS_OPEN,  ['{'] = CLASS_OPEN,   ['"'] = CLASS_QUOTE, ['-'] = CLASS_HYPHEN,
        ['|'] = CLASS_DASH,  ['\''] = CLASS_QUOTE,
    };

    if (cp < 0x80 && ascii[cp])
        return (enum wrap_class)ascii[cp];
    if (cp < 0x80)
        return cp > 32 && cp < 127 ? CLASS_WORD : CLASS_NONE;
    if (cp == 0xA0)
        return CLASS_GLUE;
    if (cp == 0xAB || cp == 0x2018 || cp == 0x201B || cp == 0x201C || cp == 0x201F)
        return CLASS_QUOTE_INITIAL;
    if (cp == 0xBB || cp == 0x2019 || cp == 0x201D)
        return CLASS_QUOTE_FINAL;
    if ((cp >= 0xC0 && cp <= 0x24F) || (cp >= 0xA2 && cp <= 0xA9) || cp == 0xB0 || cp == 0xB1 ||
        (cp >= 0x20A0 && cp <= 0x20BF))
        return CLASS_WORD;
    if ((cp >= 0x391 && cp <= 0x3A1) || (cp >= 0x3A3 && cp <= 0x3CE) || (cp >= 0x400 && cp <= 0x481) ||
        (cp >= 0x48A && cp <= 0x52F) || (cp >= 0x1E00 && cp <= 0x1EFF))
        return CLASS_WORD;
    if (cp == 0x2013)
        return CLASS_DASH;
    if (cp == 0x2014)
        return CLASS_BREAK2;
    return cp == 0x2026 ? CLASS_DOTS : CLASS_NONE;
}

static void push(struct wrap *w, struct wrap_break b)
{
    mem_grow(&w->breaks, &w->break_cap, w->break_count + 1, sizeof *w->breaks);
    w->breaks[w->break_count++] = b;
}

/* Whether a long word is well cut behind the ASCII character c when `next` follows. */
static bool is_seam(char c, char next)
{
    return memchr("/?&=.-_,;:+%#|", c, 14) && !memchr("/?&=.-_,;:+%#|", next, 14);
}

/* A place in a text, and the column that it stands at. */
struct spot {
    size_t at;
    int32_t column;
};

static struct spot next_cluster(const char *s, struct spot from, size_t end)
{
    size_t step = unicode_cluster(s + from.at, end - from.at);

    return (struct spot){from.at + step, from.column + unicode_columns(s + from.at, step)};
}

static void push_cut(struct wrap *w, struct spot end, struct spot next, uint16_t cost)
{
    push(w, (struct wrap_break){(uint32_t)end.at, (uint32_t)next.at, end.column, next.column, cost, false});
}

/* Adds breaks at each cluster of the piece [from, end), if it is wider than a line. */
static void cut_piece(struct wrap *w, const char *s, struct spot from, struct spot end, int columns)
{
    if (end.column - from.column <= columns) {
        w->widest = end.column - from.column > w->widest ? end.column - from.column : w->widest;
        return;
    }
    w->widest = w->widest > 2 ? w->widest : 2;
    for (from = next_cluster(s, from, end.at); from.at < end.at; from = next_cluster(s, from, end.at))
        push_cut(w, from, from, COST_CUT);
}

/* Adds breaks inside of the segment [from, b->end), which is wider than a line: at its spaces, where it has
 * such as UAX #14 would not break at, at each seam, and at each cluster of what is still too wide. */
static void cut_segment(struct wrap *w, const char *s, struct wrap_break from, const struct wrap_break *b,
                        int columns)
{
    struct spot at = {from.next, from.next_columns}, piece = at, next;

    while (at.at < b->end) {
        bool seam;

        at = next_cluster(s, at, b->end);
        if (at.at == b->end)
            break;
        if (s[at.at] == ' ') {
            next = at;
            while (next.at < b->end && s[next.at] == ' ')
                next = next_cluster(s, next, b->end);
            seam = at.at > piece.at && next.at < b->end;
        } else {
            next = at;
            seam =
                (unsigned char)s[at.at - 1] < 0x80 && s[at.at - 1] != ' ' && is_seam(s[at.at - 1], s[at.at]);
        }
        if (seam) {
            cut_piece(w, s, piece, at, columns);
            push_cut(w, at, next, COST_GOOD);
            piece = next;
        }
        at = next;
    }
    cut_piece(w, s, piece, at, columns);
}

static void add_break(struct wrap *w, const char *s, struct wrap_break b, int columns)
{
    struct wrap_break last = w->breaks[w->break_count - 1];
    int segment = b.end_columns + b.hyphen - last.next_columns;

    if (segment > columns)
        cut_segment(w, s, last, &b, columns);
    else if (segment > w->widest)
        w->widest = segment;
    push(w, b);
}

static bool is_quote(enum wrap_class c)
{
    return c == CLASS_QUOTE || c == CLASS_QUOTE_INITIAL || c == CLASS_QUOTE_FINAL;
}

/* Whether a line may be broken at the spaces between characters of classes x and y. */
static bool spaces_break(enum wrap_class x, enum wrap_class y)
{
    return y != CLASS_CLOSE && x != CLASS_OPEN && !(x == CLASS_BREAK2 && y == CLASS_BREAK2);
}

/* Whether a quote stands at spaces as if it opened or closed behind them ("« word »", "” ("): what may be broken
 * there changed with Unicode 15.1 (LB15, LB15a, LB15b), so the library is asked. before is the class before x,
 * after the one behind y. */
static bool quote_decides(enum wrap_class before, enum wrap_class x, enum wrap_class y, enum wrap_class after)
{
    if (is_quote(x) && y == CLASS_OPEN)
        return true;
    if (x == CLASS_QUOTE_INITIAL)
        return before == CLASS_SPACE || before == CLASS_OPEN || before == CLASS_GLUE || is_quote(before);
    return y == CLASS_QUOTE_FINAL && after != CLASS_WORD && after != CLASS_OPEN;
}

/* The class of the character at s[at], or of a space at the end. */
static enum wrap_class class_at(const char *s, size_t at, size_t len)
{
    uint32_t cp;

    if (at >= len)
        return CLASS_SPACE;
    utf8_next(s + at, len - at, &cp);
    return class_of(cp);
}

/* Whether a line may be broken between x and y, which touch; before is the class before x. */
static bool touch_breaks(enum wrap_class before, enum wrap_class x, enum wrap_class y)
{
    switch (x) {
    case CLASS_HYPHEN:
        return before == CLASS_WORD && y == CLASS_WORD;
    case CLASS_DASH:
    case CLASS_BREAK2:
        return y == CLASS_WORD || y == CLASS_OPEN;
    default:
        return y == CLASS_BREAK2 && (x == CLASS_WORD || x == CLASS_CLOSE);
    }
}

static bool is_digit(const char *s, size_t at, size_t len)
{
    return at < len && s[at] >= '0' && s[at] <= '9';
}

/* The breaks of a text of simple characters; false, with none added, where it holds another one. */
static bool find_simple(struct wrap *w, const char *s, size_t len, int columns, const struct wrap_hint *hint,
                        size_t hint_count)
{
    enum wrap_class before = CLASS_SPACE, x = CLASS_SPACE, y;
    const struct wrap_hint *hint_end = hint + hint_count;
    size_t at = 0, step, word_end = 0;
    int32_t column = 0, word_column = 0;
    bool started = false;
    uint32_t cp;

    for (; at < len; at += step, column++) {
        step = utf8_next(s + at, len - at, &cp);
        y = class_of(cp);
        if (y == CLASS_NONE || (word_end < at && quote_decides(before, x, y, class_at(s, at + step, len))))
            return false;
        while (hint < hint_end && hint->at < at)
            hint++;
        if (y == CLASS_SPACE)
            continue;
        if (!started)
            started = true;
        else if (word_end < at) {
            if (spaces_break(x, y))
                add_break(w, s,
                          (struct wrap_break){(uint32_t)word_end, (uint32_t)at, word_column, column, COST_SPACE, false},
                          columns);
        } else if (touch_breaks(before, x, y) && !(x == CLASS_HYPHEN && is_digit(s, at, len))) {
            add_break(w, s, (struct wrap_break){(uint32_t)at, (uint32_t)at, column, column, COST_DASH, false},
                      columns);
        } else if (hint < hint_end && hint->at == at) {
            add_break(w, s,
                      (struct wrap_break){(uint32_t)at, (uint32_t)at, column, column,
                                          hint->hyphen ? COST_HYPHEN : COST_DASH, hint->hyphen},
                      columns);
        }
        before = word_end < at ? CLASS_SPACE : x;
        x = y;
        word_end = at + step;
        word_column = column + 1;
    }
    add_break(w, s,
              (struct wrap_break){(uint32_t)word_end, (uint32_t)len, word_column, column, COST_SPACE, false},
              columns);
    return true;
}

/* Whether to take a break that libunistring allows between two characters that touch: inside of words of
 * letters, where it follows a slash, a full stop or other punctuation, it is left out. */
static bool keeps_break(const char *s, size_t at, size_t len)
{
    uint32_t before, after;
    size_t back = utf8_prev(s, at, &before), step = utf8_next(s + at, len - at, &after);

    if (before >= 0x80 || unicode_columns(s + at, step) > 1)
        return true;
    return before == '-' && at > back && s[at - back - 1] != ' ' && unicode_class(after) != UNICODE_DIGIT;
}

static void find_any(struct wrap *w, const char *s, size_t len, int columns, const struct wrap_hint *hint,
                     size_t hint_count)
{
    const struct wrap_hint *hint_end = hint + hint_count;
    size_t at, step, word_end = 0;
    int32_t column = 0, word_column = 0;

    mem_grow(&w->marks, &w->mark_cap, len, 1);
    unicode_line_breaks(s, len, w->marks);
    for (at = 0; at < len; at += step) {
        bool space = s[at] == ' ', touches = word_end == at;

        step = unicode_cluster(s + at, len - at);
        while (hint < hint_end && hint->at < at)
            hint++;
        if (!space && at > 0 && word_end > 0) {
            bool hinted = touches && hint < hint_end && hint->at == at, hyphen = hinted && hint->hyphen;

            if (w->marks[at] && (!touches || keeps_break(s, at, len)))
                add_break(w, s,
                          (struct wrap_break){(uint32_t)word_end, (uint32_t)at, word_column, column,
                                              touches ? COST_DASH : COST_SPACE, false},
                          columns);
            else if (hinted)
                add_break(w, s,
                          (struct wrap_break){(uint32_t)at, (uint32_t)at, column, column,
                                              hyphen ? COST_HYPHEN : COST_DASH, hyphen},
                          columns);
        }
        column += unicode_columns(s + at, step);
        if (!space) {
            word_end = at + step;
            word_column = column;
        }
    }
    add_break(w, s,
              (struct wrap_break){(uint32_t)word_end, (uint32_t)len, word_column, column, COST_SPACE, false},
              columns);
}

static void add_line(struct wrap *w, const struct wrap_break *from, const struct wrap_break *to)
{
    mem_grow(&w->lines, &w->line_cap, w->line_count + 1, sizeof *w->lines);
    w->lines[w->line_count++] = (struct wrap_line){
        from->next, to->end, to->end_columns - from->next_columns + to->hyphen, to->hyphen};
}

static void fit_first(struct wrap *w, int columns)
{
    size_t i, from = 0;

    for (i = 1; i < w->break_count; i++) {
        const struct wrap_break *b = &w->breaks[i];

        if (i > from + 1 && b->end_columns + b->hyphen - w->breaks[from].next_columns > columns) {
            add_line(w, &w->breaks[from], b - 1);
            from = i - 1;
        }
    }
    add_line(w, &w->breaks[from], &w->breaks[w->break_count - 1]);
}

/* Sets from[j] to the break that the line ending in break j best begins at. Lines that leave more than
 * `slack` free are not looked at: filling lines first-fit leaves less, so that the end is always reached. */
static void choose(struct wrap *w, int columns, int slack)
{
    const uint64_t unreached = UINT64_MAX;
    const struct wrap_break *breaks = w->breaks;
    size_t i, j, low = 0, last = w->break_count - 1;

    w->costs[0] = 0;
    for (j = 1; j <= last; j++) {
        int32_t right = breaks[j].end_columns + breaks[j].hyphen;
        uint64_t best = unreached;
        uint32_t best_from = (uint32_t)(j - 1);

        while (low + 1 < j && right - breaks[low].next_columns > columns)
            low++;
        for (i = low; i < j; i++) {
            int32_t left_free = columns - (right - breaks[i].next_columns);
            uint64_t cost;

            if (left_free > slack && j != last)
                break;
            if (w->costs[i] == unreached)
                continue;
            if (left_free < 0)
                cost = (uint64_t)1 << 40;
            else if (j != last)
                cost = (uint64_t)((int64_t)left_free * left_free);
            else
                cost = i > 0 && columns - left_free < columns / RUNT_SHARE ? COST_RUNT : 0;
            cost += w->costs[i] + breaks[j].cost;
            if (cost < best) {
                best = cost;
                best_from = (uint32_t)i;
            }
        }
        w->costs[j] = best;
        w->from[j] = best_from;
    }
}

static void fit_total(struct wrap *w, int columns)
{
    int slack = w->widest + 2 > columns / 3 ? w->widest + 2 : columns / 3;
    size_t at, count = 0, last = w->break_count - 1;

    mem_grow(&w->costs, &w->cost_cap, w->break_count, sizeof *w->costs);
    mem_grow(&w->from, &w->from_cap, w->break_count, sizeof *w->from);
    choose(w, columns, slack);
    if (w->costs[last] == UINT64_MAX) {
        fit_first(w, columns);
        return;
    }
    for (at = last; at > 0; at = w->from[at])
        count++;
    mem_grow(&w->lines, &w->line_cap, count, sizeof *w->lines);
    w->line_count = count;
    for (at = last; at > 0; at = w->from[at]) {
        const struct wrap_break *from = &w->breaks[w->from[at]], *to = &w->breaks[at];

        w->lines[--count] = (struct wrap_line){from->next, to->end,
                                               to->end_columns - from->next_columns + to->hyphen, to->hyphen};
    }
}

void wrap_set(struct wrap *w, const char *text, size_t len, int columns, const struct wrap_hint *hints,
              size_t hint_count)
{
    static const struct wrap_hint no_hint;
    const struct wrap_break start = {0, 0, 0, 0, 0, false};

    assert(columns >= 1);
    if (!hints)
        hints = &no_hint;
    w->line_count = w->break_count = 0;
    w->widest = 0;
    push(w, start);
    if (len == 0) {
        add_line(w, &start, &start);
        return;
    }
    if (!find_simple(w, text, len, columns, hints, hint_count)) {
        w->break_count = 1;
        w->widest = 0;
        find_any(w, text, len, columns, hints, hint_count);
    }
    if (w->breaks[w->break_count - 1].end_columns <= columns)
        add_line(w, &start, &w->breaks[w->break_count - 1]);
    else if (w->break_count > FIT_LIMIT)
        fit_first(w, columns);
    else
        fit_total(w, columns);
}
