/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as text in any encoding. The first byte chooses the encoding, or that it be guessed.
 * What comes out is UTF-8, and each of its characters has its place in the source.
 */
#include "must.h"

#include "base/charset.h"
#include "base/mojibake.h"
#include "base/utf8.h"

#include <string.h>

static void check_places(const struct charset_map *map, const struct buf *text, size_t source_len)
{
    size_t at = 0, last = 0, here;
    uint32_t cp;

    while (at < text->len) {
        here = charset_source(map, at);
        MUST(here >= last && here <= source_len);
        last = here;
        at += utf8_next(text->data + at, text->len - at, &cp);
    }
    MUST(charset_source(map, text->len) <= source_len);
}

static void check_mojibake(const char *text, size_t len)
{
    struct mojibake m;
    size_t last = 0;

    mojibake_init(&m, text, len);
    while (mojibake_next(&m)) {
        MUST(m.start >= last && m.start < m.end && m.end <= len);
        MUST(m.cp >= 0x80 && m.cp < 0x110000 && !(m.cp >= 0xD800 && m.cp < 0xE000));
        last = m.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *s = (const char *)data + 1;
    struct charset_map map = {0};
    enum charset c;
    struct buf text;

    if (size < 1)
        return 0;
    c = data[0] % 8 < CHARSET_COUNT ? (enum charset)(data[0] % 8) : charset_guess(s, size - 1);
    charset_is_binary(s, size - 1);
    buf_init(&text);
    charset_decode(c, s, size - 1, &text, &map);
    MUST(c == CHARSET_UTF8 || utf8_valid(text.data, text.len, NULL));
    check_places(&map, &text, size - 1);
    check_mojibake(s, size - 1);
    charset_map_release(&map);
    buf_release(&text);
    return 0;
}
