/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"

#include "base/mem.h"
#include "cmd/names.h"
#include "cmd/restrict.h"
#include "corpus/view.h"

#include <assert.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Long options return this and their number, so that they cannot be taken for a letter. */
enum { LONG_BASE = 256 };

/* Columns of the help, and where in it the words on options and commands begin. */
enum { HELP_COLUMNS = 79, OPTION_COLUMN = 28, COMMAND_COLUMN = 11 };

static const struct command_option_info options[OPTION_COUNT] = {
    [OPTION_FORMAT] = {"format", 'f', "NAME", "how to print"},
    [OPTION_SORT] = {"sort", 's', "ORDER", "how the articles are ordered"},
    [OPTION_REVERSE] = {"reverse", 'r', NULL, "turn the order round"},
    [OPTION_LIMIT] = {"limit", 'n', "COUNT", "print that many at most"},
    [OPTION_EXPLAIN] = {"explain", 'e', NULL, "say for each line what decided on its kind"},
    [OPTION_CACHE] = {"cache", 'c', "FILE", "keep the cache in FILE, a cache or a new file"},
    [OPTION_CORPUS] = {"corpus", 'C', "CORPUS", "the corpus that is meant; several together"},
    [OPTION_MEMORY] = {"memory", 'm', NULL, "keep cache and reading state in memory only"},
    [OPTION_RESTRICTED] = {"restricted", 'R', NULL, "read these corpora and do nothing else"},
    [OPTION_EPHEMERAL] = {"ephemeral", 'E', NULL, "write nothing: read the cache as it stands, keep marks in memory"},
    [OPTION_QUIET] = {"quiet", 'q', NULL, "say nothing but faults"},
    [OPTION_DROP] = {"drop", 'd', "NUMBER", "take the rule of that number back"},
    [OPTION_HELP] = {"help", 'h', NULL, "print this help and end"},
    [OPTION_VERSION] = {"version", 'V', NULL, "print the version and end"},
};

static const struct command *const commands[] = {
    &command_read,  &command_index,  &command_list,  &command_search, &command_show,
    &command_parse, &command_export, &command_shelf, &command_state,
    &command_rules, &command_check,
};

const struct command_option_info *command_option_info(enum command_option o)
{
    return &options[o];
}

const struct command *command_at(size_t n)
{
    return n < sizeof commands / sizeof commands[0] ? commands[n] : NULL;
}

bool command_takes(const struct command *c, enum command_option o)
{
    return o == OPTION_HELP || o == OPTION_VERSION || (c->options & 1u << o);
}

