/* SPDX-License-Identifier: ISC */
#include "parse/lines.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "base/word.h"
#include "doc/record.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TAB = 8, LF = 10, CR = 13, NEL = 0x85, LINE_SEPARATOR = 0x2028, PARAGRAPH_SEPARATOR = 0x2029 };

/* What a character does to the count of words. */
enum { IN_WORD = 0x10, SPACE = 0x20, UPPER = 0x40 };

#define S LINES_SPACE | SPACE
#define U LINES_UPPER | IN_WORD | UPPER
#define L LINES_LOWER | IN_WORD
#define D LINES_DIGIT | IN_WORD
#define T LINES_STOP
#define C LINES_COMMA
#define Q LINES_QUOTE
#define P LINES_PUNCT
#define B LINES_BAR
#define Y LINES_SYMBOL
const uint8_t lines_ascii[128] = {
    Y, Y, Y, Y, Y, Y, Y, Y, Y, S, S, S, S, S, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, S, S, S, S, /* 00 */
    S, T, Q, P, Y, P, P, Q, P, P, P, Y, C, P, T, B, D, D, D, D, D, D, D, D, D, D, P, C, Y, Y, B, T, /* 20 */
    P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, P, P, P, Y, P, /* 40 */
    Y, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, B, P, Y, Y, /* 60 */
};
#undef S
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
    free(l->word);
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

