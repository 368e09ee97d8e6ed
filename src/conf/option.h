/* SPDX-License-Identifier: ISC */
/*
 * Options that a reader sets: `set NAME VALUE` in the configuration and on the screen's command line.
 * Knows: nothing of what they do. Owns: a struct options is plain data of the caller; its strings are his too.
 * Fails: with a struct err that names the option and what it takes.
 */
#ifndef CONF_OPTION_H
#define CONF_OPTION_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum option {
    SET_ASCII,
    SET_CLIPBOARD,
    SET_HYPHENATE,
    SET_JUSTIFY,
    SET_HYPERLINKS,
    SET_LINKS,
    SET_LIST_FORMAT,
    SET_MARK_READ,
    SET_MEASURE,
    SET_MOUSE,
    SET_NAMES,
    SET_REVERSE,
    SET_SNIPPETS,
    SET_SORT,
    SET_SPACE_FLOW,
    SET_SPARKLINE,
    SET_THEME,
    SET_TITLE,
    SET_WIDE_FROM,
    SET_COUNT
};

enum option_type {
    OPTION_TYPE_SWITCH, /* on or off */
    OPTION_TYPE_NUMBER,
    OPTION_TYPE_CHOICE, /* one of the words; the value is its number */
    OPTION_TYPE_TEXT,
};

/* What must be done again when an option changes. */
enum option_redo {
    REDO_NOTHING,
    REDO_PAGE,  /* the page is set anew */
    REDO_LIST,  /* the list is read anew */
    REDO_LOOKS, /* all looks are made anew */
};

struct option_info {
    const char *name;
    enum option_type type;
    int fallback;            /* default of a switch, a number or a choice */
    const char *text;        /* default of a text; for a choice its words, "a|b|c" */
    int least, most;         /* bounds of a number */
    enum option_redo redo;
    const char *help;        /* one line */
};

struct options {
    int number[SET_COUNT]; /* a switch's 0 or 1, a number, a choice's number */
    char *text[SET_COUNT]; /* of a text option; never NULL for one */
};

/* What the number of SET_MARK_READ means. */
enum option_mark_read { MARK_READ_END, MARK_READ_OPEN, MARK_READ_NEVER };

/* What the number of SET_HYPERLINKS means. */
enum option_hyperlinks { HYPERLINKS_KNOWN, HYPERLINKS_ON, HYPERLINKS_OFF };

/* The row of option o; static. */
const struct option_info *option_info(enum option o);
bool option_find(const char *name, enum option *o);

void options_init(struct options *o);
void options_release(struct options *o);

/* Does a `set` line: word[0] is "set"; then NAME VALUE, or for a switch NAME, noNAME or NAME!, which turns it
 * over. *changed tells which option it was. False and e where it is wrong; nothing is changed then. */
bool options_set(struct options *o, int count, char *const *word, enum option *changed, struct err *e);

/* Adds "NAME VALUE" as a `set` line takes it. */
void options_add(const struct options *o, enum option which, struct buf *out);

/* Word n of a choice; false past the last one. */
bool option_choice(enum option o, int n, struct buf *out);

#endif
