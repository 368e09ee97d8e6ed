/* SPDX-License-Identifier: ISC */
/*
 * A search in the orders of the list but by date: few hits are sorted, of many the order is walked; and by when they
 * were read or starred. For store/search alone.
 * Knows: store/parts, store/tags. Owns: nothing but parts of the search. Fails: as store/search does.
 */
#ifndef STORE_SEARCH_WALK_H
#define STORE_SEARCH_WALK_H

#include "store/search_inside.h"

/* Whether the order is one of the list's other than by date; whether it is by when they were read or starred. */
bool search_is_walked(const struct search *s);
bool search_is_recent(const struct search *s);

/* Looks up the first articles of a walked order in the index, one by one, until so many rows are known, or until
 * sweep_clock is `until`, or for some milliseconds. */
void search_probe(struct search *s, struct catalog *l, long rows, int64_t until);

/* Steps of STAGE_SORT and STAGE_WALK, and what takes no steps. */
void search_sort_step(struct search *s, struct catalog *l);
void search_walk_step(struct search *s, struct catalog *l);
void search_order_recent(struct search *s, struct catalog *l);

/* The id of row n, 0 where the walk does not come to it; the row of article id, -1 where it is none. */
int64_t search_walked_at(struct search *s, struct catalog *l, long n);
long search_walked_row(struct search *s, struct catalog *l, int64_t id);

#endif
