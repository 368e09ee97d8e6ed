/* SPDX-License-Identifier: ISC */
/*
 * UTF-8: decoding, encoding, checking.
 * Knows: RFC 3629. Owns: nothing. Fails: bad bytes are an answer, never an error.
 * A bad sequence is taken one byte at a time and read as U+FFFD, so that no byte is ever skipped unseen.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD 0xFFFDu

/* Decodes beyond ASCII; use utf8_next. */
size_t utf8_next_long(const char *s, size_t len, uint32_t *cp);

/* Decodes the character at s, of which len > 0 bytes are left, into *cp and returns its length in bytes,
 * 1 to 4. A byte that begins no valid sequence gives UTF8_BAD and 1. */
static inline size_t utf8_next(const char *s, size_t len, uint32_t *cp)
{
    unsigned char c = (unsigned char)s[0];

    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    if (c >= 0xC2 && c < 0xE0 && len > 1 && ((unsigned char)s[1] & 0xC0) == 0x80) {
        *cp = (uint32_t)(c & 0x1F) << 6 | ((unsigned char)s[1] & 0x3F);
        return 2;
    }
    return utf8_next_long(s, len, cp);
}

/* The length in bytes of the character that ends before s[at], at > 0, looking back no further than s[0];
 * its code point in *cp. */
size_t utf8_prev(const char *s, size_t at, uint32_t *cp);

/* Whether the bytes at s are valid UTF-8. When not, *bad (which may be NULL) is the offset of the first
 * byte that is not. */
bool utf8_valid(const char *s, size_t len, size_t *bad);

/* Writes cp to out (room for 4 bytes) and returns how many bytes it took; what is not a scalar value
 * is written as U+FFFD. */
size_t utf8_encode(uint32_t cp, char *out);

/* Where a text of len bytes may be cut: at `at` itself (at len where that is less), or up to 3 bytes before it
 * (utf8_floor) or behind it (utf8_ceil), where a character begins. Among bad bytes it may be cut anywhere. */
size_t utf8_floor(const char *s, size_t len, size_t at);
size_t utf8_ceil(const char *s, size_t len, size_t at);

/* Number of characters, bad bytes counting one each. */
size_t utf8_count(const char *s, size_t len);

#endif
