/* SPDX-License-Identifier: ISC */
/*
 * The rows of a list of articles, printed for people and for scripts.
 * Knows: corpus/. Owns: nothing. Fails: with a struct err where an option's value is none.
 */
#ifndef CMD_ROWS_H
#define CMD_ROWS_H

#include "cmd/command.h"
#include "corpus/corpus.h"
#include "corpus/view.h"

/* Which rows, and how. */
struct rows_choice {
    enum corpus_order order;
    bool reverse, json;
    bool snippets; /* the words around a search's hits with each row */
    long limit;
};

/* Reads --format, --sort, --reverse and --limit, before anything is opened. False, said on standard error,
 * where a value is none: that is ERR_USAGE. */
bool rows_choose(const struct command_call *call, struct rows_choice *choice);

/* Prints the articles that query finds (NULL: all). The exit status: ERR_NONE, ERR_NOMATCH where there is none,
 * ERR_USAGE where the query cannot be used. */
int rows_print(struct command_call *call, const struct rows_choice *choice, struct corpus *c, const char *query);

/* Adds one row as a JSON object, without a line end. */
void rows_add_json(struct buf *out, const struct corpus_row *row);

#endif
