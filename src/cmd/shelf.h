/* SPDX-License-Identifier: ISC */
/*
 * The shelf as lines: what `cuttings shelf` prints, and `cuttings` alone where there is no terminal.
 * Knows: corpus/. Owns: nothing. Fails: says so on standard error.
 */
#ifndef CMD_SHELF_H
#define CMD_SHELF_H

#include "cmd/command.h"

/* Prints the corpora opened before, the last one first; the exit status, ERR_NOMATCH where there is none. */
int shelf_print(struct command_call *call);

#endif
