/* SPDX-License-Identifier: ISC */
#include "cmd/article.h"
#include "cmd/command.h"
#include "cmd/open.h"

#include <sys/stat.h>

/* With no corpus named, a path stands for the corpus of that one file. */
static struct corpus *open_for(struct command_call *call, int *status)
{
    struct stat st;

    if (call->arg_count == 1 && stat(call->args[0], &st) == 0)
        return open_passing(call->args[0], status);
    return open_corpus(call, 1, OPEN_READY, NULL, status);
}

static int show(struct command_call *call)
{
    int status = ERR_NONE;
    struct err e = ERR_INIT;
    struct corpus *c = open_for(call, &status);

    if (!c)
        return status;
    if (!article_print(call, c, call->args[0], false, &e)) {
        output_complain(e.text);
        status = (int)e.status;
    }
    corpus_close(&c);
    return status;
}

const struct command command_show = {
    .name = "show",
    .synopsis = "REF [CORPUS]...",
    .summary = "print one article; REF is its id, its locator or a path",
    .formats = "text|json",
    .options = 1u << OPTION_FORMAT | 1u << OPTION_CACHE | 1u << OPTION_MEMORY,
    .min_args = 1,
    .run = show,
};
