/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"
#include "cmd/open.h"
#include "cmd/rows.h"

#include <string.h>

static int search(struct command_call *call)
{
    int status = ERR_NONE, printed;
    struct rows_choice choice;
    struct corpus *c;

    if (!rows_choose(call, &choice))
        return ERR_USAGE;
    if (call->args[0][strspn(call->args[0], " ")] == '\0')
        return command_usage(call->command, "the query is empty");
    if (!call->value[OPTION_SORT])
        choice.order = CORPUS_BY_RELEVANCE;
    choice.snippets = true;
    c = open_corpus(call, 1, OPEN_READY, NULL, &status);
    if (!c)
        return status;
    printed = rows_print(call, &choice, c, call->args[0]);
    corpus_close(&c);
    return status != ERR_NONE ? status : printed;
}

const struct command command_search = {
    .name = "search",
    .synopsis = "QUERY [CORPUS]...",
    .summary = "print the articles that match, the best first",
    .formats = "text|json",
    .options = 1u << OPTION_FORMAT | 1u << OPTION_SORT | 1u << OPTION_REVERSE | 1u << OPTION_LIMIT |
               1u << OPTION_CACHE | 1u << OPTION_MEMORY,
    .min_args = 1,
    .run = search,
};
