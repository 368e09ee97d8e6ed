/* SPDX-License-Identifier: ISC */
#include "store/begins_log.h"

#include "base/mem.h"
#include "base/word.h"

#include <stdlib.h>
#include <string.h>

enum {
    TABLE = 2048,
    NOTES_MOST = 8 << 20, /* two bytes each, and room to grow */
};

/* Articles of one block and key: their numbers in the block, in the order of what was done. */
struct change {
    uint64_t key;
    int64_t block;
    uint16_t *ids;
    size_t count, cap;
};

enum { DROPPED = 1 << 15 }; /* in a number: has it no more */

struct begins_log {
    struct change *changes;
    size_t count, cap;
    uint32_t *table;
    size_t size;
    size_t notes; /* ids in all of them */
};

struct begins_log *begins_log_new(void)
{
    return mem_zalloc(1, sizeof(struct begins_log));
}

void begins_log_clear(struct begins_log *l)
{
    size_t i;

    for (i = 0; i < l->count; i++)
        free(l->changes[i].ids);
    free(l->changes);
    free(l->table);
    memset(l, 0, sizeof *l);
}

void begins_log_free(struct begins_log **l)
{
    if (!*l)
        return;
    begins_log_clear(*l);
    free(*l);
    *l = NULL;
}

static size_t find_change(const struct begins_log *l, int64_t block, uint64_t key)
{
    size_t at = (size_t)word_mix(key ^ (uint64_t)block) & (l->size - 1);

    while (l->table[at] &&
           (l->changes[l->table[at] - 1].key != key || l->changes[l->table[at] - 1].block != block))
        at = (at + 1) & (l->size - 1);
    return at;
}

static void grow_log(struct begins_log *l)
{
    size_t i;

    free(l->table);
    l->size = l->size ? l->size * 2 : TABLE;
    l->table = mem_zalloc(l->size, sizeof *l->table);
    for (i = 0; i < l->count; i++)
        l->table[find_change(l, l->changes[i].block, l->changes[i].key)] = (uint32_t)i + 1;
}

static void note(struct begins_log *l, int64_t id, uint64_t key, unsigned how)
{
    struct change *c;
    size_t at;

    if (l->count * 2 >= l->size)
        grow_log(l);
    at = find_change(l, id / BEGINS_BLOCK, key);
    if (!l->table[at]) {
        mem_grow(&l->changes, &l->cap, l->count + 1, sizeof *l->changes);
        l->changes[l->count++] = (struct change){.key = key, .block = id / BEGINS_BLOCK};
        l->table[at] = (uint32_t)l->count;
    }
    c = &l->changes[l->table[at] - 1];
    mem_grow(&c->ids, &c->cap, c->count + 1, sizeof *c->ids);
    c->ids[c->count++] = (uint16_t)((unsigned)(id % BEGINS_BLOCK) | how);
    l->notes++;
}

bool begins_log_full(const struct begins_log *l)
{
    return l->notes >= NOTES_MOST;
}

void begins_log_put(struct begins_log *l, int64_t id, const struct begins *now, const struct begins *before)
{
    size_t i;

    for (i = 0; i < now->count; i++) {
        if (!begins_has_key(before, now->keys[i]))
            note(l, id, now->keys[i], 0);
    }
    for (i = 0; i < before->count; i++) {
        if (!begins_has_key(now, before->keys[i]))
            note(l, id, before->keys[i], DROPPED);
    }
}

static bool save_change(struct db *db, const struct change *c, struct buf *row)
{
    uint64_t bits[BEGINS_WORDS] = {0};
    size_t i;

    begins_row(db, c->block, c->key, bits);
    for (i = 0; i < c->count; i++) {
        unsigned id = c->ids[i] & (DROPPED - 1);
        uint64_t bit = UINT64_C(1) << (id % 64);

        bits[id / 64] = c->ids[i] & DROPPED ? bits[id / 64] & ~bit : bits[id / 64] | bit;
    }
    buf_clear(row);
    begins_pack(bits, row);
    return begins_set_row(db, c->block, c->key, row->data, row->len);
}

static int compare(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

bool begins_log_save(struct begins_log *l, struct db *db)
{
    struct buf row;
    bool ok = true;
    size_t i;

    buf_init(&row);
    mem_sort(l->changes, l->count, sizeof *l->changes, compare);
    for (i = 0; i < l->count && ok; i++)
        ok = save_change(db, &l->changes[i], &row);
    buf_release(&row);
    begins_log_clear(l);
    return ok;
}
