/* SPDX-License-Identifier: ISC */
#include "store/facts.h"

#include "store/column.h"

#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

static struct order_key column_key(sqlite3_stmt *st, int column)
{
    struct order_key key = {.len = 0};
    int len = sqlite3_column_bytes(st, column);

    key.len = (uint8_t)(len < ORDER_KEY_MAX ? len : ORDER_KEY_MAX);
    if (key.len)
        memcpy(key.bytes, sqlite3_column_blob(st, column), key.len);
    return key;
}

bool facts_read(struct db *db, int64_t id, struct facts *f)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT file, seq, words, comments, flags, published, title_key, site_key, digest, slot"
                 " FROM article WHERE id = ?1",
                 "i", id);

    memset(f, 0, sizeof *f);
    if (!db_row(db, st))
        return false;
    f->id = id;
    f->file = sqlite3_column_int64(st, 0);
    f->seq = (long)sqlite3_column_int64(st, 1);
    f->words = (long)sqlite3_column_int64(st, 2);
    f->comments = (long)sqlite3_column_int64(st, 3);
    f->flags = (unsigned)sqlite3_column_int(st, 4);
    snprintf(f->published, sizeof f->published, "%s", column_text(st, 5));
    f->title_key = column_key(st, 6);
    f->site_key = column_key(st, 7);
    column_digest(st, 8, &f->digest);
    f->slot = sqlite3_column_int64(st, 9);
    db_done(st);
    return true;
}

static struct order_key file_key(struct db *db, const struct facts *f)
{
    sqlite3_stmt *st = db_query(db, "SELECT root, key FROM file WHERE id = ?1", "i", f->file);
    struct order_key key = {.len = 0};

    if (db_row(db, st)) {
        key = order_file(sqlite3_column_int64(st, 0), sqlite3_column_blob(st, 1),
                         (size_t)sqlite3_column_bytes(st, 1), f->seq);
        db_done(st);
    }
    return key;
}

struct order_key facts_key(struct db *db, const struct facts *f, enum order ord)
{
    const char *published = f->published[0] ? f->published : NULL;

    switch (ord) {
    case ORDER_DATE:
        return order_slot(f->slot);
    case ORDER_SITE:
        return order_site(&f->site_key, published);
    case ORDER_TITLE:
        /* Those without a headline last. */
        return f->title_key.len ? f->title_key : (struct order_key){.bytes = {0xFF}, .len = 1};
    case ORDER_LENGTH:
        return order_number(f->words);
    case ORDER_COMMENTS:
        return order_number(f->comments);
    case ORDER_FILE:
        return file_key(db, f);
    case ORDER_IDENTITY:
        return order_identity(&f->digest);
    }
    return (struct order_key){.len = 0};
}
