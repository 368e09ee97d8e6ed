/* SPDX-License-Identifier: ISC */
#include "base/door.h"
#include "cmd/article.h"
#include "cmd/command.h"
#include "cmd/open.h"
#include "corpus/export.h"

#include <sys/stat.h>

static enum export_format format_of(const struct command_call *call)
{
    return command_format_is(call, "json")   ? EXPORT_JSON
           : command_format_is(call, "text") ? EXPORT_TEXT
                                             : EXPORT_MARKDOWN;
}

/* The corpora that --corpus names, as if they were the operands; NULL, with *status, where they cannot be opened. */
static struct corpus *open_named(const struct command_call *call, int *status)
{
    struct command_call named = *call;

    named.args = call->corpora;
    named.arg_count = call->corpus_count;
    return open_corpus(&named, 0, OPEN_READY, NULL, status);
}

static int export_all_notes(struct command_call *call)
{
    int status = ERR_NONE;
    struct corpus *c = call->value[OPTION_CORPUS] ? open_named(call, &status) : NULL;
    struct err e = ERR_INIT;
    struct buf out;
    long count = 0;

    if (call->value[OPTION_CORPUS] && !c)
        return status;
    buf_init(&out);
    if (!export_notes(c, format_of(call), &out, &count, &e)) {
        output_complain(e.text);
        status = (int)e.status;
    } else if (count == 0 && status == ERR_NONE) {
        status = ERR_NOMATCH;
    }
    output_text(call->out, out.data, out.len, DOOR_KEEP_ENDS);
    buf_release(&out);
    corpus_close(&c);
    return status;
}

static int export_article(struct command_call *call, struct corpus *c, const char *ref, bool *apart)
{
    struct err e = ERR_INIT;

    if (article_print(call, c, ref, *apart, &e))
        *apart = true;
    else
        output_complain(e.text);
    return (int)e.status;
}

/* Articles of the corpus named, or of the one opened last; without one named, a path stands for itself. The worst
 * status of all: what cannot be written costs no other. */
static int export_articles(struct command_call *call)
{
    struct corpus *named = NULL;
    bool tried = false, apart = false;
    int worst = ERR_NONE;

    for (int i = 0; i < call->arg_count; i++) {
        const char *ref = call->args[i];
        struct stat st;
        bool passing = !call->value[OPTION_CORPUS] && stat(ref, &st) == 0;
        int opened = ERR_NONE, printed;
        struct corpus *c;

        if (!passing && !tried)
            named = open_named(call, &opened);
        tried = tried || !passing;
        c = passing ? open_passing(ref, &opened) : named;
        printed = c ? export_article(call, c, ref, &apart) : ERR_NONE;
        worst = opened > worst ? opened : worst;
        worst = printed > worst ? printed : worst;
        if (passing)
            corpus_close(&c);
    }
    corpus_close(&named);
    return worst;
}

static int run(struct command_call *call)
{
    return call->arg_count > 0 ? export_articles(call) : export_all_notes(call);
}

const struct command command_export = {
    .name = "export",
    .synopsis = "[REF]...",
    .summary = "write notes and highlights with where they are from, or the articles REF",
    .formats = "markdown|text|json",
    .options = 1u << OPTION_FORMAT | 1u << OPTION_CORPUS | 1u << OPTION_CACHE,
    .run = run,
};
