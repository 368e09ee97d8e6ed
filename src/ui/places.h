/* SPDX-License-Identifier: ISC */
/*
 * Places that one comes back to: those jumped from, in order, and those marked with a letter.
 * Knows: layout/line. Owns: nothing but numbers. Fails: never; an empty mark is an answer.
 */
#ifndef UI_PLACES_H
#define UI_PLACES_H

#include <stdbool.h>
#include <stdint.h>

#include "layout/line.h"

enum { PLACES_KEPT = 64, PLACES_MARKS = 52 };

struct places_place {
    int64_t article; /* 0 for none */
    struct line_place at;
    bool reading; /* in the reading pane, not in the list */
};

struct places {
    struct places_place visited[PLACES_KEPT]; /* oldest first */
    int count, now;                           /* now: the one gone back to; count where one has not gone back */
    struct places_place marked[PLACES_MARKS];
};

/* Notes a place that is being left by a jump; what lay ahead after going back is forgotten. */
void places_leave(struct places *p, const struct places_place *here);

/* The place to go to from here, back (-1) or forth (1); false where there is none. */
bool places_go(struct places *p, int direction, const struct places_place *here, struct places_place *to);

/* The mark of a letter, a to z and A to Z; NULL where the character is none. */
struct places_place *places_mark(struct places *p, uint32_t letter);

#endif
