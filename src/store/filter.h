/* SPDX-License-Identifier: ISC */
/*
 * What a query asks of one cache besides the full-text index: the reader's marks, where an article lies, when it was
 * published, and the beginnings that are too short for the index to answer soon.
 * Knows: store/query, store/sift, store/begins. Owns: what it read once. Fails: through the connection's sticky fault.
 */
#ifndef STORE_FILTER_H
#define STORE_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"
#include "store/query.h"
#include "store/sift.h"
#include "store/state.h"

struct filter;

/* Of the cache at db, in each call the same. q must outlive it. known and state: as in sift_init. Free with
 * filter_free. */
struct filter *filter_new(struct db *db, const struct query *q, const struct sift_known *known, struct state *state);
void filter_free(struct filter **f);

/* What the reader's marks say. */
const struct sift *filter_sift(const struct filter *f);

/* The places (store/slot.h) between which all hits stand; none where first > last. */
void filter_places(const struct filter *f, int64_t *first, int64_t *last);

/* Whether few articles alone can be hits, those of the reader's marks or under a path: their ids, *count of them. */
bool filter_alone(const struct filter *f, const int64_t **ids, size_t *count);

/* Takes out of count slots those that do not pass, keeping their order, and their scores with them (NULL: they have
 * none); *read becomes how many of those left have been read. Slots that stand close together are looked at in one
 * go. */
size_t filter_pass(struct filter *f, struct db *db, int64_t *slots, double *scores, size_t count, size_t *read);

#endif
