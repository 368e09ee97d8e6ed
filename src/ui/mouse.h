/* SPDX-License-Identifier: ISC */
/*
 * The mouse: the wheel scrolls what is under it; a click selects, and opens what is selected; dragging over the text
 * selects a passage.
 * Knows: ui/state. Owns: nothing. Fails: never; what is under it may be nothing.
 */
#ifndef UI_MOUSE_H
#define UI_MOUSE_H

#include "ui/state.h"

void mouse_take(struct ui *u, const struct input_mouse *m);

#endif
