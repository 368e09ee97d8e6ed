/* SPDX-License-Identifier: ISC */
#include "base/confine.h"
#include "base/door.h"
#include "cmd/command.h"
#include "doc/article.h"
#include "doc/dump.h"
#include "doc/json.h"
#include "parse/parse.h"
#include "source/source.h"

#include <string.h>

struct job {
    struct command_call *call;
    struct parser *parser;
    const char *path; /* as on the command line */
    struct article article;
    struct buf text;
    bool faults;
};

static void complain(void *ctx, const struct err *e)
{
    struct job *job = ctx;

    output_flush(job->call->out);
    output_complain(e->text);
    job->faults = true;
}

static bool print_record(void *ctx, struct record *r)
{
    struct job *job = ctx;
    struct output *out = job->call->out;
    const char *locator = strcmp(r->locator, job->path) == 0 ? NULL : r->locator;

    article_reset(&job->article);
    buf_clear(&job->text);
    if (job->call->value[OPTION_EXPLAIN]) {
        parse_explain(job->parser, r, NULL, &job->article, &job->text);
        output_str(out, r->locator);
        output_raw(out, "\n", 1);
        output_text(out, job->text.data, job->text.len, DOOR_KEEP_ENDS | DOOR_KEEP_TABS);
        return output_flush(out);
    }
    parse_article(job->parser, r, NULL, &job->article);
    if (command_format_is(job->call, "json")) {
        json_add_article(&job->text, &job->article, job->path, 0, locator);
        output_raw(out, job->text.data, job->text.len);
    } else {
        dump_add_article(&job->text, &job->article, r->locator);
        output_text(out, job->text.data, job->text.len, DOOR_KEEP_ENDS);
    }
    return !out->closed && !out->error;
}

static void parse_all(void *ctx)
{
    struct job *job = ctx;
    struct record record;
    struct err e = ERR_INIT;
    int i;

    record_init(&record);
    for (i = 0; i < job->call->arg_count && !job->call->out->closed; i++) {
        struct source_tally tally = {0};

        job->path = job->call->args[i];
        err_clear(&e);
        if (!source_read(job->path, job->path, 0, &record, print_record, complain, job, &tally, &e)) {
            if (e.status != ERR_NONE)
                complain(job, &e);
        } else if (tally.records == 0 && tally.faults == 0) {
            err_set(&e, ERR_IO, "%s: no text in it", job->path);
            complain(job, &e);
        }
    }
    record_release(&record);
}

static int parse(struct command_call *call)
{
    struct err e = ERR_INIT;
    struct job job = {.call = call};
    struct confine *confine;
    int i;

    if (call->value[OPTION_EXPLAIN] && command_format_is(call, "json"))
        return command_usage(call->command, "--explain is text, not json");
    job.parser = parse_open(&e);
    if (!job.parser) {
        output_complain(e.text);
        return ERR_IO;
    }
    article_init(&job.article);
    buf_init(&job.text);
    confine = confine_new();
    confine_let_program(confine);
    for (i = 0; i < call->arg_count; i++)
        confine_let_corpus(confine, call->args[i]);
    job.faults = !confine_run(confine, parse_all, &job, &e) || job.faults;
    if (e.text[0])
        output_complain(e.text);
    confine_free(&confine);
    buf_release(&job.text);
    article_release(&job.article);
    parse_close(&job.parser);
    return job.faults ? ERR_IO : ERR_NONE;
}

const struct command command_parse = {
    .name = "parse",
    .synopsis = "FILE...",
    .summary = "print what each file's lines were taken for; no cache is read or written",
    .formats = "text|json",
    .options = 1u << OPTION_FORMAT | 1u << OPTION_EXPLAIN,
    .min_args = 1,
    .run = parse,
};
