/* SPDX-License-Identifier: ISC */
/*
 * What bytes are, many at a time, and the hash of a word made of them.
 * Knows: SSE2, where the machine has it. Owns: nothing. Fails: never.
 *
 * The tests on all bytes of a number at once are those of "Bit Twiddling Hacks" (S. E. Anderson).
 */
#ifndef BASE_WORD_H
#define BASE_WORD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WORD_ONES (~UINT64_C(0) / 255)

/* The bytes at s, at most eight of len, the first one lowest; zeros behind them. */
static inline uint64_t word_load(const char *s, size_t len)
{
    uint64_t x = 0;
    size_t i;

    if (len >= sizeof x) {
        memcpy(&x, s, sizeof x);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        x = __builtin_bswap64(x);
#endif
        return x;
    }
    for (i = 0; i < len; i++)
        x |= (uint64_t)(unsigned char)s[i] << 8 * i;
    return x;
}

/* The highest bit of each byte of x that is ASCII and from low on (low and high below 128) up to high. */
static inline uint64_t word_between(uint64_t x, unsigned char low, unsigned char high)
{
    uint64_t bits = WORD_ONES * 0x80, seven = x & ~bits;

    return (seven + WORD_ONES * (0x80u - low)) & ~(seven + WORD_ONES * (0x7Fu - high)) & ~x & bits;
}

/* How many bytes from the lowest on have their highest bit set in bits, which has no others. */
static inline size_t word_run(uint64_t bits)
{
    uint64_t gap = ~bits & WORD_ONES * 0x80;

    return gap ? (size_t)__builtin_ctzll(gap) / 8 : 8;
}

/* The n lowest bytes of x, n up to 8. */
static inline uint64_t word_low(uint64_t x, size_t n)
{
    return n >= 8 ? x : x & ((UINT64_C(1) << 8 * n) - 1);
}

enum { WORD_WINDOW = 64 };

/* What the bytes of a window are: bit i for byte i. All others are ASCII that is neither letter nor digit. */
struct word_window {
    uint64_t lower, upper, digit, high; /* letters, digits; bytes beyond ASCII */
    uint64_t apostrophe, space, control; /* space is U+0020 alone, control what is below it */
    size_t width;                       /* bytes looked at; the bits above are 0 */
};

/* Looks at the len > 0 bytes at s, at most WORD_WINDOW of them. */
void word_look(const char *s, size_t len, struct word_window *out);

/* The same without what only some machines have: for the test. */
void word_look_plain(const char *s, size_t len, struct word_window *out);

/* The n lowest bits, n up to 64. */
static inline uint64_t word_below(size_t n)
{
    return n >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
}

/* How many bits are set. */
static inline unsigned word_count(uint64_t x)
{
    x -= x >> 1 & WORD_ONES * 0x55;
    x = (x & WORD_ONES * 0x33) + (x >> 2 & WORD_ONES * 0x33);
    return (unsigned)(((x + (x >> 4)) & WORD_ONES * 0x0F) * WORD_ONES >> 56);
}

/* A word as it is hashed: its bytes, eight at a time, however they were added. */
struct word_hash {
    uint64_t sum, part;
    unsigned filled; /* bytes of part */
};

static inline uint64_t word_mix(uint64_t x)
{
    x *= UINT64_C(0x9E3779B97F4A7C15);
    return x ^ x >> 32;
}

/* Adds the n lowest bytes of x, 0 to 8 of them, above which x is 0. */
static inline void word_add(struct word_hash *h, uint64_t x, size_t n)
{
    h->part |= x << 8 * h->filled;
    h->filled += (unsigned)n;
    if (h->filled < 8)
        return;
    h->sum = word_mix(h->sum ^ h->part);
    h->filled -= 8;
    h->part = h->filled ? x >> 8 * (n - h->filled) : 0;
}

/* The hash of what was added. */
static inline uint64_t word_hashed(const struct word_hash *h)
{
    return word_mix(word_mix(h->sum ^ h->part) + h->filled);
}

/* What word_hashed gives of the len bytes at s. */
static inline uint64_t word_hash_of(const char *s, size_t len)
{
    uint64_t sum = 0;

    for (; len >= 8; s += 8, len -= 8)
        sum = word_mix(sum ^ word_load(s, len));
    return word_mix(word_mix(sum ^ word_load(s, len)) + len);
}

#endif
