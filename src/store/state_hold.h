/* SPDX-License-Identifier: ISC */
/*
 * Runs of writes to the reading state.
 * Knows: store/state. Owns: nothing. Fails: with a struct err; then nothing of the run was written.
 */
#ifndef STORE_STATE_HOLD_H
#define STORE_STATE_HOLD_H

#include <stdbool.h>

#include "base/err.h"
#include "store/state.h"

/* Many marks at once: from state_hold to state_let all that is written is one transaction. */
bool state_hold(struct state *s, struct err *e);
bool state_let(struct state *s, struct err *e);

/* For the files of store/ that keep more of the reading: begins what state_commit ends, inside of a held run too. */
bool state_begin(struct state *s);

#endif
