/* SPDX-License-Identifier: ISC */
/*
 * One leaf of a segment of the full-text index, read: a page with words in the order of their bytes, each with its
 * articles. Knows: the form of FTS5's index, as the head of its fts5_index.c describes it. Owns: nothing; the bytes are
 * SQLite's. Fails: a leaf that is not there, or damaged, is an answer.
 */
#ifndef STORE_LEAF_H
#define STORE_LEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"

enum {
    LEAF_HEADER = 4, /* bytes: where its first number before any word stands, and where its words are listed */
    LEAF_WORD_MOST = 256,
};

/* Valid until it is closed. A connection has one open at a time. */
struct leaf {
    struct sqlite3_stmt *st; /* NULL: none is open */
    int64_t segment, page;
    const uint8_t *bytes;
    size_t words_end, size; /* its words, and the list of where they begin */
    size_t first;           /* where its first article before any word stands; 0 for none */
};

/* Opens a leaf in place of the one that was open, unless it is the same. */
bool leaf_open(struct leaf *leaf, struct db *db, int64_t segment, int64_t page);
void leaf_close(struct leaf *leaf);

/* Where the next word begins, of which *listed is the place in the list; words_end after the last one. The first is
 * found with before 0 and *listed words_end. */
size_t leaf_next_word(const struct leaf *leaf, size_t before, size_t *listed);

#endif
