/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"
#include "corpus/check.h"
#include "doc/json.h"

/* A line of text, or an object with one member that says which kind of thing it is. */
static void print(struct command_call *call, const char *kind, const char *text)
{
    struct buf line;

    if (!command_format_is(call, "json")) {
        output_str(call->out, text);
        output_raw(call->out, "\n", 1);
        return;
    }
    buf_init(&line);
    buf_add_char(&line, '{');
    json_add_member(&line, kind, text);
    buf_add_str(&line, "}\n");
    output_raw(call->out, line.data, line.len);
    buf_release(&line);
}

static void on_fault(void *ctx, const char *text)
{
    print(ctx, "fault", text);
}

static void on_damage(void *ctx, const char *text)
{
    print(ctx, "damage", text);
}

static void say_result(const struct command_call *call, const struct corpus_check *c)
{
    struct buf line;

    buf_init(&line);
    buf_add_fmt(&line, "%s%s: %ld %s, %ld %s", call->args[0], call->arg_count > 1 ? " and more" : "",
                c->files, c->files == 1 ? "file" : "files", c->articles,
                c->articles == 1 ? "article" : "articles");
    if (c->waiting)
        buf_add_fmt(&line, ", %ld still to be read", c->waiting);
    if (c->faults)
        buf_add_fmt(&line, ", %ld not readable", c->faults);
    buf_add_str(&line, c->damage ? "; the cache is damaged: remove it, and it is made again"
                                 : "; the cache is sound");
    output_complain(line.data);
    buf_release(&line);
}

static int check(struct command_call *call)
{
    struct err e = ERR_INIT;
    struct corpus_check c;

    if (!corpus_check(call->args, call->arg_count, call->value[OPTION_CACHE], &c, on_fault, on_damage, call,
                      &e)) {
        output_complain(e.text);
        return (int)e.status;
    }
    if (!call->value[OPTION_QUIET])
        say_result(call, &c);
    return c.faults || c.damage ? ERR_IO : ERR_NONE;
}

const struct command command_check = {
    .name = "check",
    .synopsis = "CORPUS...",
    .summary = "list what could not be read, and see whether the cache is whole",
    .formats = "text|json",
    .options = 1u << OPTION_FORMAT | 1u << OPTION_CACHE | 1u << OPTION_QUIET,
    .min_args = 1,
    .run = check,
};
