/* SPDX-License-Identifier: ISC */
#include "layout/fit.h"

#include "base/door.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

static void add_folded(struct buf *out, const char *s, size_t len)
{
    size_t at, from = out->len;

    buf_reserve(out, len);
    for (at = 0; at < len; at++) {
        if (s[at] != ' ')
            buf_add_char(out, s[at]);
        else if (out->len > from && out->data[out->len - 1] != ' ')
            buf_add_char(out, ' ');
    }
    if (out->len > from && out->data[out->len - 1] == ' ')
        buf_truncate(out, out->len - 1);
}

void fit_add(struct buf *out, const char *s, size_t len, bool ascii)
{
    struct buf safe, plain;

    buf_init(&safe);
    buf_init(&plain);
    door_add(&safe, s, len, DOOR_LINE);
    if (ascii)
        door_add_ascii(&plain, safe.data, safe.len);
    add_folded(out, ascii ? plain.data : safe.data, ascii ? plain.len : safe.len);
    buf_release(&plain);
    buf_release(&safe);
}

const char *fit_words(struct arena *a, const char *utf8, bool ascii)
{
    const char *copy;
    struct buf plain;

    if (!ascii)
        return utf8;
    buf_init(&plain);
    door_add_ascii(&plain, utf8, strlen(utf8));
    copy = arena_strndup(a, plain.data, plain.len);
    buf_release(&plain);
    return copy;
}

/* Bytes of s that fit into columns, whole clusters; *used says how many columns they take. */
static size_t head_of(const char *s, size_t len, int columns, int *used)
{
    size_t at = 0;

    *used = 0;
    while (at < len) {
        size_t step = unicode_cluster(s + at, len - at);
        int width = unicode_columns(s + at, step);

        if (*used + width > columns)
            break;
        *used += width;
        at += step;
    }
    return at;
}

static const char *ellipsis(int columns, bool ascii, int *width)
{
    if (!ascii) {
        *width = 1;
        return "…";
    }
    *width = columns > 3 ? 3 : 0;
    return columns > 3 ? "..." : "";
}

int fit_cut(struct buf *out, size_t from, int columns, bool ascii)
{
    const char *s = out->data + from;
    size_t len = out->len - from, keep;
    int used, width;
    const char *dots;

    if (columns <= 0) {
        buf_truncate(out, from);
        return 0;
    }
    if (head_of(s, len, columns, &used) == len)
        return used;
    dots = ellipsis(columns, ascii, &width);
    keep = head_of(s, len, columns - width, &used);
    while (keep > 0 && s[keep - 1] == ' ') {
        keep--;
        used--;
    }
    buf_truncate(out, from + keep);
    buf_add_str(out, dots);
    return used + width;
}

int fit_cut_middle(struct buf *out, size_t from, int columns, bool ascii)
{
    size_t len = out->len - from, head, at;
    int all = unicode_columns(out->data + from, len), used, width, left;
    const char *dots = ellipsis(columns, ascii, &width);
    struct buf tail;

    if (all <= columns || columns < 8)
        return fit_cut(out, from, columns, ascii);
    head = head_of(out->data + from, len, (columns - width) / 2, &used);
    left = columns - width - used;
    at = head;
    all -= used;
    while (all > left) {
        size_t step = unicode_cluster(out->data + from + at, len - at);

        all -= unicode_columns(out->data + from + at, step);
        at += step;
    }
    buf_init(&tail);
    buf_add(&tail, out->data + from + at, len - at);
    buf_truncate(out, from + head);
    buf_add_str(out, dots);
    buf_add(out, tail.data, tail.len);
    buf_release(&tail);
    return used + width + all;
}
