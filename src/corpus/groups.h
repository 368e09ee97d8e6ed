/* SPDX-License-Identifier: ISC */
/*
 * The articles of a view by site or by month, counted.
 * Knows: corpus/view, store/parts. Owns: nothing; what is given out is borrowed for the call. Fails: never; a cache
 * that cannot be read gives fewer groups.
 *
 * Of all articles of a corpus each group is found and counted in the orders of the list: what it costs grows with the
 * groups, not with the articles. What a query found is gone through from its first row on.
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

/* Calls fn for each group: sites by name, months from the newest on, those without one last; up to max groups, of up to
 * rows articles of what a query found. False where there is more than that. */
bool groups_each(struct corpus_view *v, enum groups_by by, long max, long rows,
                 void (*fn)(void *ctx, const struct groups_group *g), void *ctx);

#endif
