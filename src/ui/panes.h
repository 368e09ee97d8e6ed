/* SPDX-License-Identifier: ISC */
/*
 * The panes: where they stand, and what is laid out in them when.
 * Knows: ui/state, the views. Owns: nothing. Fails: never.
 */
#ifndef UI_PANES_H
#define UI_PANES_H

#include "ui/state.h"

/* Lays out all panes for the present size and brings what they show into sight. */
void panes_fit(struct ui *u);

/* Does at once what need not wait for a rest: what belongs to another size or place; notes whether more is to come. */
void panes_follow(struct ui *u);

/* What follows when the keys rest: the lines that tell of the selected article, its preview, how far one has read. */
void panes_rest(struct ui *u);

/* Puts all of it on the terminal. */
void panes_paint(struct ui *u);

#endif
