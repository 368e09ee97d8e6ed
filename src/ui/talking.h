/* SPDX-License-Identifier: ISC */
/*
 * What is done with single comments, and taking it back.
 * Knows: ui/state, ui/talked. Owns: nothing. Fails: on the status line.
 */
#ifndef UI_TALKING_H
#define UI_TALKING_H

#include "ui/state.h"

/* Puts a star on the comment that one is at, or takes it off. */
void talking_star(struct ui *u);

/* Takes back what was done with a comment or an author. */
void talking_undo(struct ui *u, const struct undo_change *change);

#endif
