/* SPDX-License-Identifier: ISC */
#include "cmd/article.h"
#include "cmd/command.h"
#include "cmd/open.h"

#include <stdlib.h>
#include <sys/stat.h>

static bool print_article(struct command_call *call, struct corpus *c, int64_t id, struct err *e)
{
    struct article article;
    char *text = NULL;
    bool ok;

    article_init(&article);
    ok = corpus_article(c, id, &article, &text, e);
    if (ok && command_format_is(call, "json"))
        ok = article_print_json(call->out, c, id, &article, e);
    else if (ok)
        article_print_text(call->out, &article);
    article_release(&article);
    free(text);
    return ok;
}

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
    int64_t id;

    if (!c)
        return status;
    id = corpus_find(c, call->args[0], &e);
    if (id == 0 || !print_article(call, c, id, &e)) {
        output_complain(e.text);
        status = e.status;
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
