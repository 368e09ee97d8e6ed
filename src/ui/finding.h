/* SPDX-License-Identifier: ISC */
/*
 * Finding, as far as it goes on beside the keys: what follows when a prompt's text changes.
 * Knows: ui/state. Owns: nothing. Fails: says so on the status line.
 */
#ifndef UI_FINDING_H
#define UI_FINDING_H

#include "ui/state.h"

/* The prompt's text changed, was accepted, or given up. */
void finding_changed(struct ui *u);
void finding_accepted(struct ui *u);
void finding_cancelled(struct ui *u);

/* Reads the results that are due; does nothing where none are. */
void finding_results(struct ui *u);

/* Goes on for a moment with the search that the list shows. True where something shown has changed. */
bool finding_search(struct ui *u);

/* Whether comments of the open article are still to be looked at for what is found there; looks at some more. */
bool finding_seeks(const struct ui *u);
void finding_seek(struct ui *u);

/* Looks at some more headlines while the scan runs. */
void finding_scan(struct ui *u);

/* Marks in the open article what the list's search looks for, and goes to the first of it. */
void finding_mark_hits(struct ui *u);

/* The same in some more of its comments, from the reader's hits_due on. */
void finding_more_hits(struct ui *u);

/* Puts back the list that a search took the place of; false where there is none. */
bool finding_leave_results(struct ui *u);

/* Shows what a query finds in the list's place, as an accepted filter: in an order (enum corpus_order), or -1 for the
 * list's own. */
void finding_show(struct ui *u, const char *query, int order);

#endif
