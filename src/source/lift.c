/* SPDX-License-Identifier: ISC */
#include "source/lift.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "source/blank.h"

#include <stdlib.h>
#include <string.h>

enum { LONG = 200 };

/* A mark is a string of U+0000 and the piece's number: no other string begins so, since a text with "\u0000"
 * in it is left alone. */
static const char mark[] = "\\u0000";

void lift_init(struct lift *l)
{
    memset(l, 0, sizeof *l);
    buf_init(&l->rest);
    buf_init(&l->text);
}

void lift_release(struct lift *l)
{
    buf_release(&l->rest);
    buf_release(&l->text);
    free(l->pieces);
    lift_init(l);
}

/* How many bytes from s on stand for themselves in a string: none is a quote, a backslash or a control. */
static size_t plain_run(const char *s, size_t len)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    size_t at = 0;
    uint64_t word, quote, slash;

    while (len - at >= sizeof word) {
        memcpy(&word, s + at, sizeof word);
        quote = word ^ ones * '"';
        slash = word ^ ones * '\\';
        /* A byte below n borrows (Warren, Hacker's Delight, 2nd edition, 6-1): may also stop early, never
         * late. */
        if ((((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((word - ones * 0x20) & ~word)) & tops)
            break;
        at += sizeof word;
    }
    while (at < len && s[at] != '"' && s[at] != '\\' && (unsigned char)s[at] >= 0x20)
        at++;
    return at;
}

/* The four digits at s as a unit of UTF-16; -1 where they are none. */
static long unit_at(const char *s, size_t len)
{
    long unit = 0;
    size_t i;

    if (len < 4)
        return -1;
    for (i = 0; i < 4; i++) {
        char c = s[i];
        int digit = c >= '0' && c <= '9'                 ? c - '0'
                    : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                         : -1;

        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* Adds what the escape at s stands for; how long it is, 0 where it is none that can be lifted. */
static size_t take_escape(const char *s, size_t len, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *simple;
    long unit, low;

    if (len < 2)
        return 0;
    if (s[1] != 'u') {
        simple = memchr(from, s[1], sizeof from - 1);
        if (!simple)
            return 0;
        buf_add_char(out, to[simple - from]);
        return 2;
    }
    unit = unit_at(s + 2, len - 2);
    if (unit <= 0 || (unit >= 0xDC00 && unit < 0xE000))
        return 0;
    if (unit < 0xD800 || unit >= 0xE000) {
        buf_add_cp(out, (uint32_t)unit);
        return 6;
    }
    low = len >= 12 && s[6] == '\\' && s[7] == 'u' ? unit_at(s + 8, len - 8) : -1;
    if (low < 0xDC00 || low >= 0xE000)
        return 0;
    buf_add_cp(out, 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00));
    return 12;
}

/* The length of the string that begins behind the quote before s, without its closing quote; len where it has
 * none. */
static size_t string_length(const char *s, size_t len)
{
    size_t at = 0;

    while (at < len) {
        at += plain_run(s + at, len - at);
        if (at >= len || s[at] == '"')
            return at;
        at += s[at] == '\\' ? 2 : 1;
    }
    return len;
}

static bool has_mark(const char *s, size_t len)
{
    const char *end = s + len;

    while ((s = memchr(s, mark[0], (size_t)(end - s)))) {
        if ((size_t)(end - s) >= sizeof mark - 1 && memcmp(s, mark, sizeof mark - 1) == 0)
            return true;
        s++;
    }
    return false;
}

static bool is_value(const char *behind, size_t len)
{
    size_t at = blank_end(behind, len, 0);

    return at == len || behind[at] != ':';
}

/* Adds the string's text to l->text and a mark to l->rest. */
static bool take_string(struct lift *l, const char *s, size_t len)
{
    size_t at = 0, start = l->text.len, run;

    while (at < len) {
        run = plain_run(s + at, len - at);
        buf_add(&l->text, s + at, run);
        at += run;
        if (at == len)
            break;
        run = s[at] == '\\' ? take_escape(s + at, len - at, &l->text) : 0;
        if (run == 0)
            return false;
        at += run;
    }
    if (!utf8_valid(l->text.data + start, l->text.len - start, NULL))
        return false;
    buf_add_fmt(&l->rest, "%s%zu", mark, l->count);
    mem_grow(&l->pieces, &l->cap, l->count + 1, sizeof *l->pieces);
    l->pieces[l->count++] = (struct lift_piece){start, l->text.len};
    return true;
}

bool lift_take(struct lift *l, const char *bytes, size_t len)
{
    size_t at = 0, copied = 0;
    const char *quote;

    buf_clear(&l->rest);
    buf_clear(&l->text);
    l->count = 0;
    while ((quote = memchr(bytes + at, '"', len - at))) {
        size_t start = (size_t)(quote - bytes) + 1, length = string_length(bytes + start, len - start);

        at = start + length + 1;
        if (at > len)
            return false; /* no end: jansson says where */
        if (length < LONG || !is_value(bytes + at, len - at)) {
            if (has_mark(bytes + start, length))
                return false;
            continue;
        }
        buf_add(&l->rest, bytes + copied, start - copied);
        if (!take_string(l, bytes + start, length))
            return false;
        copied = at - 1;
    }
    if (l->count)
        buf_add(&l->rest, bytes + copied, len - copied);
    return l->count > 0;
}

/* The text that a mark stands for, a new reference; NULL where value is none. */
static json_t *find_piece(const struct lift *l, const json_t *value)
{
    const char *s = json_string_value(value);
    unsigned long n;

    if (!s || json_string_length(value) < 2 || s[0] != '\0')
        return NULL;
    n = strtoul(s + 1, NULL, 10);
    if (n >= l->count)
        return NULL;
    return json_stringn_nocheck(l->text.data + l->pieces[n].start, l->pieces[n].end - l->pieces[n].start);
}

/* As deep as jansson reads. */
static void put_inside(const struct lift *l, json_t *value)
{
    json_t *one, *piece;
    void *at, *next;
    size_t i;

    for (at = json_object_iter(value); at; at = next) {
        next = json_object_iter_next(value, at);
        one = json_object_iter_value(at);
        piece = find_piece(l, one);
        if (piece)
            json_object_iter_set_new(value, at, piece);
        else
            put_inside(l, one);
    }
    for (i = 0; i < json_array_size(value); i++) {
        one = json_array_get(value, i);
        piece = find_piece(l, one);
        if (piece)
            json_array_set_new(value, i, piece);
        else
            put_inside(l, one);
    }
}

json_t *lift_put(const struct lift *l, json_t *value)
{
    json_t *piece = find_piece(l, value);

    if (piece) {
        json_decref(value);
        return piece;
    }
    put_inside(l, value);
    return value;
}
