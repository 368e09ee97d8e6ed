/* SPDX-License-Identifier: ISC */
/*
 * The raw form, in order. n is a varint, z a zigzag varint, str is n (length + 1, 0 for NULL) and bytes.
 *   text        n bytes
 *   record      n given, n charset, n source_len, z mtime, n marks, {n text, n source as
 *               differences, n text_step, n source_step}
 *   fields      str title standfirst site url language published, n authors, str..., str dateline place
 * agency date, z stated comments, n words blocks      n, {n gap after the last one, n length, n kind, n
 * flags, z z source start and end: how far they part from the text's offsets more than the number before did}
 *   comments    n, {n parent, n flags, z score, str author published text, n start, n length}
 */
#include "store/codec.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zstd.h>

/* A level higher makes texts of some kilobytes less than a hundredth shorter, and takes half as long again. */
enum { FORMAT = 1, LEVEL = 1, RAW_MAX = 1 << 30 };

enum { COMMENT_INFERRED = 1, COMMENT_SCORED = 2, COMMENT_REMOVED = 4 };

struct codec {
    ZSTD_CCtx *press;
    ZSTD_DCtx *loosen;
    struct buf raw;
};

struct codec *codec_new(void)
{
    struct codec *c = mem_zalloc(1, sizeof *c);

    buf_init(&c->raw);
    return c;
}

void codec_free(struct codec **c)
{
    if (!*c)
        return;
    ZSTD_freeCCtx((*c)->press);
    ZSTD_freeDCtx((*c)->loosen);
    buf_release(&(*c)->raw);
    free(*c);
    *c = NULL;
}

static void put(struct buf *b, uint64_t n)
{
    while (n >= 0x80) {
        buf_add_char(b, (char)(n | 0x80));
        n >>= 7;
    }
    buf_add_char(b, (char)n);
}

static void put_signed(struct buf *b, int64_t n)
{
    put(b, ((uint64_t)n << 1) ^ (uint64_t)(n >> 63));
}

static void put_str(struct buf *b, const char *s)
{
    size_t len = s ? strlen(s) : 0;

    put(b, s ? len + 1 : 0);
    buf_add(b, s ? s : "", len);
}

static void put_record(struct buf *b, const struct record *r)
{
    size_t i, text = 0, source = 0;

    put(b, r->given);
    put(b, r->charset);
    put(b, r->source_len);
    put_signed(b, r->mtime);
    put(b, r->map.count);
    for (i = 0; i < r->map.count; i++) {
        put(b, r->map.marks[i].text - text);
        put(b, r->map.marks[i].source - source);
        put(b, r->map.marks[i].text_step);
        put(b, r->map.marks[i].source_step);
        text = r->map.marks[i].text;
        source = r->map.marks[i].source;
    }
}

static void put_fields(struct buf *b, const struct article *a)
{
    size_t i;

    put_str(b, a->title);
    put_str(b, a->standfirst);
    put_str(b, a->site);
    put_str(b, a->url);
    put_str(b, a->language);
    put_str(b, a->published);
    put(b, a->author_count);
    for (i = 0; i < a->author_count; i++)
        put_str(b, a->authors[i]);
    put_str(b, a->dateline.place);
    put_str(b, a->dateline.agency);
    put_str(b, a->dateline.date);
    put_signed(b, a->stated_comments);
    put(b, (uint64_t)a->words);
}

static void put_blocks(struct buf *b, const struct article *a)
{
    size_t i, last = 0;
    int64_t shift = 0, now;

    put(b, a->block_count);
    for (i = 0; i < a->block_count; i++) {
        const struct article_block *k = &a->blocks[i];

        put(b, k->start - last);
        put(b, k->end - k->start);
        put(b, k->kind);
        put(b, k->flags);
        now = (int64_t)k->source_start - (int64_t)k->start;
        put_signed(b, now - shift);
        shift = now;
        now = (int64_t)k->source_end - (int64_t)k->end;
        put_signed(b, now - shift);
        shift = now;
        last = k->end;
    }
}

static void put_comments(struct buf *b, const struct article *a)
{
    size_t i;

    put(b, a->comment_count);
    for (i = 0; i < a->comment_count; i++) {
        const struct article_comment *k = &a->comments[i];

        put(b, (uint64_t)k->parent);
        put(b, (k->inferred ? COMMENT_INFERRED : 0u) | (k->has_score ? COMMENT_SCORED : 0u) |
                   (k->removed ? COMMENT_REMOVED : 0u));
        put_signed(b, k->score);
        put_str(b, k->author);
        put_str(b, k->published);
        put_str(b, k->text);
        put(b, k->start);
        put(b, k->end - k->start);
    }
}