enum lines_class lines_class_long(uint32_t cp)
{
    enum lines_class class;

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

bool lines_is_wide(uint32_t cp)
{
    if (cp < 0xE00)
        return false;
    switch (unicode_script(cp)) {
    case UNICODE_HAN:
    case UNICODE_KANA:
    case UNICODE_THAI:
        return true;
    default:
        return false;
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

/* A line while its characters are counted and its words are found. */
struct scan {
    struct lines *l;
    struct lines_line *line;
    size_t from; /* where the window begins: it outlives the line */
    struct word_window w;
    bool inside; /* a run without white space, its first letter or digit seen */
    size_t end;  /* behind the last character that is no white space */

    bool open;   /* a word that began at start and has not ended */
    bool mixed;  /* it holds characters beyond ASCII: all of it before run is hashed */
    bool letters;
    size_t start, run;
    struct word_hash hash;
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
        sc->line->words++;
        sc->line->capital += (kind & UPPER) != 0;
    }
}

/* Looks at the bytes from text[at] on, as far as the last word that surely ends in them, and makes room for all words
 * of them. */
static void look(struct scan *sc, size_t at)
{
    struct lines *l = sc->l;
    uint64_t other;

    sc->from = at;
    word_look(l->text + at, l->len - at, &sc->w);
    other = ~(sc->w.lower | sc->w.upper | sc->w.digit);
    if (other != 0 && l->len - at > WORD_WINDOW)
        sc->w.width = WORD_WINDOW - (size_t)__builtin_clzll(other);
    mem_grow(&l->word, &l->word_cap, l->word_count + WORD_WINDOW + 1, sizeof *l->word);
}

/* Takes the word [start, end) of the text, which is not plain. */
static void add_word(struct scan *sc, size_t start, size_t end, uint64_t hash, bool number)
{
    size_t from = sc->line->start;

    sc->l->word[sc->l->word_count++] = terms_word(hash, start - from, end - from, number, false);
}

/* Hashes what was read of the open word. */
static void hash_run(struct scan *sc, size_t end)
{
    sc->letters |= terms_add_ascii(&sc->hash, sc->l->text + sc->run, end - sc->run, sc->l->len - sc->run);
    sc->run = end;
}

static void close_word(struct scan *sc, size_t end)
{
    const struct lines *l = sc->l;
    uint64_t hash;

    if (!sc->open)
        return;
    sc->open = false;
    if (sc->mixed) {
        hash_run(sc, end);
        hash = word_hashed(&sc->hash);
    } else {
        hash = terms_hash(l->text + sc->start, end - sc->start, l->len - sc->start, &sc->letters);
    }
    add_word(sc, sc->start, end, hash, !sc->letters);
}

static void open_word(struct scan *sc, size_t start)
{
    sc->open = true;
    sc->mixed = sc->letters = false;
    sc->start = sc->run = start;
    sc->hash = (struct word_hash){0, 0, 0};
}

/* Takes the words of a stretch of the window: ascii has the letters and digits in it, the bits of stretch are its
 * bytes, edge is that of a control behind it. Without one, a word that reaches its end stays open. */
static inline void take_words(struct scan *sc, uint64_t ascii, uint64_t stretch, uint64_t edge)
{
    const struct word_window *w = &sc->w;
    const char *s = sc->l->text + sc->from;
    size_t left = sc->l->len - sc->from, from = sc->from - sc->line->start;
    uint64_t before = ascii << 1 | (sc->open ? stretch & -stretch : 0);
    uint64_t starts = ascii & ~before, ends = ~ascii & before & (stretch | edge);
    uint64_t odd = w->digit | (w->upper & w->lower << 1); /* what a plain word has not */
    struct terms_word *out;

    if (sc->open && ends != 0) {
        close_word(sc, sc->from + (size_t)__builtin_ctzll(ends));
        ends &= ends - 1;
    }
    out = sc->l->word + sc->l->word_count;
    for (; ends != 0; ends &= ends - 1, starts &= starts - 1) {
        size_t start = (size_t)__builtin_ctzll(starts), end = (size_t)__builtin_ctzll(ends);
        uint64_t bits = (ends & -ends) - (starts & -starts);
        bool letters = false;
        uint64_t hash = terms_hash(s + start, end - start, left - start, &letters);

        *out++ = terms_word(hash, from + start, from + end, !letters, (bits & odd) == 0);
    }
    sc->l->word_count = (size_t)(out - sc->l->word);
    if (starts != 0)
        open_word(sc, sc->from + (size_t)__builtin_ctzll(starts));
}

/* Counts the runs without white space that show their first letter or digit in a stretch. From the beginning of each
 * run on, an addition carries over the signs to what follows them. */
static inline void count_runs(struct scan *sc, uint64_t ascii, uint64_t space, uint64_t stretch)
{
    uint64_t sign = stretch & ~ascii & ~space;
    uint64_t begin = (space << 1 | (sc->inside ? 0 : stretch & -stretch)) & stretch;
    uint64_t first = (begin | ((sign + (begin & sign)) & ~sign)) & ascii;

    sc->line->words += word_count(first);
    sc->line->capital += word_count(first & sc->w.upper);
    if (space != 0)
        sc->inside = false;
    sc->inside |= (space != 0 ? ascii & ~word_below(WORD_WINDOW - (size_t)__builtin_clzll(space)) : ascii) != 0;
    if (stretch & ~space)
        sc->end = sc->from + WORD_WINDOW - (size_t)__builtin_clzll(stretch & ~space);
}

/* Takes the bytes of the window from text[at] on that are neither beyond ASCII nor controls; returns where they
 * end. */
static size_t scan_plain(struct scan *sc, size_t at)
{
    const struct word_window *w = &sc->w;
    uint64_t behind = ~word_below(at - sc->from), other = (w->high | w->control) & behind;
    size_t end = other != 0 ? (size_t)__builtin_ctzll(other) : w->width;
    uint64_t stretch = behind & word_below(end), ascii = (w->lower | w->upper | w->digit) & stretch;
    uint64_t space = w->space & stretch, sign;
    uint32_t *count = sc->line->count;

    if (stretch == 0)
        return at;
    take_words(sc, ascii, stretch, w->control & other & -other);
    count_runs(sc, ascii, space, stretch);
    count[LINES_LOWER] += word_count(w->lower & stretch);
    count[LINES_UPPER] += word_count(w->upper & stretch);
    count[LINES_DIGIT] += word_count(w->digit & stretch);
    count[LINES_SPACE] += word_count(space);
    for (sign = stretch & ~ascii & ~space; sign != 0; sign &= sign - 1) {
        unsigned char c = (unsigned char)sc->l->text[sc->from + (size_t)__builtin_ctzll(sign)];

        count[lines_ascii[c] & LINES_CLASS]++;
        sc->line->signs |= lines_sign(c);
    }
    return sc->from + end;
}

/* Takes the character at text[at], a control or beyond ASCII; returns where it ends. */
static size_t scan_other(struct scan *sc, size_t at)
{
    uint32_t cp;
    size_t end = at + utf8_next(sc->l->text + at, sc->l->len - at, &cp);
    enum lines_class class = lines_class(cp);
    bool wide = class == LINES_LETTER && lines_is_wide(cp);

    sc->line->wide += wide;
    sc->line->count[class]++;
    step_scan(sc, kind_of(class), end);
    if (wide) {
        close_word(sc, at);
        add_word(sc, at, end, word_mix(cp), false);
    } else if (class >= LINES_UPPER && class <= LINES_DIGIT) {
        if (!sc->open)
            open_word(sc, at);
        sc->mixed = true;
        hash_run(sc, at);
        sc->letters |= class != LINES_DIGIT;
        terms_add_long(&sc->hash, cp);
        sc->run = end;
    } else if (cp == LINES_SOFT_HYPHEN && sc->open) {
        sc->mixed = true;
        hash_run(sc, at);
        sc->run = end;
    } else {
        close_word(sc, at);
    }
    return end;
}

/* Counts the characters of the line that begins at text[at] and takes its words; returns where its end is. */
static size_t scan_line(struct scan *sc, size_t at)
{
    struct lines *l = sc->l;
    struct lines_line *line = sc->line;
    size_t from;
    uint32_t cp;

    line->start = sc->end = at;
    line->first_word = l->word_count;
    sc->inside = sc->open = false;
    while (at < l->len) {
        size_t next;

        if (at >= sc->from + sc->w.width)
            look(sc, at);
        next = scan_plain(sc, at);
        if (next == at) {
            if (line_end(l->text + at, l->len - at) > 0)
                break;
            next = scan_other(sc, at);
        }
        at = next;
    }
    close_word(sc, at);
    line->word_count = l->word_count - line->first_word;
    line->end = sc->end;
    for (from = sc->end; from < at; line->count[LINES_SPACE]--)
        from += utf8_next(l->text + from, at - from, &cp);
    return at;
}

/* So many of the bytes that end between two lines, or, where even the first line is too long, between two
 * characters. */
static size_t fit_bytes(const char *text, size_t len)
{
    size_t at;

    if (len <= RECORD_BYTES)
        return len;
    for (at = RECORD_BYTES; at > 0 && text[at - 1] != '\n'; at--)
        continue;
    return at > 0 ? at : utf8_floor(text, len, RECORD_BYTES);
}

void lines_split(struct lines *l, const char *text, size_t len)
{
    struct scan sc = {.l = l};
    size_t at = 0;
    int blank = 0, indent, i;

    l->text = text;
    l->len = len = fit_bytes(text, len);
    l->count = l->word_count = 0;
    while ((at = skip_space(l, at, &blank, &indent)) < len) {
        struct lines_line *line;

        mem_grow(&l->line, &l->cap, l->count + 1, sizeof *l->line);
        line = &l->line[l->count++];
        memset(line, 0, sizeof *line);
        line->indent = indent;
        line->blank_before = blank;
        sc.line = line;
        at = scan_line(&sc, at);
        for (i = 0; i < LINES_CLASS_COUNT; i++)
            line->chars += line->count[i];
        at += at < len ? line_end(text + at, len - at) : 0;
        blank = 0;
        if (l->count == RECORD_LINES)
            l->len = len = at;
    }
}
