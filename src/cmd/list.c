/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"
#include "cmd/rows.h"

static int list(struct command_call *call)
{
    struct rows_choice choice;

    return rows_choose(call, &choice) ? rows_print(call, &choice, 0, NULL) : ERR_USAGE;
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
