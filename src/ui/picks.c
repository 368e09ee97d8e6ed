/* SPDX-License-Identifier: ISC */
#include "ui/picks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void picks_release(struct picks *p)
{
    free(p->ids);
    memset(p, 0, sizeof *p);
}

/* The place of the first id that is not lower. */
static size_t place(const struct picks *p, int64_t id)
{
    size_t low = 0, high = p->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (p->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool picks_has(const struct picks *p, int64_t id)
{
    size_t at = place(p, id);

    return at < p->count && p->ids[at] == id;
}

void picks_set(struct picks *p, int64_t id, bool on)
{
    size_t at = place(p, id);
    bool there = at < p->count && p->ids[at] == id;

    if (there == on || (on && p->count == PICKS_MOST))
        return;
    if (on) {
        mem_grow(&p->ids, &p->cap, p->count + 1, sizeof p->ids[0]);
        memmove(p->ids + at + 1, p->ids + at, (p->count - at) * sizeof p->ids[0]);
        p->ids[at] = id;
        p->count++;
    } else {
        p->count--;
        memmove(p->ids + at, p->ids + at + 1, (p->count - at) * sizeof p->ids[0]);
    }
}
