/* SPDX-License-Identifier: ISC */
/*
 * Growing the boosted trees of parse/forest.
 * Knows: nothing of pages: rows of numbers, in groups. Owns: its rows. Fails: never.
 */
#ifndef TESTS_BENCH_GROW_H
#define TESTS_BENCH_GROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct grow {
    size_t features;
    float *values; /* features a row */
    float *truth;  /* 1 right, 0 wrong */
    size_t *group; /* rows of one page have one number */
    size_t rows, values_cap, truth_cap, group_cap;
};

void grow_row(struct grow *g, const float *values, bool right, size_t group);

/* How a forest is grown. Each tree sees a part of the pages and may ask about a part of the features (stochastic
 * gradient boosting: Friedman 2002), so that the trees do not all learn the same chance likeness. */
struct grow_how {
    bool choice; /* one row of a group is right, and the score is by how much it is likelier than the others;
                    else each row stands for itself */
    int trees, depth;
    float rate;
    unsigned pages, questions; /* in thousandths */
};

/* Writes a forest for parse/forest. */
void grow_forest(const struct grow *g, const char *const *names, const struct grow_how *how, struct buf *out);

void grow_release(struct grow *g);

#endif
