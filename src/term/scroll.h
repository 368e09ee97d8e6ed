/* SPDX-License-Identifier: ISC */
/*
 * What a terminal should scroll: the shift of rows that explains most of what differs between what it shows and what
 * it shall show, so that a page that moved by a line costs that line.
 * Knows: term/cell. Owns: nothing. Fails: never.
 */
#ifndef TERM_SCROLL_H
#define TERM_SCROLL_H

#include <stdbool.h>

#include "term/cell.h"

struct scroll {
    int shift;       /* rows that the content goes up by, negative for down; not 0 */
    int first, last; /* the rows that it comes to, from 0 on; those behind them, the way it goes, become blank */
};

/* Of rows times columns cells, row by row (1 and more of each), as shown and as wanted; false where scrolling would not
 * spare some two dozen bytes. */
bool scroll_find(const struct cell *shown, const struct cell *wanted, int rows, int columns, struct scroll *found);

#endif
