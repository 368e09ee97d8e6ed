/* SPDX-License-Identifier: ISC */
#include "cmd/open.h"

#include "base/mem.h"
#include "cmd/progress.h"

#include <stdlib.h>
#include <unistd.h>

static void say_fault(void *ctx, const char *text)
{
    int *status = ctx;

    output_complain(text);
    *status = ERR_IO;
}

static void take_newest(void *ctx, const char *path, int64_t opened)
{
    char **newest = ctx;

    (void)opened;
    if (!*newest)
        *newest = mem_strdup(path);
}

/* A corpus of nothing is most likely a slip: a wrong folder, a folder of pictures. */
static void say_if_empty(struct corpus *c, int *status)
{
    struct corpus_progress p;
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total = 0, unread;

    if (corpus_view_new(c, NULL, CORPUS_BY_DATE, false, &v, &e)) {
        corpus_view_counts(v, &total, &unread);
        corpus_view_free(&v);
    }
    corpus_poll(c, &p);
    if (e.status == ERR_NONE && total == 0 && p.skipped > 0)
        err_set(&e, ERR_IO, "no articles in '%s': %ld binary or empty files skipped", corpus_name(c), p.skipped);
    else if (total == 0)
        err_set(&e, ERR_IO, "no articles in '%s'", corpus_name(c));
    if (e.status != ERR_NONE)
        say_fault(status, e.text);
}

static struct corpus *open_paths(const char *const *paths, int count, const struct corpus_options *options,
                                 enum open_mode mode, int *status)
{
    struct err e = ERR_INIT;
    struct corpus *c = NULL;
    const char *notice;
    bool ok;

    if (mode == OPEN_PROGRESS)
        ok = progress_open(&c, paths, count, options, &e);
    else
        ok = corpus_open(&c, paths, count, options, &e);
    if (!ok) {
        output_complain(e.text);
        *status = e.status;
        return NULL;
    }
    while ((notice = corpus_notice(c)))
        output_complain(notice);
    corpus_faults(c, say_fault, status);
    if (*status == ERR_NONE)
        say_if_empty(c, status);
    return c;
}

struct corpus *open_corpus(const struct command_call *call, int first, enum open_mode mode, int *status)
{
    struct corpus_options options = {.cache = call->value[OPTION_CACHE],
                                     .memory = call->value[OPTION_MEMORY] != NULL,
                                     .foreground = true,
                                     .wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c = NULL;
    char *newest = NULL;

    if (call->arg_count > first)
        return open_paths(call->args + first, call->arg_count - first, &options, mode, status);
    if (!corpus_shelf(take_newest, &newest, &e)) {
        output_complain(e.text);
        *status = e.status;
    } else if (!newest) {
        *status = command_usage(call->command, "no corpus is named, and none was opened before");
    } else {
        c = open_paths((const char *const *)&newest, 1, &options, mode, status);
    }
    free(newest);
    return c;
}

struct corpus *open_passing(const char *path, int *status)
{
    struct corpus_options options = {.memory = true, .foreground = true, .wake = -1};

    return open_paths(&path, 1, &options, OPEN_READY, status);
}
