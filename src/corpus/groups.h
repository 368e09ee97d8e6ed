/* SPDX-License-Identifier: ISC */
/*
 * The articles of a view by site or by month, counted.
 * Knows: corpus/view, store/parts. Owns: struct groups its counts and names; what is given out is borrowed for the
 * call. Fails: never; a cache that cannot be read gives fewer groups.
 *
 * Of all articles of a corpus each group is found and counted in the orders of the list: what it costs grows with the
 * groups, not with the articles. What a query found is gone through row by row, in turns.
 */
#ifndef CORPUS_GROUPS_H
#define CORPUS_GROUPS_H

#include <stdbool.h>

#include "corpus/view.h"

enum groups_by { GROUPS_BY_SITE, GROUPS_BY_MONTH };

struct groups_group {
    const char *name; /* the site's, or "2020-03"; NULL for articles without one */
    long total, unread;
};

typedef void groups_fn(void *ctx, const struct groups_group *g);

/* Calls fn for each group of all articles of a corpus, up to max: sites by name, months from the newest on, those
 * without one last. v is no search. False where there are more. */
bool groups_of_all(struct corpus_view *v, enum groups_by by, long max, groups_fn *fn, void *ctx);

/* The groups of what a query found. Free with groups_free. */
struct groups;
struct groups *groups_new(enum groups_by by);
void groups_free(struct groups **g);

/* Goes on counting the rows of the search v, the same one each time, by date, which is searched on with it: for one
 * step at least, and until ms milliseconds have passed (ms < 0: however long). True when all are counted. */
bool groups_count(struct groups *g, struct corpus_view *v, int ms);

/* How many articles are counted; and fn for each group among them, as groups_of_all. */
long groups_counted(const struct groups *g);
bool groups_each(const struct groups *g, long max, groups_fn *fn, void *ctx);

#endif
