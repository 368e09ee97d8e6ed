/* SPDX-License-Identifier: ISC */
/*
 * The last stage of the pipeline: writes what comes out of it into the cache, in transactions of a good size.
 * Knows: corpus/pipeline, store/. Owns: nothing but its counts. Fails: through the cache's sticky fault.
 */
#ifndef CORPUS_BATCH_H
#define CORPUS_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/again.h"
#include "corpus/pipeline.h"
#include "store/cache.h"
#include "store/state.h"
#include "store/voice.h"

struct batch;

/* What a call did; added to, never cleared. */
struct batch_counts {
    long files, records, added, changed, removed, skipped;
    uint64_t bytes;
    bool committed;
};

/* state may be NULL: then nothing is known to be read. All are borrowed. */
struct batch *batch_new(struct cache *cache, struct state *state);
void batch_free(struct batch **b);

/* So many bytes of files are still to be read, 0 where nobody knows: little of them is left for the last commit. */
void batch_expect(struct batch *b, uint64_t bytes);

/* Takes one job. Commits from time to time; a job of a file that was not read to its end leaves the file so
 * that it goes on from there the next time. */
bool batch_take(struct batch *b, struct job *job, struct batch_counts *n);

/* Whether a transaction is open, in which nobody else may write. */
bool batch_is_open(const struct batch *b);

/* Commits what waits for longer than it should, and whatever waits. */
bool batch_tick(struct batch *b, struct batch_counts *n);
bool batch_commit(struct batch *b, struct batch_counts *n);

/* What the reader says now is what is parsed by from here on. Borrowed until the next call of any function here: who
 * wants it longer, holds it (fixes_hold). */
struct fixes *batch_fixes(struct batch *b);

/* Whether the reader said something that the cache does not show yet; and parsing again what that bears on, until
 * stop says so or all is done: true. */
bool batch_mend_due(struct batch *b);

/* For a cache without articles, before any is read: those to come will show what the reader said. */
bool batch_mend_new(struct batch *b, struct batch_counts *n);
bool batch_mend(struct batch *b, const struct parser *parser, bool (*stop)(void *ctx), void *ctx,
                struct batch_counts *n);

/* Whether there are files to be read or articles that an older parser made, or one that knew less. */
bool batch_has_work(struct batch *b);

/* What the sites in the cache repeat, held for the caller (store/voice.h); NULL where that is what was given last and
 * only what is fresh is wanted. */
struct voice *batch_voice(struct batch *b, bool fresh);

/* What the pipeline is to parse anew, from the cache's own text: articles that an older parser made; those that were
 * parsed before as much was known of their site as now (of these only such are written anew that hold a line of which
 * it now says something else). False where there are none; the caller ends it by again_release. */
bool batch_outdated(struct batch *b, struct again *again);
bool batch_unsettled(struct batch *b, struct again *again);

#endif
