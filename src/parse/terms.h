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
    uint64_t hash;      /* of its characters in small letters */
    uint32_t start;     /* byte of the text, or of the line, in which it stands */
    uint32_t len : 30;  /* in bytes */
    uint32_t number : 1;
    uint32_t plain : 1; /* what parse/lines saw at once to be ASCII letters without a capital behind a small one, and
                         * before a character of ASCII; of all others it is not said */
};

static inline size_t terms_end(const struct terms_word *w)
{
    return (size_t)w->start + w->len;
}

/* The first word of s[at..len); false where there is none. */
bool terms_next(const char *s, size_t len, size_t at, struct terms_word *w);

/* Whether c is an ASCII letter or digit. */
static inline bool terms_is_ascii(unsigned char c)
{
    return (unsigned)(c | 32) - 'a' < 26 || (unsigned)c - '0' < 10;
}

static inline struct terms_word terms_word(uint64_t hash, size_t start, size_t end, bool number, bool plain)
{
    return (struct terms_word){hash, (uint32_t)start, (end - start) & 0x3FFFFFFF, number, plain};
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

/* What word_hashed gives of the len ASCII letters and digits at s as small letters; left bytes can be read there.
 * *letters is set where there is any but digits. */
static inline uint64_t terms_hash(const char *s, size_t len, size_t left, bool *letters)
{
    uint64_t sum = 0, x;

    for (; len >= 8; s += 8, left -= 8, len -= 8) {
        x = terms_load(s, 8, left);
        *letters |= terms_has_letter(x);
        sum = word_mix(sum ^ x);
    }
    x = terms_load(s, len, left);
    *letters |= terms_has_letter(x);
    return word_mix(word_mix(sum ^ x) + len);
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
