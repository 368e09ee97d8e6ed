/* SPDX-License-Identifier: ISC */
/*
 * Putting words and lines on the screen.
 * Knows: term/screen, layout/. Owns: nothing. Fails: never; what does not fit is cut.
 */
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include "layout/line.h"
#include "ui/state.h"

/* Puts text, which may be foreign, at a place, cut with an ellipsis at limit; returns the column behind it. */
int draw_text(struct ui *u, int row, int column, int limit, enum style style, const char *text);

/* The same, ending at limit. Returns the column where it begins. */
int draw_text_right(struct ui *u, int row, int column, int limit, enum style style, const char *text);

/* Puts a laid out line into a pane's columns. */
void draw_line(struct ui *u, int row, int column, int columns, const struct line *line);

/* The views: each paints its panes from the state. */
void paint_list(struct ui *u);
void paint_reader(struct ui *u);
void paint_help(struct ui *u);
void paint_menu(struct ui *u);
void paint_status(struct ui *u);

/* Where the terminal's cursor belongs. */
void place_cursor(const struct ui *u, int *row, int *column);

/* Where the menu's items stand. */
struct pane menu_pane(const struct ui *u);

/* Lines that the help overlay has at the present size. */
int help_lines(const struct ui *u);

/* How many of them are shown at once, and how many come before the end of those shown. */
int help_height(const struct ui *u);
int help_end(const struct ui *u);

/* Adds "12,400". */
void draw_number(struct buf *out, long n);

#endif
