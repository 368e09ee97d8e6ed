/* SPDX-License-Identifier: ISC */
/*
 * The lanes of a search: in each part of a catalogue the hits of the window that is looked through, and the filters
 * that they must pass. Knows: store/sweep, store/filter, store/score, store/postings, store/query. Owns: the hits of
 * one window, and the filters. Fails: through the connections' sticky faults, as windows with fewer hits.
 */
#ifndef STORE_LANES_H
#define STORE_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/catalog_parts.h"
#include "store/filter.h"
#include "store/postings.h"
#include "store/query.h"
#include "store/score.h"
#include "store/state.h"
#include "store/sweep.h"

struct lane {
    struct filter *filter;
    struct postings **words; /* of struct lanes */
    int64_t *slots; /* of the window's hits, not filtered */
    double *scores; /* of each */
    size_t count, cap, score_cap;
};

struct lanes {
    const struct query *query;
    int parts;
    int generations; /* of slots in use, in whatever part */
    struct lane *lane; /* one a part */
    size_t words;      /* that a hit must have, and nothing else: they can be read without FTS5; 0: they cannot */
    size_t rarest;     /* of these */
    bool leaps;        /* it is so rare that FTS5, which leaps from one to the next, is quicker */
    struct sweep sweep;
};

/* q and state (NULL: none) must outlive it; l must be the same in every call. Release with lanes_release. */
void lanes_init(struct lanes *n, struct catalog *l, const struct query *q, struct state *state);
void lanes_release(struct lanes *n);

/* How many articles alone can be hits (see struct sift); SIZE_MAX where all can. */
size_t lanes_alone(const struct lanes *n);

/* Starts anew, from the newest article that can be a hit, or the oldest. */
void lanes_begin(struct lanes *n, bool upwards);

/* Takes hits of a part, newest first unless the sweep goes upwards. It may take out some, and may raise the score's
 * floor. */
struct lanes_taker {
    void (*take)(void *ctx, int part, struct lane *hits);
    void *ctx;
};

/* Reads the hits of the next window, with their scores unless score is NULL; false at the end. A window that takes too
 * long is cut. taker is given them when the window's end is known, of one that is never cut as they come. */
bool lanes_look(struct lanes *n, struct catalog *l, struct score *score, const struct lanes_taker *taker);

/* Adds to *count the hits that a phrase of the query (query_phrase), on its own, has in the next window; false at the
 * end. */
bool lanes_count(struct lanes *n, struct catalog *l, size_t phrase, long *count);

#endif
