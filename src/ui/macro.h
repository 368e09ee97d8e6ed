/* SPDX-License-Identifier: ISC */
/*
 * Macros: keys that do several actions and commands, one after the other.
 * Knows: ui/state, ui/command. Owns: struct macros owns its steps. Fails: with a struct err that names the step.
 */
#ifndef UI_MACRO_H
#define UI_MACRO_H

#include "base/err.h"
#include "ui/state.h"

void macros_release(struct macros *m);

/* Does a `macro PLACE KEYS STEP...` line. A step is what can be typed behind ":": an action, with a count before it
 * perhaps, or a command. */
bool macro_line(struct ui *u, int count, char *const *word, struct err *e);

/* Does macro number n so many times, up to the first step that cannot be done. */
void macro_run(struct ui *u, int n, long times);

/* Adds the steps of macro number n, as people read them. */
void macro_add_steps(const struct ui *u, int n, struct buf *out);

#endif
