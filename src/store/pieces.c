/* SPDX-License-Identifier: ISC */
#include "store/pieces.h"

#include "base/digest.h"
#include "base/mem.h"
#include "doc/comment.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST = 256, /* comments from which on they are kept in pieces */
    PARENTS = 0,
    SIGNS = 1,
    FIRST = 2, /* piece of comments */
    STAMP = 8, /* bytes */
};

enum { COMMENT_INFERRED = 1, COMMENT_SCORED = 2, COMMENT_REMOVED = 4 };

void pieces_put_comment(struct buf *b, const struct article_comment *c)
{
    packing_put(b, (uint64_t)c->parent);
    packing_put(b, (c->inferred ? COMMENT_INFERRED : 0u) | (c->has_score ? COMMENT_SCORED : 0u) |
                       (c->removed ? COMMENT_REMOVED : 0u));
    packing_put_signed(b, c->score);
    packing_put_str(b, c->author);
    packing_put_str(b, c->published);
    packing_put_str(b, c->text);
    packing_put(b, c->start);
    packing_put(b, c->end - c->start);
}

void pieces_get_comment(struct packing_reader *r, struct article_comment *c, size_t count, size_t len,
                        struct arena *arena)
{
    uint64_t parent = packing_get(r), flags = packing_get(r), start, length;

    c->inferred = flags & COMMENT_INFERRED;
    c->has_score = flags & COMMENT_SCORED;
    c->removed = flags & COMMENT_REMOVED;
    c->score = (long)packing_get_signed(r);
    c->author = packing_get_str(r, arena);
    c->published = packing_get_str(r, arena);
    c->text = packing_get_str(r, arena);
    start = packing_get(r);
    length = packing_get(r);
    if (!c->text || parent > count || start > len || length > len - start) {
        c->text = "";
        r->bad = true;
        return;
    }
    c->parent = (int)parent;
    c->start = (size_t)start;
    c->end = (size_t)(start + length);
}

/* ---- making ---- */

void pieces_init(struct pieces *p)
{
    memset(p, 0, sizeof *p);
    buf_init(&p->bytes);
}

void pieces_release(struct pieces *p)
{
    buf_release(&p->bytes);
    free(p->ends);
    pieces_init(p);
}

static void put_fixed(char *to, uint64_t n, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = (char)(n >> 8 * i);
}

static uint64_t get_fixed(const char *from, size_t bytes)
{
    uint64_t n = 0;

    for (size_t i = bytes; i-- > 0;)
        n = n << 8 | (unsigned char)from[i];
    return n;
}

static void add_fixed(struct buf *b, uint32_t n)
{
    char bytes[sizeof n];

    put_fixed(bytes, n, sizeof bytes);
    buf_add(b, bytes, sizeof bytes);
}

/* Adds raw as the next piece, and empties it; packer NULL: as it is. */
static void add_piece(struct pieces *p, struct packer *packer, struct buf *raw)
{
    static const char stamp[STAMP];

    buf_add(&p->bytes, stamp, STAMP);
    if (packer)
        packer_press(packer, raw, &p->bytes);
    else
        buf_add(&p->bytes, raw->data, raw->len);
    mem_grow(&p->ends, &p->cap, p->count + 1, sizeof *p->ends);
    p->ends[p->count++] = p->bytes.len;
    buf_clear(raw);
}

void pieces_make(struct pieces *p, struct packer *packer, const struct article *a)
{
    int id, count = (int)a->comment_count;
    struct buf raw;

    buf_clear(&p->bytes);
    p->count = 0;
    p->stamp = 0;
    if (count < LEAST || comment_glance(a, 1)->end != 0)
        return;
    buf_init(&raw);
    for (id = 1; id <= count; id++)
        add_fixed(&raw, (uint32_t)comment_parent(a, id));
    add_piece(p, NULL, &raw);
    for (id = 1; id <= count; id++)
        add_fixed(&raw, comment_sign(a, id));
    add_piece(p, packer, &raw);
    p->sum = comment_sum(a);
    for (id = 1; id <= count; id++) {
        pieces_put_comment(&raw, comment_glance(a, id));
        if (id % PIECES_COMMENTS == 0 || id == count)
            add_piece(p, packer, &raw);
    }
    buf_release(&raw);
    p->stamp = digest_short(p->bytes.data, p->bytes.len) | 1;
    for (size_t i = 0; i < p->count; i++)
        put_fixed(p->bytes.data + (i ? p->ends[i - 1] : 0), p->stamp, STAMP);
}

/* ---- reading ---- */

struct piece {
    struct buf raw; /* strings of its comments lie in it */
    struct article_comment comments[PIECES_COMMENTS];
};

struct thread {
    size_t count, text_len;
    uint64_t stamp;
    struct pieces_source from;
    struct packer *packer;
    struct buf packed;
    int32_t *parents;
    uint32_t *signs;
    struct piece **kept; /* one a piece of comments, NULL where not read */
    struct piece *glance;
    size_t glanced; /* which one that is */
    bool lost;
};

