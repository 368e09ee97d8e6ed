/* SPDX-License-Identifier: ISC */
/*
 * The raw form, in order, in the terms of store/packing:
 *   text        n bytes
 *   record      n given, n charset, n source_len, z mtime, n marks, {n text, n source as
 *               differences, n text_step, n source_step}
 *   fields      str title standfirst site url language published, n authors, str..., str dateline place
 *               agency date, z stated comments, n words
 *   blocks      n, {n gap after the last one, n length, n kind, n flags, z z source start and end: how far they
 *               part from the text's offsets more than the number before did}
 *   comments    n, n stamp, and where that is 0 each of them, else n comment_sum (store/pieces)
 */
#include "store/codec.h"

#include "base/mem.h"
#include "doc/comment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT = 2, KEEP = 1 << 20 /* memory beyond this is not kept for the next article */ };

struct codec {
    struct packer *packer;
    struct buf raw;
};

struct codec *codec_new(void)
{
    struct codec *c = mem_zalloc(1, sizeof *c);

    c->packer = packer_new();
    buf_init(&c->raw);
    return c;
}

void codec_free(struct codec **c)
{
    if (!*c)
        return;
    packer_free(&(*c)->packer);
    buf_release(&(*c)->raw);
    free(*c);
    *c = NULL;
}

/* One long article must not leave the codec as big as itself. */
static void shrink(struct codec *c)
{
    if (c->raw.cap > KEEP)
        buf_release(&c->raw);
}

static void put_record(struct buf *b, const struct record *r)
{
    size_t i, text = 0, source = 0;

    packing_put(b, r->given);
    packing_put(b, r->charset);
    packing_put(b, r->source_len);
    packing_put_signed(b, r->mtime);
    packing_put(b, r->map.count);
    for (i = 0; i < r->map.count; i++) {
        packing_put(b, r->map.marks[i].text - text);
        packing_put(b, r->map.marks[i].source - source);
        packing_put(b, r->map.marks[i].text_step);
        packing_put(b, r->map.marks[i].source_step);
        text = r->map.marks[i].text;
        source = r->map.marks[i].source;
    }
}

static void put_fields(struct buf *b, const struct article *a)
{
    size_t i;

    packing_put_str(b, a->title);
    packing_put_str(b, a->standfirst);
    packing_put_str(b, a->site);
    packing_put_str(b, a->url);
    packing_put_str(b, a->language);
    packing_put_str(b, a->published);
    packing_put(b, a->author_count);
    for (i = 0; i < a->author_count; i++)
        packing_put_str(b, a->authors[i]);
    packing_put_str(b, a->dateline.place);
    packing_put_str(b, a->dateline.agency);
    packing_put_str(b, a->dateline.date);
    packing_put_signed(b, a->stated_comments);
    packing_put(b, (uint64_t)a->words);
}

static void put_blocks(struct buf *b, const struct article *a)
{
    size_t i, last = 0;
    int64_t shift = 0, now;

    packing_put(b, a->block_count);
    for (i = 0; i < a->block_count; i++) {
        const struct article_block *k = &a->blocks[i];

        packing_put(b, k->start - last);
        packing_put(b, k->end - k->start);
        packing_put(b, k->kind);
        packing_put(b, k->flags);
        now = (int64_t)k->source_start - (int64_t)k->start;
        packing_put_signed(b, now - shift);
        shift = now;
        now = (int64_t)k->source_end - (int64_t)k->end;
        packing_put_signed(b, now - shift);
        shift = now;
        last = k->end;
    }
}

/* Those that stand in pieces leave nothing here but what finds them. */
static void put_comments(struct buf *b, const struct article *a, const struct pieces *pieces)
{
    size_t i;

    packing_put(b, a->comment_count);
    packing_put(b, pieces->stamp);
    if (pieces->stamp)
        packing_put(b, pieces->sum);
    for (i = 0; !pieces->stamp && i < a->comment_count; i++)
        pieces_put_comment(b, &a->comments[i]);
}

