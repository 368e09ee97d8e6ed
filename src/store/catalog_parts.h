/* SPDX-License-Identifier: ISC */
/*
 * The parts of a catalogue: the caches that are read as one, and the ids of what is in them.
 * Knows: store/catalog. Owns: see catalog.h. Fails: as catalog.h says.
 *
 * A part's connection knows its articles, files and roots by ids of its own; in the ids of the whole the part is said.
 */
#ifndef STORE_CATALOG_PARTS_H
#define STORE_CATALOG_PARTS_H

#include <stdint.h>

#include "store/catalog.h"
#include "store/slot.h"

#define CATALOG_PART INT64_C(1000000000000) /* more ids than a part ever has */

enum { CATALOG_PARTS = SLOT_PARTS };

static inline int64_t catalog_id(int part, int64_t local)
{
    return local ? part * CATALOG_PART + local : 0;
}

static inline int catalog_part(int64_t id)
{
    return (int)(id / CATALOG_PART);
}

static inline int64_t catalog_local(int64_t id)
{
    return id % CATALOG_PART;
}

/* Adds the parts of *other, which is then NULL, behind those of l, CATALOG_PARTS in all at most. */
void catalog_join(struct catalog *l, struct catalog **other);

/* Puts *other, a cache of one part, in the place of a part; *other is then NULL. */
void catalog_replace(struct catalog *l, int part, struct catalog **other);

int catalog_parts(const struct catalog *l);
struct db *catalog_db(struct catalog *l, int part);

/* Lends a part that follows no reading state what the reader's marks say of its articles (store/sift.h): those that
 * have a flag, by their ids in the part. */
struct sift_known;
void catalog_lend(struct catalog *l, int part, const struct sift_known *known);
const struct sift_known *catalog_lent(const struct catalog *l, int part);

/* What went wrong in a part since the last call. */
enum db_fault catalog_part_fault(struct catalog *l, int part, struct err *e);

#endif
