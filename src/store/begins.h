/* SPDX-License-Identifier: ISC */
/*
 * Beginnings: which articles have a word that begins with one, two or three given characters. The full-text
 * index would have to put together the occurrences of thousands of words to answer the first letters that are
 * typed. Knows: store/db, base/utf8. Owns: the table begins. Fails: through the connection's sticky fault.
 *
 * A beginning is a number, its characters as 21 bits each. For each block of BEGINS_BLOCK ids and each
 * beginning that occurs there the table has one row: the articles as a list of differences, or as one bit
 * each where that is shorter. What was removed from the cache stays here, since ids are never used twice; who
 * reads asks the cache.
 */
#ifndef STORE_BEGINS_H
#define STORE_BEGINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/db.h"

enum {
    BEGINS_LONGEST = 3,
    BEGINS_BLOCK = 1 << 14,
    BEGINS_CODES = 2 + 10 + 26, /* none, nothing, ASCII digits and letters of folded words */
    BEGINS_PLAIN = BEGINS_CODES * BEGINS_CODES * BEGINS_CODES,
};

/* The beginnings of an article's words, each once. */
struct begins {
    uint64_t *keys;
    size_t count, cap;
    uint64_t plain[BEGINS_PLAIN / 64 + 1]; /* bit by the codes of their characters: those of ASCII, which most are */
    uint64_t *table; /* the others by hash; 0 where there is none */
    size_t size;     /* of the table, a power of two */
    size_t others;   /* in it */
};

void begins_init(struct begins *b);
void begins_release(struct begins *b);
void begins_reset(struct begins *b);

/* Adds those of words as words_pack packs them. */
void begins_add(struct begins *b, const struct buf *packed);

/* What a transaction changes, gathered until its end. */
struct begins_log;

struct begins_log *begins_log_new(void);
void begins_log_free(struct begins_log **l);

/* Article id has these beginnings now, count of them, each once, instead of those before (may be NULL: none). */
void begins_log_put(struct begins_log *l, int64_t id, const uint64_t *now, size_t count, const struct begins *before);

/* Whether so much was gathered that it had better be written now. */
bool begins_log_full(const struct begins_log *l);

/* Writes what was gathered, or forgets it. */
bool begins_log_save(struct begins_log *l, struct db *db);
void begins_log_clear(struct begins_log *l);

/* A set of ids: one bit each. */
struct begins_ids {
    uint64_t *bits;
    size_t size; /* ids below it have a bit */
};

void begins_ids_release(struct begins_ids *ids);

/* Whether text, a folded word's beginning, is short enough to be found here; *key is its number. */
bool begins_key(const char *text, size_t len, uint64_t *key);

/* The articles that have, or had when they were removed, a word that begins so. */
bool begins_find(struct db *db, uint64_t key, struct begins_ids *ids);

/* Whether article id is among them, asked of the table. */
bool begins_holds(struct db *db, uint64_t key, int64_t id);

static inline bool begins_has(const struct begins_ids *ids, int64_t id)
{
    return id >= 0 && (uint64_t)id < ids->size && (ids->bits[id / 64] >> (id % 64) & 1);
}

#endif
