/* SPDX-License-Identifier: ISC */
/*
 * Keys as they come: counts, sequences, what is typed, and the action or macro that is meant.
 * Knows: ui/keymap, ui/macro. Owns: nothing. Fails: with a word on the status line.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include "ui/state.h"

/* A key was pressed. */
void keys_take(struct ui *u, uint32_t key);

/* Text was pasted: it is typed where a line is, and means nothing elsewhere. */
void keys_paste(struct ui *u);

#endif
