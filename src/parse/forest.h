/* SPDX-License-Identifier: ISC */
/*
 * Small boosted decision trees (Friedman 2001) that score candidates for a field by a few numbers.
 * Knows: parse/table; a table in share/ (its lines are told in forest.c). Owns: its nodes, until forest_free.
 * Fails: reading the table can, naming file and line; scoring never does.
 */
#ifndef PARSE_FOREST_H
#define PARSE_FOREST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct forest;

/* Reads NAME.txt from the program's data; names are the features' names, by number. */
struct forest *forest_open(const char *name, const char *const *names, size_t count, struct err *e);
void forest_free(struct forest **f);

/* An empty one, which scores 0, and the text of a table added to it. */
struct forest *forest_new(const char *const *names, size_t count);
bool forest_add_text(struct forest *f, const char *file, const char *text, size_t len, struct err *e);

/* The sum of what the trees say of the count values, one a feature. */
float forest_score(const struct forest *f, const float *values);

/* The same where only scores from least on matter: -INFINITY for one that turns out to be less on the way. */
float forest_score_from(const struct forest *f, const float *values, float least);

/* No score is more. */
float forest_most(const struct forest *f);

#endif
