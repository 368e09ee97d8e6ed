/* SPDX-License-Identifier: ISC */
#include "store/state_format.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/heal.h"
#include "store/notes.h"
#include "store/repairs.h"
#include "store/schema.h"
#include "store/tags.h"
#include "store/threads.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

enum { APPLICATION = 0x43747452 /* "CttR" */ };

/* The log's columns mean: kind 1, flags: a = mask, b = flags; kind 2, a place: a = comment, b = offset. */
static const char first[] =
    "PRAGMA application_id=1131705426;" /* APPLICATION */
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

/* Who changed what when, for all that had it not; and comments one by one, so that what two machines did with two of a
 * thread can be joined. */
static const char stamps[] =
    "ALTER TABLE self ADD COLUMN clock INT DEFAULT 0;"
    "ALTER TABLE hidden ADD COLUMN is_on INT DEFAULT 1;"
    "ALTER TABLE hidden ADD COLUMN writer INT DEFAULT 0;"
    "ALTER TABLE letter ADD COLUMN writer INT DEFAULT 0;"
    "ALTER TABLE thread ADD COLUMN writer INT DEFAULT 0;"
    "ALTER TABLE note ADD COLUMN writer INT DEFAULT 0;"
    "ALTER TABLE note ADD COLUMN placed INT DEFAULT 0;"
    "ALTER TABLE note ADD COLUMN placer INT DEFAULT 0;"
    "CREATE TABLE talk(digest BLOB, key BLOB, origin BLOB, flags INT, at INT, writer INT, PRIMARY KEY(digest, key))"
    " WITHOUT ROWID;"
    "CREATE INDEX talk_origin ON talk(origin);"
    "CREATE INDEX entry_digest ON entry(digest, kind, seq);"
    "CREATE INDEX repair_made ON repair(at, writer) WHERE drops = 0;"
    "CREATE INDEX rule_made ON rule(at, writer) WHERE drops = 0;";

/* Seconds become milliseconds, two corrections of one second two moments. thread.flagged held 8 bytes of key and one of
 * flags for each comment; instr is how SQL tells the number of a byte. */
#define SECONDS " BETWEEN 1 AND 99999999999;"
static const char renewed[] =
    "UPDATE repair SET at = at * 1000 + seq % 1000 WHERE at" SECONDS
    "UPDATE rule SET at = at * 1000 + seq % 1000 WHERE at" SECONDS
    "UPDATE hidden SET at = at * 1000 WHERE at" SECONDS
    "UPDATE thread SET visited = visited * 1000 WHERE visited" SECONDS
    "WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c"
    "  WHERE n < (SELECT max(length(flagged)) / 9 FROM thread))"
    " INSERT OR IGNORE INTO talk SELECT digest, substr(flagged, n * 9 + 1, 8), origin,"
    "  instr(x'0102030405060708090a0b0c0d0e0f', substr(flagged, n * 9 + 9, 1)), visited, writer"
    "  FROM thread JOIN c ON n < length(flagged) / 9;"
    "UPDATE thread SET flagged = x'' WHERE flagged <> x'';"
    "UPDATE self SET clock = max(clock, (SELECT coalesce(max(t), 0) FROM (SELECT max(at) AS t FROM entry"
    " UNION ALL SELECT max(at) FROM tagged UNION ALL SELECT max(at) FROM kept UNION ALL SELECT max(at) FROM repair"
    " UNION ALL SELECT max(at) FROM rule UNION ALL SELECT max(at) FROM hidden UNION ALL SELECT max(at) FROM talk"
    " UNION ALL SELECT max(visited) FROM thread UNION ALL SELECT max(changed) FROM letter"
    " UNION ALL SELECT max(changed) FROM note UNION ALL SELECT max(placed) FROM note)));";

static const char *stamps_tables(void)
{
    return stamps;
}

