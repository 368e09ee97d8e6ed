/* SPDX-License-Identifier: ISC */
#include "store/best.h"

#include "base/mem.h"

#include <stdlib.h>

void best_init(struct best *b, size_t most)
{
    *b = (struct best){.kept = mem_zalloc(most, sizeof *b->kept), .most = most};
}

void best_release(struct best *b)
{
    free(b->kept);
    *b = (struct best){.kept = NULL};
}

static bool is_better(const struct scored *a, const struct scored *b)
{
    return a->score > b->score || (a->score == b->score && a->number < b->number);
}

static void swap(struct scored *a, struct scored *b)
{
    struct scored was = *a;

    *a = *b;
    *b = was;
}

static void sink(struct scored *heap, size_t count)
{
    size_t at = 0, child;

    while ((child = 2 * at + 1) < count) {
        if (child + 1 < count && is_better(&heap[child], &heap[child + 1]))
            child++;
        if (!is_better(&heap[at], &heap[child]))
            return;
        swap(&heap[at], &heap[child]);
        at = child;
    }
}

bool best_wants(const struct best *b, const struct scored *one)
{
    return b->count < b->most || is_better(one, &b->kept[0]);
}

void best_offer(struct best *b, struct scored one)
{
    size_t at = b->count;

    if (!best_wants(b, &one))
        return;
    if (at == b->most) {
        b->kept[0] = one;
        sink(b->kept, b->count);
        return;
    }
    b->kept[b->count++] = one;
    for (; at > 0 && is_better(&b->kept[(at - 1) / 2], &b->kept[at]); at = (at - 1) / 2)
        swap(&b->kept[at], &b->kept[(at - 1) / 2]);
}

double best_floor(const struct best *b)
{
    return b->count < b->most ? 0 : b->kept[0].score;
}

void best_finish(struct best *b)
{
    size_t left;

    for (left = b->count; left > 1; left--) {
        swap(&b->kept[0], &b->kept[left - 1]);
        sink(b->kept, left - 1);
    }
}
