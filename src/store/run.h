/* SPDX-License-Identifier: ISC */
/*
 * The articles of a word in one segment of the full-text index, read one after the other by rising slot, and its places
 * in each. Knows: the form of FTS5's index; store/leaf, store/runs. Owns: the places that it put together.
 * Fails: what cannot be read is an answer.
 */
#ifndef STORE_RUN_H
#define STORE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/leaf.h"
#include "store/runs.h"

struct run_reader {
    struct db *db;
    const struct run *run;
    int64_t segment;
    int64_t slot;   /* of the article; 0 before the first one */
    uint64_t left;  /* bytes of its places that were not read */
    bool first;     /* it is the first that begins on the leaf */
    bool gone;      /* it has the word no more, whatever older segments say */
    bool bad;       /* the index cannot be read */

    struct leaf leaf;
    const uint8_t *at, *end; /* on the leaf, of what is the word's */
    bool last;               /* it ends on this leaf */
    struct buf places;
};

/* For the runs of one index, one after the other. */
void run_init(struct run_reader *r, struct db *db);
void run_release(struct run_reader *r);

/* Begins a run near slot from, with no article behind it left out. all must outlive the reading. */
void run_begin(struct run_reader *r, const struct runs *all, const struct run *run, int64_t from);

/* Goes to the next article; false at the end, and where the index cannot be read. */
bool run_next(struct run_reader *r);

/* Goes nearer to a slot that lies ahead, with no article behind it left out, where `first` is set.
 * run_next goes on from there. */
void run_leap(struct run_reader *r, int64_t slot);

/* The places in the article, *len bytes valid until the next call: numbers, each 2 more than what a place is past the
 * one before, and before those of each column but the first a 1 and the column. NULL where they cannot be read. */
const uint8_t *run_places(struct run_reader *r, size_t *len);

#endif
