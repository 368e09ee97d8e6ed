/* SPDX-License-Identifier: ISC */
/*
 * One article, printed for people and for scripts.
 * Knows: corpus/, layout/page, doc/json, doc/markdown. Owns: nothing. Fails: with a struct err.
 */
#ifndef CMD_ARTICLE_H
#define CMD_ARTICLE_H

#include "cmd/command.h"
#include "corpus/corpus.h"

/* Prints the article of c that ref names (corpus_find) in the call's format: as text it stands as on the screen with
 * everything unfolded. apart: an empty line parts it from what was printed before, but in JSON. False and e, and
 * nothing printed, where it cannot be read. */
bool article_print(struct command_call *call, struct corpus *c, const char *ref, bool apart, struct err *e);

#endif
