/* SPDX-License-Identifier: ISC */
/*
 * What keys can do: one table (ui/action.def) for dispatch, the keymap, the help overlay and the manual.
 * Knows: conf/key's notation. Owns: nothing; all is static.
 * Fails: an unknown name is an answer.
 */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include <stdbool.h>

enum action {
#define ACTION(id, ...) ACTION_##id,
#include "ui/action.def"
#undef ACTION
    ACTION_COUNT,
    ACTION_NONE = ACTION_COUNT
};

/* Where a key means something. A key is looked up in one context at a time. */
enum action_context {
    CONTEXT_LIST,
    CONTEXT_READER, /* in the article's own text */
    CONTEXT_THREAD, /* in its comments */
    CONTEXT_SELECT, /* with a caret in the text */
    CONTEXT_MENU,
    CONTEXT_HELP,
    CONTEXT_PROMPT,
    CONTEXT_REPAIR, /* picking a line that the parser took wrong */
    CONTEXT_COUNT
};

/* What must be there (the status line says so where it is not, and the action is not called), and what more can be
 * done with it. */
enum action_need {
    NEED_ROW = 1 << 0,      /* an article is selected or open */
    NEED_ARTICLE = 1 << 1,  /* an article is open */
    NEED_COMMENTS = 1 << 2, /* and it has comments */
    CAN_REPEAT = 1 << 3,    /* `again` does it once more */
    CAN_MANY = 1 << 4,      /* it can be done to all that are picked */
};

/* Headings of the help overlay, in its order. */
enum action_subject {
    SUBJECT_MOVING,
    SUBJECT_ARTICLES,
    SUBJECT_GATHERING,
    SUBJECT_FOLDERS,
    SUBJECT_READING,
    SUBJECT_KEEPING,
    SUBJECT_CORRECTING,
    SUBJECT_FINDING,
    SUBJECT_PROGRAM,
    SUBJECT_TYPING,
    SUBJECT_COUNT
};

enum {
    ACTION_KEYS = 6,
    ACTION_HELP_COLUMNS = 42, /* of the longest line of help */
};

struct action_info {
    const char *name;     /* as in `bind` lines: "line-down" */
    unsigned contexts;    /* bits 1 << enum action_context */
    unsigned needs;       /* enum action_need bits */
    enum action_subject subject;
    const char *help;     /* one line of ACTION_HELP_COLUMNS at the most, lower case, no full stop */
    const char *keys[ACTION_KEYS]; /* default keys, each a sequence in conf/key's notation; ends with NULL */
};

/* The row of action a, 0 <= a < ACTION_COUNT; static. */
const struct action_info *action_info(enum action a);

/* ACTION_COUNT, for readers of the table that stay apart from its ids. */
int action_count(void);

bool action_find(const char *name, enum action *a);

/* "list", "reader", ...: as in `bind` lines. */
const char *action_context_name(enum action_context c);
bool action_context_find(const char *name, enum action_context *c);

/* "Moving", "Articles", ... */
const char *action_subject_name(enum action_subject s);

#endif
