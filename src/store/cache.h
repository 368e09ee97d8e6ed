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

/* What cache_prepare found or did. */
enum cache_state {
    CACHE_KNOWN,   /* there, and of this version */
    CACHE_MADE,    /* was not there, or of another version: made, empty */
    CACHE_HEALED,  /* was damaged: set aside, made again */
    CACHE_FOREIGN, /* something else than a cache: left alone; e says so */
    CACHE_FAILED,  /* cannot be made or opened; e says why */
};

/* Sees to it that path is a cache that can be opened. */
enum cache_state cache_prepare(const char *path, struct err *e);

/* Renames the database at path and what belongs to it to "path.WHY-YYYYMMDD-HHMMSS"; aside (freed by the caller)
 * gets the new name. */
bool cache_set_aside(const char *path, const char *why, char **aside, struct err *e);

struct cache *cache_open(const char *path, struct err *e);
void cache_close(struct cache **c);
struct db *cache_db(struct cache *c);

/* One transaction: cache_commit makes visible what was done since cache_begin; where a fault sticks it undoes it. */
bool cache_begin(struct cache *c);
bool cache_commit(struct cache *c);

/* Numbers that the cache keeps by name ("parser"); absent where there is none. */
int64_t cache_number(struct cache *c, const char *name, int64_t absent);
bool cache_set_number(struct cache *c, const char *name, int64_t n);

/* The root with this path, made where it is not there. */
int64_t cache_root(struct cache *c, const char *path);

/* All below inside a transaction. */

/* Writes an article: a new one where id is 0, else in the place of that one, which keeps its id. Returns the id. */
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

/* Calls fn with each article (up to 64) whose source bytes have this digest. */
void cache_each_digest(struct cache *c, const struct digest *d, void (*fn)(void *ctx, int64_t id), void *ctx);

/* An article as the file that holds it knows it. */
struct cache_article {
    int64_t id;
    long seq;
    struct digest digest;
    bool kept; /* the caller's */
};

/* The articles of a file by id, into *out as mem_grow grows it; returns how many. */
size_t cache_articles(struct cache *c, int64_t file, struct cache_article **out, size_t *cap);

/* Up to max articles with an id above from that an older parser than this made. */
size_t cache_outdated(struct cache *c, int64_t from, int parser, struct cache_article *out, size_t max);

/* Fills r with the record that article id was made from, but for key and number; file and the length of the file's name
 * in the locator too. */
bool cache_record(struct cache *c, int64_t id, struct record *r, int64_t *file, size_t *name_len);

/* Merges the full-text index's pieces for about the time of that many pages; false when there is no more to do. */
bool cache_merge(struct cache *c, int pages);

#endif
