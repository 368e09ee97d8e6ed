/* SPDX-License-Identifier: ISC */
/*
 * A way through all articles by date, in windows of which each takes a millisecond or two, so that what is looked
 * for in the full-text index can be looked for beside the keys, and be given up at any moment.
 * Knows: store/rank, store/slot. Owns: nothing. Fails: through the connection's sticky fault, as the end.
 */
#ifndef STORE_SWEEP_H
#define STORE_SWEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"

struct sweep {
    bool upwards; /* from the oldest on */
    bool done;
    bool single;             /* windows cost the same whatever their size: what is left is one */
    int64_t next, end;       /* the places where the next window begins and the last one ends */
    long row, rows;          /* articles before it, about; articles in it */
    int64_t first, last;     /* the window's places, both in it, first <= last */
    int64_t began, worked;   /* microseconds, of the clock and of this thread, when the window began */
    int64_t opening;         /* what the first one took, which is mostly what each costs before its first hit */
};

/* Over the places first..last (store/slot.h). */
void sweep_init(struct sweep *w, int64_t first, int64_t last, bool upwards);

/* Nobody waits for it: what is left is one window. To open one in the middle the index passes all that lies before
 * it, so that many windows take longer than one. */
void sweep_at_once(struct sweep *w);

/* Sets first and last; false at the end. */
bool sweep_next(struct sweep *w, struct db *db);

/* The window was looked through; or only as far as a place, which is the first of the next one. */
void sweep_took(struct sweep *w);
void sweep_took_to(struct sweep *w, int64_t place);

/* How long a window may take, in microseconds, before it is to be cut off. */
int64_t sweep_patience(const struct sweep *w);

/* Microseconds of a clock that never goes back. */
int64_t sweep_clock(void);

#endif
