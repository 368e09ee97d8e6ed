/* SPDX-License-Identifier: ISC */
#include "layout/link.h"

#include <string.h>

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* U+200C or U+200D after a letter that it may shape. */
static bool is_joiner(const char *s, size_t at, size_t len)
{
    return at > 0 && (unsigned char)s[at - 1] >= 0x80 && len - at >= 3 &&
           (memcmp(s + at, "\xE2\x80\x8C", 3) == 0 || memcmp(s + at, "\xE2\x80\x8D", 3) == 0);
}

/* Characters of an address; beyond ASCII, letters as browsers show them, but not quotes, dashes and other
 * general punctuation (U+2000 to U+206F), no-break spaces or CJK punctuation (U+3000 to U+303F). */
static bool is_address(const char *s, size_t at, size_t len)
{
    unsigned char c = (unsigned char)s[at], d = at + 1 < len ? (unsigned char)s[at + 1] : 0;

    if (c < 0x80)
        return is_alnum((char)c) || (c > 32 && c < 127 && strchr("-._~:/?#[]@!$&'()*+,;=%", c));
    if (is_joiner(s, at, len))
        return true;
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

/* What may end a sentence, or belong to what stands around an address. */
static bool is_closing(char c)
{
    return strchr(".,;:!?'()[]", c) != NULL;
}

/* Takes off what belongs to the sentence around it. */
static size_t trim(const char *s, size_t from, size_t to)
{
    long round = 0, square = 0; /* how many brackets are open at the end */

    for (size_t at = from; at < to; at++) {
        round += (s[at] == '(') - (s[at] == ')');
        square += (s[at] == '[') - (s[at] == ']');
    }
    while (to > from && is_closing(s[to - 1]) && !(s[to - 1] == ')' && round >= 0) &&
           !(s[to - 1] == ']' && square >= 0)) {
        to--;
        round -= (s[to] == '(') - (s[to] == ')');
        square -= (s[to] == '[') - (s[to] == ']');
    }
    return to;
}

static size_t next_of(const char *s, size_t len, size_t from, char c)
{
    const char *found = from < len ? memchr(s + from, c, len - from) : NULL;

    return found ? (size_t)(found - s) : len;
}

/* Whether the beginning of an address at byte `at` stands by itself and goes on. */
static bool stands_alone(const char *s, size_t len, size_t at, size_t scheme)
{
    if (at > 0 && (is_alnum(s[at - 1]) || s[at - 1] == '@'))
        return false;
    return at + scheme < len && (is_alnum(s[at + scheme]) || (unsigned char)s[at + scheme] >= 0x80);
}

/* A run of characters that an address can have: it is gone through once, however many begin in it. */
struct run {
    size_t end;
    size_t dot; /* one past the last full stop that does not end it; 0 for none */
};

static struct run run_at(const char *s, size_t len, size_t at)
{
    struct run r = {at, 0};
    size_t inner;

    while (r.end < len && is_address(s, r.end, len))
        r.end++;
    for (inner = r.end; inner > at && is_closing(s[inner - 1]); inner--)
        continue;
    while (inner > at && s[inner - 1] != '.')
        inner--;
    r.dot = inner > at ? inner : 0;
    return r;
}

bool link_find(const char *s, size_t len, size_t from, size_t *start, size_t *end)
{
    size_t colon = next_of(s, len, from, ':'), dot = next_of(s, len, from, '.'), scheme;
    struct run run = {0, 0};

    while (colon < len || dot < len) {
        size_t sign = colon < dot ? colon : dot;
        size_t at = begins_at(s, len, from, sign, &scheme);

        if (at < len && stands_alone(s, len, at, scheme)) {
            if (at >= run.end)
                run = run_at(s, len, at);
            if (run.dot > at + scheme) {
                *start = at;
                *end = trim(s, at, run.end);
                return true;
            }
        }
        if (sign == colon)
            colon = next_of(s, len, colon + 1, ':');
        else
            dot = next_of(s, len, dot + 1, '.');
    }
    return false;
}
