/* SPDX-License-Identifier: ISC */
#include "store/known.h"

#include "base/mem.h"
#include "store/body.h"
#include "store/codec.h"
#include "store/column.h"
#include "store/facts.h"

#include <string.h>

#include <sqlite3.h>

#define COLUMNS "id, seq, digest, flags, origin, voice, extra"

enum { COLUMN_COUNT = 7 };

static void read_known(sqlite3_stmt *st, struct known *a)
{
    memset(a, 0, sizeof *a);
    a->id = sqlite3_column_int64(st, 0);
    a->seq = (long)sqlite3_column_int64(st, 1);
    a->flags = (unsigned)sqlite3_column_int(st, 3);
    a->origin = sqlite3_column_int64(st, 4);
    a->voice = (uint64_t)sqlite3_column_int64(st, 5);
    a->extra = (uint64_t)sqlite3_column_int64(st, 6);
    column_digest(st, 2, &a->digest);
}

size_t known_in_file(struct db *db, int64_t file, struct known **out, size_t *cap)
{
    size_t count = 0;
    sqlite3_stmt *st =
        db_query(db, "SELECT " COLUMNS " FROM article WHERE file = ?1 ORDER BY seq", "i", file);

    while (db_row(db, st)) {
        mem_grow(out, cap, count + 1, sizeof **out);
        read_known(st, &(*out)[count++]);
    }
    return count;
}

size_t known_outdated(struct db *db, int64_t from, int parser, struct known *out, size_t max)
{
    size_t count = 0;
    sqlite3_stmt *st = db_query(
        db, "SELECT " COLUMNS " FROM article WHERE id > ?1 AND parser < ?2 ORDER BY id LIMIT ?3", "iii", from,
        (int64_t)parser, (int64_t)max);

    while (count < max && db_row(db, st))
        read_known(st, &out[count++]);
    db_done(st);
    return count;
}

bool known_settle(struct cache *c, int64_t id, int64_t turn)
{
    return db_run(cache_db(c), "UPDATE article SET turn = ?2 WHERE id = ?1", "ii", id, turn);
}

bool known_article(struct db *db, int64_t id, struct known *out)
{
    sqlite3_stmt *st = db_query(db, "SELECT " COLUMNS " FROM article WHERE id = ?1", "i", id);
    bool found = db_row(db, st);

    if (found) {
        read_known(st, out);
        db_done(st);
    }
    return found;
}

static char *keep_text(struct arena *arena, sqlite3_stmt *st, int column)
{
    const char *text = column_text(st, column);

    return arena_strndup(arena, text, strlen(text));
}

bool known_record(struct db *db, struct codec *codec, int64_t id, struct record *r, struct known_place *place)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT a.file, f.name, a.tail, a.digest, a.origin, r.path FROM article a"
                                " JOIN file f ON f.id = a.file"
                                " JOIN root r ON r.id = f.root WHERE a.id = ?1",
                                "i", id);
    struct buf locator;

    if (!db_row(db, st))
        return false;
    place->name_len = (size_t)sqlite3_column_bytes(st, 1);
    place->file = sqlite3_column_int64(st, 0);
    buf_init(&locator);
    buf_add(&locator, sqlite3_column_text(st, 1), place->name_len);
    buf_add(&locator, sqlite3_column_text(st, 2), (size_t)sqlite3_column_bytes(st, 2));
    r->locator = arena_strndup(&r->arena, locator.data, locator.len);
    buf_release(&locator);
    column_digest(st, 3, &r->key);
    place->origin = sqlite3_column_int64(st, 4);
    place->root = keep_text(&r->arena, st, 5);
    db_done(st);
    return body_record(db, codec, id, r) == BODY_FOUND;
}

size_t known_of_site(struct db *db, int64_t origin, struct known_cursor *cursor, int64_t *ids, size_t max)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT turn, id FROM article WHERE origin = ?1 AND origin <> 0"
                                " AND (turn, id) > (?2, ?3) ORDER BY turn, id LIMIT ?4",
                                "iiii", origin, cursor->turn, cursor->id, (int64_t)max);
    size_t count = 0;

    while (count < max && db_row(db, st)) {
        cursor->turn = sqlite3_column_int64(st, 0);
        cursor->id = ids[count++] = sqlite3_column_int64(st, 1);
    }
    db_done(st);
    return count;
}

size_t known_unsettled(struct db *db, int64_t origin, int64_t turn, struct known_cursor *cursor, struct known *out,
                       size_t max)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT " COLUMNS ", turn FROM article WHERE origin = ?1 AND origin <> 0"
                                " AND turn < ?2 AND (turn, id) > (?3, ?4) ORDER BY turn, id LIMIT ?5",
                                "iiiii", origin, turn, cursor->turn, cursor->id, (int64_t)max);
    size_t count = 0;

    while (count < max && db_row(db, st)) {
        cursor->turn = sqlite3_column_int64(st, COLUMN_COUNT);
        read_known(st, &out[count]);
        cursor->id = out[count++].id;
    }
    db_done(st);
    return count;
}

void known_each_digest(struct db *db, const struct digest *d, void (*fn)(void *ctx, int64_t id), void *ctx)
{
    struct order_key key = order_identity(d);
    struct facts f;
    int64_t ids[64];
    int count = 0, i;
    sqlite3_stmt *st;

    st = db_query(db, "SELECT id FROM place WHERE ord = ?1 AND key = ?2", "ib", (int64_t)ORDER_IDENTITY,
                  (const void *)key.bytes, (size_t)key.len);
    while (db_row(db, st)) {
        ids[count++] = sqlite3_column_int64(st, 0);
        if (count == (int)(sizeof ids / sizeof ids[0])) {
            db_done(st);
            break;
        }
    }
    for (i = 0; i < count; i++) {
        if (facts_read(db, ids[i], &f) && memcmp(&f.digest, d, sizeof *d) == 0)
            fn(ctx, ids[i]);
    }
}

void known_each_flagged(struct db *db, void (*fn)(void *ctx, int64_t id), void *ctx)
{
    sqlite3_stmt *st = db_query(db, "SELECT id FROM article WHERE flags <> 0", "");

    while (db_row(db, st))
        fn(ctx, sqlite3_column_int64(st, 0));
}
