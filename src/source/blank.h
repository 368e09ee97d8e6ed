/* SPDX-License-Identifier: ISC */
/*
 * What may stand between the tokens of XML, HTML and JSON, and before the first.
 * Knows: the white space of ASCII and the byte order mark of UTF-8. Owns: nothing.
 * Fails: never.
 */
#ifndef SOURCE_BLANK_H
#define SOURCE_BLANK_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool blank_is(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Where the white space ends that begins at at; at itself where there is none. */
static inline size_t blank_end(const char *s, size_t len, size_t at)
{
    while (at < len && blank_is(s[at]))
        at++;
    return at;
}

/* The length of the byte order mark of UTF-8 that a file begins with, 0 without one. */
static inline size_t blank_mark(const char *s, size_t len)
{
    return len >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

#endif
