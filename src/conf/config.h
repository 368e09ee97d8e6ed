/* SPDX-License-Identifier: ISC */
/*
 * The configuration file: lines of words, handed to whoever knows what they command.
 * Knows: the files' syntax; nothing of what the commands mean. Owns: nothing between calls.
 * Fails: a bad line is reported as "FILE:LINE: what is wrong" and costs no other line.
 *
 * A line is a command and its words, parted by blanks. Quotes "..." hold blanks together, and in them \" \\ \t
 * stand for themselves; '...' takes all as it is. # begins a comment where a word could begin. A backslash at a
 * line's end joins the next line. `source FILE` reads another file here, from the folder of this one where
 * FILE is relative, "~/" being the home folder.
 */
#ifndef CONF_CONFIG_H
#define CONF_CONFIG_H

#include <stdbool.h>

#include "base/err.h"

enum {
    CONFIG_WORDS_MAX = 32,  /* words in a line */
    CONFIG_DEPTH_MAX = 8,   /* files that source one another */
};

/* One line to be done: word[0] is the command. Words are valid during the call. Returns false and sets e where
 * the line is wrong; the reading goes on either way. */
typedef bool config_line_fn(void *ctx, int count, char *const *word, struct err *e);

/* Called for each fault, its text with file and line before it. */
typedef void config_fault_fn(void *ctx, const char *text);

/* Reads the file at path and calls line for each line of it. Returns how many faults there were. A file that is
 * not there is one, unless optional. */
int config_read(const char *path, bool optional, config_line_fn *line, config_fault_fn *fault, void *ctx);

/* Does one line given as text (the command line of the screen): `source` is a command like any other here, and e names
 * no file. */
bool config_do(const char *text, config_line_fn *line, void *ctx, struct err *e);

/* Where the configuration stands: CUTTINGS_CONFIG, else "config" in the user's configuration folder. To be
 * freed by the caller. */
char *config_path(void);

#endif
