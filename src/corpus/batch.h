/* SPDX-License-Identifier: ISC */
/*
 * Records on their way into the cache: matched with what is there, parsed, written in transactions of a good
 * size. Knows: parse/, store/. Owns: what one record after another passes through. Fails: through the cache's
 * sticky fault.
 */
#ifndef CORPUS_BATCH_H
#define CORPUS_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "doc/record.h"
#include "parse/parse.h"
#include "store/cache.h"
#include "store/files.h"
#include "store/state.h"

struct batch;

/* What a call did; added to, never cleared. */
struct batch_counts {
    long records, added, changed, removed;
    uint64_t bytes;
    bool committed;
};

/* state may be NULL: then nothing is known to be read. All are borrowed. */
struct batch *batch_new(struct cache *cache, const struct parser *parser, struct state *state);
void batch_free(struct batch **b);

/* The records that follow are of file f in the corpus at root_path. */
void batch_open_file(struct batch *b, const struct file *f, const char *root_path);

/* Takes one record: what the cache holds already stays as it is. Commits from time to time. */
bool batch_add(struct batch *b, struct record *r, struct batch_counts *n);

/* done: the file was read to its end, so that what is no more in it is removed; else it goes on the next time
 * where it was. same: the file did not change while it was read; else it is read again. */
bool batch_close_file(struct batch *b, bool done, bool same, struct batch_counts *n);

bool batch_commit(struct batch *b, struct batch_counts *n);

/* Parses again, from the cache's own text, some articles that an older parser made; false when none is left.
 */
bool batch_reparse(struct batch *b, struct batch_counts *n);

#endif
