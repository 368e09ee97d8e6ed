/* SPDX-License-Identifier: ISC */
/*
 * The best of many: so many as are kept, whatever number is offered.
 * Knows: nothing. Owns: what it keeps. Fails: never.
 */
#ifndef STORE_BEST_H
#define STORE_BEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scored {
    double score;
    uint64_t number; /* the lower is the better where scores are the same */
};

struct best {
    struct scored *kept; /* a heap with the least at its top; after best_finish the best first */
    size_t count, most;
};

void best_init(struct best *b, size_t most);
void best_release(struct best *b);

/* Whether it would be kept. */
bool best_wants(const struct best *b, const struct scored *one);

/* Keeps it where it is among the best. */
void best_offer(struct best *b, struct scored one);

/* The score below which nothing is kept any more. */
double best_floor(const struct best *b);

/* Puts what is kept in order, after which nothing more is to be offered. */
void best_finish(struct best *b);

#endif
