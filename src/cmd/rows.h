/* SPDX-License-Identifier: ISC */
/*
 * The rows of a list of articles, printed for people and for scripts.
 * Knows: corpus/, cmd/open. Owns: nothing. Fails: says so on standard error.
 */
#ifndef CMD_ROWS_H
#define CMD_ROWS_H

#include "cmd/command.h"
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

/* Prints the articles that query finds (NULL: all) in the corpus that the operands from number first on name (see
 * open_corpus). The exit status: that of opening where it is not ERR_NONE; ERR_NOMATCH where there is no article,
 * ERR_USAGE where the query cannot be used. */
int rows_print(struct command_call *call, const struct rows_choice *choice, int first, const char *query);

#endif
