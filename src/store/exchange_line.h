/* SPDX-License-Identifier: ISC */
/*
 * Marks of the reading state as lines of text: JSON Lines, one object a mark.
 * Knows: store/exchange, SQLite's JSON. Owns: nothing. Fails: a line that is no mark is a struct err.
 *
 * "kind" is the mark's; "at" its time, in ms since 1970; "writer" the file that made it, 16 hexadecimal digits; the
 * others are the kind's fields by name. Bytes are hexadecimal digits, truths true or false; a field that is null may be
 * left out. A text that is not UTF-8, as names of files can be, stands as hexadecimal digits under its name and
 * "-bytes". Members that are not known are not read. The first line is of kind "reading-state" and gives the "version"
 * of this form.
 */
#ifndef STORE_EXCHANGE_LINE_H
#define STORE_EXCHANGE_LINE_H

#include "base/buf.h"
#include "store/exchange.h"

enum { EXCHANGE_LINE_VERSION = 1 };

/* Add a line: the first one; a mark's. */
void exchange_line_add_first(struct buf *out);
void exchange_line_add(struct buf *out, const struct exchange_mark *m);

/* Takes the mark that the line is (see exchange_take); a first line of this version is taken too, but no *mark. */
bool exchange_line_take(struct state *s, const char *line, size_t len, bool *mark, bool *news, struct err *e);

#endif