static const struct command *find(const char *name)
{
    const struct command *c;
    size_t n;

    for (n = 0; (c = command_at(n)); n++)
        if (c->name && strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

/* "cuttings parse", "cuttings". */
static void add_invocation(struct buf *out, const struct command *c)
{
    buf_add_str(out, "cuttings");
    if (c->name)
        buf_add_fmt(out, " %s", c->name);
}

/* One line on standard error, and where to read more. */
int command_usage(const struct command *c, const char *format, ...)
{
    struct buf line;
    va_list args;

    buf_init(&line);
    va_start(args, format);
    buf_add_vfmt(&line, format, args);
    va_end(args);
    buf_add_str(&line, " (see '");
    add_invocation(&line, c);
    buf_add_str(&line, " --help')");
    output_complain(line.data);
    buf_release(&line);
    return ERR_USAGE;
}

/* A row of the help: words on the left, and what they mean from a column on, broken before the 80th. */
static void print_row(struct output *out, int column, const char *left, const char *right)
{
    struct buf row;
    int at = 2 + (int)strlen(left);

    buf_init(&row);
    buf_add_fmt(&row, "  %s", left);
    while (*right) {
        int len = (int)strcspn(right, " "), from = at + 1 > column ? at + 1 : column;
        bool beside = row.len == 2 + strlen(left); /* nothing is said yet: it begins at its column */

        if (from + len > HELP_COLUMNS || (beside && from > column)) {
            buf_add_char(&row, '\n');
            at = 0;
            from = column;
        }
        for (; at < from; at++)
            buf_add_char(&row, ' ');
        buf_add(&row, right, (size_t)len);
        at += len;
        right += len;
        right += strspn(right, " ");
    }
    output_fmt(out, "%s\n", row.data);
    buf_release(&row);
}

static void print_option(struct output *out, const struct command *c, enum command_option o)
{
    const struct command_option_info *info = &options[o];
    const char *argument = o == OPTION_FORMAT && c->formats ? c->formats : info->argument;
    struct buf left, right;
    int i;

    buf_init(&left);
    buf_init(&right);
    buf_add_fmt(&left, info->letter ? "-%c, " : "    ", info->letter);
    buf_add_fmt(&left, "--%s%s%s", info->name, argument ? "=" : "", argument ? argument : "");
    buf_add_str(&right, info->help);
    for (i = 0; o == OPTION_SORT && i < CORPUS_ORDER_COUNT; i++)
        buf_add_fmt(&right, "%s%s", i ? ", " : ": ", corpus_order_info((enum corpus_order)i)->name);
    print_row(out, OPTION_COLUMN, left.data, right.data);
    buf_release(&right);
    buf_release(&left);
}

static void print_help(struct output *out, const struct command *c)
{
    struct buf name;
    size_t n;
    int o;

    buf_init(&name);
    add_invocation(&name, c);
    output_fmt(out, "usage: %s [OPTION]...%s%s\n%s\n\n", name.data, *c->synopsis ? " " : "", c->synopsis,
               c->summary);
    buf_release(&name);
    for (o = 0; o < OPTION_COUNT; o++)
        if (command_takes(c, (enum command_option)o))
            print_option(out, c, (enum command_option)o);
    if (c->name)
        return;
    output_fmt(out, "\nOther commands; 'cuttings COMMAND --help' says more of each:\n");
    for (n = 1; (c = command_at(n)); n++)
        print_row(out, COMMAND_COLUMN, c->name, c->summary);
    output_fmt(out, "\nThe manual: man cuttings\n");
}

/* What getopt_long wants, made from the table. */
struct getopt_tables {
    struct option longs[OPTION_COUNT + 1];
    char shorts[2 * OPTION_COUNT + 2];
};

static void make_tables(struct getopt_tables *t, const struct command *c)
{
    size_t count = 0, len = 0;
    int o;

    t->shorts[len++] = ':';
    for (o = 0; o < OPTION_COUNT; o++) {
        const struct command_option_info *info = &options[o];

        if (!command_takes(c, (enum command_option)o))
            continue;
        t->longs[count++] = (struct option){
            info->name, info->argument ? required_argument : no_argument, NULL, LONG_BASE + o};
        if (info->letter) {
            t->shorts[len++] = info->letter;
            if (info->argument)
                t->shorts[len++] = ':';
        }
    }
    t->longs[count] = (struct option){NULL, 0, NULL, 0};
    t->shorts[len] = '\0';
}

static int option_of(int returned)
{
    int o;

    if (returned >= LONG_BASE)
        return returned - LONG_BASE;
    for (o = 0; o < OPTION_COUNT; o++)
        if (options[o].letter && options[o].letter == returned)
            return o;
    return -1;
}

/* The words of "text|json". */
static bool is_choice(const char *choices, const char *word)
{
    size_t len = strlen(word);

    while (*choices) {
        size_t span = strcspn(choices, "|");

        if (span == len && memcmp(choices, word, len) == 0)
            return true;
        choices += span + (choices[span] == '|');
    }
    return false;
}

bool command_format_is(const struct command_call *call, const char *name)
{
    const char *value = call->value[OPTION_FORMAT];

    assert(call->command->formats && is_choice(call->command->formats, name));
    if (value)
        return strcmp(value, name) == 0;
    return strncmp(call->command->formats, name, strlen(name)) == 0;
}

static int refuse(const struct command *c, int returned, const char *word)
{
    char letter[] = {'-', (char)optopt, '\0'};
    int o = option_of(optopt);
    struct buf name;

    buf_init(&name);
    if (optopt >= LONG_BASE)
        buf_add_fmt(&name, "--%s", options[o].name);
    else
        buf_add_fmt(&name, "%.*s", (int)strcspn(optopt ? letter : word, "="), optopt ? letter : word);
    if (returned == ':')
        command_usage(c, "option '%s' needs an argument", name.data);
    else if (optopt >= LONG_BASE)
        command_usage(c, "option '%s' takes no argument", name.data);
    else
        command_usage(c, "unknown option '%s'", name.data);
    buf_release(&name);
    return ERR_USAGE;
}

/* Reads the options of argv[1] and after into the call; an exit status. */
static int read_options(struct command_call *call, int argc, char *const *argv)
{
    struct getopt_tables tables;
    int got;

    make_tables(&tables, call->command);
    opterr = 0;
    while ((got = getopt_long(argc, argv, tables.shorts, tables.longs, NULL)) != -1) {
        if (got == '?' || got == ':')
            return refuse(call->command, got, argv[optind - 1]);
        call->value[option_of(got)] = optarg ? optarg : "";
        if (option_of(got) == OPTION_CORPUS)
            call->corpora[call->corpus_count++] = optarg;
    }
    call->args = (const char *const *)argv + optind;
    call->arg_count = argc - optind;
    return ERR_NONE;
}

static void print_version(struct output *out)
{
    struct buf words;

    buf_init(&words);
    restrict_describe(&words);
    output_fmt(out, "cuttings %s\n%s", PACKAGE_VERSION, words.data);
    buf_release(&words);
}

static int run(struct command_call *call)
{
    const struct command *c = call->command;
    const char *format = call->value[OPTION_FORMAT];

    if (call->value[OPTION_HELP]) {
        print_help(call->out, c);
        return ERR_NONE;
    }
    if (call->value[OPTION_VERSION]) {
        print_version(call->out);
        return ERR_NONE;
    }
    if (format && !is_choice(c->formats, format))
        return command_usage(c, "unknown format '%s'", format);
    if (call->arg_count < c->min_args)
        return command_usage(c, "'%s' needs an operand", c->name);
    names_configure();
    if (restrict_is_wanted(call)) {
        int status = call->arg_count > 0 ? restrict_begin(call)
                                         : command_usage(c, "the restricted mode wants a corpus to be named");

        if (status != ERR_NONE)
            return status;
    }
    return c->run(call);
}

int command_main(int argc, const char *const *argv)
{
    const struct command *named = argc > 1 ? find(argv[1]) : NULL;
    struct command_call call = {.command = named ? named : command_at(0)};
    char **words = mem_zalloc((size_t)argc + 1, sizeof *words);
    struct output out;
    int status, count = 0, i;

    /* getopt_long wants a program name first and reorders what follows. */
    for (i = named ? 1 : 0; i < argc; i++)
        words[count++] = (char *)argv[i];
    output_init(&out, STDOUT_FILENO);
    call.out = &out;
    call.corpora = mem_zalloc((size_t)argc + 1, sizeof *call.corpora);
    status = read_options(&call, count, words);
    if (status == ERR_NONE)
        status = run(&call);
    if (!output_finish(&out))
        status = ERR_IO;
    free(call.corpora);
    free(words);
    return status;
}
