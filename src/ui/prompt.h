/* SPDX-License-Identifier: ISC */
/*
 * A line of text that is being typed.
 * Knows: base/unicode. Owns: its text and what was typed before. Fails: never.
 */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum prompt_kind {
    PROMPT_NONE,
    PROMPT_FIND,
    PROMPT_FIND_BACK,
    PROMPT_SEARCH,
    PROMPT_FILTER,
    PROMPT_COMMAND,
    PROMPT_NOTE,
    PROMPT_TAG,
    PROMPT_KINDS
};

enum { PROMPT_HISTORY = 50 };

struct prompt_history {
    char *line[PROMPT_HISTORY]; /* oldest first */
    int count;
};

struct prompt {
    enum prompt_kind kind; /* PROMPT_NONE: nothing is being typed */
    struct buf text;
    size_t cursor;         /* byte, at a cluster */
    int older;             /* how far back in the history one has gone, 0 for the line itself */
    char *typed;           /* the line itself, while an older one is shown */
    struct prompt_history history[PROMPT_KINDS];
};

void prompt_init(struct prompt *p);
void prompt_release(struct prompt *p);

/* Whether what is typed finds something at once; else it is done when it is accepted. */
bool prompt_finds(enum prompt_kind kind);

void prompt_start(struct prompt *p, enum prompt_kind kind);

/* Ends it; keep puts the line into the history. The text stays until the next start. */
void prompt_end(struct prompt *p, bool keep);

/* Each returns whether the text changed. */
bool prompt_insert(struct prompt *p, const char *s, size_t len); /* controls are left out */
bool prompt_rubout(struct prompt *p);
bool prompt_delete(struct prompt *p);
bool prompt_rubout_word(struct prompt *p);
bool prompt_rubout_all(struct prompt *p);
bool prompt_delete_rest(struct prompt *p);
bool prompt_recall(struct prompt *p, int direction); /* 1: older, -1: newer */

/* Moves the cursor by a cluster, or to the start (by < -1) or the end (by > 1). */
void prompt_move(struct prompt *p, int by);

#endif
