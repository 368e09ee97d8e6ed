/* SPDX-License-Identifier: ISC */
/*
 * Words: runs of letters and digits, each character of a script written without spaces one by itself.
 * Knows: base/word, parse/lines for the classes of characters. Owns: nothing. Fails: never.
 *
 * parse/lines finds the words of a whole text while it takes it apart; terms_next is for pieces of text and for
 * tables, and both find and hash the same.
 */
#ifndef PARSE_TERMS_H
#define PARSE_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/word.h"

struct terms_word {
    uint64_t hash;       /* of its characters in small letters; the lowest bit tells numbers from words */
    uint32_t start, end; /* bytes of the text, or of the line, in which it stands */
};

/* The first word of s[at..len); false where there is none. */
bool terms_next(const char *s, size_t len, size_t at, struct terms_word *w);

/* Whether c is an ASCII letter or digit. */
static inline bool terms_is_ascii(unsigned char c)
{
    return (unsigned)(c | 32) - 'a' < 26 || (unsigned)c - '0' < 10;
}

static inline bool terms_is_number(const struct terms_word *w)
{
    return (w->hash & 1) != 0;
}

/* The hash of a word as struct terms_word has it. */
static inline uint64_t terms_hash(uint64_t hash, bool number)
{
    return (hash & ~UINT64_C(1)) | number;
}

/* The n ASCII letters and digits at s, at most eight, as small letters; left bytes can be read there. */
static inline uint64_t terms_load(const char *s, size_t n, size_t left)
{
    return word_low(word_load(s, left) | WORD_ONES * 0x20, n); /* digits have that bit already */
}

/* Whether there is a letter among the ASCII letters and digits of x. */
static inline bool terms_has_letter(uint64_t x)
{
    return (x & WORD_ONES * 0x40) != 0;
}

/* terms_hash of the len ASCII letters and digits at s, at which left bytes can be read. */
static inline uint64_t terms_hash_ascii(const char *s, size_t len, size_t left)
{
    uint64_t sum = 0, seen = 0, x;

    for (; len >= 8; s += 8, left -= 8, len -= 8) {
        x = terms_load(s, 8, left);
        seen |= x;
        sum = word_mix(sum ^ x);
    }
    x = terms_load(s, len, left);
    return terms_hash(word_mix(word_mix(sum ^ x) + len), !terms_has_letter(seen | x));
}

/* Adds the len ASCII letters and digits at s, at which left bytes can be read; whether there is a letter among
 * them. */
static inline bool terms_add_ascii(struct word_hash *h, const char *s, size_t len, size_t left)
{
    uint64_t seen = 0;

    while (len > 0) {
        size_t n = len < 8 ? len : 8;
        uint64_t x = terms_load(s, n, left);

        seen |= x;
        word_add(h, x, n);
        s += n;
        left -= n;
        len -= n;
    }
    return terms_has_letter(seen);
}

/* Adds a character beyond ASCII as a small letter, in the bytes that it has in UTF-8. */
void terms_add_long(struct word_hash *h, uint32_t cp);

#endif
