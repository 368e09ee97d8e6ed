/* SPDX-License-Identifier: ISC */
/*
 * The commands and their options: one table each, for dispatch, getopt, --help, the manual and the completions.
 * Knows: the command files (extern rows below). Owns: nothing beyond a call.
 * Fails: a command line that cannot be used ends with one line on standard error and status 2.
 */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/output.h"

/* Every option of every command; a command lists the ones that it takes. */
enum command_option {
    OPTION_FORMAT,
    OPTION_SORT,
    OPTION_REVERSE,
    OPTION_LIMIT,
    OPTION_EXPLAIN,
    OPTION_CACHE,
    OPTION_CORPUS,
    OPTION_MEMORY,
    OPTION_RESTRICTED,
    OPTION_EPHEMERAL,
    OPTION_QUIET,
    OPTION_DROP,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT
};

struct command_option_info {
    const char *name;     /* long, without the dashes */
    char letter;          /* short, 0 for none */
    const char *argument; /* what stands behind "=", NULL where it takes none */
    const char *help;     /* one line */
};

struct command;

/* One call of a command: what its function works on. */
struct command_call {
    const struct command *command;
    const char *const *args; /* the operands, as given */
    int arg_count;
    const char *value[OPTION_COUNT]; /* NULL: not given; "" for an option without argument */
    const char **corpora;            /* each --corpus, of which value has the last */
    int corpus_count;
    struct output *out;
};

struct command {
    const char *name;     /* NULL for the one that runs where no command is named */
    const char *synopsis; /* its operands */
    const char *summary;  /* one line */
    const char *formats;  /* values of --format, the default first: "text|json"; NULL where it has none */
    unsigned options;     /* bits 1 << enum command_option; help and version belong to every command */
    int min_args;         /* fewer operands are a usage error */
    int (*run)(struct command_call *call); /* an exit status (base/err.h) */
};

/* The row of option o; static. */
const struct command_option_info *command_option_info(enum command_option o);

/* Command number n in the order of the help, NULL past the last one; number 0 is the one without a name. */
const struct command *command_at(size_t n);

/* Whether command c takes option o. */
bool command_takes(const struct command *c, enum command_option o);

/* Runs the command line and returns the exit status. argv is reordered as getopt_long does. */
int command_main(int argc, const char *const *argv);

/* Whether --format was given as name, or was not given and name is the default. */
bool command_format_is(const struct command_call *call, const char *name);

/* Says on standard error what is wrong with the command line and where to read more; returns ERR_USAGE. */
int command_usage(const struct command *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The rows, each in the file of its command. */
extern const struct command command_read, command_check, command_index, command_list, command_show;
extern const struct command command_parse, command_search, command_shelf, command_rules, command_export;
extern const struct command command_state;

#endif
