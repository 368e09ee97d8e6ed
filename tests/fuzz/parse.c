/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as a page. Whatever its encoding is taken for, parsing ends, its blocks tile the
 * text, its fields and comments hold what their contracts say, the same page gives the same article, and the cache's
 * form of it comes back whole, while a cache that was damaged is found out.
 */
#include "must.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "doc/json.h"
#include "parse/parse.h"
#include "store/codec.h"

#include <string.h>

static void check_tiles(const struct article *a)
{
    size_t i, at = 0;

    for (i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];

        MUST(b->start >= at && b->start < b->end && b->end <= a->len);
        MUST(b->source_start <= b->source_end);
        MUST((unsigned)b->kind < KIND_COUNT);
        at = b->end;
    }
}

static void check_comments(const struct article *a)
{
    size_t i;

    for (i = 0; i < a->comment_count; i++) {
        const struct article_comment *c = &a->comments[i];

        MUST(c->id == (int)i + 1 && c->parent >= 0 && c->parent < c->id);
        MUST(c->text && c->start <= c->end && c->end <= a->len);
    }
}

static void check_field(const char *s)
{
    MUST(!s || s[0]);
}

static bool load_piece(void *ctx, int64_t article, size_t i, struct buf *out)
{
    const struct pieces *p = ctx;
    size_t at = i ? p->ends[i - 1] : 0;

    (void)article;
    buf_clear(out);
    if (i < p->count)
        buf_add(out, p->bytes.data + at, p->ends[i] - at);
    return i < p->count;
}

static void check_cache(struct codec *codec, const struct record *r, struct article *a, const struct buf *json)
{
    struct buf bytes, text, again;
    struct article back;
    struct pieces pieces;
    struct pieces_source from = {load_piece, &pieces, 0};
    size_t i;

    pieces_init(&pieces);
    buf_init(&bytes);
    buf_init(&text);
    buf_init(&again);
    article_init(&back);
    codec_encode(codec, r, a, &bytes, &pieces);
    MUST(codec_decode(codec, bytes.data, bytes.len, &back, &text, &from));
    json_add_article(&again, &back, r->locator, 0, NULL);
    MUST(again.len == json->len && memcmp(again.data, json->data, json->len) == 0);
    for (i = 0; i < bytes.len; i += 1 + bytes.len / 4) {
        bytes.data[i] = (char)(bytes.data[i] ^ 0x55);
        article_reset(&back);
        if (codec_decode(codec, bytes.data, bytes.len, &back, &text, &from))
            check_tiles(&back);
        bytes.data[i] = (char)(bytes.data[i] ^ 0x55);
    }
    article_release(&back);
    pieces_release(&pieces);
    buf_release(&again);
    buf_release(&text);
    buf_release(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct parser *parser;
    static struct codec *codec;
    const char *bytes = (const char *)data;
    struct record r;
    struct article a, twice;
    struct buf json, again;

    if (!parser) {
        struct err e = ERR_INIT;

        parser = parse_open(&e);
        if (!parser)
            fprintf(stderr, "%s\n", e.text);
        MUST(parser);
        codec = codec_new();
    }
    record_init(&r);
    record_set_bytes(&r, charset_guess(bytes, size), bytes, size);
    r.locator = arena_strndup(&r.arena, "page.txt", 8);
    article_init(&a);
    article_init(&twice);
    buf_init(&json);
    buf_init(&again);
    parse_article(parser, &r, NULL, &a);
    parse_article(parser, &r, NULL, &twice);
    check_tiles(&a);
    check_comments(&a);
    check_field(a.title);
    check_field(a.standfirst);
    check_field(a.site);
    check_field(a.published);
    MUST(article_check(&a));
    json_add_article(&json, &a, r.locator, 0, NULL);
    json_add_article(&again, &twice, r.locator, 0, NULL);
    MUST(json.len == again.len && memcmp(json.data, again.data, json.len) == 0);
    MUST(utf8_valid(json.data, json.len, NULL));
    check_cache(codec, &r, &a, &json);
    buf_release(&again);
    buf_release(&json);
    article_release(&twice);
    article_release(&a);
    record_release(&r);
    return 0;
}
