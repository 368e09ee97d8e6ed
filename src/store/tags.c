/* SPDX-License-Identifier: ISC */
#include "store/tags.h"

#include "base/unicode.h"
#include "store/column.h"
#include "store/db.h"
#include "store/state_hold.h"

#include <string.h>

#include <sqlite3.h>

/* tagged and kept are the logs, tag and saved what they come to; "on" 0 says that it was there and is not. */
const char *tags_tables(void)
{
    return "CREATE TABLE tagged(seq INTEGER PRIMARY KEY AUTOINCREMENT, at INT, writer INT, digest BLOB, origin BLOB,"
           " locator TEXT, name TEXT, is_on INT);"
           "CREATE TABLE tag(digest BLOB, name TEXT, origin BLOB, is_on INT, seq INT, PRIMARY KEY(digest, name))"
           " WITHOUT ROWID;"
           "CREATE INDEX tag_name ON tag(name, seq) WHERE is_on;"
           "CREATE INDEX tag_origin ON tag(origin, seq);"
           "CREATE TABLE kept(seq INTEGER PRIMARY KEY AUTOINCREMENT, at INT, writer INT, name TEXT, query TEXT);"
           "CREATE TABLE saved(name TEXT PRIMARY KEY, query TEXT, seq INT) WITHOUT ROWID;"
           "CREATE INDEX entry_flagged ON entry(digest, seq) WHERE kind = 1 AND a & 6 <> 0;"
           "CREATE INDEX entry_starred ON entry(seq) WHERE kind = 1 AND a & 2 <> 0;";
}

bool tags_name(const char *name, size_t len, struct buf *out)
{
    size_t start = out->len, i;

    if (len > 0 && !strchr("-+!", name[0]))
        unicode_fold(name, len, out);
    for (i = start; i < out->len && (unsigned char)out->data[i] > ' ' && !strchr("\"'(),", out->data[i]); i++)
        ;
    if (i > start && i == out->len && out->len - start <= TAGS_NAME_MAX)
        return true;
    buf_truncate(out, start);
    return false;
}

static bool is_on(struct db *db, const struct digest *d, const char *name)
{
    return db_int(db, 0, "SELECT is_on FROM tag WHERE digest = ?1 AND name = ?2", "bt", (const void *)d->byte,
                  sizeof d->byte, name) != 0;
}

static void write_tag(struct state *s, const struct state_id *id, const char *locator, const char *name, bool on)
{
    struct db *db = state_db(s);

    db_run(db,
           "INSERT INTO tagged(at, writer, digest, origin, locator, name, is_on)"
           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
           "iibbtti", state_now(s), state_name(s), (const void *)id->digest.byte, sizeof id->digest.byte,
           (const void *)id->origin.byte, sizeof id->origin.byte, locator, name, (int64_t)on);
    db_run(db, "INSERT OR REPLACE INTO tag VALUES(?1, ?2, ?3, ?4, last_insert_rowid())", "btbi",
           (const void *)id->digest.byte, sizeof id->digest.byte, name, (const void *)id->origin.byte,
           sizeof id->origin.byte, (int64_t)on);
}

bool tags_set(struct state *s, const struct state_id *id, const char *locator, const char *name, bool on,
              struct err *e)
{
    struct db *db = state_db(s);

    if (state_begin(s) && is_on(db, &id->digest, name) != on)
        write_tag(s, id, locator, name, on);
    return state_commit(s, e);
}

bool tags_any(struct state *s)
{
    bool any = db_int(state_db(s), 0, "SELECT 1 FROM tag LIMIT 1", "") != 0;

    db_clear(state_db(s));
    return any;
}

static void each_name(struct state *s, sqlite3_stmt *st, void (*fn)(void *ctx, const char *name), void *ctx)
{
    while (db_row(state_db(s), st))
        fn(ctx, column_text(st, 0));
    db_clear(state_db(s));
}

void tags_get(struct state *s, const struct digest *d, void (*fn)(void *ctx, const char *name), void *ctx)
{
    each_name(s,
              db_query(state_db(s), "SELECT name FROM tag WHERE digest = ?1 AND is_on ORDER BY name", "b",
                       (const void *)d->byte, sizeof d->byte),
              fn, ctx);
}

