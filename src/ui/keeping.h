/* SPDX-License-Identifier: ISC */
/*
 * The handlers of subject "Keeping": places, marks, what is copied, and what is taken back.
 * Knows: ui/state. Owns: nothing. Fails: says so on the status line.
 */
#ifndef UI_KEEPING_H
#define UI_KEEPING_H

#include "ui/state.h"

/* Puts words, through the door, into the clipboard; what says what they are. */
void keeping_copy(struct ui *u, const struct buf *words, const char *what);

/* Adds where bytes [start, end) of the open article's text, or a comment's, are from. */
void keeping_cite(struct ui *u, int comment, size_t start, size_t end, struct buf *out);

#endif
