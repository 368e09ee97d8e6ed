/* SPDX-License-Identifier: ISC */
#include "store/rising.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 32, VARINT_MOST = 10 };

/* The first number of each BLOCK, and where the differences between those after it begin. */
struct rising_block {
    uint64_t first;
    size_t at;
};

void rising_init(struct rising *r)
{
    memset(r, 0, sizeof *r);
}

void rising_release(struct rising *r)
{
    free(r->blocks);
    free(r->bytes);
    rising_init(r);
}

static void add_varint(struct rising *r, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        r->bytes[r->len++] = (uint8_t)(n | 0x80);
    r->bytes[r->len++] = (uint8_t)n;
}

static uint64_t read_varint(const uint8_t **at)
{
    uint64_t n = 0;
    unsigned shift = 0;

    while (**at & 0x80) {
        n |= (uint64_t)(*(*at)++ & 0x7F) << shift;
        shift += 7;
    }
    return n | (uint64_t)(*(*at)++) << shift;
}

void rising_add(struct rising *r, uint64_t number)
{
    assert(r->count == 0 || number > r->last);
    /* For a block's first number too, which takes none: each block has its place in the bytes. */
    mem_grow(&r->bytes, &r->cap, r->len + VARINT_MOST, 1);
    if (r->count % BLOCK == 0) {
        mem_grow(&r->blocks, &r->block_cap, r->block_count + 1, sizeof *r->blocks);
        r->blocks[r->block_count++] = (struct rising_block){number, r->len};
    } else {
        add_varint(r, number - r->last);
    }
    r->last = number;
    r->count++;
}

uint64_t rising_at(const struct rising *r, size_t n)
{
    const struct rising_block *block = &r->blocks[n / BLOCK];
    const uint8_t *at = r->bytes + block->at;
    uint64_t number = block->first;

    assert(n < r->count);
    for (n %= BLOCK; n > 0; n--)
        number += read_varint(&at);
    return number;
}

/* How many are lower; *next is the first that is not, and 0 where there is none. */
static size_t below(const struct rising *r, uint64_t number, uint64_t *next)
{
    size_t from = 0, to = r->block_count, n, end;
    const uint8_t *at;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (r->blocks[middle].first < number)
            from = middle + 1;
        else
            to = middle;
    }
    *next = from < r->block_count ? r->blocks[from].first : 0;
    if (from == 0)
        return 0;
    n = (from - 1) * BLOCK;
    end = from * BLOCK < r->count ? from * BLOCK : r->count;
    at = r->bytes + r->blocks[from - 1].at;
    for (uint64_t here = r->blocks[from - 1].first; here < number;) {
        if (++n == end)
            return n;
        here += read_varint(&at);
        if (here >= number)
            *next = here;
    }
    return n;
}

size_t rising_below(const struct rising *r, uint64_t number)
{
    uint64_t next;

    return below(r, number, &next);
}

bool rising_has(const struct rising *r, uint64_t number)
{
    uint64_t next;

    return below(r, number, &next) < r->count && next == number;
}
