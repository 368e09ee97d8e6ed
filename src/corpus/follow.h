/* SPDX-License-Identifier: ISC */
/*
 * Copies marks from the reading state into the cache, whose counts and filters know only what is there.
 * Knows: store/. Owns: nothing. Fails: through the cache's sticky fault; it goes on the next time where it
 * was.
 */
#ifndef CORPUS_FOLLOW_H
#define CORPUS_FOLLOW_H

#include <stdbool.h>

#include "store/cache.h"
#include "store/state.h"

/* Brings the flags in the cache to where the reading state is; true where any changed. A cache that followed
 * another reading state before forgets that one's flags first. state may be NULL. */
bool follow_marks(struct cache *c, struct state *state);

#endif
