/* SPDX-License-Identifier: ISC */
/*
 * The reading state's file: how its tables are made, brought from an older format to this one, and taken out of a
 * damaged file. For store/state alone.
 * Knows: store/db, the tables of the files that keep some of the reading. Owns: the copies that it leaves beside the
 * file. Fails: with a struct err, or through the connection's sticky fault.
 *
 * A format only adds tables and columns to the one before. Before a file is brought up it is copied to
 * "PATH.format-N-YYYYMMDD-HHMMSS", N its own format; the last STATE_FORMAT_COPIES of them are kept.
 */
#ifndef STORE_STATE_FORMAT_H
#define STORE_STATE_FORMAT_H

#include <stdbool.h>

#include "base/err.h"
#include "store/db.h"

enum { STATE_FORMAT = 5, STATE_FORMAT_COPIES = 4 };

/* Makes what is lacking of the reading state at path, which is open as db. False and e where it is none that this
 * version knows, or where the copy cannot be made; what else is wrong sticks in db, and e says it. */
bool state_format_prepare(struct db *db, const char *path, struct err *e);

/* Copies what can still be read of the file at path, a reading state that was set aside, into db: of each table what
 * stands before the damage, and behind it. */
void state_format_salvage(struct db *db, const char *path);

#endif
