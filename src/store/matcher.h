/* SPDX-License-Identifier: ISC */
/*
 * Which articles an expression of the full-text index (query_match) finds, and how well they match, read from the pages
 * of the index: span by span, in time that grows with what stands in the span.
 * Knows: store/passage, store/runs, store/score; the expressions that store/query writes. Owns: what it found.
 * Fails: an index that cannot be read is a fault DB_CORRUPT of the connection, and nothing found.
 */
#ifndef STORE_MATCHER_H
#define STORE_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"
#include "store/postings.h"
#include "store/score.h"
#include "store/slot.h"

struct matcher;

/* For one index. Free with matcher_free. */
struct matcher *matcher_new(const char *match);
void matcher_free(struct matcher **m);

/* What was found, by rising slot, until the next call. */
struct matches {
    const int64_t *slots;
    const double *scores; /* NULL where none were asked for */
    size_t count;
    bool half; /* the time was over before all words were read: the same call goes on */
};

/* Finds the articles of a span, of those in `only` (NULL: of all). score: by which they are scored; NULL: they are not.
 * until: of sweep_clock, when it may leave off; INT64_MAX: it never does. db must be the same in every call. */
struct matches matcher_find(struct matcher *m, struct db *db, struct slot_span span, const struct slots *only,
                            const struct score *score, int64_t until);

/* How many articles of a span have the n-th phrase of the expression (query_phrase), on its own; -1 where the time was
 * over. */
long matcher_count(struct matcher *m, struct db *db, struct slot_span span, size_t n, int64_t until);

#endif
