/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as the rules of a comment platform, up to a zero byte, and what follows as lines that
 * they are held against. What is refused is refused with a reason; what matches lies within its line.
 */
#include "must.h"

#include "parse/platform.h"

#include <string.h>

static void check_line(const struct platform_rules *r, const char *text, size_t len)
{
    static struct platform_line line;
    struct platform_buttons buttons;
    struct platform_match m;
    size_t i;

    platform_read_line(r, text, len, &line);
    for (i = 0; i < line.count; i++)
        MUST(line.token[i].start < line.token[i].end && line.token[i].end <= len);
    if (platform_match(r, &line, 0, line.count, ~0u >> (32 - PLATFORM_ROLES), &m)) {
        MUST((unsigned)m.role < PLATFORM_ROLES && m.platform);
        MUST(m.name.start <= m.name.end && m.name.end <= len);
        MUST(m.parent.start <= m.parent.end && m.parent.end <= len);
        MUST(m.date < (int)line.date_count);
    }
    platform_read_buttons(r, &line, &buttons);
    MUST(buttons.from <= buttons.to && buttons.to <= line.count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *s = (const char *)data, *end = memchr(s, '\0', size);
    size_t len = end ? (size_t)(end - s) : size, at = len + 1, stop;
    struct platform_rules *r = platform_new();
    struct err e = ERR_INIT;

    if (!platform_add(r, "fuzz.rules", s, len, &e)) {
        MUST(e.text[0]);
    } else {
        platform_compile(r);
        if (!platform_check(r, &e))
            MUST(e.text[0]);
        for (; at < size; at = stop + 1) {
            end = memchr(s + at, '\n', size - at);
            stop = end ? (size_t)(end - s) : size;
            check_line(r, s + at, stop - at);
        }
    }
    platform_close(&r);
    return 0;
}
