/* SPDX-License-Identifier: ISC */
/*
 * Puts segments that were made by store/segment among those of FTS5: their pages as rows of its tables, and their names
 * into its record of what there is, as if it had written them itself. Whatever FTS5 does with its own segments it does
 * with these: it looks in them, merges them, and marks in newer ones what was deleted from them.
 * Knows: store/db, store/leaves, store/segment, and the tables that FTS5's fts5_index.c documents. Owns: nothing.
 * Fails: through the connection's sticky fault.
 */
#ifndef STORE_GRAFT_H
#define STORE_GRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"
#include "store/leaves.h"
#include "store/segment.h"

struct graft {
    struct db *db;
    int64_t segment; /* its id */
    bool crowded;    /* a level has so many segments that they are to be merged */
};

/* Whether the index of this cache has the form that is written here; into another one FTS5 alone puts words. */
bool graft_fits(struct db *db);

/* Begins to put a segment into the index, inside a transaction. What FTS5 holds in memory is written first, as an older
 * segment; until graft_end it is not to be used on this connection. */
bool graft_begin(struct graft *g, struct db *db);

/* Writes pages that are done. */
bool graft_pages(struct graft *g, const struct leaves_done *d);

/* Makes the segment part of the index once all its pages are written. */
bool graft_end(struct graft *g, const struct leaves *l, const struct segment *s);

#endif
