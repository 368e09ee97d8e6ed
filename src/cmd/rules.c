/* SPDX-License-Identifier: ISC */
#include "base/door.h"
#include "base/mem.h"
#include "cmd/command.h"
#include "cmd/open.h"
#include "corpus/repair.h"
#include "doc/json.h"

#include <stdlib.h>
#include <string.h>

struct job {
    struct command_call *call;
    struct corpus *corpus; /* NULL where rules are listed only */
    const struct repair_rule *rule;
    long count, changed;
    int status;
};

static void add_json_rule(struct buf *out, const struct repair_rule *r)
{
    if (r->number)
        buf_add_fmt(out, "{\"number\": %lld, ", (long long)r->number);
    else
        buf_add_str(out, "{\"number\": null, ");
    json_add_member(out, "site", r->site);
    buf_add_str(out, ", ");
    json_add_member(out, "answer", fix_info(r->answer)->name);
    buf_add_str(out, ", ");
    json_add_member(out, "line", r->line);
    buf_add_str(out, ", ");
    json_add_member(out, "before", r->before);
    buf_add_str(out, ", ");
    json_add_member(out, "after", r->after);
    buf_add_str(out, "}\n");
}

/* A word of the configuration's syntax. */
static void add_quoted(struct buf *out, const char *word)
{
    buf_add_char(out, '"');
    for (; *word; word++) {
        if (*word == '"' || *word == '\\')
            buf_add_char(out, '\\');
        buf_add_char(out, *word);
    }
    buf_add_char(out, '"');
}

static void add_file_rule(struct buf *out, const struct repair_rule *r)
{
    add_quoted(out, r->site);
    buf_add_fmt(out, " %s ", fix_info(r->answer)->name);
    add_quoted(out, r->line);
    if (*r->before || *r->after) {
        buf_add_char(out, ' ');
        add_quoted(out, r->before);
    }
    if (*r->after) {
        buf_add_char(out, ' ');
        add_quoted(out, r->after);
    }
    buf_add_char(out, '\n');
}

/* For people: "3  example.org  `{name} says:` is the author of a comment, above `{date}`". */
static void add_text_rule(struct buf *out, const struct repair_rule *r)
{
    if (r->number)
        buf_add_fmt(out, "%lld", (long long)r->number);
    else
        buf_add_str(out, "file");
    buf_add_fmt(out, "\t%s\t`%s` %s", r->site, r->line, fix_info(r->answer)->help);
    if (*r->before)
        buf_add_fmt(out, ", below `%s`", r->before);
    if (*r->after)
        buf_add_fmt(out, ", above `%s`", r->after);
    buf_add_char(out, '\n');
}

static void print_rule(struct job *job, const struct repair_rule *r)
{
    struct output *out = job->call->out;
    struct buf line;

    buf_init(&line);
    if (command_format_is(job->call, "json")) {
        add_json_rule(&line, r);
        output_raw(out, line.data, line.len);
    } else {
        if (command_format_is(job->call, "rules"))
            add_file_rule(&line, r);
        else
            add_text_rule(&line, r);
        output_text(out, line.data, line.len, DOOR_KEEP_ENDS | DOOR_KEEP_TABS);
    }
    buf_release(&line);
}

static void add_json_trial(struct buf *out, const struct job *job, const struct repair_trial *t)
{
    if (job->rule->number)
        buf_add_fmt(out, "{\"rule\": %lld, ", (long long)job->rule->number);
    else
        buf_add_str(out, "{\"rule\": null, ");
    buf_add_fmt(out, "\"id\": %lld, ", (long long)t->id);
    json_add_member(out, "locator", t->locator);
    buf_add_fmt(out, ", \"lines\": %zu, \"comments\": [%zu, %zu], ", t->lines, t->comments_before, t->comments);
    json_add_member(out, "title_before", t->title_before);
    buf_add_str(out, ", ");
    json_add_member(out, "title", t->title);
    buf_add_str(out, "}\n");
}

static void print_trial(void *ctx, const struct repair_trial *t)
{
    struct job *job = ctx;
    struct buf line;

    job->changed++;
    buf_init(&line);
    if (command_format_is(job->call, "json")) {
        add_json_trial(&line, job, t);
        output_raw(job->call->out, line.data, line.len);
    } else {
        buf_add_fmt(&line, "\t%s: %zu line%s", t->locator, t->lines, t->lines == 1 ? "" : "s");
        if (t->comments != t->comments_before)
            buf_add_fmt(&line, ", %zu comment%s instead of %zu", t->comments, t->comments == 1 ? "" : "s",
                        t->comments_before);
        if (!mem_same(t->title, t->title_before))
            buf_add_fmt(&line, ", headline `%s` instead of `%s`", t->title ? t->title : "",
                        t->title_before ? t->title_before : "");
        buf_add_char(&line, '\n');
        output_text(job->call->out, line.data, line.len, DOOR_KEEP_ENDS | DOOR_KEEP_TABS);
    }
    buf_release(&line);
}

static void try_rule(struct job *job, const struct repair_rule *r)
{
    struct err e = ERR_INIT;
    long seen = 0, before = job->changed;

    job->rule = r;
    if (!command_format_is(job->call, "json"))
        print_rule(job, r);
    if (!repair_try(job->corpus, r, print_trial, job, &seen, &e)) {
        output_flush(job->call->out);
        output_complain(e.text);
        job->status = e.status;
    }
    if (!command_format_is(job->call, "json"))
        output_fmt(job->call->out, "\tchanges %ld of %ld article%s of this site\n", job->changed - before, seen,
                   seen == 1 ? "" : "s");
}

static void take_rule(void *ctx, const struct repair_rule *r)
{
    struct job *job = ctx;

    job->count++;
    if (job->corpus)
        try_rule(job, r);
    else
        print_rule(job, r);
}

static int drop(struct command_call *call)
{
    struct err e = ERR_INIT;
    char *end;
    long long number = strtoll(call->value[OPTION_DROP], &end, 10);

    if (*end || number <= 0)
        return command_usage(call->command, "'%s' is no number of a rule", call->value[OPTION_DROP]);
    if (repair_forget_rule(number, &e))
        return ERR_NONE;
    output_complain(e.text);
    return e.status;
}

static int rules(struct command_call *call)
{
    struct job job = {.call = call};
    struct err e = ERR_INIT;

    if (call->value[OPTION_DROP])
        return drop(call);
    if (call->arg_count > 0 && command_format_is(call, "rules"))
        return command_usage(call->command, "'rules' is a format for rules, not for what they change");
    if (call->arg_count > 0 && !(job.corpus = open_corpus(call, 0, OPEN_READY, NULL, &job.status)))
        return job.status;
    if (!repair_each_rule(take_rule, &job, &e)) {
        output_flush(call->out);
        output_complain(e.text);
        job.status = e.status;
    }
    corpus_close(&job.corpus);
    return job.status != ERR_NONE ? job.status : job.count > 0 ? ERR_NONE : ERR_NOMATCH;
}

const struct command command_rules = {
    .name = "rules",
    .synopsis = "[CORPUS]...",
    .summary = "print the rules made of corrections; with a corpus, what each changes there",
    .formats = "text|json|rules",
    .options = 1u << OPTION_FORMAT | 1u << OPTION_DROP | 1u << OPTION_CACHE | 1u << OPTION_MEMORY,
    .run = rules,
};
