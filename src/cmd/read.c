/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"
#include "cmd/open.h"
#include "cmd/restrict.h"
#include "cmd/rows.h"
#include "cmd/shelf.h"
#include "ui/ui.h"

#include <stdlib.h>
#include <unistd.h>

static int read_on_screen(struct command_call *call, const struct rows_choice *choice)
{
    struct ui_options options = {.sorted = call->value[OPTION_SORT] || call->value[OPTION_REVERSE],
                                 .restricted = restrict_is_wanted(call),
                                 .order = choice->order,
                                 .reverse = choice->reverse};
    int status = ERR_NONE;
    struct corpus *c = open_corpus(call, 0, OPEN_BESIDE, &options.wake, &status);
    struct err e = ERR_INIT;

    if (!c)
        return status;
    if (!ui_run(c, &options, &e)) {
        output_complain(e.text);
        status = e.status;
    }
    corpus_close(&c);
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

/* With no corpus named: on a terminal the reader chooses from the shelf, elsewhere the shelf is printed. */
static int read_from_shelf(struct command_call *call, const struct rows_choice *choice)
{
    struct command_call chosen = *call;
    char *path = NULL;
    int status;

    if (!call->out->terminal || !isatty(STDIN_FILENO))
        return shelf_print(call);
    status = shelf_choose(call, &path);
    if (path) {
        chosen.args = (const char *const *)&path;
        chosen.arg_count = 1;
        status = read_on_screen(&chosen, choice);
    }
    free(path);
    return status;
}

static int read_corpus(struct command_call *call)
{
    struct rows_choice choice;

    if (!rows_choose(call, &choice))
        return ERR_USAGE;
    if (call->arg_count == 0)
        return read_from_shelf(call, &choice);
    return call->out->terminal ? read_on_screen(call, &choice) : print_list(call, &choice);
}

const struct command command_read = {
    .synopsis = "[CORPUS]...",
    .summary = "read a corpus on the screen; without one, choose among those opened before",
    .options = 1u << OPTION_SORT | 1u << OPTION_REVERSE | 1u << OPTION_CACHE | 1u << OPTION_MEMORY |
               1u << OPTION_RESTRICTED | 1u << OPTION_EPHEMERAL,
    .run = read_corpus,
};
