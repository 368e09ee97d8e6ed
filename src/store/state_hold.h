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

/* state_hold where no other program is writing; false, without a wait, where one is. */
bool state_hold_at_once(struct state *s);

/* Whether all that was written since state_hold can still be: after a fault of the file nothing of it will be. */
bool state_is_well(struct state *s);

/* For the files of store/ that keep more of the reading: begins what state_commit ends, inside of a held run too. */
bool state_begin(struct state *s);

/* For them too, between state_begin and state_commit: the time of a change, in ms since 1970, later than that of each
 * other change that the file holds. Who makes it is state_name. */
int64_t state_now(struct state *s);

#endif
