/* SPDX-License-Identifier: ISC */
#include "store/state.h"

#include "base/buf.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/heal.h"
#include "store/notes.h"
#include "store/repairs.h"
#include "store/schema.h"
#include "store/state_hold.h"
#include "store/tags.h"
#include "store/threads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

enum { APPLICATION = 0x43747452 /* "CttR" */, FORMAT = 4, BUSY_MS = 2000 };

enum entry_kind { ENTRY_FLAGS = 1, ENTRY_PLACE = 2 };

struct state {
    struct db *db;
    int64_t name;   /* of the file */
    int64_t writer; /* who we are in the log */
    bool held;      /* between state_hold and state_let */
};

/* What each later format adds to the one before it. */
static const struct {
    int format;
    const char *(*tables)(void);
} steps[] = {
    {2, threads_tables},
    {2, repairs_tables},
    {3, notes_tables},
    {4, tags_tables},
};

/* The log's columns mean: kind ENTRY_FLAGS: a = mask, b = flags; kind ENTRY_PLACE: a = comment, b = offset.
 */
static const char tables[] =
    "PRAGMA application_id=1131705426;" /* APPLICATION */
    "PRAGMA user_version=1;"
    "CREATE TABLE self(name INT);"
    "INSERT INTO self VALUES(random());"
    "CREATE TABLE entry(seq INTEGER PRIMARY KEY AUTOINCREMENT, at INT, writer INT, kind INT, digest BLOB,"
    " origin BLOB, locator TEXT, a INT, b INT);"
    "CREATE TABLE mark(digest BLOB PRIMARY KEY, origin BLOB, flags INT, placed INT, comment INT, offset INT,"
    " seq INT) WITHOUT ROWID;"
    "CREATE INDEX mark_origin ON mark(origin, seq);"
    "CREATE INDEX mark_seq ON mark(seq);"
    "CREATE TABLE shelf(path TEXT PRIMARY KEY, opened INT) WITHOUT ROWID;"
    "CREATE INDEX shelf_opened ON shelf(opened);";

struct state_id state_id(const struct digest *digest, const char *root, const char *locator)
{
    struct state_id id = {.digest = *digest};
    struct buf name;

    buf_init(&name);
    buf_add_str(&name, root);
    buf_add_char(&name, 0);
    buf_add_str(&name, locator);
    id.origin = digest_of(name.data, name.len);
    buf_release(&name);
    return id;
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Brings an older file to the present format, all steps or none. Another reader may have been quicker. */
static void bring_up(struct db *db)
{
    char mark[64];
    int64_t version;
    size_t i;

    snprintf(mark, sizeof mark, "PRAGMA user_version=%d", FORMAT);
    db_exec(db, "BEGIN IMMEDIATE");
    version = db_int(db, FORMAT, "PRAGMA user_version", "");
    for (i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i].format > version)
            db_exec(db, steps[i].tables());
    }
    if (version < FORMAT)
        db_exec(db, mark);
    db_exec(db, "COMMIT");
}

/* Opens what is there, or makes it; what is wrong sticks in *fault. */
static struct state *try_open(const char *path, bool durable, enum db_fault *fault, struct err *e)
{
    struct state *s = mem_zalloc(1, sizeof *s);
    int64_t application, version;
    struct db *db;

    *fault = DB_OTHER;
    s->db = db = db_open(path, DB_WRITE | DB_CREATE | (durable ? DB_DURABLE : 0u), e);
    if (!db) {
        free(s);
        return NULL;
    }
    sqlite3_busy_timeout(db_handle(db), BUSY_MS);
    application = db_int(db, 0, "PRAGMA application_id", "");
    version = db_int(db, 0, "PRAGMA user_version", "");
    if (application == 0 && db_fault(db) == DB_FINE) {
        schema_use_wal(db);
        db_exec(db, "BEGIN IMMEDIATE");
        /* Another reader may have been quicker. */
        application = sqlite3_get_autocommit(db_handle(db))
                          ? 0
                          : db_int(db, 0, "SELECT count(*) FROM sqlite_schema", "");
        if (application == 0)
            db_exec(db, tables);
        db_exec(db, "COMMIT");
        application = db_int(db, 0, "PRAGMA application_id", "");
        version = db_int(db, 0, "PRAGMA user_version", "");
    }
    if (application == APPLICATION && version > 0 && version < FORMAT && db_fault(db) == DB_FINE) {
        bring_up(db);
        version = db_int(db, 0, "PRAGMA user_version", "");
    }
    if (application == APPLICATION)
        schema_use_wal(db);
    if (!durable)
        db_exec(db, "PRAGMA wal_autocheckpoint=0");
    s->name = db_int(db, 0, "SELECT name FROM self", "");
    sqlite3_randomness(sizeof s->writer, &s->writer);
    *fault = db_fault(db);
    if (*fault == DB_FINE && application == APPLICATION && version == FORMAT)
        return s;
    if (*fault == DB_FINE)
        err_set(e, ERR_IO, "'%s' is not a reading state that this version knows", path);
    else
        db_report(db, e);
    state_close(&s);
    return NULL;
}

