/* SPDX-License-Identifier: ISC */
/*
 * The rows of a list of articles, printed for people and for scripts.
 * Knows: corpus/. Owns: nothing. Fails: with a struct err where an option's value is none.
 */
#ifndef CMD_ROWS_H
#define CMD_ROWS_H

#include "cmd/command.h"
#include "corpus/corpus.h"

/* Prints the articles that query finds (NULL: all) as --format, --sort, --reverse and --limit say. The exit
 * status: ERR_NONE, ERR_NOMATCH where there is none, ERR_USAGE where a value or the query cannot be used. */
int rows_print(struct command_call *call, struct corpus *c, const char *query);

/* Adds one row as a JSON object and a line end. */
void rows_add_json(struct buf *out, const struct corpus_row *row);

#endif
