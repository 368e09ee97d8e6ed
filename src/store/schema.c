/* SPDX-License-Identifier: ISC */
#include "store/schema.h"

#include "store/order.h"
#include "store/score.h"
#include "store/tokenizer.h"

#include <stdio.h>

#include <sqlite3.h>

/* The log in pages: from the first on it is copied into the database where nobody has to be waited for. */
enum { LOG_MUCH = 2000, LOG_MOST = 4096, LOG_WAIT_MS = 100 };

static const char tables[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE root(id INTEGER PRIMARY KEY, path TEXT UNIQUE);"
    "CREATE TABLE file(id INTEGER PRIMARY KEY, root INT, name TEXT, key BLOB, size INT, mtime INT, inode INT,"
    " device INT, state INT, records INT);"
    "CREATE INDEX file_key ON file(root, key, size, mtime, inode, device);"
    "CREATE INDEX file_todo ON file(state) WHERE state = 0;"
    "CREATE TABLE article(id INTEGER PRIMARY KEY, flags INT, file INT, seq INT, tail TEXT, title TEXT, site "
    "TEXT,"
    " published TEXT, language TEXT, words INT, comments INT, minutes INT, digest BLOB, title_key BLOB,"
    " site_key BLOB, parser INT, origin INT, turn INT, voice INT, slot INT,"
    " extra INT);"
    "CREATE INDEX article_file ON article(file, seq);"
    "CREATE UNIQUE INDEX article_slot ON article(slot);"
    "CREATE INDEX article_flags ON article(slot, flags) WHERE flags <> 0;"
    "CREATE INDEX article_origin ON article(origin, turn) WHERE origin <> 0;"
    "CREATE TABLE site(id INTEGER PRIMARY KEY, pages INT, judged INT, turn INT, settled INT, lines BLOB);"
    "CREATE TABLE body(id INTEGER PRIMARY KEY, data BLOB);"
    "CREATE TABLE talk(id INTEGER PRIMARY KEY, data BLOB);"
    "CREATE TABLE place(ord INT, key BLOB, id INT, flags INT, slot INT, PRIMARY KEY(ord, key, id))"
    " WITHOUT ROWID;"
    "CREATE TABLE rank(ord INT, level INT, key BLOB, id INT, count INT, unread INT, kids INT,"
    " PRIMARY KEY(ord, level, key, id)) WITHOUT ROWID;"
    "CREATE TABLE begins(block INT, key INT, ids BLOB, PRIMARY KEY(block, key)) WITHOUT ROWID;"
    "CREATE TABLE form(language TEXT, stem TEXT, word TEXT, PRIMARY KEY(language, stem, word)) WITHOUT ROWID;"
    "CREATE INDEX form_word ON form(word);"
    "CREATE TABLE fault(id INTEGER PRIMARY KEY, file INT, text TEXT);"
    "CREATE INDEX fault_file ON fault(file);"
    "CREATE VIRTUAL TABLE words USING fts5(title, body, comment, author, site, facts, content='',"
    " tokenize='cuttings');"
    "INSERT INTO words(words, rank) VALUES('pgsz', 8000);"
    /* Never reached: what store/intake hands over at a time is less, and no segment is cut in two. */
    "INSERT INTO words(words, rank) VALUES('hashsize', 134217728);"
    /* Merging four pieces at a time, as FTS5 does by itself, writes each word three times over; merging all of
     * sixteen at once leaves as many pages empty as the whole index has. What is left in pieces is put together
     * when there is time (cache_merge). store/graft does the same with the segments that it puts in. */
    "INSERT INTO words(words, rank) VALUES('automerge', 16);"
    "INSERT INTO words(words, rank) VALUES('crisismerge', 64);";

void schema_use_wal(struct db *db)
{
    if (db_fault(db) == DB_FINE)
        sqlite3_exec(db_handle(db), "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
}

enum schema_state schema_state(struct db *db)
{
    int64_t application, version, tables_there;

    /* One moment of the file: another process may be making it. */
    db_exec(db, "BEGIN");
    tables_there = db_int(db, 0, "SELECT count(*) FROM sqlite_schema", "");
    application = db_int(db, 0, "PRAGMA application_id", "");
    version = db_int(db, 0, "PRAGMA user_version", "");
    db_exec(db, "COMMIT");
    if (application == SCHEMA_APPLICATION)
        return version == SCHEMA_VERSION ? SCHEMA_READY : SCHEMA_OTHER;
    return application == 0 && tables_there == 0 ? SCHEMA_EMPTY : SCHEMA_FOREIGN;
}

bool schema_create(struct db *db)
{
    char sql[128];
    int ord, level;

    db_exec(db, "PRAGMA page_size=16384");
    schema_use_wal(db);
    db_exec(db, "BEGIN IMMEDIATE");
    if (db_int(db, 0, "PRAGMA application_id", "") == SCHEMA_APPLICATION)
        return db_exec(db, "COMMIT"); /* another process was quicker */
    db_exec(db, tables);
    for (ord = 0; ord < ORDER_COUNT; ord++) {
        for (level = 0; level < 2; level++)
            db_run(db, "INSERT INTO rank VALUES(?1, ?2, x'', 0, 0, 0, 1)", "ii", (int64_t)ord,
                   (int64_t)level);
    }
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d", SCHEMA_APPLICATION,
             SCHEMA_VERSION);
    db_exec(db, sql);
    return db_exec(db, "COMMIT");
}

int64_t schema_number(struct db *db, const char *name, int64_t absent)
{
    return db_int(db, absent, "SELECT value FROM meta WHERE name = ?1", "t", name);
}

bool schema_set_number(struct db *db, const char *name, int64_t n)
{
    return db_run(db,
                  "INSERT INTO meta VALUES(?1, ?2)"
                  " ON CONFLICT(name) DO UPDATE SET value = ?2 WHERE value IS NOT ?2",
                  "ti", name, n);
}

bool schema_text(struct db *db, const char *name, struct buf *out)
{
    sqlite3_stmt *st = db_query(db, "SELECT value FROM meta WHERE name = ?1", "t", name);

    if (!db_row(db, st))
        return false;
    buf_add(out, sqlite3_column_text(st, 0), (size_t)sqlite3_column_bytes(st, 0));
    db_done(st);
    return true;
}

bool schema_set_text(struct db *db, const char *name, const char *text)
{
    return db_run(db, "INSERT OR REPLACE INTO meta VALUES(?1, ?2)", "tt", name, text);
}

/* Called after each commit with the pages that the log has. A writer begins the log anew only where no reader is in it,
 * and beside many readers one always is. So past LOG_MOST it waits for them: whoever begins to read meanwhile finds all
 * in the database and keeps out of the log. For those that read longer it does not wait. */
static int keep_log_short(void *unused, sqlite3 *handle, const char *name, int pages)
{
    (void)unused;
    if (pages >= LOG_MOST) {
        sqlite3_busy_timeout(handle, LOG_WAIT_MS);
        sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
        sqlite3_busy_timeout(handle, DB_BUSY_MS);
    } else if (pages >= LOG_MUCH) {
        sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    }
    return SQLITE_OK;
}

bool schema_tune_writer(struct db *db)
{
    schema_use_wal(db);
    sqlite3_wal_hook(db_handle(db), keep_log_short, NULL);
    /* Debian's SQLite overwrites what it deletes; a cache has no such secrets, its folder is private. */
    return db_exec(db, "PRAGMA secure_delete=OFF") && db_exec(db, "PRAGMA cache_size=-2000") &&
           db_exec(db, "PRAGMA temp_store=MEMORY") && db_exec(db, "PRAGMA journal_size_limit=67108864") &&
           tokenizer_register(db);
}

bool schema_tune_reader(struct db *db)
{
    return db_exec(db, "PRAGMA cache_size=-2000") && db_exec(db, "PRAGMA query_only=ON") &&
           tokenizer_register(db) && score_register(db);
}

bool schema_share(struct db *db, int caches)
{
    enum { ALL = 4000, LEAST = 200 }; /* KB */
    char sql[60];

    snprintf(sql, sizeof sql, "PRAGMA cache_size=-%d", ALL / caches > LEAST ? ALL / caches : LEAST);
    return db_exec(db, sql);
}

bool schema_toil(struct db *db)
{
    return db_exec(db, "PRAGMA cache_size=-24000");
}

bool schema_rest(struct db *db)
{
    return db_exec(db, "PRAGMA cache_size=-2000") && db_exec(db, "PRAGMA shrink_memory");
}
