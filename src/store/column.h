/* SPDX-License-Identifier: ISC */
/*
 * What stands in a column of the row that a statement has come to. Whoever has written the file, it may hold anything.
 * Knows: sqlite3. Owns: nothing. Fails: never; what is not what it should be reads as nothing.
 */
#ifndef STORE_COLUMN_H
#define STORE_COLUMN_H

#include <stdbool.h>

#include "base/digest.h"

struct sqlite3_stmt;

/* Text, "" where there is none; valid until the statement's next step. */
const char *column_text(struct sqlite3_stmt *st, int column);

/* A copy of it, for the caller to free; NULL where there is none. */
char *column_copy(struct sqlite3_stmt *st, int column);

/* A digest: false, and all zero, where that is not what stands there. */
bool column_digest(struct sqlite3_stmt *st, int column, struct digest *d);

#endif
