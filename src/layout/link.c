/* SPDX-License-Identifier: ISC */
#include "layout/link.h"

#include <string.h>

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Characters of an address; beyond ASCII, letters as browsers show them, but not quotes, dashes and other
 * general punctuation (U+2000 to U+206F), no-break spaces or CJK punctuation (U+3000 to U+303F). */
static bool is_address(const char *s, size_t at, size_t len)
{
    unsigned char c = (unsigned char)s[at], d = at + 1 < len ? (unsigned char)s[at + 1] : 0;

    if (c < 0x80)
        return is_alnum((char)c) || (c > 32 && c < 127 && strchr("-._~:/?#[]@!$&'()*+,;=%", c));
    return !(c == 0xE2 && (d == 0x80 || d == 0x81)) && !(c == 0xE3 && d == 0x80) && !(c == 0xC2 && d < 0xC0);
}

/* Bytes of a beginning of an address at s. */
static size_t scheme_at(const char *s, size_t len)
{
    static const char *schemes[] = {"https://", "http://", "www.", "mailto:"};
    size_t i;

    for (i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t k, n = strlen(schemes[i]);

        for (k = 0; k < n && k < len && ((s[k] | 32) == schemes[i][k] || s[k] == schemes[i][k]); k++)
            ;
        if (k == n)
            return n;
    }
    return 0;
}

static int balance(const char *s, size_t from, size_t to, char open, char close)
{
    int n = 0;

    for (; from < to; from++)
        n += (s[from] == open) - (s[from] == close);
    return n;
}

/* Takes off what belongs to the sentence around it. */
static size_t trim(const char *s, size_t from, size_t to)
{
    while (to > from) {
        char c = s[to - 1];

        if (strchr(".,;:!?'", c) || (c == ')' && balance(s, from, to, '(', ')') < 0) ||
            (c == ']' && balance(s, from, to, '[', ']') < 0) || c == '(' || c == '[')
            to--;
        else
            break;
    }
    return to;
}

bool link_find(const char *s, size_t len, size_t from, size_t *start, size_t *end)
{
    size_t at, scheme, stop;

    for (at = from; at < len; at++) {
        char c = (char)(s[at] | 32);

        if ((c != 'h' && c != 'w' && c != 'm') || (at > 0 && (is_alnum(s[at - 1]) || s[at - 1] == '@')))
            continue;
        scheme = scheme_at(s + at, len - at);
        if (!scheme || at + scheme >= len ||
            !(is_alnum(s[at + scheme]) || (unsigned char)s[at + scheme] >= 0x80))
            continue;
        for (stop = at + scheme; stop < len && is_address(s, stop, len); stop++)
            ;
        stop = trim(s, at, stop);
        if (stop <= at + scheme || !memchr(s + at + scheme, '.', stop - at - scheme))
            continue;
        *start = at;
        *end = stop;
        return true;
    }
    return false;
}
