/* SPDX-License-Identifier: ISC */
#include "doc/record.h"

#include <string.h>

void record_init(struct record *r)
{
    memset(r, 0, sizeof *r);
    buf_init(&r->text);
    arena_init(&r->arena);
}

void record_release(struct record *r)
{
    buf_release(&r->text);
    charset_map_release(&r->map);
    arena_release(&r->arena);
}

void record_reset(struct record *r)
{
    struct buf text = r->text;
    struct arena arena = r->arena;

    charset_map_release(&r->map);
    memset(r, 0, sizeof *r);
    r->text = text;
    r->arena = arena;
    buf_clear(&r->text);
    arena_reset(&r->arena);
}

void record_swap(struct record *a, struct record *b)
{
    struct record swap = *a;

    *a = *b;
    *b = swap;
}

void record_set_bytes(struct record *r, enum charset c, const char *bytes, size_t len)
{
    buf_clear(&r->text);
    charset_map_release(&r->map);
    charset_decode(c, bytes, len, &r->text, &r->map);
    r->charset = c;
    r->source_len = len;
    r->key = digest_of(bytes, len);
}

void record_set_text(struct record *r, const char *text, size_t len)
{
    record_set_bytes(r, CHARSET_UTF8, text, len);
}
