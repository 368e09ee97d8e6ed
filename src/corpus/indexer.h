/* SPDX-License-Identifier: ISC */
/*
 * The thread beside the reading: finds what changed in a corpus and brings the cache up to date; copies marks
 * into it. Knows: source/, parse/, store/. Owns: the cache's writing connection, its own one to the reading
 * state, the thread. Fails: what cannot be read is a fault to list; what concerns the whole cache is a
 * notice.
 */
#ifndef CORPUS_INDEXER_H
#define CORPUS_INDEXER_H

#include <stdbool.h>

#include "corpus/corpus.h"
#include "corpus/notices.h"

struct indexer;

struct indexer_options {
    const char *const *paths; /* real paths of the roots, "-" for standard input; copied */
    int count;
    const char *cache_path, *state_path; /* copied */
    bool shelve;                         /* puts the roots on the shelf */
    bool beside;                         /* somebody reads meanwhile: the threads give way to others */
    int wake;                            /* as in struct corpus_options */
    struct notices *notices;
};

/* Made, it does nothing yet. Until it ends it says that it is running. */
struct indexer *indexer_new(const struct indexer_options *o);

/* Begins; where it did, nothing. */
void indexer_start(struct indexer *ix);

/* Lets it finish what it has in hand, and ends it. What it had not done it does the next time. */
void indexer_stop(struct indexer **ix);

/* Returns when all is indexed or given up. */
void indexer_wait(struct indexer *ix);

/* There are new marks in the reading state. */
void indexer_kick(struct indexer *ix);

/* As corpus_poll and corpus_faults. */
bool indexer_poll(struct indexer *ix, struct corpus_progress *p);
void indexer_faults(struct indexer *ix, void (*fn)(void *ctx, const char *text), void *ctx);

/* A reader found the cache damaged. */
void indexer_damaged(struct indexer *ix);

/* Whether it found the cache damaged, and made a new one under the same path: readers open it again. */
bool indexer_healed(struct indexer *ix);

#endif
