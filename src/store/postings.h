/* SPDX-License-Identifier: ISC */
/*
 * Where a word and its forms occur, or all words with one beginning, read from the pages of the full-text index span
 * by span, and in some articles alone where no others are asked for.
 * Knows: store/runs, store/run, store/score's weights. Owns: what it read.
 * Fails: an index of another form, or a damaged one, is an answer.
 */
#ifndef STORE_POSTINGS_H
#define STORE_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/db.h"
#include "store/entry.h"
#include "store/runs.h"
#include "store/slot.h"

/* What is to be known of an article: each takes more time than the one before. */
enum postings_want { POSTINGS_ARTICLE, POSTINGS_WEIGHT, POSTINGS_PLACES };

/* A word's occurrences in an article. */
struct posting {
    int64_t slot;
    uint64_t word;   /* which one; with places the words of an article stand side by side, else they are added up */
    float frequency; /* how many there are, each with its column's weight (score_weight) */
    int32_t least;   /* words that the article has at least */
    uint32_t at, len; /* with places: where they lie in what was read, as run_places gives them */
};

struct posting_list {
    struct posting *at; /* by rising slot */
    size_t count, cap;
};

/* The articles of which alone something is wanted: by rising slot; NULL for all. */
struct slots {
    const int64_t *at;
    size_t count;
};

/* Where something is read from: a span of one index. */
struct postings_from {
    struct db *db;
    const struct runs *runs; /* of db, as they are now */
    struct slot_span span;
    const struct slots *only;
    long turn;     /* readings of one turn go on with what is half read; all else must be the same */
    int64_t until; /* of sweep_clock, after which no more of many words are read; INT64_MAX: read all */
};

struct postings;

/* Readies the reading of words, packed as phrases_words says: one and its forms, or one that others begin with. column:
 * in which alone they count; ENTRY_COLUMNS for all. NULL where a word is longer than any in the index. Free with
 * postings_free. */
struct postings *postings_new(const char *packed, size_t len, bool begins, int column);
void postings_free(struct postings **p);

enum postings_state {
    POSTINGS_READ,
    POSTINGS_HALF, /* the time was over: the next call goes on */
    POSTINGS_BAD,  /* the index cannot be read */
};

/* Reads them; *found is valid until the next turn. With places, an article may be among them that has none in the
 * column. The index must be the same in every call. */
enum postings_state postings_read(struct postings *p, const struct postings_from *from, enum postings_want want,
                                  const struct posting_list **found);

/* Whether the time is over. */
bool postings_late(const struct postings_from *from);

/* The bytes of places that were read last. */
const uint8_t *postings_places(const struct postings *p, const struct posting *one);

#endif
