/* SPDX-License-Identifier: ISC */
#include "base/utf8.h"

#include <string.h>

static bool continues(const char *s, size_t at)
{
    return ((unsigned char)s[at] & 0xC0) == 0x80;
}

size_t utf8_next_long(const char *s, size_t len, uint32_t *cp)
{
    unsigned char c = (unsigned char)s[0];
    uint32_t v;

    *cp = UTF8_BAD;
    if (c < 0xC2 || c > 0xF4 || len < 2 || !continues(s, 1))
        return 1;
    if (c < 0xE0) {
        *cp = (uint32_t)(c & 0x1F) << 6 | (uint32_t)(s[1] & 0x3F);
        return 2;
    }
    if (len < 3 || !continues(s, 2))
        return 1;
    if (c < 0xF0) {
        v = (uint32_t)(c & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (uint32_t)(s[2] & 0x3F);
        if (v < 0x800 || (v >= 0xD800 && v <= 0xDFFF))
            return 1;
        *cp = v;
        return 3;
    }
    if (len < 4 || !continues(s, 3))
        return 1;
    v = (uint32_t)(c & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 | (uint32_t)(s[2] & 0x3F) << 6 |
        (uint32_t)(s[3] & 0x3F);
    if (v < 0x10000 || v > 0x10FFFF)
        return 1;
    *cp = v;
    return 4;
}

size_t utf8_prev(const char *s, size_t at, uint32_t *cp)
{
    size_t back;

    for (back = 1; back <= 4 && back <= at; back++) {
        if (utf8_next(s + at - back, back, cp) == back && (back > 1 || *cp < 0x80))
            return back;
    }
    *cp = UTF8_BAD;
    return 1;
}

size_t utf8_floor(const char *s, size_t len, size_t at)
{
    size_t back = 0;

    if (at >= len)
        return len;
    while (back < 4 && back < at && continues(s, at - back))
        back++;
    return back < 4 && !continues(s, at - back) ? at - back : at;
}

size_t utf8_ceil(const char *s, size_t len, size_t at)
{
    size_t on = 0;

    if (at >= len)
        return len;
    while (on < 4 && at + on < len && continues(s, at + on))
        on++;
    return on < 4 ? at + on : at;
}

bool utf8_valid(const char *s, size_t len, size_t *bad)
{
    size_t at = 0;

    while (at < len) {
        uint64_t word;
        uint32_t cp;
        size_t step;

        if (len - at >= sizeof word) {
            memcpy(&word, s + at, sizeof word);
            if (!(word & 0x8080808080808080u)) {
                at += sizeof word;
                continue;
            }
        }
        step = utf8_next(s + at, len - at, &cp);
        if (step == 1 && (unsigned char)s[at] >= 0x80) {
            if (bad)
                *bad = at;
            return false;
        }
        at += step;
    }
    return true;
}

size_t utf8_encode(uint32_t cp, char *out)
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = UTF8_BAD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t utf8_count(const char *s, size_t len)
{
    size_t at, n = 0;
    uint32_t cp;

    for (at = 0; at < len; n++)
        at += utf8_next(s + at, len - at, &cp);
    return n;
}
