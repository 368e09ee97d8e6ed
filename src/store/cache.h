/* SPDX-License-Identifier: ISC */
/*
 * The cache as its one writer sees it: articles in and out, flags, and what the cache knows of itself.
 * Knows: store/db, store/schema, store/rank, store/entry. Owns: the writing connection.
 * Fails: the first fault sticks (cache_fault); a transaction with a fault is rolled back whole.
 */
#ifndef STORE_CACHE_H
#define STORE_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/entry.h"

struct cache;

/* NULL and e where it cannot be opened; *damaged (which may be NULL) says whether because the file is damaged. */
struct cache *cache_open(const char *path, bool *damaged, struct err *e);
void cache_close(struct cache **c);
struct db *cache_db(struct cache *c);
struct codec *cache_codec(struct cache *c);

/* One transaction: cache_commit makes visible what was done since cache_begin; where a fault sticks it undoes
 * it. */
bool cache_begin(struct cache *c);
bool cache_commit(struct cache *c);

/* Writes the places of the articles put so far, which otherwise wait for the commit. */
bool cache_flush(struct cache *c);

/* The root with this path, made where it is not there. */
int64_t cache_root(struct cache *c, const char *path);

/* All below inside a transaction. */

/* Writes an article: a new one where id is 0, else in the place of that one, which is there and keeps its id. Returns
 * the id. */
int64_t cache_put(struct cache *c, const struct entry *en, int64_t id);
bool cache_remove(struct cache *c, int64_t id);

/* Removes up to max articles of a file, and the file after the last one; returns how many went. */
int cache_remove_file(struct cache *c, int64_t file, int max);

/* Gives the article another number in its file, and the locator's tail that goes with it. */
bool cache_renumber(struct cache *c, int64_t id, long seq, const char *tail);

/* Gives a file another name (key: see store/schema.h), and its articles the places that go with it. */
bool cache_rename_file(struct cache *c, int64_t file, const char *name, const void *key, size_t key_len);

/* rank_flag bits. */
bool cache_set_flags(struct cache *c, int64_t id, unsigned flags);

/* Merges the full-text index's pieces for about the time of that many pages; false when there is no more to
 * do. */
bool cache_merge(struct cache *c, int pages);

#endif
