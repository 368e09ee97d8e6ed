/* SPDX-License-Identifier: ISC */
/*
 * One article, printed for people and for scripts.
 * Knows: corpus/, layout/page, doc/json. Owns: nothing. Fails: with a struct err.
 */
#ifndef CMD_ARTICLE_H
#define CMD_ARTICLE_H

#include "cmd/output.h"
#include "corpus/corpus.h"

/* Prints an article as it is set on the screen, with everything unfolded. */
void article_print_text(struct output *out, const struct article *a);

/* Prints article id of c, which is a, as one JSON object. */
bool article_print_json(struct output *out, struct corpus *c, int64_t id, const struct article *a, struct err *e);

#endif
