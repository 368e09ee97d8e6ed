/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"
#include "cmd/open.h"
#include "cmd/rows.h"

static int list(struct command_call *call)
{
    int status = ERR_NONE, printed;
    struct rows_choice choice;
    struct corpus *c;

    if (!rows_choose(call, &choice))
        return ERR_USAGE;
    c = open_corpus(call, 0, OPEN_READY, NULL, &status);
    if (!c)
        return status;
    printed = rows_print(call, &choice, c, NULL);
    corpus_close(&c);
    return status != ERR_NONE ? status : printed;
}

const struct command command_list = {
    .name = "list",
    .synopsis = "[CORPUS]...",
    .summary = "print the article list",
    .formats = "text|json",
    .options = 1u << OPTION_FORMAT | 1u << OPTION_SORT | 1u << OPTION_REVERSE | 1u << OPTION_LIMIT |
               1u << OPTION_CACHE | 1u << OPTION_MEMORY,
    .run = list,
};
