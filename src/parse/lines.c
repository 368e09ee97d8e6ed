/* SPDX-License-Identifier: ISC */
#include "parse/lines.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "base/word.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TAB = 8, LF = 10, CR = 13, NEL = 0x85, LINE_SEPARATOR = 0x2028, PARAGRAPH_SEPARATOR = 0x2029 };

/* What a byte does to the count of words; LINE_END may end the line. */
enum { IN_WORD = 0x10, SPACE = 0x20, UPPER = 0x40, LINE_END = 0x80, CLASS = 0x0F };

/* The class of each ASCII character, and what it does. */
#define S LINES_SPACE | SPACE
#define E LINES_SPACE | SPACE | LINE_END
#define U LINES_UPPER | IN_WORD | UPPER
#define L LINES_LOWER | IN_WORD
#define D LINES_DIGIT | IN_WORD
#define T LINES_STOP
#define C LINES_COMMA
#define Q LINES_QUOTE
#define P LINES_PUNCT
#define B LINES_BAR
#define Y LINES_SYMBOL
static const uint8_t ascii_kind[128] = {
    Y, Y, Y, Y, Y, Y, Y, Y, Y, S, E, S, S, E, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, S, S, S, S, /* 00 */
    S, T, Q, P, Y, P, P, Q, P, P, P, Y, C, P, T, B, D, D, D, D, D, D, D, D, D, D, P, C, Y, Y, B, T, /* 20 */
    P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, P, P, P, Y, P, /* 40 */
    Y, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, B, P, Y, Y, /* 60 */
};
#undef S
#undef E
#undef U
#undef L
#undef D
#undef T
#undef C
#undef Q
#undef P
#undef B
#undef Y

void lines_init(struct lines *l)
{
    memset(l, 0, sizeof *l);
}

void lines_release(struct lines *l)
{
    free(l->line);
    lines_init(l);
}

/* Punctuation and symbols that mean more than their general category says. */
static bool special_class(uint32_t cp, enum lines_class *class)
{
    switch (cp) {
    case 0x2026: /* … */
    case 0x3002: /* 。 */
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
    case 0x061F: /* Arabic question mark */
    case 0x06D4:
    case 0x0964: /* danda */
    case 0x0965:
    case 0x203C:
    case 0x2047:
    case 0x2049:
        *class = LINES_STOP;
        return true;
    case 0x060C: /* Arabic comma, semicolon */
    case 0x061B:
    case 0x3001:
    case 0xFF0C:
    case 0xFF1B:
        *class = LINES_COMMA;
        return true;
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2039:
    case 0x203A:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
        *class = LINES_QUOTE;
        return true;
    case 0xA6:
    case 0xB7:
    case 0x2022: /* bullet */
    case 0x2023:
    case 0x2043:
    case 0x2219:
    case 0x22C5:
    case 0x25AA:
    case 0x25B6:
    case 0x25BA:
    case 0x25CF:
    case 0x30FB:
    case 0xFF5C:
        *class = LINES_BAR;
        return true;
    }
    if (cp >= 0x2190 && cp <= 0x21FF) { /* arrows */
        *class = LINES_BAR;
        return true;
    }
    return false;
}

enum lines_class lines_class(uint32_t cp)
{
    enum lines_class class;

    if (cp < 0x80)
        return (enum lines_class)(ascii_kind[cp] & CLASS);
    if ((cp >= 0xDF && cp <= 0xFF && cp != 0xF7) || (cp >= 0x430 && cp <= 0x45F))
        return LINES_LOWER;
    if ((cp >= 0xC0 && cp < 0xDF && cp != 0xD7) || (cp >= 0x400 && cp < 0x430))
        return LINES_UPPER;
    if ((cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x3041 && cp <= 0x3096))
        return LINES_LETTER;
    if (special_class(cp, &class))
        return class;
    switch (unicode_class(cp)) {
    case UNICODE_SPACE:
        return LINES_SPACE;
    case UNICODE_UPPER:
        return LINES_UPPER;
    case UNICODE_LOWER:
        return LINES_LOWER;
    case UNICODE_LETTER:
        return LINES_LETTER;
    case UNICODE_DIGIT:
        return LINES_DIGIT;
    case UNICODE_PUNCT:
        return LINES_PUNCT;
    case UNICODE_OTHER:
        break;
    }
    return LINES_SYMBOL;
}

int lines_is_wide(uint32_t cp)
{
    if (cp < 0xE00)
        return 0;
    switch (unicode_script(cp)) {
    case UNICODE_HAN:
    case UNICODE_KANA:
    case UNICODE_THAI:
        return 1;
    default:
        return 0;
    }
}

/* Length of the line end at s, 0 where none stands there. */
static size_t line_end(const char *s, size_t len)
{
    unsigned char c = (unsigned char)s[0];

    if (c == LF)
        return 1;
    if (c == CR)
        return len > 1 && s[1] == LF ? 2 : 1;
    if (c == 0xC2)
        return len > 1 && (unsigned char)s[1] == NEL ? 2 : 0;
    if (c == 0xE2 && len > 2 && (unsigned char)s[1] == 0x80)
        return ((unsigned char)s[2] | 1) == 0xA9 ? 3 : 0;
    return 0;
}