/* What each later format adds to the one before it. */
static const struct {
    int format;
    const char *(*tables)(void);
} steps[] = {
    {2, threads_tables}, {2, repairs_tables}, {3, notes_tables}, {4, tags_tables}, {5, stamps_tables},
};

/* Runs the steps from format `from`, inside a transaction. */
static void bring_up(struct db *db, int64_t from)
{
    char mark[64];
    size_t i;

    for (i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i].format > from)
            db_exec(db, steps[i].tables());
    }
    db_exec(db, renewed);
    snprintf(mark, sizeof mark, "PRAGMA user_version=%d", STATE_FORMAT);
    db_exec(db, mark);
}

/* ---- copies ---- */

/* The names of copies end in their time: which of two is older. */
static int by_time(const void *a, const void *b)
{
    enum { STAMP = 15 }; /* YYYYMMDD-HHMMSS */
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    size_t n = strlen(x), m = strlen(y);

    return strcmp(x + (n > STAMP ? n - STAMP : 0), y + (m > STAMP ? m - STAMP : 0));
}

/* Removes all copies but the last ones. */
static void thin_out(const char *path)
{
    size_t count = 0, cap = 0, i, len;
    char **names = NULL, *base, *folder;
    struct dirent *entry;
    struct buf start;
    DIR *dir;

    buf_init(&start);
    buf_add_fmt(&start, "%s.format-", path_base(path));
    base = buf_steal(&start);
    len = strlen(base);
    folder = mem_strndup(path, (size_t)(path_base(path) - path));
    dir = opendir(*folder ? folder : ".");
    while (dir && (entry = readdir(dir)) != NULL) {
        if (strncmp(entry->d_name, base, len) != 0)
            continue;
        mem_grow(&names, &cap, count + 1, sizeof *names);
        names[count++] = path_join(folder, entry->d_name);
    }
    if (dir)
        closedir(dir);
    if (count)
        mem_sort(names, count, sizeof *names, by_time);
    for (i = 0; i < count; i++) {
        if (i + STATE_FORMAT_COPIES < count)
            unlink(names[i]);
        free(names[i]);
    }
    free(names);
    free(folder);
    free(base);
}

/* Copies a file of that format before it is changed. The writer's lock is held and nothing written yet: what another
 * connection reads is the file as it was. */
static bool keep_copy(const char *path, int64_t format, struct err *e)
{
    char stamp[32];
    time_t now = time(NULL);
    struct tm tm;
    struct buf to;
    bool ok;

    gmtime_r(&now, &tm);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &tm);
    buf_init(&to);
    buf_add_fmt(&to, "%s.format-%d-%s", path, (int)format, stamp);
    ok = heal_copy(path, to.data, e);
    buf_release(&to);
    if (ok)
        thin_out(path);
    return ok;
}

/* ---- preparing ---- */

/* Makes the tables, or adds what is lacking: all steps or none. Another reader may have been quicker. */
static bool make(struct db *db, const char *path, struct err *e)
{
    int64_t version;
    bool ok = true;

    if (!db_exec(db, "BEGIN IMMEDIATE"))
        return true;
    version = db_int(db, 0, "PRAGMA user_version", "");
    if (version == 0 && db_int(db, 0, "SELECT count(*) FROM sqlite_schema", "") == 0)
        db_exec(db, first);
    else if (version > 0 && version < STATE_FORMAT)
        ok = keep_copy(path, version, e);
    if (ok && version < STATE_FORMAT && db_int(db, 0, "PRAGMA application_id", "") == APPLICATION)
        bring_up(db, version > 0 ? version : 1);
    if (!ok || !db_exec(db, "COMMIT"))
        sqlite3_exec(db_handle(db), "ROLLBACK", NULL, NULL, NULL);
    return ok;
}

