/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"
#include "cmd/rows.h"

#include <string.h>

static int search(struct command_call *call)
{
    struct rows_choice choice;

    if (!rows_choose(call, &choice))
        return ERR_USAGE;
    if (call->args[0][strspn(call->args[0], " ")] == '\0')
        return command_usage(call->command, "the query is empty");
    if (!call->value[OPTION_SORT])
        choice.order = CORPUS_BY_RELEVANCE;
    choice.snippets = true;
    return rows_print(call, &choice, 1, call->args[0]);
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