/* What stood in this place before, by the newest tag that was put on it or taken off. */
static bool predecessor(struct db *db, const struct state_id *id, struct digest *out)
{
    sqlite3_stmt *st;
    bool found;

    if (db_int(db, 0, "SELECT 1 FROM tag WHERE digest = ?1 LIMIT 1", "b", (const void *)id->digest.byte,
               sizeof id->digest.byte))
        return false;
    st = db_query(db, "SELECT digest FROM tag WHERE origin = ?1 ORDER BY seq DESC LIMIT 1", "b",
                  (const void *)id->origin.byte, sizeof id->origin.byte);
    found = db_row(db, st) && column_digest(st, 0, out);
    db_done(st);
    return found;
}

static void add_name(void *ctx, const char *name)
{
    struct buf *names = ctx;

    buf_add(names, name, strlen(name) + 1);
}

void tags_inherit(struct state *s, const struct state_id *id, const char *locator)
{
    struct err ignored = ERR_INIT;
    struct digest before;
    struct buf names;
    size_t at;

    buf_init(&names);
    if (predecessor(state_db(s), id, &before)) {
        tags_get(s, &before, add_name, &names);
        if (names.len > 0 && state_begin(s)) {
            for (at = 0; at < names.len; at += strlen(names.data + at) + 1)
                write_tag(s, id, locator, names.data + at, true);
            state_commit(s, &ignored);
        }
    }
    db_clear(state_db(s));
    buf_release(&names);
}

static void each_digest(struct state *s, sqlite3_stmt *st, void (*fn)(void *ctx, const struct digest *d), void *ctx)
{
    struct digest d;

    while (db_row(state_db(s), st)) {
        if (column_digest(st, 0, &d))
            fn(ctx, &d);
    }
    db_clear(state_db(s));
}

void tags_each(struct state *s, const char *name, void (*fn)(void *ctx, const struct digest *d), void *ctx)
{
    each_digest(s, db_query(state_db(s), "SELECT digest FROM tag WHERE name = ?1 AND is_on ORDER BY seq", "t", name),
                fn, ctx);
}

void tags_names(struct state *s, void (*fn)(void *ctx, const char *name, long articles), void *ctx)
{
    sqlite3_stmt *st =
        db_query(state_db(s), "SELECT name, count(*) FROM tag WHERE is_on GROUP BY name ORDER BY name", "");

    while (db_row(state_db(s), st))
        fn(ctx, column_text(st, 0), (long)sqlite3_column_int64(st, 1));
    db_clear(state_db(s));
}

bool tags_save_query(struct state *s, const char *name, const char *query, struct err *e)
{
    struct db *db = state_db(s);

    if (state_begin(s)) {
        db_run(db, "INSERT INTO kept(at, writer, name, query) VALUES(?1, ?2, ?3, ?4)", "iitt", state_now(s),
               state_name(s), name, query);
        if (query)
            db_run(db, "INSERT OR REPLACE INTO saved VALUES(?1, ?2, last_insert_rowid())", "tt", name, query);
        else
            db_run(db, "DELETE FROM saved WHERE name = ?1", "t", name);
    }
    return state_commit(s, e);
}

void tags_each_query(struct state *s, void (*fn)(void *ctx, const char *name, const char *query), void *ctx)
{
    sqlite3_stmt *st = db_query(state_db(s), "SELECT name, query FROM saved ORDER BY name", "");

    while (db_row(state_db(s), st))
        fn(ctx, column_text(st, 0), column_text(st, 1));
    db_clear(state_db(s));
}

int64_t tags_flagged_at(struct state *s, const struct digest *d, enum state_flag flag)
{
    int64_t at = db_int(state_db(s), 0,
                        "SELECT at FROM entry WHERE digest = ?1 AND kind = 1 AND a & 6 <> 0 AND a & ?2 <> 0"
                        " ORDER BY seq DESC LIMIT 1",
                        "bi", (const void *)d->byte, sizeof d->byte, (int64_t)flag);

    db_clear(state_db(s));
    return at;
}

void tags_each_starred(struct state *s, void (*fn)(void *ctx, const struct digest *d), void *ctx)
{
    each_digest(s,
                db_query(state_db(s),
                         "SELECT e.digest FROM entry e JOIN mark m ON m.digest = e.digest"
                         " WHERE e.kind = 1 AND e.a & 2 <> 0 AND e.b & 2 <> 0 AND m.flags & 2 <> 0"
                         " ORDER BY e.seq DESC",
                         ""),
                fn, ctx);
}

void tags_each_read(struct state *s, long max, void (*fn)(void *ctx, const struct digest *d), void *ctx)
{
    each_digest(s,
                db_query(state_db(s), "SELECT digest FROM mark WHERE flags & 1 <> 0 ORDER BY seq DESC LIMIT ?1", "i",
                         (int64_t)max),
                fn, ctx);
}
