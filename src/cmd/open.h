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

enum open_mode {
    OPEN_READY,    /* brought up to date before the call returns */
    OPEN_PROGRESS, /* the same, telling on standard error how far it is where that is a terminal */
    OPEN_BESIDE,   /* the same from corpus_index on, beside what the caller does; faults and notices are left to it */
};

/* Opens the operands from number first on, as --cache and --memory say; where there are none, the corpus that
 * the shelf holds as opened last. Notices, what could not be read, and that there is no article in it are said
 * on standard error; for the latter two *status becomes ERR_IO. NULL, with *status, where nothing could be
 * opened. Close with corpus_close. wake, for OPEN_BESIDE alone, becomes the descriptor where bytes tell of news
 * (corpus_options). */
struct corpus *open_corpus(const struct command_call *call, int first, enum open_mode mode, int *wake, int *status);

/* Says that no corpus is named and what to name; returns the exit status. */
int open_nothing(const struct command *c);

/* As open_corpus with OPEN_READY for one path that neither shelf nor cache is to remember. */
struct corpus *open_passing(const char *path, int *status);

#endif
