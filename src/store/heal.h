/* SPDX-License-Identifier: ISC */
/*
 * Databases that can be opened: made where they are not there, set aside where they are damaged.
 * Knows: store/db, store/schema. Owns: nothing. Fails: with a struct err; nothing but a cache
 * is ever deleted.
 */
#ifndef STORE_HEAL_H
#define STORE_HEAL_H

#include <stdbool.h>

#include "base/err.h"

/* What heal_prepare found or did. */
enum heal_state {
    HEAL_KNOWN,   /* there, and of this version */
    HEAL_MADE,    /* was not there, or of another version: made, empty */
    HEAL_HEALED,  /* was damaged: set aside, made again */
    HEAL_FOREIGN, /* something else than a cache: left alone; e says so */
    HEAL_FAILED,  /* cannot be made or opened; e says why */
};

/* Sees to it that path is a cache that can be opened. */
enum heal_state heal_prepare(const char *path, struct err *e);

/* Whether the file at path is a cache of this program, of whatever version: by its first bytes. */
bool heal_is_cache(const char *path);

/* Whether a file with anything in it is at path, and is not of SQLite, not even a damaged one: by its first bytes. */
bool heal_is_no_database(const char *path);

/* Renames the database at path and what belongs to it to "path.WHY-YYYYMMDD-HHMMSS"; aside (freed by the
 * caller) gets the new name. */
bool heal_set_aside(const char *path, const char *why, char **aside, struct err *e);

/* Copies the database at path, as it is committed now, to the new file `to` (mode 0600), which is there whole and on
 * the disk, or not at all. */
bool heal_copy(const char *path, const char *to, struct err *e);

#endif
