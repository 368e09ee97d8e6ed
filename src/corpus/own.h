/* SPDX-License-Identifier: ISC */
/*
 * The reader's own reading state, for what opens no corpus.
 * Knows: store/state, base/path. Owns: nothing; what is opened is the caller's. Fails: with a struct err.
 */
#ifndef CORPUS_OWN_H
#define CORPUS_OWN_H

#include <stdbool.h>

#include "base/err.h"
#include "store/state.h"

/* Where it is, to be freed. */
char *own_path(void);

/* Opens it. *none: there is none yet, which is no fault; where none is NULL, one is made then. */
struct state *own_state(bool *none, struct err *e);

#endif
