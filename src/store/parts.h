/* SPDX-License-Identifier: ISC */
/*
 * The orders of the list over all parts of a catalogue: what store/rank says of one cache, of several as one.
 * Knows: store/catalog, store/rank, store/slot. Owns: nothing. Fails: through the connections' sticky faults.
 *
 * Of articles that an order holds for equal, those of the first part come first, as if they had been indexed first;
 * by file all of a part stand together. Ids are those of the whole. A spot's key is that of the whole as well:
 * between spots of one order rank_compare says which comes first. What is asked of n parts costs about n times what it
 * costs of one.
 */
#ifndef STORE_PARTS_H
#define STORE_PARTS_H

#include <stdbool.h>

#include "store/catalog_parts.h"
#include "store/rank.h"

/* The key in the whole of what has this key in a part (SLOT_PARTS: behind all parts where they are equal). */
struct order_key parts_key(const struct catalog *l, enum order ord, int part, const struct order_key *key);

/* As rank_counts, rank_before, rank_at with RANK_ALL, and rank_from. */
void parts_counts(struct catalog *l, enum order ord, long *all, long *unread);
long parts_before(struct catalog *l, enum order ord, const struct spot *spot, enum rank_what what);
bool parts_at(struct catalog *l, enum order ord, long n, struct spot *out);
int parts_from(struct catalog *l, enum order ord, const struct spot *spot, bool back, bool inclusive,
               struct spot *spots, int n);

/* The nearest unread place after the spot (or before it), which is not it; false where there is none. */
bool parts_unread(struct catalog *l, enum order ord, const struct spot *spot, bool back, struct spot *out);

#endif
