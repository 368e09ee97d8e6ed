/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "base/mem.h"
#include "cmd/command.h"
#include "cmd/open.h"
#include "corpus/carry.h"

#include <string.h>

static void write_text(void *ctx, const char *text, size_t len)
{
    output_raw(ctx, text, len);
    output_flush(ctx);
}

static void complain(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    (void)len;
    output_complain(text);
}

static void print_damage(void *ctx, const char *text, size_t len)
{
    (void)len;
    output_str(ctx, text);
    output_raw(ctx, "\n", 1);
}

static int export_state(struct command_call *call)
{
    struct err e = ERR_INIT;

    if (call->arg_count > 1)
        return command_usage(call->command, "'export' takes no operand");
    if (!carry_export(write_text, call->out, &e))
        output_complain(e.text);
    return e.status;
}

static int merge(struct command_call *call)
{
    int status = ERR_NONE;

    if (call->arg_count < 2)
        return command_usage(call->command, "'merge' needs a file");
    for (int i = 1; i < call->arg_count; i++) {
        struct carry_merged merged;
        struct err e = ERR_INIT;
        struct buf line;

        if (!carry_merge(call->args[i], complain, NULL, &merged, &e))
            output_complain(e.text);
        status = e.status != ERR_NONE || merged.faults ? ERR_IO : status;
        if (e.status != ERR_NONE || call->value[OPTION_QUIET])
            continue;
        buf_init(&line);
        buf_add_fmt(&line, "%s: %ld %s, %ld of them new here", call->args[i], merged.marks,
                    merged.marks == 1 ? "mark" : "marks", merged.news);
        output_complain(line.data);
        buf_release(&line);
    }
    return status;
}

static int check(struct command_call *call)
{
    struct carry_check found;
    struct err e = ERR_INIT;
    struct corpus *c = NULL;
    struct buf line;
    int status = ERR_NONE;

    if (!carry_check(print_damage, call->out, &found, &e)) {
        output_complain(e.text);
        return e.status;
    }
    if (call->arg_count > 1 && (c = open_corpus(call, 1, OPEN_READY, NULL, &status)) &&
        !carry_check_corpus(c, print_damage, call->out, &found, &e)) {
        output_complain(e.text);
        status = e.status;
    }
    corpus_close(&c);
    if (!call->value[OPTION_QUIET]) {
        buf_init(&line);
        buf_add_fmt(&line, "the reading state: %ld %s, %ld %s; %s", found.marks, found.marks == 1 ? "mark" : "marks",
                    found.notes, found.notes == 1 ? "note" : "notes", found.damage ? "not all is well" : "it is sound");
        output_complain(line.data);
        buf_release(&line);
    }
    return found.damage ? ERR_IO : status;
}

static int run(struct command_call *call)
{
    static const struct {
        const char *name;
        int (*run)(struct command_call *call);
    } works[] = {{"export", export_state}, {"merge", merge}, {"check", check}};

    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++)
        if (strcmp(call->args[0], works[i].name) == 0)
            return works[i].run(call);
    return command_usage(call->command, "'%s' is not export, merge or check", call->args[0]);
}

const struct command command_state = {
    .name = "state",
    .synopsis = "export|merge|check [FILE]...",
    .summary = "write the reading state as text, join it with other machines', or check it",
    .options = 1u << OPTION_QUIET | 1u << OPTION_CACHE,
    .min_args = 1,
    .run = run,
};
