/* SPDX-License-Identifier: ISC */
/*
 * A way through all articles by date, in windows of which each takes a millisecond or two, so that what is looked
 * for in the full-text index can be looked for beside the keys, and be given up at any moment.
 * Knows: store/catalog, store/rank, store/slot. Owns: nothing. Fails: through the connections' sticky faults, as the
 * end.
 *
 * It goes over the numbers that the places of all parts have in one row (slot_row_place), the newest first.
 */
#ifndef STORE_SWEEP_H
#define STORE_SWEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "store/catalog_parts.h"

struct sweep {
    bool upwards; /* from the oldest on */
    bool done;
    int parts;
    uint64_t next, end;      /* the numbers where the next window begins and the last one ends */
    long row, rows;          /* articles before it, about; articles in it */
    uint64_t first, last;    /* the window's numbers, both in it, first <= last */
    int64_t began, worked;   /* microseconds, of the clock and of this thread, when the window began */
    int64_t spent, toiled;   /* of both, before the window was left and come back to */
    int64_t opening;         /* what the first one took, which is mostly what each costs before its first hit */
};

/* Over the places first..last (store/slot.h) of so many parts. */
void sweep_init(struct sweep *w, int parts, int64_t first, int64_t last, bool upwards);

/* Sets first and last; false at the end. */
bool sweep_next(struct sweep *w, struct catalog *l);

/* The window was left before it was looked through, and is come back to. */
void sweep_leave(struct sweep *w);
void sweep_return(struct sweep *w);

/* The slots of a part that stand in the window, of one generation; none where from > to. */
struct slot_span sweep_span(const struct sweep *w, int part, int generation);

/* The window was looked through. */
void sweep_took(struct sweep *w);

/* Microseconds of a clock that never goes back. */
int64_t sweep_clock(void);

#endif
