/* SPDX-License-Identifier: ISC */
/*
 * Places in the orders of the list, with counts: row numbers, the n-th row and unread counts without a scan.
 * Knows: store/db, store/order. Owns: the tables place and rank. Fails: through the connection's sticky
 * fault.
 *
 * Each order is cut into runs of at most RANK_RUN_MAX places (level 0), and those into groups of at most
 * RANK_GROUP_MAX runs (level 1); a row of rank stands for all places from its (key, id) up to the next row's
 * and holds how many there are and how many of them are unread. The first run and group of an order begin at
 * the empty key and are always there. So a row number is the sum over some fifty groups, fifty runs and half
 * a run at a million articles: the price of a few hundred neighbouring rows in whatever order.
 */
#ifndef STORE_RANK_H
#define STORE_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"
#include "store/order.h"

enum { RANK_RUN_MAX = 512, RANK_RUN = 256, RANK_GROUP_MAX = 128, RANK_GROUP = 64 };

enum rank_flag {
    RANK_READ = 1 << 0,
    RANK_STARRED = 1 << 1,
    RANK_HIDDEN = 1 << 2, /* has no place in the orders of the list, so that no count holds it */
};

struct place {
    int64_t id, slot; /* slot: by which the full-text index knows it (store/slot.h) */
    uint8_t ord;   /* enum order */
    uint8_t flags; /* rank_flag bits */
    struct order_key key;
};

/* A place in one order, found or to find. */
struct spot {
    int64_t id, slot; /* slot: 0 where it is to be found */
    struct order_key key;
    uint8_t flags;
};

/* By place: less than, equal to or greater than 0. */
int rank_compare(const struct spot *a, const struct spot *b);

enum rank_what { RANK_ALL, RANK_UNREAD };

/* Writing. rank_insert sorts places. */
bool rank_insert(struct db *db, struct place *places, size_t count);
bool rank_remove(struct db *db, const struct place *place);
bool rank_set_flags(struct db *db, const struct place *place,
                    unsigned flags); /* place->flags is what it was */

/* How many places order ord has. */
void rank_counts(struct db *db, enum order ord, long *all, long *unread);

/* How many of them stand before the spot, which need not be there. */
long rank_before(struct db *db, enum order ord, const struct spot *spot, enum rank_what what);

/* The n-th, 0 for the first; false where there are not as many. */
bool rank_at(struct db *db, enum order ord, long n, enum rank_what what, struct spot *out);

/* Fills spots[0..n) with those after the spot (or before it, nearest first), which is not among them unless
 * inclusive; NULL is the order's beginning or end. Returns how many there are. */
int rank_from(struct db *db, enum order ord, const struct spot *spot, bool back, bool inclusive,
              struct spot *spots, int n);

#endif
