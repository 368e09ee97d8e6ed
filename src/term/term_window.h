/* SPDX-License-Identifier: ISC */
/*
 * What a terminal has beside its picture: a clipboard, a window with a name.
 * Knows: term/term. Owns: nothing. Fails: where the terminal has none of it.
 */
#ifndef TERM_TERM_WINDOW_H
#define TERM_TERM_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "term/term.h"

/* Names the terminal's window, where it has a name, from the next update on; NULL: gives its own name back. What has
 * been set already costs nothing. */
void term_set_title(struct term *t, const struct shown *title);

/* Puts text into the clipboard of the terminal's user (OSC 52); false where the terminal cannot. It passes the door on
 * the way, its line ends kept: it may be pasted into anything. */
bool term_copy(struct term *t, const char *text, size_t len);

#endif
