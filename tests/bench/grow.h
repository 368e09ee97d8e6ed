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
    enum grow_choice {
        GROW_EACH, /* each row stands for itself */
        GROW_ONE,  /* one row of a group is right: the score is by how much it is likelier than the others */
        GROW_MOST, /* the same where none may be right, which scores 0, and where several rows say the same */
    } choice;
    int trees, depth;
    size_t least; /* rows that an answer stands on */
    float rate;
    unsigned pages, questions; /* in thousandths */
};

/* Writes a forest for parse/forest. */
void grow_forest(const struct grow *g, const char *const *names, const struct grow_how *how, struct buf *out);

void grow_release(struct grow *g);

#endif
