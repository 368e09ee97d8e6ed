/* SPDX-License-Identifier: ISC */
#include "cmd/shelf.h"

#include "base/mem.h"
#include "corpus/corpus.h"
#include "doc/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
        buf_add_str(&line, "{\"path\": ");
        json_add_string(&line, path, strlen(path));
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

struct choice {
    struct output *out;
    char **paths;
    size_t count, cap;
};

static void offer(void *ctx, const char *path, int64_t opened)
{
    struct choice *choice = ctx;

    (void)opened;
    mem_grow(&choice->paths, &choice->cap, choice->count + 1, sizeof *choice->paths);
    choice->paths[choice->count++] = mem_strdup(path);
    output_fmt(choice->out, "%4zu  ", choice->count);
    output_str(choice->out, path);
    output_raw(choice->out, "\n", 1);
}

/* Reads a line from the terminal: the index of what was chosen, count where nothing was. An empty line is 1. */
static size_t read_number(struct output *out, size_t count)
{
    char line[32], *end;
    unsigned long n;

    for (;;) {
        output_fmt(out, "open which? [1] ");
        output_flush(out);
        if (!fgets(line, sizeof line, stdin) || line[0] == 'q')
            return count;
        n = line[0] == '\n' ? 1 : strtoul(line, &end, 10);
        if (line[0] == '\n' || (*end == '\n' && n >= 1 && n <= count))
            return n - 1;
    }
}

int shelf_choose(struct command_call *call, char **path)
{
    struct choice choice = {.out = call->out};
    struct err e = ERR_INIT;
    int status = ERR_NONE;
    size_t i, chosen;

    if (!corpus_shelf(offer, &choice, &e)) {
        output_complain(e.text);
        return e.status;
    }
    if (choice.count == 0)
        status = command_usage(call->command, "no corpus is named, and none was opened before");
    chosen = choice.count ? read_number(call->out, choice.count) : 0;
    for (i = 0; i < choice.count; i++) {
        if (i == chosen)
            *path = choice.paths[i];
        else
            free(choice.paths[i]);
    }
    free(choice.paths);
    return status;
}

const struct command command_shelf = {
    .name = "shelf",
    .synopsis = "",
    .summary = "print the corpora opened before, the last one first",
    .formats = "text|json",
    .options = 1u << OPTION_FORMAT,
    .run = shelf_print,
};
