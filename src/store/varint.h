/* SPDX-License-Identifier: ISC */
/*
 * Numbers as SQLite writes them into its records and the full-text index into its pages: seven bits a byte, the
 * highest first, the high bit set in all bytes but the last; a ninth byte has eight bits (SQLite's "Database File
 * Format", 1.6). Knows: nothing. Owns: nothing. Fails: what is cut off is an answer.
 */
#ifndef STORE_VARINT_H
#define STORE_VARINT_H

#include <stddef.h>
#include <stdint.h>

enum { VARINT_MOST = 9 };

/* Writes n to the bytes at to, of which there are VARINT_MOST; how many it took. */
static inline size_t varint_put(uint8_t *to, uint64_t n)
{
    size_t len = 1, i;

    if (n < 0x80) {
        *to = (uint8_t)n;
        return 1;
    }
    if (n >> 56) {
        to[8] = (uint8_t)n;
        for (i = 8, n >>= 8; i-- > 0; n >>= 7)
            to[i] = (uint8_t)(n | 0x80);
        return VARINT_MOST;
    }
    while (n >> 7 * len)
        len++;
    for (i = len; i-- > 0; n >>= 7)
        to[i] = (uint8_t)(n | 0x80);
    to[len - 1] &= 0x7F;
    return len;
}

/* Reads the number at at, before end, into *n; how many bytes it has, 0 where it is cut off. */
static inline size_t varint_get(const uint8_t *at, const uint8_t *end, uint64_t *n)
{
    size_t len;

    *n = 0;
    for (len = 0; at + len < end && len < VARINT_MOST - 1; len++) {
        *n = *n << 7 | (at[len] & 0x7F);
        if (at[len] < 0x80)
            return len + 1;
    }
    if (at + len >= end)
        return 0;
    *n = *n << 8 | at[len];
    return VARINT_MOST;
}

#endif
