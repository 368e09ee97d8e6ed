/* SPDX-License-Identifier: ISC */
/*
 * The handlers that move the caret of a passage, and what is done with one: highlights, notes, copies.
 * Knows: ui/state. Owns: nothing. Fails: says so on the status line.
 */
#ifndef UI_SELECTING_H
#define UI_SELECTING_H

#include "ui/state.h"

/* The note that was typed is whole. */
void selecting_note_typed(struct ui *u, const char *text);

/* Moves the caret by lines of text; to the first (-1) or the last of all. */
void selecting_move_lines(struct ui *u, long lines);
void selecting_go(struct ui *u, int direction);

#endif
