/* SPDX-License-Identifier: ISC */
/*
 * What the pages of each site repeat: in how many of them a line stands, and what follows for the parser.
 * Knows: store/db. Owns: its counts, at most SITES_MAX sites and SITES_LINES lines of all of them together.
 * Fails: through the connection's sticky fault.
 *
 * Counting is lossy (Manku and Motwani, "Approximate frequency counts over data streams", 2002): where there is
 * no more room the lines seen least are forgotten, which a line that stands on many pages never is for long.
 * A site's verdicts change only when it has grown by half since they were made, never between: they depend on
 * the records and their order, not on threads and commits. Removed pages stay counted.
 */
#ifndef STORE_SITES_H
#define STORE_SITES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"

enum { SITES_MAX = 8192, SITES_LINES = 1 << 17 };

struct sites;
struct voice; /* store/voice.h */

struct sites *sites_new(void);
void sites_free(struct sites **s);

/* Reads what the cache keeps; writes what changed since, inside a transaction. */
bool sites_load(struct sites *s, struct db *db);
bool sites_save(struct sites *s, struct db *db);

/* The number of the site with this name or host, whatever its case and without "www."; 0 for an empty name. */
int64_t sites_id(const char *name, size_t len);

/* Counts one more page of a site, which holds these lines, each given once. A page with hardly a line of its
 * own is a copy and counts nothing. True where verdicts changed. */
bool sites_count(struct sites *s, int64_t site, const uint64_t *line, size_t count);

/* The verdicts as they are now; the caller holds them. */
struct voice *sites_voice(const struct sites *s);

/* A site and since when its verdicts are as they are. */
struct sites_turn {
    int64_t id, turn;
};

/* The sites with articles that may have been parsed by verdicts before the present ones, for the caller to free; NULL
 * where there are none. They were all parsed again, by these. Whether the cache keeps any such site. */
struct sites_turn *sites_due(const struct sites *s, size_t *count);
void sites_settled(struct sites *s, struct sites_turn site);
bool sites_any_due(struct db *db);

/* How many lines are counted: what the bound is on, which the tests hold it to. */
size_t sites_lines(const struct sites *s);

#endif
