/* SPDX-License-Identifier: ISC */
#include "store/state.h"

#include "base/buf.h"
#include "base/mem.h"
#include "store/column.h"
#include "store/db.h"
#include "store/heal.h"
#include "store/state_format.h"
#include "store/state_hold.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

enum { BUSY_MS = 2000, LOG_MOST = 1 << 20, GUARD_MS = 200 };

enum entry_kind { ENTRY_FLAGS = 1, ENTRY_PLACE = 2 }; /* as store/state_format has them */

struct state {
    struct db *db;
    int64_t name; /* of the file */
    bool held;    /* between state_hold and state_let */
    void (*on_commit)(void *ctx);
    void *ctx;
    int changes; /* by this connection, when on_commit was called last */
};

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

/* Opens what is there, or makes it; what is wrong with the file itself sticks in *fault. */
static struct state *try_open(const char *path, bool durable, enum db_fault *fault, struct err *e)
{
    struct state *s = mem_zalloc(1, sizeof *s);

    *fault = DB_OTHER;
    s->db = db_open(path, DB_WRITE | DB_CREATE | (durable ? DB_DURABLE : 0u), e);
    if (s->db) {
        sqlite3_busy_timeout(db_handle(s->db), BUSY_MS);
        if (state_format_prepare(s->db, path, e)) {
            db_exec(s->db, "PRAGMA wal_autocheckpoint=0"); /* see empty_log */
            /* Begun anew it is cut, or it would stay long for good and be emptied after each mark. */
            db_exec(s->db, "PRAGMA journal_size_limit=262144");
            s->name = db_int(s->db, 0, "SELECT name FROM self", "");
        }
        *fault = db_fault(s->db);
        if (*fault != DB_FINE)
            db_report(s->db, e);
    }
    if (!s->db || e->status != ERR_NONE)
        state_close(&s);
    return s;
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
    err_clear(&first);
    s = try_open(path, durable, &fault, &first);
    if (s)
        state_format_salvage(s->db, *aside);
    else
        err_set(e, first.status, "%s", first.text);
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
    /* Both at once, since each statement locks the file and lets it go: indexing asks of every article. */
    sqlite3_stmt *st = db_query(s->db,
                                "SELECT flags, placed, comment, offset, 1 FROM mark WHERE digest = ?1 UNION ALL"
                                " SELECT * FROM (SELECT flags, placed, comment, offset, 0 FROM mark"
                                " WHERE origin = ?2 ORDER BY seq DESC LIMIT 1)",
                                "bb", (const void *)id->digest.byte, sizeof id->digest.byte,
                                (const void *)id->origin.byte, sizeof id->origin.byte);
    bool found = false;

    memset(mark, 0, sizeof *mark);
    while (db_row(s->db, st)) {
        if (!found || sqlite3_column_int(st, 4)) /* these bytes' own mark goes before one of their place */
            read_mark(st, mark);
        found = true;
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
           "iiibbtii", state_now(s), s->name, (int64_t)kind, (const void *)id->digest.byte,
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

int64_t state_now(struct state *s)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return db_int(s->db, 0, "UPDATE self SET clock = max(clock + 1, ?1) RETURNING clock", "i",
                  (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000);
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

bool state_hold_at_once(struct state *s)
{
    sqlite3_busy_timeout(db_handle(s->db), 0);
    s->held = state_begin(s);
    sqlite3_busy_timeout(db_handle(s->db), BUSY_MS);
    if (!s->held)
        db_clear(s->db);
    return s->held;
}

bool state_let(struct state *s, struct err *e)
{
    s->held = false;
    return state_commit(s, e);
}

bool state_is_well(struct state *s)
{
    return db_fault(s->db) == DB_FINE;
}

void state_on_commit(struct state *s, void (*fn)(void *ctx), void *ctx)
{
    s->on_commit = fn;
    s->ctx = ctx;
    s->changes = sqlite3_total_changes(db_handle(s->db));
}

/* What only reads ends with state_commit too. */
static void tell_commit(struct state *s)
{
    int changes = sqlite3_total_changes(db_handle(s->db));

    if (s->on_commit && changes != s->changes)
        s->on_commit(s->ctx);
    s->changes = changes;
}

bool state_commit(struct state *s, struct err *e)
{
    sqlite3 *handle = db_handle(s->db);
    bool ok = s->held || sqlite3_get_autocommit(handle) ? db_fault(s->db) == DB_FINE : db_exec(s->db, "COMMIT");

    if (ok && !s->held)
        tell_commit(s);
    if (ok)
        return true;
    db_report(s->db, e);
    if (s->held) /* the fault stays until state_let, so that nothing more is written */
        return false;
    if (!sqlite3_get_autocommit(handle))
        sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
    db_clear(s->db);
    return false;
}

/* Not while others write: in SQLite before 3.51.3 a log that is begun anew at the moment in which it is emptied can
 * cost pages (sqlite.org/wal.html, "the WAL-reset bug"). Who holds the writers' lock is one who does not write. */
static void empty_log(struct state *s)
{
    struct err ignored = ERR_INIT;
    struct db *guard = db_open(sqlite3_db_filename(db_handle(s->db), "main"), DB_WRITE, &ignored);

    if (!guard)
        return;
    sqlite3_busy_timeout(db_handle(guard), GUARD_MS);
    if (db_exec(guard, "BEGIN IMMEDIATE")) {
        db_run(s->db, "PRAGMA wal_checkpoint(PASSIVE)", "");
        db_exec(guard, "ROLLBACK");
    }
    db_close(&guard);
}

bool state_settle(struct state *s, struct err *e)
{
    sqlite3_file *log = NULL;
    sqlite3_int64 bytes = 0;

    db_version(s->db); /* SQLite opens the log when it first reads */
    sqlite3_file_control(db_handle(s->db), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (log && log->pMethods) {
        if (log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) != SQLITE_OK)
            return err_set(e, ERR_IO, "what was marked cannot be brought to the disk");
        log->pMethods->xFileSize(log, &bytes);
    }
    if (bytes > LOG_MOST)
        empty_log(s);
    if (state_is_well(s))
        return true;
    db_report(s->db, e);
    db_clear(s->db);
    return false;
}

int64_t state_name(const struct state *s)
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
        if (column_digest(st, 1, &d))
            fn(ctx, &d, (unsigned)sqlite3_column_int(st, 0));
    }
    db_clear(s->db);
}

bool state_opened(struct state *s, const char *path, int64_t now, struct err *e)
{
    db_run(s->db, "INSERT OR REPLACE INTO shelf VALUES(?1, ?2)", "ti", path, now);
    return state_commit(s, e);
}

bool state_shelf(struct state *s, void (*fn)(void *ctx, const char *path, int64_t opened), void *ctx,
                 struct err *e)
{
    sqlite3_stmt *st = db_query(s->db, "SELECT path, opened FROM shelf ORDER BY opened DESC, path", "");

    while (db_row(s->db, st))
        fn(ctx, column_text(st, 0), sqlite3_column_int64(st, 1));
    if (db_fault(s->db) == DB_FINE)
        return true;
    db_report(s->db, e);
    db_clear(s->db);
    return false;
}
