/* SPDX-License-Identifier: ISC */
/*
 * What the reader's own marks make of a query's hits: which articles are read, starred, hidden, noted or
 * tagged now.
 * Knows: store/db, store/state, store/tags, store/query. Owns: the articles it names, sorted.
 * Fails: through the connections' sticky faults.
 *
 * The cache mirrors flags, but what was marked a moment ago is in the reading state alone, and a cache that another
 * made mirrors another's. So the state has the last word: what the cache has not followed yet is read from there.
 * Tags are only there. Nothing here grows with the corpus; all grows with what the reader has done.
 */
#ifndef STORE_SIFT_H
#define STORE_SIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"
#include "store/rank.h"
#include "store/query.h"
#include "store/state.h"

struct sift_mark {
    int64_t id;
    unsigned flags; /* rank_flag bits, QUERY_NOTED where that was asked for; not 0 */
};

/* All articles of a cache that have a flag, by id. */
struct sift_known {
    struct sift_mark *marks;
    size_t count, cap;
};

struct sift {
    struct sift_mark *marks; /* by id: all articles that have a flag */
    size_t count, cap;
    int64_t *in;             /* by id: where `only`, no others can be hits; hidden ones are not among them */
    size_t in_count, in_cap;
    int64_t *out;            /* by id: these cannot */
    size_t out_count, out_cap;
    bool only;
    bool hidden;             /* the query asks for hidden articles: they have no places in the list's orders */
};

/* Reads the flags, or takes those that are known (NULL: none), and sifts by the filters of q (NULL: none but that
 * hidden articles are out). s may be NULL: no reading state, the cache's flags alone. Release with sift_release. */
void sift_init(struct sift *f, struct db *db, const struct sift_known *known, struct state *s, const struct query *q);
void sift_release(struct sift *f);

/* Whether an article can be a hit. */
bool sift_lets(const struct sift *f, int64_t id);

/* The flags of an article; 0 where it has none. */
unsigned sift_flags(const struct sift *f, int64_t id);

#endif
