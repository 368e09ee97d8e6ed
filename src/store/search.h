/* SPDX-License-Identifier: ISC */
/*
 * The articles that a query finds, as one frozen list in an order, of which only what is looked at is put in
 * order. Knows: store/query, store/catalog, store/rank. Owns: the ids it found.
 * Fails: a fault of the connection sticks there (catalog_fault) and gives an empty list.
 *
 * The index gives the set of all hits, kept as one bit an article. Few hits are sorted by their keys. Of many,
 * a stretch from either end is taken off the list's own order by walking it and passing what is no hit: the
 * more hits there are, the fewer are passed. So the first screen of any search costs little, and what has been
 * walked is kept for row numbers.
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
    SEARCH_BY_RANK = ORDER_COUNT + 1, /* as ord: best matches first, by BM25 (Robertson and Zaragoza, 2009) with
                                         the headline's words weighing most */
    SEARCH_BY_READ,                   /* of those that were read, the one touched last first; no others */
    SEARCH_BY_STARRED,                /* of those that are starred, the one starred last first; no others */
    SEARCH_RECENT = 10000,            /* so many of those that were read are known in their order */
    SEARCH_RANKED = 1000,             /* so many are ranked; the others follow by date */
};

/* Finds what q asks for, hidden articles only where it asks for them. ord: enum order or SEARCH_BY_RANK and on. s: the
 * reading state, which has the last word on what is read, starred, hidden and tagged; NULL for none. Free with
 * search_free. */
struct search *search_new(struct catalog *l, const struct query *q, struct state *s, int ord, bool reverse);
void search_free(struct search **s);

/* How many articles there are, and how many of them are read. */
long search_count(const struct search *s);
long search_count_read(const struct search *s);

/* The id of row n, 0 for the first; 0 where there are not as many. */
int64_t search_at(struct search *s, long n);

/* The row of article id; -1 where it is not found. */
long search_row(struct search *s, int64_t id);

#endif