void codec_encode(struct codec *c, const struct record *r, const struct article *a, struct buf *out)
{
    size_t bound, got;

    buf_clear(&c->raw);
    put(&c->raw, a->len);
    buf_add(&c->raw, a->text, a->len);
    put_record(&c->raw, r);
    put_fields(&c->raw, a);
    put_blocks(&c->raw, a);
    put_comments(&c->raw, a);
    if (!c->press) {
        c->press = ZSTD_createCCtx();
        /* The length stands before the frame already. */
        ZSTD_CCtx_setParameter(c->press, ZSTD_c_compressionLevel, LEVEL);
        ZSTD_CCtx_setParameter(c->press, ZSTD_c_contentSizeFlag, 0);
        ZSTD_CCtx_setParameter(c->press, ZSTD_c_checksumFlag, 1);
    }
    buf_add_char(out, FORMAT);
    put(out, c->raw.len);
    bound = ZSTD_compressBound(c->raw.len);
    buf_reserve(out, bound);
    got = ZSTD_compress2(c->press, out->data + out->len, bound, c->raw.data, c->raw.len);
    out->len += ZSTD_isError(got) ? 0 : got;
    out->data[out->len] = 0;
}

/* Reads what put wrote; after the first fault everything is 0 or NULL. */
struct reader {
    const unsigned char *at, *end;
    bool bad;
};

static uint64_t get(struct reader *r)
{
    uint64_t n = 0;
    int shift;

    for (shift = 0; shift < 64 && r->at < r->end; shift += 7) {
        unsigned char c = *r->at++;

        n |= (uint64_t)(c & 0x7F) << shift;
        if (c < 0x80)
            return n;
    }
    r->bad = true;
    r->at = r->end;
    return 0;
}

