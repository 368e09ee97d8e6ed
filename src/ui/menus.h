/* SPDX-License-Identifier: ISC */
/*
 * The menus: what stands in each, and what picking does.
 * Knows: ui/state. Owns: nothing. Fails: says so on the status line.
 */
#ifndef UI_MENUS_H
#define UI_MENUS_H

#include "ui/state.h"

/* Fills the menu of notes anew, where it is open. */
void menus_refresh(struct ui *u);

#endif
