/* SPDX-License-Identifier: ISC */
/*
 * The articles that a query finds, as one list in an order, found step by step: newest first, so that there is a
 * first screen long before all is found, and a search can be given up at any moment.
 * Knows: store/query, store/catalog, store/sweep, store/filter, store/score. Owns: what it found.
 * Fails: a fault of the connection sticks there (catalog_fault) and ends the search with what was found.
 *
 * The index is swept by date (store/sweep), window by window, in its own pages (store/matcher); where few articles
 * alone can be hits, only these are looked up. By date, the hits are the list. By relevance, the list is by date
 * until all hits are scored, in the same sweep where one phrase is all that is weighed; then it is put in order at
 * once. In the other orders few hits are sorted by their keys; of many, the list's own order is walked and what is
 * no hit is passed, and as long as not all hits are known each article passed is looked up in the index: the more
 * hits there are, the fewer are passed.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "store/catalog.h"
#include "store/order.h"
#include "store/query.h"
#include "store/state.h"

struct search;

enum {
    SEARCH_BY_RANK = ORDER_COUNT + 1, /* as ord: best matches first (store/score.h) */
    SEARCH_BY_READ,                   /* of those that were read, the one touched last first; no others */
    SEARCH_BY_STARRED,                /* of those that are starred, the one starred last first; no others */
    SEARCH_RECENT = 10000,            /* so many of those that were read are known in their order */
    SEARCH_RANKED = 1000,             /* so many are ranked; the others follow by date */
    SEARCH_FOR_EVER = -1,             /* as ms */
};

/* A search that has found nothing yet; hidden articles are found only where q asks for them. ord: enum order or
 * SEARCH_BY_RANK and on. state: the reading state, which has the last word on what is read, starred, hidden and tagged;
 * NULL for none. q and state must outlive it; l must be the same cache in every call. Free with search_free. */
struct search *search_new(struct catalog *l, const struct query *q, struct state *state, int ord, bool reverse);
void search_free(struct search **s);

/* Goes on until the first `rows` rows are known or, after one step at least, another one like it would take it beyond
 * ms milliseconds. A step takes a few milliseconds at most, but where all is wanted (LONG_MAX) whatever it takes. True
 * when all is found and in order. */
bool search_run(struct search *s, struct catalog *l, long rows, int ms);
bool search_done(const struct search *s);

/* How many articles were found so far, how many of them have been read, and how many rows the list has so far. */
long search_count(const struct search *s);
long search_count_read(const struct search *s);
long search_rows(const struct search *s);

/* The id of row n, 0 for the first; 0 where there are not as many rows, or the article is gone. */
int64_t search_at(struct search *s, struct catalog *l, long n);

/* The row of article id; -1 where it is not among them so far. */
long search_row(struct search *s, struct catalog *l, int64_t id);

#endif
