/* SPDX-License-Identifier: ISC */
/*
 * Lines of the configuration and of the command line (`:`): set, bind, color, source, and every action by name.
 * Knows: conf/, ui/state. Owns: nothing. Fails: with a struct err that names the word.
 */
#ifndef UI_COMMAND_H
#define UI_COMMAND_H

#include "base/err.h"
#include "ui/state.h"

/* Does one line that a reader typed; what is wrong is said on the status line. */
void command_do(struct ui *u, const char *line);

/* Reads the configuration and the theme that it names. The first fault is kept for the status line; the screen
 * starts in any case. */
void command_configure(struct ui *u);

/* Gives the terminal the looks of the theme and the options' values to what goes by them. */
void command_apply(struct ui *u);

/* Whether the line begins as one that can be done. */
bool command_is(const char *line);

/* A path as a reader types it: the folder that "~/" stands for is the home. To be freed. */
char *command_path(const char *path);

/* The places of a `bind` or `macro` line, "list,reader", as bits 1 << enum action_context; "all" stands for those of
 * everywhere. False and e where one is none. */
enum { PLACES_OF_VIEWS = ((1u << CONTEXT_COUNT) - 1) & ~(1u << CONTEXT_PROMPT) }; /* all but where text is typed */
bool command_places(const char *word, unsigned everywhere, unsigned *places, struct err *e);

struct command_info {
    const char *name, *synopsis, *help;
};

/* The commands that are not actions, for the manual; NULL past the last one. */
const struct command_info *command_info(int n);

#endif
