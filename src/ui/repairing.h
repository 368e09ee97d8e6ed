/* SPDX-License-Identifier: ISC */
/*
 * Correcting what the parser found: the line of the page that is picked, and what was said of it last.
 * Knows: ui/state, corpus/repair. Owns: nothing. Fails: on the status line.
 */
#ifndef UI_REPAIRING_H
#define UI_REPAIRING_H

#include "ui/state.h"

/* Bytes [*start, *end) of the article's text: the line that line n of the page shows a part of. False where it shows
 * none of the text's. */
bool repairing_line(const struct reader *r, int n, size_t *start, size_t *end);

/* The page may have been set anew, at another width: the pick stays on its line of the text. */
void repairing_fit(struct ui *u);

/* Moves the pick by so many lines of the text. */
void repairing_move(struct ui *u, long lines);

/* Reads the open article anew if its file has changed since. */
void repairing_follow(struct ui *u);

/* Takes a correction or a rule back. */
void repairing_undo(struct ui *u, const struct undo_change *change);

#endif
