/* SPDX-License-Identifier: ISC */
/*
 * Lists that have a name: filters of the configuration, saved searches, tags, sites, months, and the shelf.
 * Knows: ui/state, corpus/groups, corpus/keep. Owns: struct folders owns its names. Fails: on the status line.
 */
#ifndef UI_FOLDERS_H
#define UI_FOLDERS_H

#include "base/err.h"
#include "ui/state.h"

/* A filter of the configuration. */
void folders_set(struct folders *f, const char *name, const char *query);

/* Whether something in the menu that is open waits to be counted, and counts on for a moment. */
bool folders_uncounted(const struct ui *u);
void folders_count(struct ui *u);

/* Lets go of all that is held. */
void folders_end(struct ui *u);

/* Opens what the selected item of the menu stands for; forgets the saved search that it is (number: that
 * item; 0 for the selected one). */
void folders_pick(struct ui *u);
void folders_forget_item(struct ui *u, long number);

/* Forgets the search that was saved under this name, and says what it was; false and e where there is none. */
bool folders_forget(struct ui *u, const char *name, struct err *e);

/* Opens the list with this name; false and e where there is none. */
bool folders_open(struct ui *u, const char *name, struct err *e);

/* Whether the months of the results that the list shows are to be counted, and counts on for a moment. */
bool folders_spark_due(const struct ui *u);
void folders_spark(struct ui *u);

/* Adds each name, with its zero byte. */
void folders_names(struct ui *u, struct buf *out);

#endif
