/* SPDX-License-Identifier: ISC */
/*
 * The restricted mode: what a reader who is trusted with nothing but reading is given.
 * Knows: base/confine, cmd/command, the environment (CUTTINGS_SECURE). Owns: nothing.
 * Fails: with a complaint and an exit status.
 */
#ifndef CMD_RESTRICT_H
#define CMD_RESTRICT_H

#include <stdbool.h>

#include "base/buf.h"
#include "cmd/command.h"

/* Whether the call asks for the restricted mode, or the environment does. */
bool restrict_is_wanted(const struct command_call *call);

/* Confines the program to the corpora and catalogues that are the call's operands, the program's and the system's own
 * data, and, for writing, cache and reading state. ERR_NONE, or the status to end with: where this system cannot do it
 * and CUTTINGS_SECURE does not say "weak". */
int restrict_begin(const struct command_call *call);

/* Adds what the build and the kernel can of it, as words. */
void restrict_describe(struct buf *out);

#endif
