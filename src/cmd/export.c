/* SPDX-License-Identifier: ISC */
#include "base/door.h"
#include "cmd/article.h"
#include "cmd/command.h"
#include "cmd/open.h"
#include "corpus/export.h"
#include "doc/markdown.h"

#include <stdlib.h>
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
        status = e.status;
    } else if (count == 0 && status == ERR_NONE)
        status = ERR_NOMATCH;
    output_text(call->out, out.data, out.len, DOOR_KEEP_ENDS);
    buf_release(&out);
    corpus_close(&c);
    return status;
}

static bool export_article(struct command_call *call, struct corpus *c, const char *ref, bool first)
{
    struct article a;
    struct err e = ERR_INIT;
    int64_t id = corpus_find(c, ref, &e);
    char *text = NULL;
    struct buf out;
    bool done;

    article_init(&a);
    buf_init(&out);
    done = id != 0 && corpus_article(c, id, &a, &text, &e);
    if (done && !first && !command_format_is(call, "json"))
        output_raw(call->out, "\n", 1);
    if (done && command_format_is(call, "json"))
        done = article_print_json(call->out, c, id, &a, &e);
    else if (done && command_format_is(call, "text"))
        article_print_text(call->out, &a);
    else if (done) {
        markdown_add_article(&out, &a);
        output_text(call->out, out.data, out.len, DOOR_KEEP_ENDS);
    }
    if (!done)
        output_complain(e.text);
    buf_release(&out);
    article_release(&a);
    free(text);
    return done;
}

/* Articles of the corpus named, or of the one opened last; without one named, a path stands for itself. */
static int export_articles(struct command_call *call)
{
    struct corpus *c = NULL;
    int status = ERR_NONE;

    for (int i = 0; i < call->arg_count; i++) {
        const char *ref = call->args[i];
        struct corpus *passing = NULL;
        int opened = ERR_NONE;
        struct stat st;

        if (!call->value[OPTION_CORPUS] && stat(ref, &st) == 0)
            passing = open_passing(ref, &opened);
        else if (!c)
            c = open_named(call, &opened);
        if (opened != ERR_NONE)
            status = opened;
        if ((passing || c) && !export_article(call, passing ? passing : c, ref, i == 0) && status == ERR_NONE)
            status = ERR_NOMATCH;
        corpus_close(&passing);
        if (!c && opened != ERR_NONE)
            break;
    }
    corpus_close(&c);
    return status;
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
