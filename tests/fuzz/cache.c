/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as the raw form of an article in the cache, and of the pieces of its thread, behind the
 * checksums that a damaged file does not pass: as who made them by hand would hand on a catalogue. The first two bytes
 * say how long the article is; what follows are pieces, each behind two such bytes. Bytes that are no article are
 * refused; what is taken for one can be read, comes back the same when it is written again, and can be set.
 */
#include "must.h"

#include "doc/comment.h"
#include "doc/json.h"
#include "layout/page.h"
#include "store/codec.h"
#include "store/packing.h"

#include <string.h>

enum { FORMAT = 2, PIECES = 8, STAMP = 8, LINES = 200 };

static struct packer *packer;
static struct codec *codec;

struct raw {
    const char *bytes;
    size_t len;
};

struct given {
    struct raw piece[PIECES];
    size_t count;
};

/* The next run of bytes of *data, which is shortened by it. */
static bool take(const char **data, size_t *size, struct raw *out)
{
    size_t len;

    if (*size < 2)
        return false;
    len = (unsigned char)(*data)[0] | (size_t)(unsigned char)(*data)[1] << 8;
    *data += 2;
    *size -= 2;
    *out = (struct raw){*data, len < *size ? len : *size};
    *data += out->len;
    *size -= out->len;
    return true;
}

static void press(const struct raw *from, struct buf *out)
{
    struct buf raw;

    buf_init(&raw);
    buf_add(&raw, from->bytes, from->len);
    packer_press(packer, &raw, out);
    buf_release(&raw);
}

/* A piece as store/pieces has it: its stamp comes first in its bytes. */
static bool load(void *ctx, int64_t article, size_t i, struct buf *out)
{
    const struct given *g = ctx;
    size_t stamp;
    struct raw rest;
    (void)article;

    buf_clear(out);
    if (i >= g->count)
        return false;
    stamp = g->piece[i].len < STAMP ? g->piece[i].len : STAMP;
    rest = (struct raw){g->piece[i].bytes + stamp, g->piece[i].len - stamp};
    buf_add(out, g->piece[i].bytes, stamp);
    if (i == 0)
        buf_add(out, rest.bytes, rest.len); /* the one that is not compressed */
    else
        press(&rest, out);
    return true;
}

/* They follow each other in the text; that they leave nothing out cannot be asked of any bytes. */
static void check_blocks(const struct article *a)
{
    size_t last = 0;

    for (size_t i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];

        MUST(b->start >= last && b->start < b->end && b->end <= a->len && (unsigned)b->kind < KIND_COUNT);
        last = b->end;
    }
}

static void check_comments(const struct article *a)
{
    for (size_t i = 1; i <= a->comment_count; i++) {
        const struct article_comment *c = comment_read(a, (int)i);

        MUST(c && c->id == (int)i && c->text);
        MUST(c->parent >= 0 && (size_t)c->parent <= a->comment_count);
        MUST(c->start <= c->end && c->end <= a->len);
    }
}

static void check_page(const struct article *a)
{
    struct page_options o = {.columns = 40, .measure = 72, .comments = true, .unfolded = true};
    struct page *p = page_new(a, &o, NULL);

    for (int n = 0; n < LINES && page_has(p, n); n++)
        page_line(p, n);
    page_free(&p);
}

/* Written again and read it is the same; so short a thread stands with it. */
static void check_again(const struct article *a, const struct record *r, const struct pieces_source *from)
{
    struct buf bytes, text, once, twice;
    struct pieces pieces;
    struct article back;

    buf_init(&bytes);
    buf_init(&text);
    buf_init(&once);
    buf_init(&twice);
    pieces_init(&pieces);
    article_init(&back);
    codec_encode(codec, r, a, &bytes, &pieces);
    MUST(!pieces.stamp && codec_decode(codec, bytes.data, bytes.len, &back, &text, from));
    json_add_article(&once, a, "x", 0, NULL);
    json_add_article(&twice, &back, "x", 0, NULL);
    MUST(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    article_release(&back);
    pieces_release(&pieces);
    buf_release(&twice);
    buf_release(&once);
    buf_release(&text);
    buf_release(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *s = (const char *)data;
    struct given given = {.count = 0};
    struct pieces_source from = {load, &given, 0};
    struct buf bytes, text;
    struct article a;
    struct record r;
    struct raw body;

    if (!codec) {
        codec = codec_new();
        packer = packer_new();
    }
    if (!take(&s, &size, &body))
        return 0;
    while (given.count < PIECES && take(&s, &size, &given.piece[given.count]))
        given.count++;
    buf_init(&bytes);
    buf_init(&text);
    article_init(&a);
    record_init(&r);
    buf_add_char(&bytes, FORMAT);
    press(&body, &bytes);
    if (codec_decode(codec, bytes.data, bytes.len, &a, &text, &from)) {
        check_blocks(&a);
        check_comments(&a);
        if (codec_decode_record(codec, bytes.data, bytes.len, &r, &from) && !a.thread.comment)
            check_again(&a, &r, &from);
        if (!pieces_lost(&a))
            check_page(&a);
    }
    record_release(&r);
    article_release(&a);
    buf_release(&text);
    buf_release(&bytes);
    return 0;
}