static int64_t get_signed(struct reader *r)
{
    uint64_t n = get(r);

    return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

/* A count or length of things that take at least size bytes each in what is left. */
static size_t get_count(struct reader *r, size_t size)
{
    uint64_t n = get(r);

    if (n > (size_t)(r->end - r->at) / size) {
        r->bad = true;
        r->at = r->end;
        return 0;
    }
    return (size_t)n;
}

static const char *get_str(struct reader *r, struct arena *arena)
{
    uint64_t n = get(r);
    const char *s;

    if (n == 0)
        return NULL;
    if (n - 1 > (size_t)(r->end - r->at)) {
        r->bad = true;
        r->at = r->end;
        return NULL;
    }
    s = arena_strndup(arena, (const char *)r->at, (size_t)n - 1);
    r->at += n - 1;
    return s;
}

/* What is only in the record; where r is NULL it is passed over. */
static void get_record(struct reader *in, struct record *r, unsigned *given)
{
    uint64_t charset, source_len, text = 0, source = 0;
    int64_t mtime;
    size_t i, marks;

    *given = (unsigned)get(in);
    charset = get(in);
    source_len = get(in);
    mtime = get_signed(in);
    marks = get_count(in, 4);
    if (r) {
        r->given = *given;
        r->charset = charset < CHARSET_COUNT ? (enum charset)charset : CHARSET_UTF8;
        r->source_len = (size_t)source_len;
        r->mtime = mtime;
    }
    for (i = 0; i < marks; i++) {
        struct charset_mark mark;

        mark.text = (size_t)(text += get(in));
        mark.source = (size_t)(source += get(in));
        mark.text_step = (unsigned char)get(in);
        mark.source_step = (unsigned char)get(in);
        if (r) {
            mem_grow(&r->map.marks, &r->map.cap, r->map.count + 1, sizeof *r->map.marks);
            r->map.marks[r->map.count++] = mark;
        }
    }
}

static void get_fields(struct reader *in, struct article *a)
{
    size_t i, count;

    a->title = get_str(in, &a->arena);
    a->standfirst = get_str(in, &a->arena);
    a->site = get_str(in, &a->arena);
    a->url = get_str(in, &a->arena);
    a->language = get_str(in, &a->arena);
    a->published = get_str(in, &a->arena);
    count = get_count(in, 1);
    a->authors = arena_alloc(&a->arena, (count ? count : 1) * sizeof *a->authors);
    a->author_cap = count;
    for (i = 0; i < count; i++) {
        const char *author = get_str(in, &a->arena);

        a->authors[a->author_count++] = author ? author : "";
    }
    a->dateline.place = get_str(in, &a->arena);
    a->dateline.agency = get_str(in, &a->arena);
    a->dateline.date = get_str(in, &a->arena);
    a->stated_comments = (long)get_signed(in);
    a->words = (long)get(in);
}

static void get_blocks(struct reader *in, struct article *a)
{
    size_t i, count = get_count(in, 6), last = 0;
    int64_t shift = 0;

    mem_grow(&a->blocks, &a->block_cap, count, sizeof *a->blocks);
    for (i = 0; i < count && !in->bad; i++) {
        uint64_t gap = get(in), len = get(in), kind = get(in), flags = get(in);
        struct article_block *b = &a->blocks[i];

        if (len == 0 || kind >= KIND_COUNT || gap > a->len - last || len > a->len - last - gap) {
            in->bad = true;
            return;
        }
        b->start = last + (size_t)gap;
        b->end = last = b->start + (size_t)len;
        b->kind = (enum kind)kind;
        b->flags = (unsigned)flags;
        shift += get_signed(in);
        b->source_start = (size_t)((int64_t)b->start + shift);
        shift += get_signed(in);
        b->source_end = (size_t)((int64_t)b->end + shift);
        if (b->source_start > b->source_end)
            in->bad = true;
        a->block_count = i + 1;
    }
}

static void get_comments(struct reader *in, struct article *a)
{
    size_t i, count = get_count(in, 8);

    for (i = 0; i < count && !in->bad; i++) {
        struct article_comment *c = article_add_comment(a);
        uint64_t parent = get(in), flags = get(in), start, len;

        c->inferred = flags & COMMENT_INFERRED;
        c->has_score = flags & COMMENT_SCORED;
        c->removed = flags & COMMENT_REMOVED;
        c->score = (long)get_signed(in);
        c->author = get_str(in, &a->arena);
        c->published = get_str(in, &a->arena);
        c->text = get_str(in, &a->arena);
        start = get(in);
        len = get(in);
        if (!c->text || parent > count || start > a->len || len > a->len - start) {
            c->text = "";
            in->bad = true;
            return;
        }
        c->parent = (int)parent;
        c->start = (size_t)start;
        c->end = (size_t)(start + len);
    }
}

/* Loosens the frame into c->raw and sets in on it. */
static bool open_raw(struct codec *c, const void *bytes, size_t len, struct reader *in)
{
    struct reader head = {bytes, (const unsigned char *)bytes + len, false};
    uint64_t raw;
    size_t got;

    if (len < 3 || *head.at++ != FORMAT)
        return false;
    raw = get(&head);
    if (head.bad || raw > RAW_MAX)
        return false;
    if (!c->loosen)
        c->loosen = ZSTD_createDCtx();
    buf_clear(&c->raw);
    buf_reserve(&c->raw, (size_t)raw);
    got = ZSTD_decompressDCtx(c->loosen, c->raw.data, (size_t)raw, head.at, (size_t)(head.end - head.at));
    if (ZSTD_isError(got) || got != raw)
        return false;
    c->raw.len = got;
    in->at = (const unsigned char *)c->raw.data;
    in->end = in->at + got;
    in->bad = false;
    return true;
}

static bool decode(struct codec *c, const void *bytes, size_t len, struct article *a, struct buf *text,
                   struct record *r)
{
    struct reader in;
    size_t n;

    buf_clear(text);
    if (!open_raw(c, bytes, len, &in))
        return false;
    n = get_count(&in, 1);
    buf_add(text, in.at, n);
    in.at += n;
    a->text = text->data;
    a->len = n;
    get_record(&in, r, &a->given);
    get_fields(&in, a);
    get_blocks(&in, a);
    get_comments(&in, a);
    return !in.bad && in.at == in.end;
}

bool codec_decode(struct codec *c, const void *bytes, size_t len, struct article *a, struct buf *text)
{
    return decode(c, bytes, len, a, text, NULL);
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

    if (a->comment_count == 0 || a->comments[0].end != 0)
        return;
    r->comments = arena_alloc(&r->arena, a->comment_count * sizeof *r->comments);
    for (i = 0; i < a->comment_count; i++) {
        const struct article_comment *from = &a->comments[i];
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

bool codec_decode_record(struct codec *c, const void *bytes, size_t len, struct record *r)
{
    struct article a;
    size_t i;
    bool ok;

    article_init(&a);
    ok = decode(c, bytes, len, &a, &r->text, r);
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
    }
    article_release(&a);
    return ok;
}
