/* SPDX-License-Identifier: ISC */
/*
 * What is done to one article or to all that are picked.
 * Knows: ui/state, corpus/keep. Owns: nothing. Fails: on the status line.
 */
#ifndef UI_GATHERING_H
#define UI_GATHERING_H

#include "ui/state.h"

/* The articles that an action means: all that are picked where that was asked for, else the selected or open one.
 * Borrowed from u->picks. */
struct targets {
    const int64_t *ids; /* NULL: the one alone */
    size_t count;
    int64_t one;
};

struct targets gathering_targets(struct ui *u);
int64_t gathering_target(const struct targets *t, size_t i);

/* Gives all of them the flag of that kind, or takes it from them where all have it (*on tells), as one step that can
 * be taken back. Returns how many changed. */
long gathering_turn(struct ui *u, enum undo_kind kind, bool *on);

/* Sets the flag of that kind for one article. */
void gathering_set(struct ui *u, int64_t id, enum undo_kind kind, bool on);

/* Says what was done, and to how many where they were picked. */
void gathering_say(struct ui *u, long turned, const char *what);

/* Does a line of tags: "later +work -done". */
void gathering_tag(struct ui *u, const char *line);

#endif
