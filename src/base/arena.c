/* SPDX-License-Identifier: ISC */
#include "base/arena.h"

#include "base/mem.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 16 * 1024 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *a)
{
    a->chunks = NULL;
}

static void free_chunks(struct arena_chunk *c)
{
    while (c) {
        struct arena_chunk *older = c->older;

        free(c);
        c = older;
    }
}

void arena_release(struct arena *a)
{
    free_chunks(a->chunks);
    a->chunks = NULL;
}

void arena_reset(struct arena *a)
{
    struct arena_chunk *keep = a->chunks;

    if (!keep)
        return;
    free_chunks(keep->older);
    keep->older = NULL;
    keep->used = 0;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t need = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct arena_chunk *c = a->chunks;
    void *block;

    if (!c || c->size - c->used < need) {
        size_t room = c && c->size < (size_t)1 << 20 ? c->size * 2 : CHUNK;

        if (room < need)
            room = need;
        c = mem_alloc(sizeof *c + room);
        c->older = a->chunks;
        c->used = 0;
        c->size = room;
        a->chunks = c;
    }
    block = c->bytes + c->used;
    c->used += need;
    memset(block, 0, need);
    return block;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
    char *copy = arena_alloc(a, len + 1);

    if (len)
        memcpy(copy, s, len);
    return copy;
}