/* Reads a piece as it lies in the cache. */
static bool fetch(struct thread *t, size_t i)
{
    bool ok = t->from.load(t->from.ctx, t->from.article, i, &t->packed) && t->packed.len > STAMP &&
              get_fixed(t->packed.data, STAMP) == t->stamp;

    t->lost |= !ok;
    return ok;
}

static bool load(struct thread *t, size_t i, struct buf *raw)
{
    bool ok = fetch(t, i) && packer_loosen(t->packer, t->packed.data + STAMP, t->packed.len - STAMP, raw);

    t->lost |= !ok;
    return ok;
}

static const int32_t *parents(void *ctx)
{
    struct thread *t = ctx;
    size_t size = t->count * sizeof *t->parents;
    bool ok;

    if (t->parents)
        return t->parents;
    ok = fetch(t, PARENTS) && t->packed.len - STAMP == size;
    t->parents = ok ? mem_alloc(size) : mem_zalloc(t->count, sizeof *t->parents);
    if (ok)
        memcpy(t->parents, t->packed.data + STAMP, size);
    for (size_t i = 0; i < t->count; i++) {
        uint32_t parent = le32toh((uint32_t)t->parents[i]);

        t->parents[i] = parent <= t->count ? (int32_t)parent : 0;
    }
    t->lost |= !ok;
    return t->parents;
}

static const uint32_t *signs(void *ctx)
{
    struct thread *t = ctx;
    struct buf raw;

    if (t->signs)
        return t->signs;
    t->signs = mem_zalloc(t->count, sizeof *t->signs);
    buf_init(&raw);
    if (load(t, SIGNS, &raw) && raw.len == t->count * sizeof *t->signs) {
        memcpy(t->signs, raw.data, raw.len);
        for (size_t i = 0; i < t->count; i++)
            t->signs[i] = le32toh(t->signs[i]);
    }
    buf_release(&raw);
    return t->signs;
}

static void read_piece(struct thread *t, size_t i, struct piece *p)
{
    size_t first = i * PIECES_COMMENTS, count = t->count - first < PIECES_COMMENTS ? t->count - first : PIECES_COMMENTS;
    struct packing_reader r = {NULL, NULL, true};

    if (load(t, FIRST + i, &p->raw)) {
        r.at = (unsigned char *)p->raw.data;
        r.end = r.at + p->raw.len;
        r.bad = false;
    }
    memset(p->comments, 0, sizeof p->comments);
    for (size_t k = 0; k < count; k++) {
        struct article_comment *c = &p->comments[k];

        c->id = (int)(first + k) + 1;
        c->text = "";
        if (!r.bad)
            pieces_get_comment(&r, c, t->count, t->text_len, NULL);
    }
    t->lost |= r.bad;
}

static struct piece *new_piece(void)
{
    struct piece *p = mem_alloc(sizeof *p);

    buf_init(&p->raw);
    return p;
}

static const struct article_comment *comment(void *ctx, int id, bool keep)
{
    struct thread *t = ctx;
    size_t i = (size_t)(id - 1) / PIECES_COMMENTS;
    struct piece *p = t->kept[i];

    if (!p && keep) {
        p = t->kept[i] = new_piece();
        read_piece(t, i, p);
    } else if (!p) {
        if (!t->glance)
            t->glance = new_piece();
        if (t->glanced != i)
            read_piece(t, i, t->glance);
        t->glanced = i;
        p = t->glance;
    }
    return &p->comments[(size_t)(id - 1) % PIECES_COMMENTS];
}

static void free_piece(struct piece *p)
{
    if (p)
        buf_release(&p->raw);
    free(p);
}

static void close_thread(void *ctx)
{
    struct thread *t = ctx;

    for (size_t i = 0; i * PIECES_COMMENTS < t->count; i++)
        free_piece(t->kept[i]);
    free_piece(t->glance);
    free(t->kept);
    free(t->parents);
    free(t->signs);
    buf_release(&t->packed);
    packer_free(&t->packer);
    free(t);
}

void pieces_open(struct article *a, size_t count, uint64_t stamp, uint64_t sum, const struct pieces_source *from)
{
    struct thread *t = mem_zalloc(1, sizeof *t);

    t->count = count;
    t->text_len = a->len;
    t->stamp = stamp;
    t->from = *from;
    t->packer = packer_new();
    t->kept = mem_zalloc(count / PIECES_COMMENTS + 1, sizeof(struct piece *));
    t->glanced = SIZE_MAX;
    buf_init(&t->packed);
    a->comment_count = count;
    a->thread = (struct article_thread){comment, parents, signs, close_thread, t, sum};
}

bool pieces_lost(const struct article *a)
{
    return a->thread.comment == comment && ((const struct thread *)a->thread.ctx)->lost;
}
