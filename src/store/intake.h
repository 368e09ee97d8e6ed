/* SPDX-License-Identifier: ISC */
/*
 * The words of a transaction on their way into the full-text index, and out of it. They wait here until there are
 * enough for a turn; then those to be added go into a segment (store/segment), on a thread of its own while the caller
 * goes on, and those to be taken out to FTS5. The segment is put into the index when the transaction ends, or when it
 * is large.
 * Knows: store/db, store/segment, store/prefixes, store/graft. Owns: what waits, the segment, the thread. Fails:
 * through the connection's sticky fault.
 */
#ifndef STORE_INTAKE_H
#define STORE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/begins_log.h"
#include "store/db.h"
#include "store/entry.h"

struct intake;

/* db and log are borrowed. */
struct intake *intake_new(struct db *db, struct begins_log *log);
void intake_free(struct intake **q);

/* Forgets what waits and what was not put into the index: a transaction begins, or was undone. */
void intake_clear(struct intake *q);

/* Adds the article in this slot to the index, or takes it out: its columns as words_pack packs them, side by side, and
 * where each ends. To be taken out are the very words that were added. id: of a new article, whose words' beginnings
 * come into the table begins too, or into the log where no segment is made of them; 0 for none, or where the caller
 * sees to that. */
bool intake_put(struct intake *q, int64_t slot, bool add, int64_t id, const char *packed,
                const size_t end[ENTRY_COLUMNS]);

/* No more words come before the transaction ends: what is to be put into the index is made ready for it, beside what
 * the caller does. */
bool intake_seal(struct intake *q);

/* All that waits goes into the index: the transaction ends. */
bool intake_finish(struct intake *q);

#endif