/* Copies what can still be read of a damaged reading state, table by table, until the damage. */
static void salvage(struct state *s, const char *aside)
{
    static const char *const copies[] = {
        "INSERT OR IGNORE INTO mark SELECT * FROM old.mark",
        "INSERT OR IGNORE INTO shelf SELECT * FROM old.shelf",
        "INSERT OR IGNORE INTO entry SELECT * FROM old.entry",
        "INSERT OR IGNORE INTO repair SELECT * FROM old.repair",
        "INSERT OR IGNORE INTO rule SELECT * FROM old.rule",
        "INSERT OR IGNORE INTO hidden SELECT * FROM old.hidden",
        "INSERT OR IGNORE INTO thread SELECT * FROM old.thread",
        "INSERT OR IGNORE INTO note SELECT * FROM old.note",
        "INSERT OR IGNORE INTO letter SELECT * FROM old.letter",
        "INSERT OR IGNORE INTO tag SELECT * FROM old.tag",
        "INSERT OR IGNORE INTO saved SELECT * FROM old.saved",
        "INSERT OR IGNORE INTO tagged SELECT * FROM old.tagged",
        "INSERT OR IGNORE INTO kept SELECT * FROM old.kept",
    };
    sqlite3 *handle = db_handle(s->db);
    sqlite3_stmt *st;
    size_t i;

    if (sqlite3_prepare_v2(handle, "ATTACH ?1 AS old", -1, &st, NULL) != SQLITE_OK)
        return;
    sqlite3_bind_text(st, 1, aside, -1, SQLITE_STATIC);
    if (sqlite3_step(st) == SQLITE_DONE) {
        for (i = 0; i < sizeof copies / sizeof copies[0]; i++)
            sqlite3_exec(handle, copies[i], NULL, NULL, NULL);
    }
    sqlite3_finalize(st);
    sqlite3_exec(handle, "DETACH old", NULL, NULL, NULL);
}

struct state *state_open(const char *path, bool durable, char **aside, struct err *e)
{
    enum db_fault fault;
    struct err first = ERR_INIT;
    struct state *s = try_open(path, durable, &fault, &first);

    *aside = NULL;
    if (s)
        return s;
    if (fault != DB_CORRUPT) {
        err_set(e, first.status, "%s", first.text);
        return NULL;
    }
    if (!heal_set_aside(path, "damaged", aside, e))
        return NULL;
    s = try_open(path, durable, &fault, e);
    if (s)
        salvage(s, *aside);
    return s;
}

void state_close(struct state **s)
{
    if (!*s)
        return;
    db_close(&(*s)->db);
    free(*s);
    *s = NULL;
}

static void read_mark(sqlite3_stmt *st, struct state_mark *mark)
{
    mark->flags = (unsigned)sqlite3_column_int(st, 0);
    mark->placed = sqlite3_column_int(st, 1);
    mark->comment = sqlite3_column_int(st, 2);
    mark->offset = (size_t)sqlite3_column_int64(st, 3);
}

static bool find(struct state *s, const struct state_id *id, struct state_mark *mark)
{
    sqlite3_stmt *st = db_query(s->db, "SELECT flags, placed, comment, offset FROM mark WHERE digest = ?1",
                                "b", (const void *)id->digest.byte, sizeof id->digest.byte);
    bool found = db_row(s->db, st);

    memset(mark, 0, sizeof *mark);
    if (!found) {
        st = db_query(
            s->db,
            "SELECT flags, placed, comment, offset FROM mark WHERE origin = ?1 ORDER BY seq DESC LIMIT 1",
            "b", (const void *)id->origin.byte, sizeof id->origin.byte);
        found = db_row(s->db, st);
    }
    if (found) {
        read_mark(st, mark);
        db_done(st);
    }
    return found;
}

bool state_get(struct state *s, const struct state_id *id, struct state_mark *mark)
{
    bool found = find(s, id, mark);

    db_clear(s->db);
    return found;
}

