/* SPDX-License-Identifier: ISC */
#include "store/sweep.h"

#include "store/rank.h"
#include "store/slot.h"

#include <time.h>

enum {
    ROWS_FIRST = 512,
    ROWS_STEPPED = 2048, /* so many are sooner passed than counted */
    SHORT_US = 250,
    GOOD_US = 700,
    LONG_US = 1500,
    WORTH = 3, /* a window is worth so many times what it costs to open it */
};

static int64_t read_clock(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t sweep_clock(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void sweep_init(struct sweep *w, int parts, int64_t first, int64_t last, bool upwards)
{
    bool none = first > last;
    uint64_t newest = none ? 0 : slot_row_place(parts, 0, last);
    uint64_t oldest = none ? 0 : slot_row_place(parts, parts - 1, first);

    *w = (struct sweep){.upwards = upwards,
                        .done = none,
                        .parts = parts,
                        .next = upwards ? oldest : newest,
                        .end = upwards ? newest : oldest,
                        .rows = ROWS_FIRST};
}

/* The places of a part whose numbers are first..last. */
static struct slot_span places(const struct sweep *w, int part, uint64_t first, uint64_t last)
{
    return (struct slot_span){slot_row_reach(w->parts, part, last + 1) + 1, slot_row_reach(w->parts, part, first)};
}

/* A place of a part some rows on from `from`; -1 where there are not as many. */
static int64_t far_place(const struct sweep *w, struct db *db, int64_t from, long rows)
{
    struct spot spot, begin = {.key = order_place(from)};
    long all, unread, n;

    if (rows <= ROWS_STEPPED) {
        int64_t slot = db_int(db, -1,
                              w->upwards ? "SELECT slot FROM article WHERE slot >= ?1 ORDER BY slot LIMIT 1 OFFSET ?2"
                                         : "SELECT slot FROM article WHERE slot <= ?1 ORDER BY slot DESC"
                                           " LIMIT 1 OFFSET ?2",
                              "ii", from, (int64_t)rows);

        return slot < 0 ? -1 : slot_place(slot);
    }
    n = rank_before(db, ORDER_DATE, &begin, RANK_ALL) + (w->upwards ? -rows : rows);
    rank_counts(db, ORDER_DATE, &all, &unread);
    return n >= 0 && n < all && rank_at(db, ORDER_DATE, n, RANK_ALL, &spot) ? slot_place(spot.slot) : -1;
}

/* The nearer one of two numbers. */
static uint64_t nearer(const struct sweep *w, uint64_t a, uint64_t b)
{
    return (a < b) != w->upwards ? a : b;
}

/* A number some rows further on, or the last one of all: of each part its share. It need not be exact, it only bounds a
 * window. */
static uint64_t find_far(const struct sweep *w, struct catalog *l)
{
    uint64_t far = w->end;
    int part;

    for (part = 0; part < w->parts; part++) {
        struct slot_span left = w->upwards ? places(w, part, w->end, w->next) : places(w, part, w->next, w->end);
        int64_t place = -1;

        if (left.from <= left.to)
            place = far_place(w, catalog_db(l, part), w->upwards ? left.from : left.to, w->rows / w->parts + 1);
        if (place >= left.from && place <= left.to)
            far = nearer(w, far, slot_row_place(w->parts, part, place));
    }
    return far;
}

bool sweep_next(struct sweep *w, struct catalog *l)
{
    uint64_t far;

    if (w->done)
        return false;
    far = find_far(w, l);
    w->first = w->upwards ? far : w->next;
    w->last = w->upwards ? w->next : far;
    w->spent = w->toiled = 0;
    sweep_return(w);
    return true;
}

void sweep_leave(struct sweep *w)
{
    w->spent += sweep_clock() - w->began;
    w->toiled += read_clock(CLOCK_THREAD_CPUTIME_ID) - w->worked;
}

void sweep_return(struct sweep *w)
{
    w->began = sweep_clock();
    w->worked = read_clock(CLOCK_THREAD_CPUTIME_ID);
}

struct slot_span sweep_span(const struct sweep *w, int part, int generation)
{
    struct slot_span here = places(w, part, w->first, w->last);

    return here.from > here.to ? here : slot_span_places(generation, here.from, here.to);
}

/* How long a window may take, in microseconds, before the next one is to be smaller. */
static int64_t patience(const struct sweep *w)
{
    return w->opening * WORTH > LONG_US ? w->opening * WORTH : LONG_US;
}

void sweep_took(struct sweep *w)
{
    int64_t last = w->spent > 0 ? sweep_clock() - w->began : 0, us; /* last: what cannot be left */

    sweep_leave(w);
    us = w->spent;
    if (w->row == 0) /* in work: that it waited for the disk or for other programs says nothing of the others */
        w->opening = w->toiled;
    w->row += w->rows;
    if (us > patience(w) || last > LONG_US)
        w->rows = w->rows > ROWS_FIRST ? w->rows / 2 : w->rows;
    else if (us < SHORT_US)
        w->rows *= 4;
    else if (us < GOOD_US || (us < w->opening * (WORTH - 1) && 2 * last < LONG_US))
        w->rows *= 2;
    w->done = w->upwards ? w->first <= w->end : w->last >= w->end;
    w->next = w->upwards ? w->first - 1 : w->last + 1;
}
