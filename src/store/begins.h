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
    BEGINS_WORDS = BEGINS_BLOCK / 64,
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
void begins_add(struct begins *b, const char *packed, size_t len);

/* Whether a beginning is among them; b may be NULL for none. */
bool begins_has_key(const struct begins *b, uint64_t key);

/* The key of a beginning without its last character; 0 where it has but one. */
uint64_t begins_shorter(uint64_t key);

/* Rows of the table: the articles of a block as one bit each, BEGINS_WORDS words. A row that says what it cannot is
 * passed over as far as it does. */
void begins_pack(const uint64_t *bits, struct buf *out);
void begins_unpack(const void *row, size_t len, uint64_t *bits);

/* Sets the bits of the row that is there, false where there is none; writes one as begins_pack made it. */
bool begins_row(struct db *db, int64_t block, uint64_t key, uint64_t *bits);
bool begins_set_row(struct db *db, int64_t block, uint64_t key, const char *row, size_t len);

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
