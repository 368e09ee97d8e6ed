/* SPDX-License-Identifier: ISC */
/*
 * Brings what is written to the reading state to the disk, beside the screen, which does not wait for it. Where a
 * cache is kept up to date the indexer's thread does so before it copies marks; where catalogues are only read, a
 * thread of its own, which is there from the first thing written on.
 * Knows: store/state. Owns: the thread and its connection. Fails: with a notice.
 */
#ifndef CORPUS_SETTLER_H
#define CORPUS_SETTLER_H

#include <stdbool.h>

#include "corpus/notices.h"
#include "store/state.h"

struct settler;

/* path: of the reading state, copied; notices is borrowed. */
struct settler *settler_new(const char *path, struct notices *notices);

/* Something was written. */
void settler_kick(struct settler *s);

/* Returns when all that was written before is on the disk. What could not be brought there, which is tried again from
 * time to time, is tried once more. */
void settler_free(struct settler **s);

/* What the thread does: waits for the disk; says where that fails, and returns false. */
bool settler_settle(struct state *state, struct notices *notices);

#endif
