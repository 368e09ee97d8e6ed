/* SPDX-License-Identifier: ISC */
/*
 * A line while dates are looked for in it: the small steps over numbers, blanks and words, and times of day.
 * Knows: base/utf8, parse/datewords. Owns: nothing. Fails: never; 0 or the position given is an answer.
 */
#ifndef PARSE_DATES_SCAN_H
#define PARSE_DATES_SCAN_H

#include <string.h>

#include "base/utf8.h"
#include "parse/dates.h"
#include "parse/datewords.h"

/* A word that was looked up: every form asks for those around its number. */
struct seen {
    size_t pos, end;
    const struct dateword *word;
};

enum { SEEN = 8 };

struct scan {
    const char *s;
    size_t len;
    size_t from;       /* nothing before this byte is looked at */
    struct seen *seen; /* SEEN of them, each where its pos says; SIZE_MAX where there is none */
};

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 32) >= 'a' && (cp | 32) <= 'z';
    return cp >= 0xAA && cp != 0xAB && cp != 0xB7 && cp != 0xBB && cp != 0xD7 && cp != 0xF7 &&
           !(cp >= 0x2000 && cp < 0x2C00) && !(cp >= 0x3000 && cp < 0x3040) && cp != UTF8_BAD &&
           !(cp >= 0xAC && cp <= 0xB4) && cp != 0xFEFF && cp != 0x60C;
}

static inline char at(const struct scan *sc, size_t pos)
{
    return pos < sc->len ? sc->s[pos] : '\0';
}

/* Length of the blank at pos: space, tab, no-break and narrow spaces; 0 where there is none. */
static inline size_t blank_at(const struct scan *sc, size_t pos)
{
    const unsigned char *p = (const unsigned char *)sc->s + pos;

    if (pos >= sc->len)
        return 0;
    if (p[0] == ' ' || p[0] == '\t')
        return 1;
    if (p[0] == 0xC2 && pos + 1 < sc->len && p[1] == 0xA0)
        return 2;
    if (p[0] == 0xE2 && pos + 2 < sc->len && p[1] == 0x80 && ((p[2] >= 0x80 && p[2] <= 0x8B) || p[2] == 0xAF))
        return 3;
    return 0;
}

static inline size_t skip_blanks(const struct scan *sc, size_t pos)
{
    size_t n;

    while ((n = blank_at(sc, pos)) > 0)
        pos += n;
    return pos;
}

/* Reads up to most digits at pos into *value and returns their number; 0 where more digits follow. */
static inline int number(const struct scan *sc, size_t pos, int most, int *value)
{
    int n = 0;

    *value = 0;
    while (is_digit(at(sc, pos + (size_t)n))) {
        if (n == most)
            return 0;
        *value = *value * 10 + (sc->s[pos + (size_t)n] - '0');
        n++;
    }
    return n;
}

/* End of the run of letters that begins at pos. */
static inline size_t word_end(const struct scan *sc, size_t pos)
{
    uint32_t cp;

    while (pos < sc->len) {
        size_t n = utf8_next(sc->s + pos, sc->len - pos, &cp);

        if (!is_letter(cp))
            break;
        pos += n;
    }
    return pos;
}

/* The word at pos with its end in *end; NULL where it is none that dates know. */
static inline const struct dateword *word_at(const struct scan *sc, size_t pos, size_t *end)
{
    struct seen *seen = &sc->seen[pos % SEEN];

    if (seen->pos != pos) {
        seen->pos = pos;
        seen->end = word_end(sc, pos);
        seen->word = seen->end > pos ? dateword_find(sc->s + pos, seen->end - pos) : NULL;
    }
    *end = seen->end;
    return seen->word;
}

/* Behind a number of at most two digits at pos and the sign of three bytes, which is a unit in Chinese and
 * Japanese; 0 where they do not stand there. */
static inline size_t counted(const struct scan *sc, size_t pos, const char *sign, int *value)
{
    size_t from = skip_blanks(sc, pos), n = (size_t)number(sc, from, 2, value), end = skip_blanks(sc, from + n);

    return n > 0 && sc->len - end >= 3 && memcmp(sc->s + end, sign, 3) == 0 ? end + 3 : 0;
}

/* A time of day at pos: "5:49 am", "17:46:12", "20h15", "19.36 Uhr", "5pm", "13 Uhr". Its end or 0. */
size_t dates_clock_at(const struct scan *sc, size_t pos, struct dates_found *f);

/* Over a zone behind a time: "EDT", "(UTC -4)", "+02:00", "Z". */
size_t dates_clock_over_zone(const struct scan *sc, size_t pos);

/* Over what may stand between a date and a time: blanks, one mark, one or two of "at", "à las". */
size_t dates_clock_over_at(const struct scan *sc, size_t pos);

/* Behind a date that ends at pos: the time, where one follows. */
size_t dates_clock_with(const struct scan *sc, size_t pos, struct dates_found *f);

#endif
