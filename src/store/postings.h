/* SPDX-License-Identifier: ISC */
/*
 * Where a word occurs, read from the pages of the full-text index in a fraction of the time in which FTS5 tells it hit
 * by hit: for words that are in most articles.
 * Knows: the form of FTS5's index, as the head of its fts5_index.c describes it; store/phrases, store/slot. Owns: what
 * it read. Fails: an index of another form, or a damaged one, is an answer: FTS5 is to be asked instead.
 */
#ifndef STORE_POSTINGS_H
#define STORE_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"
#include "store/slot.h"

/* A word's occurrences in an article. */
struct posting {
    int64_t slot;
    double frequency; /* how many there are, each with its column's weight (score_weight) */
    int least;        /* words that the article has at least */
};

struct postings;

/* Readies the reading of a phrase (query_phrase) from one cache; NULL where it is more than a word and its forms, or
 * the beginning of words. Free with postings_free. */
struct postings *postings_new(const char *phrase);
void postings_free(struct postings **p);

/* Reads its occurrences in a span of slots: *found is count of them by rising slot, valid until the next call. Without
 * weights, which takes a fraction of the time, frequency and least may stay 0. False where the index cannot be read so.
 * db must be the same in every call. */
bool postings_read(struct postings *p, struct db *db, struct slot_span span, bool weights,
                   const struct posting **found, size_t *count);

#endif
