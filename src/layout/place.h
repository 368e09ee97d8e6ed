/* SPDX-License-Identifier: ISC */
/*
 * Between cells and places: which character stands at a column, and at which column a character stands; for
 * cursors, mice and selections.
 * Knows: layout/page, layout/unit. Owns: nothing. Fails: never.
 */
#ifndef LAYOUT_PLACE_H
#define LAYOUT_PLACE_H

#include "layout/line.h"
#include "layout/page.h"

/* The place of the character at column of line n, which the page has; left of the text its first character,
 * right of it the place just past its last one. For a line that is no text, the place it stands at. */
struct line_place place_at(struct page *p, int n, int column);

/* The column at which the character at place begins on line n, which page_find gave for it; the line's first
 * column of text where the place is not on it. */
int place_column(struct page *p, int n, struct line_place place);

#endif