/* Skips white space at text[at], counting blank lines and the columns of the last one's indent. */
static size_t skip_space(const struct lines *l, size_t at, int *blank, int *indent)
{
    *indent = 0;
    while (at < l->len) {
        size_t end = line_end(l->text + at, l->len - at);
        uint32_t cp;

        if (end) {
            at += end;
            ++*blank;
            *indent = 0;
            continue;
        }
        end = utf8_next(l->text + at, l->len - at, &cp);
        if (!unicode_is_space(cp))
            break;
        at += end;
        *indent = cp == '\t' ? (*indent / TAB + 1) * TAB : *indent + 1;
    }
    return at;
}

struct scan {
    uint32_t words, capital;
    bool inside; /* a word, its first letter or digit seen */
    size_t end;  /* behind the last character that is no white space */
};

/* What a character of a class beyond ASCII does. */
static unsigned kind_of(enum lines_class class)
{
    if (class == LINES_SPACE)
        return SPACE;
    if (class < LINES_UPPER || class > LINES_DIGIT)
        return 0;
    return class == LINES_UPPER ? IN_WORD | UPPER : IN_WORD;
}

/* Counts a character that ends at end and what it does. */
static inline void step_scan(struct scan *sc, unsigned kind, size_t end)
{
    if (kind & SPACE) {
        sc->inside = false;
        return;
    }
    sc->end = end;
    if ((kind & IN_WORD) && !sc->inside) {
        sc->inside = true;
        sc->words++;
        sc->capital += (kind & UPPER) != 0;
    }
}

/* Counts a run of letters and digits, those bits of a window that begins at text[at]. */
static inline void step_run(struct scan *sc, uint64_t run, uint64_t upper, size_t end)
{
    sc->words += !sc->inside;
    sc->capital += !sc->inside && (run & -run & upper) != 0;
    sc->inside = true;
    sc->end = end;
}

/* Counts the characters of a window of the line, from text[at] on; returns where it stopped: behind the window
 * or at the end of the line, for which *over is set. */
static size_t scan_window(const struct lines *l, size_t at, struct scan *sc, struct lines_line *line, bool *over)
{
    struct word_window w;
    size_t next = 0, p;
    uint64_t ascii, rest, run;

    word_look(l->text + at, l->len - at, &w);
    ascii = w.lower | w.upper | w.digit;
    for (rest = ~ascii & word_below(w.width); rest != 0; rest &= ~word_below(next)) {
        unsigned char c;
        uint32_t cp;

        p = (size_t)__builtin_ctzll(rest);
        c = (unsigned char)l->text[at + p];
        run = ascii & word_below(p) & ~word_below(next);
        if (run != 0)
            step_run(sc, run, w.upper, at + p);
        next = p + 1;
        if (c >= 0x80 ? line_end(l->text + at + p, l->len - at - p) != 0 : (ascii_kind[c] & LINE_END) != 0) {
            *over = true;
            w.width = next = p;
            break;
        }
        if (c < 0x80) {
            line->count[ascii_kind[c] & CLASS]++;
            step_scan(sc, ascii_kind[c], at + next);
        } else {
            enum lines_class class;

            next = p + utf8_next(l->text + at + p, l->len - at - p, &cp);
            class = lines_class(cp);
            line->wide += class == LINES_LETTER && lines_is_wide(cp);
            line->count[class]++;
            step_scan(sc, kind_of(class), at + next);
        }
    }
    run = ascii & word_below(w.width) & ~word_below(next);
    if (run != 0)
        step_run(sc, run, w.upper, at + w.width);
    line->count[LINES_LOWER] += word_count(w.lower & word_below(w.width));
    line->count[LINES_UPPER] += word_count(w.upper & word_below(w.width));
    line->count[LINES_DIGIT] += word_count(w.digit & word_below(w.width));
    return at + (next > w.width ? next : w.width);
}

/* Counts the characters of the line that begins at text[at] into line; returns where its end is. */
static size_t scan_line(const struct lines *l, size_t at, struct lines_line *line)
{
    struct scan sc = {0, 0, false, at};
    bool over = false;
    size_t from;
    uint32_t cp;

    line->start = at;
    while (at < l->len && !over)
        at = scan_window(l, at, &sc, line, &over);
    line->end = sc.end;
    line->words = sc.words;
    line->capital = sc.capital;
    for (from = sc.end; from < at; line->count[LINES_SPACE]--)
        from += utf8_next(l->text + from, at - from, &cp);
    return at;
}

void lines_split(struct lines *l, const char *text, size_t len)
{
    size_t at = 0;
    int blank = 0, indent, i;

    l->text = text;
    l->len = len;
    l->count = 0;
    while ((at = skip_space(l, at, &blank, &indent)) < len) {
        struct lines_line *line;

        mem_grow(&l->line, &l->cap, l->count + 1, sizeof *l->line);
        line = &l->line[l->count++];
        memset(line, 0, sizeof *line);
        line->indent = indent;
        line->blank_before = blank;
        at = scan_line(l, at, line);
        for (i = 0; i < LINES_CLASS_COUNT; i++)
            line->chars += line->count[i];
        at += at < len ? line_end(text + at, len - at) : 0;
        blank = 0;
    }
}
