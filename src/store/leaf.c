/* SPDX-License-Identifier: ISC */
#include "store/leaf.h"

#include "store/varint.h"

#include <sqlite3.h>

enum { SEGMENT_BITS = 37 }; /* of a leaf's key, below the segment's number */

static size_t get16(const uint8_t *at)
{
    return (size_t)at[0] << 8 | at[1];
}

bool leaf_open(struct leaf *leaf, struct db *db, int64_t segment, int64_t page)
{
    if (leaf->st && leaf->segment == segment && leaf->page == page)
        return true;
    leaf_close(leaf);
    *leaf = (struct leaf){.st = db_query(db, "SELECT block FROM words_data WHERE id = ?1", "i",
                                         (segment << SEGMENT_BITS) + page),
                          .segment = segment,
                          .page = page};
    if (!db_row(db, leaf->st)) {
        leaf->st = NULL;
        return false;
    }
    leaf->bytes = sqlite3_column_blob(leaf->st, 0);
    leaf->size = (size_t)sqlite3_column_bytes(leaf->st, 0);
    if (leaf->size >= LEAF_HEADER) {
        leaf->first = get16(leaf->bytes);
        leaf->words_end = get16(leaf->bytes + 2);
    }
    if (leaf->words_end >= LEAF_HEADER && leaf->words_end <= leaf->size && leaf->first < leaf->words_end &&
        (leaf->first == 0 || leaf->first >= LEAF_HEADER))
        return true;
    leaf_close(leaf);
    return false;
}

void leaf_close(struct leaf *leaf)
{
    db_done(leaf->st);
    leaf->st = NULL;
}

size_t leaf_next_word(const struct leaf *leaf, size_t before, size_t *listed)
{
    uint64_t further;
    size_t len = varint_get(leaf->bytes + *listed, leaf->bytes + leaf->size, &further);

    *listed += len;
    return len == 0 || further > leaf->words_end - before ? leaf->words_end : before + (size_t)further;
}
