/* SPDX-License-Identifier: ISC */
/*
 * The first stage of the pipeline where articles of the cache are parsed anew rather than files read: which, and what
 * they were made from. Knows: corpus/pipeline, store/known. Owns: a reading connection while it runs. Fails: faults go
 * down the pipeline; an article whose source cannot be decoded stays as it is.
 */
#ifndef CORPUS_AGAIN_H
#define CORPUS_AGAIN_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/pipeline.h"
#include "store/sites.h"

/* Those that an older parser than this made, with ids above `above`; and then those of each site, one after another,
 * that were parsed by verdicts before its turn. */
struct again {
    int parser; /* 0: none of the first */
    int64_t above;
    struct sites_turn *site; /* owned */
    size_t count;
};

void again_release(struct again *again);

/* Gives what the pipeline's options name as `again`, until nothing is left or the pipeline stops. */
void again_run(struct pipeline *p);

#endif
