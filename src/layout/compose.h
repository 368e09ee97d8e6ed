/* SPDX-License-Identifier: ISC */
/*
 * From blocks to units: what is shown of an article, in which order and in which dress. For the files of layout/ alone.
 * Knows: layout/unit, and who makes the units of other kinds. Owns: nothing. Fails: never.
 */
#ifndef LAYOUT_COMPOSE_H
#define LAYOUT_COMPOSE_H

#include "layout/unit.h"

/* Makes the next unit or units of the first sheet; false where it is complete. */
bool compose_next(struct page *p);

/* Makes the line at the very end. */
void compose_last(struct page *p);

/* Makes the unit's flow of bytes [from, to) of text, the article's or its comment's. */
void compose_text(struct page *p, struct unit *u, const char *text, size_t from, size_t to);

/* What stands so many columns further in than the text around it is kept as it stands, behind `guides`:
 * code, tables, verses. To be called before compose_text. */
void compose_keep(struct page *p, struct unit *u, const char *guides, int columns);

/* Gives the unit a prefix, if at least as much room is left for the text as the prefix takes. */
void compose_prefix(struct page *p, struct unit *u, const char *first, const char *more, enum style style);

/* The next line of s, or the next piece of a very long one, that begins at *at or, behind what is blank,
 * after it: moves *at to its start, *end is its end. False where nothing follows before `limit`. */
bool compose_line(const char *s, size_t *at, size_t limit, size_t *end);

/* A unit of our own words, made fit for one paragraph. */
struct unit *compose_note(struct page *p, const char *text, size_t len, enum style style);

#endif
