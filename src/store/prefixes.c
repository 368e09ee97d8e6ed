/* SPDX-License-Identifier: ISC */
#include "store/prefixes.h"

#include "base/buf.h"
#include "base/mem.h"
#include "store/begins.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The beginning of so many characters that the words have now, and the articles so far. */
struct level {
    uint64_t key; /* 0: none */
    uint64_t *bits;
    size_t from, to; /* words of bits that are not zero lie in between */
};

/* The articles of one block, as begins_pack made them. */
struct row {
    int64_t block;
    uint64_t key;
    size_t at, len;
};

struct prefixes {
    struct level level[BEGINS_LONGEST];
    struct level *now; /* that of the word */
    int64_t first;     /* id of the first bit: a block begins there */
    size_t words;      /* of the bits of a level */
    struct buf packed;
    struct row *rows;
    size_t count, cap;
};

struct prefixes *prefixes_new(void)
{
    struct prefixes *p = mem_zalloc(1, sizeof *p);

    buf_init(&p->packed);
    return p;
}

void prefixes_free(struct prefixes **p)
{
    if (!*p)
        return;
    for (int i = 0; i < BEGINS_LONGEST; i++)
        free((*p)->level[i].bits);
    buf_release(&(*p)->packed);
    free((*p)->rows);
    free(*p);
    *p = NULL;
}

static void clear(struct level *l)
{
    memset(l->bits + l->from, 0, (l->to - l->from) * sizeof *l->bits);
    l->key = 0;
    l->from = l->to = 0;
}

void prefixes_begin(struct prefixes *p, int64_t low, int64_t high)
{
    int64_t blocks = high ? high / BEGINS_BLOCK - low / BEGINS_BLOCK + 1 : 0;

    assert(high == 0 || (low > 0 && low <= high));
    p->first = low / BEGINS_BLOCK * BEGINS_BLOCK;
    p->words = (size_t)blocks * BEGINS_WORDS;
    p->now = p->level;
    for (int i = 0; i < BEGINS_LONGEST; i++) {
        free(p->level[i].bits);
        p->level[i] = (struct level){.bits = mem_zalloc(p->words + 1, sizeof *p->level[i].bits)};
    }
    buf_clear(&p->packed);
    p->count = 0;
}

static void add_row(struct prefixes *p, const struct level *l, size_t block)
{
    size_t at = p->packed.len;

    begins_pack(l->bits + block * BEGINS_WORDS, &p->packed);
    mem_grow(&p->rows, &p->cap, p->count + 1, sizeof *p->rows);
    p->rows[p->count++] = (struct row){.block = p->first / BEGINS_BLOCK + (int64_t)block,
                                       .key = l->key,
                                       .at = at,
                                       .len = p->packed.len - at};
}

static bool any(const uint64_t *bits, size_t count)
{
    size_t i = 0;

    while (i < count && !bits[i])
        i++;
    return i < count;
}

/* No word follows that begins so: its articles have the shorter beginning too. */
static void end_level(struct prefixes *p, int i)
{
    struct level *l = &p->level[i], *above = i > 0 ? l - 1 : NULL;
    size_t block, word;

    for (block = l->from / BEGINS_WORDS; block * BEGINS_WORDS < l->to; block++) {
        if (any(l->bits + block * BEGINS_WORDS, BEGINS_WORDS))
            add_row(p, l, block);
    }
    if (above && l->from < l->to) {
        for (word = l->from; word < l->to; word++)
            above->bits[word] |= l->bits[word];
        above->from = above->to && above->from < l->from ? above->from : l->from;
        above->to = above->to > l->to ? above->to : l->to;
    }
    clear(l);
}

void prefixes_word(struct prefixes *p, const char *word, size_t len)
{
    uint64_t key[BEGINS_LONGEST] = {0}, rest;
    int last = -1, i;

    assert(len > 0);
    begins_key(word, len, &rest);
    if (rest == p->now->key)
        return;
    for (; rest; rest = begins_shorter(rest)) {
        memmove(key + 1, key, (BEGINS_LONGEST - 1) * sizeof *key);
        key[0] = rest;
        last++;
    }
    for (i = BEGINS_LONGEST - 1; i >= 0; i--) {
        if (p->level[i].key && p->level[i].key != key[i])
            end_level(p, i);
        p->level[i].key = key[i];
    }
    p->now = &p->level[last < 0 ? 0 : last];
}

void prefixes_article(struct prefixes *p, int64_t id)
{
    struct level *l = p->now;
    size_t bit = (size_t)(id - p->first), word = bit / 64;

    if (id == 0)
        return;
    assert(word < p->words);
    l->bits[word] |= UINT64_C(1) << bit % 64;
    l->from = l->to && l->from < word ? l->from : word;
    l->to = l->to > word ? l->to : word + 1;
}

static int by_key(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static bool save_row(struct db *db, const struct row *r, const char *packed, struct buf *joined)
{
    uint64_t bits[BEGINS_WORDS] = {0};

    if (!begins_row(db, r->block, r->key, bits))
        return begins_set_row(db, r->block, r->key, packed, r->len);
    begins_unpack(packed, r->len, bits);
    buf_clear(joined);
    begins_pack(bits, joined);
    return begins_set_row(db, r->block, r->key, joined->data, joined->len);
}

bool prefixes_save(struct prefixes *p, struct db *db)
{
    struct buf joined;
    bool ok = true;
    size_t i;

    for (i = BEGINS_LONGEST; i-- > 0;)
        end_level(p, (int)i);
    buf_init(&joined);
    mem_sort(p->rows, p->count, sizeof *p->rows, by_key);
    for (i = 0; i < p->count && ok; i++)
        ok = save_row(db, &p->rows[i], p->packed.data + p->rows[i].at, &joined);
    buf_release(&joined);
    buf_clear(&p->packed);
    p->count = 0;
    return ok;
}
