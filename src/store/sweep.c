/* SPDX-License-Identifier: ISC */
#include "store/sweep.h"

#include "store/rank.h"
#include "store/slot.h"

#include <time.h>

enum {
    ROWS_FIRST = 512,
    ROWS_STEPPED = 2048, /* so many are sooner passed than counted */
    SHORT_US = 250,
    GOOD_US = 1400,
    LONG_US = 3000,
    WORTH = 3, /* a window is worth so many times what it costs to open it */
    DEAR_US = 8000, /* of the first window: it is the index's search for words that takes so long, not its hits */
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

void sweep_init(struct sweep *w, int64_t first, int64_t last, bool upwards)
{
    *w = (struct sweep){.upwards = upwards,
                        .done = first > last,
                        .next = upwards ? first : last,
                        .end = upwards ? last : first,
                        .rows = ROWS_FIRST};
}

void sweep_at_once(struct sweep *w)
{
    w->single = true;
}

/* A place some rows further on, or the last one of all. It need not be exact: it only bounds a window. */
static int64_t find_far(const struct sweep *w, struct db *db)
{
    struct spot spot, begin = {.key = order_place(w->next)};
    long all, unread, n;

    if (w->single)
        return w->end;
    if (w->rows <= ROWS_STEPPED) {
        int64_t slot = db_int(db, -1,
                              w->upwards ? "SELECT slot FROM article WHERE slot >= ?1 ORDER BY slot LIMIT 1 OFFSET ?2"
                                         : "SELECT slot FROM article WHERE slot <= ?1 ORDER BY slot DESC"
                                           " LIMIT 1 OFFSET ?2",
                              "ii", w->next, (int64_t)w->rows);

        return slot < 0 ? w->end : slot_place(slot);
    }
    n = rank_before(db, ORDER_DATE, &begin, RANK_ALL) + (w->upwards ? -w->rows : w->rows);
    rank_counts(db, ORDER_DATE, &all, &unread);
    return n >= 0 && n < all && rank_at(db, ORDER_DATE, n, RANK_ALL, &spot) ? slot_place(spot.slot) : w->end;
}

bool sweep_next(struct sweep *w, struct db *db)
{
    int64_t far;

    if (w->done)
        return false;
    far = find_far(w, db);
    w->first = w->upwards ? w->next : far < w->end ? w->end : far > w->next ? w->next : far;
    w->last = !w->upwards ? w->next : far > w->end ? w->end : far < w->next ? w->next : far;
    w->began = sweep_clock();
    w->worked = read_clock(CLOCK_THREAD_CPUTIME_ID);
    return true;
}

static void go_on_from(struct sweep *w, int64_t place)
{
    w->next = place;
    w->done = w->upwards ? place > w->end : place < w->end;
}

int64_t sweep_patience(const struct sweep *w)
{
    return w->opening * WORTH > LONG_US ? w->opening * WORTH : LONG_US;
}

/* The first window says what all cost, in work: that it waited for the disk or for other programs says nothing. */
static int64_t took(struct sweep *w)
{
    if (w->row == 0) {
        w->opening = read_clock(CLOCK_THREAD_CPUTIME_ID) - w->worked;
        w->single = w->single || w->opening > DEAR_US;
    }
    return sweep_clock() - w->began;
}

void sweep_took(struct sweep *w)
{
    int64_t us = took(w);

    w->row += w->rows;
    if (us < SHORT_US)
        w->rows *= 4;
    else if (us < GOOD_US || us < w->opening * (WORTH - 1))
        w->rows *= 2;
    else if (us > sweep_patience(w) && w->rows > ROWS_FIRST)
        w->rows /= 2;
    go_on_from(w, w->upwards ? w->last + 1 : w->first - 1);
}

void sweep_took_to(struct sweep *w, int64_t place)
{
    took(w);
    w->row += w->rows / 2;
    if (w->rows > ROWS_FIRST)
        w->rows /= 2;
    go_on_from(w, place);
}
