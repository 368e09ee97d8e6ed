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

static bool ends_with(const char *s, size_t from, size_t at, const char *word)
{
    size_t len = strlen(word), i;

    if (at - from < len)
        return false;
    for (i = 0; i < len; i++) {
        if ((s[at - len + i] | 32) != word[i])
            return false;
    }
    return true;
}

/* If the colon or full stop at `at` is that of the beginning of an address, where that begins, and in *scheme
 * how long the beginning is; else len. */
static size_t begins_at(const char *s, size_t len, size_t from, size_t at, size_t *scheme)
{
    static const char *words[] = {"https", "http", "mailto"};
    bool slashes = len - at > 2 && s[at + 1] == '/' && s[at + 2] == '/';
    size_t i;

    if (s[at] == '.') {
        *scheme = 4;
        return ends_with(s, from, at, "www") ? at - 3 : len;
    }
    for (i = 0; i < 3; i++) {
        if (slashes == (i < 2) && ends_with(s, from, at, words[i])) {
            *scheme = strlen(words[i]) + (slashes ? 3 : 1);
            return at - strlen(words[i]);
        }
    }
    return len;
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

static size_t next_of(const char *s, size_t len, size_t from, char c)
{
    const char *found = from < len ? memchr(s + from, c, len - from) : NULL;

    return found ? (size_t)(found - s) : len;
}

/* Whether an address begins at byte `at`; *end is where it ends. */
static bool address_at(const char *s, size_t len, size_t at, size_t scheme, size_t *end)
{
    size_t stop;

    if (at > 0 && (is_alnum(s[at - 1]) || s[at - 1] == '@'))
        return false;
    if (at + scheme >= len || !(is_alnum(s[at + scheme]) || (unsigned char)s[at + scheme] >= 0x80))
        return false;
    for (stop = at + scheme; stop < len && is_address(s, stop, len); stop++)
        ;
    *end = trim(s, at, stop);
    return *end > at + scheme && memchr(s + at + scheme, '.', *end - at - scheme);
}

bool link_find(const char *s, size_t len, size_t from, size_t *start, size_t *end)
{
    size_t colon = next_of(s, len, from, ':'), dot = next_of(s, len, from, '.'), scheme;

    while (colon < len || dot < len) {
        size_t sign = colon < dot ? colon : dot;
        size_t at = begins_at(s, len, from, sign, &scheme);

        if (at < len && address_at(s, len, at, scheme, end)) {
            *start = at;
            return true;
        }
        if (sign == colon)
            colon = next_of(s, len, colon + 1, ':');
        else
            dot = next_of(s, len, dot + 1, '.');
    }
    return false;
}