void codec_encode(struct codec *c, const struct record *r, const struct article *a, struct buf *out,
                  struct pieces *pieces)
{
    pieces_make(pieces, c->packer, a);
    buf_clear(&c->raw);
    packing_put(&c->raw, a->len);
    buf_add(&c->raw, a->text, a->len);
    put_record(&c->raw, r);
    put_fields(&c->raw, a);
    put_blocks(&c->raw, a);
    put_comments(&c->raw, a, pieces);
    buf_add_char(out, FORMAT);
    packer_press(c->packer, &c->raw, out);
    shrink(c);
}

/* What is only in the record; where r is NULL it is passed over. */
static void get_record(struct packing_reader *in, struct record *r, unsigned *given)
{
    uint64_t charset, source_len, text = 0, source = 0;
    int64_t mtime;
    size_t i, marks;

    *given = (unsigned)packing_get(in);
    charset = packing_get(in);
    source_len = packing_get(in);
    mtime = packing_get_signed(in);
    marks = packing_get_count(in, 4);
    if (r) {
        r->given = *given;
        r->charset = charset < CHARSET_COUNT ? (enum charset)charset : CHARSET_UTF8;
        r->source_len = (size_t)source_len;
        r->mtime = mtime;
    }
    for (i = 0; i < marks; i++) {
        struct charset_mark mark;

        mark.text = (size_t)(text += packing_get(in));
        mark.source = (size_t)(source += packing_get(in));
        mark.text_step = (unsigned char)packing_get(in);
        mark.source_step = (unsigned char)packing_get(in);
        if (r) {
            mem_grow(&r->map.marks, &r->map.cap, r->map.count + 1, sizeof *r->map.marks);
            r->map.marks[r->map.count++] = mark;
        }
    }
}

static void get_fields(struct packing_reader *in, struct article *a)
{
    uint64_t words;
    int64_t stated;
    size_t i, count;

    a->title = packing_get_str(in, &a->arena);
    a->standfirst = packing_get_str(in, &a->arena);
    a->site = packing_get_str(in, &a->arena);
    a->url = packing_get_str(in, &a->arena);
    a->language = packing_get_str(in, &a->arena);
    a->published = packing_get_str(in, &a->arena);
    count = packing_get_count(in, 1);
    a->authors = arena_alloc(&a->arena, (count ? count : 1) * sizeof *a->authors);
    a->author_cap = count;
    for (i = 0; i < count; i++) {
        const char *author = packing_get_str(in, &a->arena);

        a->authors[a->author_count++] = author ? author : "";
    }
    a->dateline.place = packing_get_str(in, &a->arena);
    a->dateline.agency = packing_get_str(in, &a->arena);
    a->dateline.date = packing_get_str(in, &a->arena);
    stated = packing_get_signed(in);
    words = packing_get(in);
    in->bad |= stated < -1 || stated > INT32_MAX || words > a->len; /* no word without a byte */
    a->stated_comments = (long)stated;
    a->words = (long)words;
}

static void get_blocks(struct packing_reader *in, struct article *a)
{
    size_t i, count = packing_get_count(in, 6), last = 0;
    uint64_t shift = 0; /* counted modulo 2^64, as sizes are: hostile bytes may say anything */

    mem_grow(&a->blocks, &a->block_cap, count, sizeof *a->blocks);
    for (i = 0; i < count && !in->bad; i++) {
        uint64_t gap = packing_get(in), len = packing_get(in), kind = packing_get(in), flags = packing_get(in);
        struct article_block *b = &a->blocks[i];

        if (len == 0 || kind >= KIND_COUNT || gap > a->len - last || len > a->len - last - gap) {
            in->bad = true;
            return;
        }
        b->start = last + (size_t)gap;
        b->end = last = b->start + (size_t)len;
        b->kind = (enum kind)kind;
        b->flags = (unsigned)flags;
        shift += (uint64_t)packing_get_signed(in);
        b->source_start = b->start + (size_t)shift;
        shift += (uint64_t)packing_get_signed(in);
        b->source_end = b->end + (size_t)shift;
        if (b->source_start > b->source_end)
            in->bad = true;
        a->block_count = i + 1;
    }
}

