/* SPDX-License-Identifier: ISC */
#include "cmd/shelf.h"

#include "corpus/corpus.h"
#include "doc/json.h"

#include <stdio.h>
#include <time.h>

struct job {
    struct command_call *call;
    bool json;
    long count;
};

/* Seconds since 1970 as ISO 8601 in the reader's time zone. */
static void add_time(struct buf *out, int64_t seconds)
{
    time_t t = (time_t)seconds;
    struct tm tm;
    char text[32] = "";

    if (localtime_r(&t, &tm))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M", &tm);
    buf_add_str(out, text);
}

static void print_entry(void *ctx, const char *path, int64_t opened)
{
    struct job *job = ctx;
    struct buf line;

    buf_init(&line);
    if (job->json) {
        buf_add_char(&line, '{');
        json_add_member(&line, "path", path);
        buf_add_str(&line, ", \"opened\": \"");
        add_time(&line, opened);
        buf_add_str(&line, "\"}\n");
        output_raw(job->call->out, line.data, line.len);
    } else {
        add_time(&line, opened);
        output_fmt(job->call->out, "%s\t", line.data);
        output_str(job->call->out, path);
        output_raw(job->call->out, "\n", 1);
    }
    buf_release(&line);
    job->count++;
}

int shelf_print(struct command_call *call)
{
    struct job job = {.call = call, .json = call->command->formats && command_format_is(call, "json")};
    struct err e = ERR_INIT;

    if (!corpus_shelf(print_entry, &job, &e)) {
        output_complain(e.text);
        return e.status;
    }
    return job.count > 0 ? ERR_NONE : ERR_NOMATCH;
}

const struct command command_shelf = {
    .name = "shelf",
    .synopsis = "",
    .summary = "print the corpora opened before, the last one first",
    .formats = "text|json",
    .options = 1u << OPTION_FORMAT,
    .run = shelf_print,
};
