/* SPDX-License-Identifier: ISC */
/*
 * Opening the corpus that a command's operands name.
 * Knows: corpus/. Owns: nothing; the caller closes what is opened. Fails: says so on standard error.
 */
#ifndef CMD_OPEN_H
#define CMD_OPEN_H

#include <stdbool.h>

#include "cmd/command.h"
#include "corpus/corpus.h"

/* How a command opens its corpus. */
enum open_mode {
    OPEN_READY,    /* brought up to date before the call returns */
    OPEN_PROGRESS, /* the same, telling on standard error how far it is where that is a terminal */
};

/* Opens the operands from number first on, as --cache and --memory say; where there are none, the corpus that
 * the shelf holds as opened last. Notices and what could not be read are said on standard error; *status becomes
 * ERR_IO where there was such a thing. NULL, with *status, where nothing could be opened. Close with
 * corpus_close. */
struct corpus *open_corpus(const struct command_call *call, int first, enum open_mode mode, int *status);

/* As open_corpus for one path that no shelf and no cache is to remember. */
struct corpus *open_passing(const char *path, int *status);

#endif