static void get_comments(struct packing_reader *in, struct article *a, const struct pieces_source *from)
{
    uint64_t count = packing_get(in), stamp = packing_get(in), sum = stamp ? packing_get(in) : 0, i;

    if (stamp ? !from || count > RECORD_COMMENTS : count > (size_t)(in->end - in->at) / 8)
        in->bad = true;
    if (stamp && !in->bad)
        pieces_open(a, (size_t)count, stamp, sum, from);
    for (i = 0; !stamp && i < count && !in->bad; i++)
        pieces_get_comment(in, article_add_comment(a), (size_t)count, a->len, &a->arena);
}

static bool decode(struct codec *c, const void *bytes, size_t len, struct article *a, struct buf *text,
                   struct record *r, const struct pieces_source *from)
{
    const char *at = bytes;
    struct packing_reader in;
    size_t n;

    buf_clear(text);
    if (len < 3 || at[0] != FORMAT || !packer_loosen(c->packer, at + 1, len - 1, &c->raw))
        return false;
    in = (struct packing_reader){(unsigned char *)c->raw.data, (unsigned char *)c->raw.data + c->raw.len, false};
    n = packing_get_count(&in, 1);
    buf_add(text, in.at, n);
    in.at += n;
    a->text = text->data;
    a->len = n;
    get_record(&in, r, &a->given);
    get_fields(&in, a);
    get_blocks(&in, a);
    get_comments(&in, a, from);
    shrink(c);
    return !in.bad && in.at == in.end;
}

bool codec_decode(struct codec *c, const void *bytes, size_t len, struct article *a, struct buf *text,
                  const struct pieces_source *from)
{
    return decode(c, bytes, len, a, text, NULL, from);
}

static const char *copy(struct record *r, const struct article *a, enum record_field field, const char *s)
{
    return (a->given & field) && s ? arena_strndup(&r->arena, s, strlen(s)) : NULL;
}

/* Comments that the format gave come from nowhere in the text; their ids become the numbers of their places.
 */
static void give_comments(struct record *r, const struct article *a)
{
    char number[24];
    size_t i;

    if (a->comment_count == 0 || comment_glance(a, 1)->end != 0)
        return;
    r->comments = arena_alloc(&r->arena, a->comment_count * sizeof *r->comments);
    for (i = 0; i < a->comment_count; i++) {
        const struct article_comment *from = comment_glance(a, (int)i + 1);
        struct record_comment *to = &r->comments[r->comment_count++];

        snprintf(number, sizeof number, "%d", from->id);
        to->id = arena_strndup(&r->arena, number, strlen(number));
        snprintf(number, sizeof number, "%d", from->parent);
        to->parent = from->parent ? arena_strndup(&r->arena, number, strlen(number)) : NULL;
        to->author = from->author ? arena_strndup(&r->arena, from->author, strlen(from->author)) : NULL;
        to->published =
            from->published ? arena_strndup(&r->arena, from->published, strlen(from->published)) : NULL;
        to->text = arena_strndup(&r->arena, from->text, strlen(from->text));
        to->score = from->score;
        to->has_score = from->has_score;
        to->removed = from->removed;
    }
}

bool codec_decode_record(struct codec *c, const void *bytes, size_t len, struct record *r,
                         const struct pieces_source *from)
{
    struct article a;
    size_t i;
    bool ok;

    article_init(&a);
    ok = decode(c, bytes, len, &a, &r->text, r, from);
    if (ok) {
        r->title = copy(r, &a, RECORD_TITLE, a.title);
        r->standfirst = copy(r, &a, RECORD_STANDFIRST, a.standfirst);
        r->site = copy(r, &a, RECORD_SITE, a.site);
        r->url = copy(r, &a, RECORD_URL, a.url);
        r->published = copy(r, &a, RECORD_PUBLISHED, a.published);
        r->language = copy(r, &a, RECORD_LANGUAGE, a.language);
        if (a.given & RECORD_AUTHORS) {
            r->authors = arena_alloc(&r->arena, (a.author_count + 1) * sizeof *r->authors);
            for (i = 0; i < a.author_count; i++)
                r->authors[r->author_count++] = copy(r, &a, RECORD_AUTHORS, a.authors[i]);
        }
        give_comments(r, &a);
        ok = !pieces_lost(&a);
    }
    article_release(&a);
    return ok;
}