/* One entry of the log and the mark that it makes, together or not at all. */
static bool append(struct state *s, const struct state_id *id, const char *locator, enum entry_kind kind,
                   int64_t a, int64_t b, struct err *e)
{
    struct state_mark mark;
    int64_t seq;

    if (!state_begin(s)) {
        db_report(s->db, e);
        db_clear(s->db);
        return false;
    }
    find(s, id, &mark);
    if (kind == ENTRY_FLAGS) {
        mark.flags = (mark.flags & ~(unsigned)a) | ((unsigned)b & (unsigned)a);
    } else {
        mark.placed = true;
        mark.comment = (int)a;
        mark.offset = (size_t)b;
    }
    db_run(s->db,
           "INSERT INTO entry(at, writer, kind, digest, origin, locator, a, b) VALUES(?1, ?2, ?3, ?4, ?5, "
           "?6, ?7, ?8)",
           "iiibbtii", now_ms(), s->writer, (int64_t)kind, (const void *)id->digest.byte,
           sizeof id->digest.byte, (const void *)id->origin.byte, sizeof id->origin.byte, locator, a, b);
    seq = sqlite3_last_insert_rowid(db_handle(s->db));
    db_run(s->db, "INSERT OR REPLACE INTO mark VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", "bbiiiii",
           (const void *)id->digest.byte, sizeof id->digest.byte, (const void *)id->origin.byte,
           sizeof id->origin.byte, (int64_t)mark.flags, (int64_t)mark.placed, (int64_t)mark.comment,
           (int64_t)mark.offset, seq);
    return state_commit(s, e);
}

bool state_set_flags(struct state *s, const struct state_id *id, const char *locator, unsigned mask,
                     unsigned flags, struct err *e)
{
    return append(s, id, locator, ENTRY_FLAGS, (int64_t)mask, (int64_t)flags, e);
}

bool state_set_place(struct state *s, const struct state_id *id, const char *locator, int comment,
                     size_t offset, struct err *e)
{
    return append(s, id, locator, ENTRY_PLACE, comment, (int64_t)offset, e);
}

struct db *state_db(struct state *s)
{
    return s->db;
}

int64_t state_writer(const struct state *s)
{
    return s->writer;
}

bool state_begin(struct state *s)
{
    return s->held ? db_fault(s->db) == DB_FINE : db_exec(s->db, "BEGIN IMMEDIATE");
}

bool state_hold(struct state *s, struct err *e)
{
    if (!state_begin(s)) {
        db_report(s->db, e);
        db_clear(s->db);
        return false;
    }
    s->held = true;
    return true;
}

bool state_let(struct state *s, struct err *e)
{
    s->held = false;
    return state_commit(s, e);
}

bool state_commit(struct state *s, struct err *e)
{
    sqlite3 *handle = db_handle(s->db);
    bool ok = s->held || sqlite3_get_autocommit(handle) ? db_fault(s->db) == DB_FINE : db_exec(s->db, "COMMIT");

    if (ok)
        return true;
    db_report(s->db, e);
    if (!sqlite3_get_autocommit(handle))
        sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
    db_clear(s->db);
    return false;
}

bool state_settle(struct state *s, struct err *e)
{
    if (db_run(s->db, "PRAGMA wal_checkpoint(PASSIVE)", ""))
        return true;
    db_report(s->db, e);
    db_clear(s->db);
    return false;
}

int64_t state_name(struct state *s)
{
    return s->name;
}

int64_t state_last(struct state *s)
{
    int64_t last = db_int(s->db, 0, "SELECT max(seq) FROM entry", "");

    db_clear(s->db);
    return last;
}

void state_each(struct state *s, int64_t since, void (*fn)(void *ctx, const struct digest *d, unsigned flags),
                void *ctx)
{
    sqlite3_stmt *st =
        db_query(s->db, "SELECT flags, digest FROM mark WHERE seq > ?1 ORDER BY seq", "i", since);
    struct digest d;

    while (db_row(s->db, st)) {
        if (sqlite3_column_bytes(st, 1) != (int)sizeof d)
            continue;
        memcpy(&d, sqlite3_column_blob(st, 1), sizeof d);
        fn(ctx, &d, (unsigned)sqlite3_column_int(st, 0));
    }
    db_clear(s->db);
}

bool state_opened(struct state *s, const char *path, int64_t now, struct err *e)
{
    if (db_run(s->db, "INSERT OR REPLACE INTO shelf VALUES(?1, ?2)", "ti", path, now))
        return true;
    db_report(s->db, e);
    db_clear(s->db);
    return false;
}

bool state_shelf(struct state *s, void (*fn)(void *ctx, const char *path, int64_t opened), void *ctx,
                 struct err *e)
{
    sqlite3_stmt *st = db_query(s->db, "SELECT path, opened FROM shelf ORDER BY opened DESC, path", "");

    while (db_row(s->db, st))
        fn(ctx, (const char *)sqlite3_column_text(st, 0), sqlite3_column_int64(st, 1));
    if (db_fault(s->db) == DB_FINE)
        return true;
    db_report(s->db, e);
    db_clear(s->db);
    return false;
}
