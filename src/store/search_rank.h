/* SPDX-License-Identifier: ISC */
/*
 * A search by relevance: what each hit is worth, and the rows of the best. For store/search alone.
 * Knows: store/lanes, store/score, store/best. Owns: nothing but parts of the search. Fails: as store/search does.
 */
#ifndef STORE_SEARCH_RANK_H
#define STORE_SEARCH_RANK_H

#include "store/search_inside.h"

/* Before anything is found: whether hits are scored as they are found. */
void search_plan_scores(struct search *s, struct catalog *l);

/* What was found in a lane is scored, and kept where it is among the best. For lanes_look. */
void search_take_scores(void *search, int part, struct lane *lane);

/* All hits are known: what is to be done with them. */
void search_rank(struct search *s);

/* Steps of STAGE_COUNT and STAGE_SCORE. */
void search_count_window(struct search *s, struct catalog *l);
void search_score_window(struct search *s, struct catalog *l);

/* The id of row n, and the row of a hit. */
int64_t search_ranked_at(const struct search *s, struct catalog *l, size_t n);
long search_ranked_row(const struct search *s, uint64_t number);

#endif
