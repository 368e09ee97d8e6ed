/* SPDX-License-Identifier: ISC */
/*
 * A picture of cells, and the fewest bytes that turn what the terminal shows into it.
 * Knows: term/caps, conf/style, base/unicode. Owns: both pictures. Fails: never; what lies outside is clipped.
 * Nothing is written here: screen_update adds bytes to a buffer, so that a frame is one write.
 */
#ifndef TERM_SCREEN_H
#define TERM_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/door.h"
#include "conf/style.h"
#include "term/caps.h"

/* How a style looks: attributes that the terminal has, and colours (-1 for its own). */
struct screen_look {
    unsigned attr; /* enum style_attr bits */
    int foreground, background;
};

struct screen;

/* caps must live as long as the screen. Free with screen_free. */
struct screen *screen_new(const struct caps *caps);
void screen_free(struct screen **s);

/* Sets the size and forgets what is shown; the new picture is blank. */
void screen_resize(struct screen *s, int rows, int columns);

/* Forgets what the terminal shows: the next update clears it and writes everything. */
void screen_forget(struct screen *s);

void screen_set_look(struct screen *s, enum style style, struct screen_look look);

/* Makes columns [column, column + columns) of a row blank. */
void screen_blank(struct screen *s, int row, int column, int columns);

/* Puts the text's clusters from column on, not at or past column limit; returns the column after the last one. A
 * cluster too wide for what is left is not put in half. */
int screen_put(struct screen *s, int row, int column, int limit, enum style style, struct shown text);

/* Changes the style of cells that are there, for marking matches. */
void screen_restyle(struct screen *s, int row, int column, int columns, enum style style);

/* The number of an address for screen_set_link; the same address has the same number. 0, which links nothing, where
 * it is not printable ASCII alone, as OSC 8 wants it, or where there is no room for more. */
int screen_link(struct screen *s, struct shown address);

/* Makes columns [column, column + columns) of a row, as they were put, clickable. */
void screen_set_link(struct screen *s, int row, int column, int columns, int link);

/* Adds the bytes that make the terminal show the picture, with its cursor at row and column. Adds nothing where
 * it does already. */
void screen_update(struct screen *s, int cursor_row, int cursor_column, struct buf *out);

/* Cells of the picture as text, for tests and for failures: row without trailing blanks. */
void screen_text(const struct screen *s, int row, struct buf *out);

#endif
