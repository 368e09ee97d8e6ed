/* SPDX-License-Identifier: ISC */
/*
 * How well an article matches a query: BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009)
 * with weights for the columns, the numbers those of FTS5's own bm25(), in a fraction of its time.
 * Knows: FTS5's interface for auxiliary functions. Owns: nothing. Fails: never.
 *
 * What saves the time: how often each phrase occurs in all articles is counted once, and an article's length is looked
 * up only where the article could still reach the floor if it ended with the last word found in it. So what is left out
 * could not have come in.
 */
#ifndef STORE_SCORE_H
#define STORE_SCORE_H

#include <stdbool.h>

#include "store/db.h"

enum { SCORE_PHRASES = 32 }; /* of a query those that are weighed */

struct score {
    double idf[SCORE_PHRASES]; /* score_idf of each phrase of the query, in FTS5's order; 0: not weighed */
    double floor;              /* what scores less need not be told from what scores nothing */
    double average;            /* words of an article */
};

/* The weight of a phrase found in so many of all articles. */
double score_idf(long articles, long found);

/* How much an occurrence in a column (enum entry_column) counts. */
double score_weight(int column);

/* The score of an article in which the query's phrases occur so often, each time with its column's weight: frequency
 * has one number a phrase. least: what the article's length is at least. */
double score_words(const struct score *s, struct db *db, int64_t slot, const double *frequency, size_t phrases,
                   int least);

/* Adds the articles of an index, and the words of them all. */
void score_extent(struct db *db, double *articles, double *words);

/* Makes known to a connection what score_extent asks; false where FTS5 is not there. */
bool score_register(struct db *db);

#endif
