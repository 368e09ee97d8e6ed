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

static void add(struct buf *out, const char *s)
{
    buf_add_char(out, s ? 1 : 0);
    if (s)
        buf_add(out, s, strlen(s) + 1);
}

uint64_t record_extra(const struct record *r)
{
    struct buf all;
    uint64_t extra;
    size_t i;

    if (!r->given && r->comment_count == 0)
        return 0;
    buf_init(&all);
    buf_add_fmt(&all, "%x", r->given);
    add(&all, r->title);
    add(&all, r->standfirst);
    add(&all, r->site);
    add(&all, r->url);
    add(&all, r->published);
    add(&all, r->language);
    for (i = 0; i < r->author_count; i++)
        add(&all, r->authors[i]);
    for (i = 0; i < r->comment_count; i++) {
        const struct record_comment *c = &r->comments[i];

        add(&all, c->id);
        add(&all, c->parent);
        add(&all, c->author);
        add(&all, c->published);
        add(&all, c->text);
        buf_add_fmt(&all, "%ld %d %d", c->score, c->has_score, c->removed);
    }
    extra = digest_short(all.data, all.len);
    buf_release(&all);
    return extra ? extra : 1;
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
