/* SPDX-License-Identifier: ISC */
#include "cmd/open.h"

#include "base/mem.h"
#include "base/path.h"
#include "cmd/progress.h"
#include "corpus/check.h"
#include "corpus/view.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void say_fault(void *ctx, const char *text)
{
    int *status = ctx;

    output_complain(text);
    *status = ERR_IO;
}

static void take_fault(void *ctx, const char *text)
{
    int *status = ctx;

    (void)text;
    *status = ERR_IO;
}

/* A corpus of nothing is most likely a slip: a wrong folder, a folder of pictures. */
static void say_if_empty(struct corpus *c, int *status)
{
    struct corpus_progress p;
    struct err e = ERR_INIT;
    long total, unread;
    struct corpus_view *v;

    if (!corpus_view_new(c, NULL, CORPUS_BY_DATE, false, &v, &e)) {
        say_fault(status, e.text);
        return;
    }
    corpus_view_counts(v, &total, &unread);
    corpus_view_free(&v);
    if (total > 0)
        return;
    corpus_poll(c, &p);
    if (p.skipped > 0)
        err_set(&e, ERR_IO, "no articles in '%s': %ld binary or empty files skipped", corpus_name(c), p.skipped);
    else
        err_set(&e, ERR_IO, "no articles in '%s'", corpus_name(c));
    say_fault(status, e.text);
}

static void say_all(struct corpus *c, int *status)
{
    const char *notice;

    while ((notice = corpus_notice(c)))
        output_complain(notice);
    corpus_faults(c, say_fault, status);
    if (*status == ERR_NONE)
        say_if_empty(c, status);
}

/* A pipe for all corpora that are opened one after the other. A corpus writes to its end as long as it is open, so both
 * ends stay until the program's end; neither blocks: a full one says all that there is to say. */
static bool make_wake(int ends[2], struct err *e)
{
    static int made[2] = {-1, -1};

    if (made[0] < 0) {
        if (pipe(made) != 0)
            return err_sys(e, "cannot make a pipe");
        for (int i = 0; i < 2; i++) {
            fcntl(made[i], F_SETFD, FD_CLOEXEC);
            fcntl(made[i], F_SETFL, O_NONBLOCK);
        }
    }
    memcpy(ends, made, sizeof made);
    return true;
}

static struct corpus *open_paths(const char *const *paths, int count, struct corpus_options options,
                                 enum open_mode mode, int *wake, int *status)
{
    bool beside = mode == OPEN_BESIDE || (mode == OPEN_PROGRESS && isatty(STDERR_FILENO));
    struct err e = ERR_INIT;
    struct corpus *c = NULL;
    int ends[2] = {-1, -1};

    options.foreground = !beside;
    options.later = mode == OPEN_BESIDE; /* until the screen shows something */
    if (!beside || make_wake(ends, &e)) {
        options.wake = ends[1];
        corpus_open(&c, paths, count, &options, &e);
    }
    if (e.status != ERR_NONE || !c) {
        output_complain(e.text);
        *status = e.status;
        return NULL;
    }
    /* On the screen it is a notice as well, which the others say on standard error. */
    corpus_lost(c, mode == OPEN_BESIDE ? say_fault : take_fault, status);
    if (mode == OPEN_BESIDE) {
        *wake = ends[0];
        return c;
    }
    if (beside)
        progress_watch(c, ends[0]);
    say_all(c, status);
    return c;
}

static void take_newest(void *ctx, const char *path, int64_t opened)
{
    char **newest = ctx;

    (void)opened;
    if (!*newest)
        *newest = mem_strdup(path);
}

int open_nothing(const struct command *c)
{
    char *sample = path_program_data("sample");
    struct stat st;
    int status;

    if (stat(sample, &st) == 0)
        status = command_usage(c, "no corpus is named, and none was opened before: name a folder, or '%s'", sample);
    else
        status = command_usage(c, "no corpus is named, and none was opened before");
    free(sample);
    return status;
}

struct corpus *open_corpus(const struct command_call *call, int first, enum open_mode mode, int *wake, int *status)
{
    struct corpus_options options = {.cache = call->value[OPTION_CACHE],
                                     .memory = call->value[OPTION_MEMORY] != NULL,
                                     .ephemeral = call->value[OPTION_EPHEMERAL] != NULL};
    struct err e = ERR_INIT;
    struct corpus *c = NULL;
    char *newest = NULL;

    if (call->arg_count > first)
        return open_paths(call->args + first, call->arg_count - first, options, mode, wake, status);
    if (!corpus_shelf(take_newest, &newest, &e)) {
        output_complain(e.text);
        *status = e.status;
    } else if (!newest) {
        *status = open_nothing(call->command);
    } else {
        c = open_paths((const char *const *)&newest, 1, options, mode, wake, status);
    }
    free(newest);
    return c;
}

struct corpus *open_passing(const char *path, int *status)
{
    return open_paths(&path, 1, (struct corpus_options){.memory = true}, OPEN_READY, NULL, status);
}
