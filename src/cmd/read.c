/* SPDX-License-Identifier: ISC */
#include "base/mem.h"
#include "cmd/command.h"
#include "cmd/open.h"
#include "cmd/restrict.h"
#include "cmd/rows.h"
#include "cmd/shelf.h"
#include "ui/ui.h"

#include <stdlib.h>
#include <unistd.h>

/* Reads the corpora one after the other that the reader chooses from the shelf; shelf: it is shown first. */
static int read_on_screen(const struct command_call *call, const struct rows_choice *choice, bool shelf)
{
    struct ui_options options = {.sorted = call->value[OPTION_SORT] || call->value[OPTION_REVERSE],
                                 .restricted = restrict_is_wanted(call),
                                 .order = choice->order,
                                 .reverse = choice->reverse,
                                 .shelf = shelf};
    struct command_call now = *call;
    char *path = NULL, *next = NULL;
    int status = ERR_NONE;

    do {
        struct corpus *c = open_corpus(&now, 0, OPEN_BESIDE, &options.wake, &status);
        struct err e = ERR_INIT;

        if (c && !ui_run(c, &options, &next, &e)) {
            output_complain(e.text);
            status = e.status;
        }
        corpus_close(&c);
        free(path);
        path = next;
        next = NULL;
        now.args = (const char *const *)&path;
        now.arg_count = 1;
        now.value[OPTION_CACHE] = NULL; /* that of the corpus before */
        options.shelf = false;
    } while (path);
    return status;
}

static int print_list(struct command_call *call, const struct rows_choice *choice)
{
    int status = ERR_NONE, printed;
    struct corpus *c = open_corpus(call, 0, OPEN_READY, NULL, &status);

    if (!c)
        return status;
    printed = rows_print(call, choice, c, NULL);
    corpus_close(&c);
    return status != ERR_NONE ? status : printed;
}

struct newest {
    char *path;
};

static void take_newest(void *ctx, const char *path, int64_t opened)
{
    struct newest *newest = ctx;

    (void)opened;
    if (!newest->path && access(path, R_OK) == 0)
        newest->path = mem_strdup(path);
}

/* With no corpus named: on a terminal the reader chooses from the shelf, over the corpus that was opened last and is
 * still there; elsewhere the shelf is printed. */
static int read_from_shelf(struct command_call *call, const struct rows_choice *choice)
{
    struct command_call chosen = *call;
    struct newest newest = {NULL};
    struct err e = ERR_INIT;
    int status;

    if (!call->out->terminal || !isatty(STDIN_FILENO))
        return shelf_print(call);
    if (!corpus_shelf(take_newest, &newest, &e)) {
        output_complain(e.text);
        return e.status;
    }
    if (!newest.path)
        return command_usage(call->command, "no corpus is named, and none that was opened before is there");
    chosen.args = (const char *const *)&newest.path;
    chosen.arg_count = 1;
    status = read_on_screen(&chosen, choice, true);
    free(newest.path);
    return status;
}

static int read_corpus(struct command_call *call)
{
    struct rows_choice choice;

    if (!rows_choose(call, &choice))
        return ERR_USAGE;
    if (call->arg_count == 0)
        return read_from_shelf(call, &choice);
    return call->out->terminal ? read_on_screen(call, &choice, false) : print_list(call, &choice);
}

const struct command command_read = {
    .synopsis = "[CORPUS]...",
    .summary = "read a corpus on the screen; without one, choose among those opened before",
    .options = 1u << OPTION_SORT | 1u << OPTION_REVERSE | 1u << OPTION_CACHE | 1u << OPTION_MEMORY |
               1u << OPTION_RESTRICTED | 1u << OPTION_EPHEMERAL,
    .run = read_corpus,
};
