/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"
#include "cmd/open.h"
#include "cmd/progress.h"

static int index_corpus(struct command_call *call)
{
    int status = ERR_NONE;
    struct corpus *c = open_corpus(call, 0, OPEN_PROGRESS, NULL, &status);
    struct corpus_progress p;
    struct buf result;

    if (!c)
        return status;
    corpus_poll(c, &p);
    if (!call->value[OPTION_QUIET] && (status == ERR_NONE || p.records > 0)) {
        buf_init(&result);
        buf_add_fmt(&result, "%s: ", corpus_name(c));
        progress_add_result(&result, &p);
        output_complain(result.data);
        buf_release(&result);
    }
    corpus_close(&c);
    return status;
}

const struct command command_index = {
    .name = "index",
    .synopsis = "CORPUS...",
    .summary = "bring the cache up to date",
    .options = 1u << OPTION_CACHE | 1u << OPTION_QUIET,
    .min_args = 1,
    .run = index_corpus,
};