bool state_format_prepare(struct db *db, const char *path, struct err *e)
{
    int64_t application = db_int(db, 0, "PRAGMA application_id", "");
    int64_t version = db_int(db, 0, "PRAGMA user_version", "");
    bool known = application == APPLICATION;

    if ((application == 0 || known) && db_fault(db) == DB_FINE)
        schema_use_wal(db);
    if (application == 0 || (known && version > 0 && version < STATE_FORMAT)) {
        if (db_fault(db) == DB_FINE && !make(db, path, e))
            return false;
        known = db_int(db, 0, "PRAGMA application_id", "") == APPLICATION;
        version = db_int(db, 0, "PRAGMA user_version", "");
    }
    if (db_fault(db) != DB_FINE)
        return db_report(db, e);
    return (known && version == STATE_FORMAT) ||
           err_set(e, ERR_IO, "'%s' is not a reading state that this version knows", path);
}

/* ---- damage ---- */

/* The columns of a table of the old file, as they stand in a list; "" where it cannot be told. */
static void add_columns(sqlite3 *old, const char *table, struct buf *out)
{
    sqlite3_stmt *st;

    if (sqlite3_prepare_v2(old, "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info(?1)", -1, &st,
                           NULL) != SQLITE_OK)
        return;
    sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
    if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_text(st, 0))
        buf_add_str(out, (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
}

/* A statement that puts a row of so many columns into a table; NULL where the table has no such columns. */
static sqlite3_stmt *prepare_insert(sqlite3 *handle, const char *table, const char *columns, int count)
{
    sqlite3_stmt *st = NULL;
    struct buf sql;

    buf_init(&sql);
    buf_add_fmt(&sql, "INSERT OR IGNORE INTO %s(%s) VALUES(?", table, columns);
    while (--count > 0)
        buf_add_str(&sql, ", ?");
    buf_add_char(&sql, ')');
    sqlite3_prepare_v2(handle, sql.data, -1, &st, NULL);
    buf_release(&sql);
    return st;
}

/* Copies the rows of a table up to the damage, from its beginning or its end. */
static void copy_rows(sqlite3 *old, sqlite3 *handle, const char *table, const char *columns, bool from_end)
{
    sqlite3_stmt *from = NULL, *to;
    struct buf sql;
    int i;

    buf_init(&sql);
    buf_add_fmt(&sql, "SELECT %s FROM %s", columns, table);
    sqlite3_exec(old, from_end ? "PRAGMA reverse_unordered_selects=1" : "PRAGMA reverse_unordered_selects=0", NULL,
                 NULL, NULL);
    sqlite3_prepare_v2(old, sql.data, -1, &from, NULL);
    buf_release(&sql);
    to = from ? prepare_insert(handle, table, columns, sqlite3_column_count(from)) : NULL;
    while (to && sqlite3_step(from) == SQLITE_ROW) {
        for (i = 0; i < sqlite3_column_count(from); i++)
            sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
        sqlite3_step(to);
        sqlite3_reset(to);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
}

void state_format_salvage(struct db *db, const char *path)
{
    static const char *const tables[] = {"mark", "shelf", "entry", "repair", "rule",  "hidden", "thread",
                                         "talk", "note",  "letter", "tag",   "saved", "tagged", "kept"};
    struct err ignored = ERR_INIT;
    struct db *old = db_open(path, DB_READ, &ignored);
    struct buf columns;
    size_t i;

    if (!old)
        return;
    buf_init(&columns);
    db_exec(db, "BEGIN IMMEDIATE");
    for (i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        buf_clear(&columns);
        add_columns(db_handle(old), tables[i], &columns);
        if (columns.len == 0)
            continue;
        copy_rows(db_handle(old), db_handle(db), tables[i], columns.data, true);
        copy_rows(db_handle(old), db_handle(db), tables[i], columns.data, false);
    }
    db_exec(db, renewed);
    if (!db_exec(db, "COMMIT"))
        sqlite3_exec(db_handle(db), "ROLLBACK", NULL, NULL, NULL);
    buf_release(&columns);
    db_close(&old);
}
