/* SPDX-License-Identifier: ISC */
#include "store/body.h"

#include <sqlite3.h>

/* The key of a piece in talk: its article's id, and its own number below. */
enum { PIECE_BITS = 24 };

static int64_t piece_key(int64_t id, size_t i)
{
    return id << PIECE_BITS | (int64_t)i;
}

static bool load_piece(void *ctx, int64_t id, size_t i, struct buf *out)
{
    struct db *db = ctx;
    sqlite3_stmt *st = db_query(db, "SELECT data FROM talk WHERE id = ?1", "i", piece_key(id, i));

    buf_clear(out);
    if (!db_row(db, st))
        return false;
    buf_add(out, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0));
    db_done(st);
    return true;
}

/* One body, as an article or as a record. */
static enum body_answer read_body(struct db *db, struct codec *codec, int64_t id, struct article *a, struct buf *text,
                                  struct record *r)
{
    sqlite3_stmt *st = db_query(db, "SELECT data FROM body WHERE id = ?1", "i", id);
    struct pieces_source from = {load_piece, db, id};
    const void *data;
    size_t len;
    bool ok;

    if (!db_row(db, st))
        return db_fault(db) == DB_CORRUPT ? BODY_DAMAGED : BODY_ABSENT;
    data = sqlite3_column_blob(st, 0);
    len = (size_t)sqlite3_column_bytes(st, 0);
    ok = r ? codec_decode_record(codec, data, len, r, &from) : codec_decode(codec, data, len, a, text, &from);
    db_done(st);
    return ok ? BODY_FOUND : BODY_DAMAGED;
}

enum body_answer body_article(struct db *db, struct codec *codec, int64_t id, struct article *a, struct buf *text)
{
    return read_body(db, codec, id, a, text, NULL);
}

enum body_answer body_record(struct db *db, struct codec *codec, int64_t id, struct record *r)
{
    return read_body(db, codec, id, NULL, NULL, r);
}

bool body_put(struct db *db, int64_t id, const char *body, size_t len, const struct pieces *pieces)
{
    bool ok = db_run(db, "INSERT INTO body VALUES(?1, ?2)", "ib", id, (const void *)body, len);
    size_t at = 0;

    for (size_t i = 0; ok && i < pieces->count; at = pieces->ends[i++])
        ok = db_run(db, "INSERT INTO talk VALUES(?1, ?2)", "ib", piece_key(id, i),
                    (const void *)(pieces->bytes.data + at), pieces->ends[i] - at);
    return ok;
}

bool body_remove(struct db *db, int64_t id)
{
    return db_run(db, "DELETE FROM body WHERE id = ?1", "i", id) &&
           db_run(db, "DELETE FROM talk WHERE id >= ?1 AND id < ?2", "ii", piece_key(id, 0), piece_key(id + 1, 0));
}
