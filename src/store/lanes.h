/* SPDX-License-Identifier: ISC */
/*
 * The lanes of a search: in each part of a catalogue the hits of the window that is looked through, and the filters
 * that they must pass. Knows: store/sweep, store/filter, store/matcher, store/query. Owns: the hits of one window, and
 * the filters. Fails: through the connections' sticky faults, as windows with fewer hits.
 */
#ifndef STORE_LANES_H
#define STORE_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/catalog_parts.h"
#include "store/filter.h"
#include "store/matcher.h"
#include "store/query.h"
#include "store/rising.h"
#include "store/score.h"
#include "store/state.h"
#include "store/sweep.h"

struct lane {
    struct filter *filter;
    struct matcher *matcher;
    int64_t *slots; /* of the window's hits, not filtered */
    double *scores; /* of each */
    size_t count, cap, score_cap;
};

struct lanes {
    const struct query *query;
    int parts;
    int generations; /* of slots in use, in whatever part */
    struct lane *lane; /* one a part */
    struct sweep sweep;
    bool hurries;      /* somebody waits: a window may be left and come back to */
    bool left;         /* it was */
    int part, generation; /* where it was */
    int64_t *among;    /* slots that alone are looked at */
    size_t among_cap;
};

/* q and state (NULL: none) must outlive it; l must be the same in every call. Release with lanes_release. */
void lanes_init(struct lanes *n, struct catalog *l, const struct query *q, struct state *state);
void lanes_release(struct lanes *n);

/* Starts anew, from the newest article that can be a hit, or the oldest. */
void lanes_begin(struct lanes *n, bool upwards);

/* Takes hits of a part, newest first unless the sweep goes upwards. It may take out some, and may raise the score's
 * floor. */
struct lanes_taker {
    void (*take)(void *ctx, int part, struct lane *hits);
    void *ctx;
};

/* Reads the hits of the next window, or goes on with one that was left, with their scores unless score is NULL; false
 * at the end. Where `left` is set after it, some hits of the window are still to come. among: the numbers
 * (slot_row_number) of articles that alone can be hits; NULL: all can. */
bool lanes_look(struct lanes *n, struct catalog *l, const struct score *score, const struct rising *among,
                const struct lanes_taker *taker);

/* Leaves of count slots of a part those of articles that pass the filters and match, in rising order; *read becomes how
 * many of them have been read. Returns how many are left. */
size_t lanes_match(struct lanes *n, struct catalog *l, int part, int64_t *slots, size_t count, size_t *read);

/* Adds to *count the hits that a phrase of the query (query_phrase), on its own, has in the next window, or what of
 * them was left; false at the end. */
bool lanes_count(struct lanes *n, struct catalog *l, size_t phrase, long *count);

#endif
