/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes through the door. What comes out holds nothing but printable clusters of known width,
 * and passes the door again as it is; cut to a width, it is no wider.
 */
#include "must.h"

#include "base/door.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "layout/fit.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

enum { MARKS_MOST = 6 };

static void check_cluster(const char *s, size_t len)
{
    int width = unicode_columns(s, len), marks = 0;
    size_t at = 0;
    uint32_t cp;

    MUST(width >= 0 && width <= 2);
    while (at < len) {
        at += utf8_next(s + at, len - at, &cp);
        MUST(cp >= 0x20 && !(cp >= 0x7F && cp < 0xA0));
        MUST(wcwidth((wchar_t)cp) >= 0);
        MUST(cp != 0x00AD && cp != 0x061C && !(cp >= 0x202A && cp <= 0x202E) && !(cp >= 0x2060 && cp <= 0x206F));
        MUST(cp != 0x200B && cp != 0x200E && cp != 0x200F && cp != 0xFEFF && cp < 0xE0000);
        marks += wcwidth((wchar_t)cp) == 0;
    }
    MUST(marks <= MARKS_MOST);
}

static void check_clusters(const char *s, size_t len)
{
    size_t at = 0, step;

    for (; at < len; at += step) {
        step = unicode_cluster(s + at, len - at);
        MUST(step > 0 && step <= len - at);
        check_cluster(s + at, step);
    }
}

static void check_door(const char *s, size_t len, unsigned flags)
{
    struct buf once, twice, ascii;
    size_t i;

    buf_init(&once);
    buf_init(&twice);
    buf_init(&ascii);
    door_add(&once, s, len, flags);
    door_add(&twice, once.data, once.len, flags);
    MUST(utf8_valid(once.data, once.len, NULL));
    MUST(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    MUST(door_is_clean(once.data, once.len, flags));
    MUST(door_is_clean(s, len, flags) == (once.len == len && memcmp(once.data, s, len) == 0));
    if (flags == DOOR_LINE) {
        check_clusters(once.data, once.len);
        door_add_ascii(&ascii, once.data, once.len);
    }
    for (i = 0; i < ascii.len; i++)
        MUST((unsigned char)ascii.data[i] >= 32 && (unsigned char)ascii.data[i] < 127);
    buf_release(&ascii);
    buf_release(&twice);
    buf_release(&once);
}

/* Text that has been cut may be shown as it is, and what is shown is the text. */
static void check_cut(const char *s, size_t len, int columns, bool ascii, bool middle)
{
    struct buf cut, room;
    struct shown shown;
    int used;

    buf_init(&cut);
    buf_init(&room);
    fit_add(&cut, s, len, ascii);
    used = middle ? fit_cut_middle(&cut, 0, columns, ascii) : fit_cut(&cut, 0, columns, ascii);
    MUST(used <= columns && used == unicode_columns(cut.data, cut.len));
    shown = door_show(&room, cut.data, cut.len);
    MUST(shown.len == 0 || unicode_columns(shown.bytes, shown.len) == used);
    check_clusters(shown.bytes, shown.len);
    buf_release(&room);
    buf_release(&cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool begun;
    const char *s = (const char *)data + 1;

    if (!begun)
        setlocale(LC_ALL, "C.UTF-8");
    begun = true;
    if (size < 1)
        return 0;
    check_door(s, size - 1, DOOR_LINE);
    check_door(s, size - 1, data[0] % 4);
    check_cut(s, size - 1, data[0] & 63, data[0] & 64, data[0] & 128);
    return 0;
}
