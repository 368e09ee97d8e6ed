/* SPDX-License-Identifier: ISC */
/*
 * The sheets of a page (struct sheet): the first one is the article, each other one so many comments of its thread.
 * Which one has a line, and setting one that is not set yet. Private to layout/.
 * Knows: layout/unit. Owns: nothing of its own. Fails: never.
 */
#ifndef LAYOUT_SHEET_H
#define LAYOUT_SHEET_H

#include "layout/unit.h"

/* Makes the sheets for the thread's entries; how many lines they have is guessed. */
void sheet_add(struct page *p);

/* Numbers the lines of sheet i and those below it anew. */
void sheet_number(struct page *p, size_t i);

/* Sets all comments of sheet i, where they are not set yet; lines of sheets below it get other numbers. */
void sheet_set(struct page *p, size_t i);

/* The sheet that has line n, or the last one. */
size_t sheet_of(const struct page *p, int n);

/* Line n, which is set, of which unit. */
const struct unit_line *sheet_line(struct page *p, int n, const struct unit **unit);

/* The entry that shows the comment at a position of the thread, its own or that of the branch which it is folded into;
 * and the sheet that an entry stands on. */
int sheet_entry(const struct page *p, int position);
size_t sheet_of_entry(int entry);

/* The first entry on sheet i, which is not the first sheet. */
size_t sheet_first(size_t i);

#endif
