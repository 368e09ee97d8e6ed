/* SPDX-License-Identifier: ISC */
#include "store/threads.h"

#include "base/buf.h"
#include "base/mem.h"
#include "store/db.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

enum { SEEN_BYTES = 4, FLAGGED_BYTES = 9 };

/* seen: 4 bytes a comment, flagged: 8 bytes of key and one of flags; the highest byte first. */
const char *threads_tables(void)
{
    return "CREATE TABLE thread(digest BLOB PRIMARY KEY, origin BLOB, visited INT, seen BLOB, flagged BLOB)"
           " WITHOUT ROWID;"
           "CREATE INDEX thread_origin ON thread(origin, visited);"
           "CREATE TABLE hidden(site TEXT, author TEXT, at INT, PRIMARY KEY(site, author)) WITHOUT ROWID;";
}

static uint64_t read_bytes(const unsigned char *s, int count)
{
    uint64_t n = 0;

    while (count-- > 0)
        n = n << 8 | *s++;
    return n;
}

static void add_bytes(struct buf *out, uint64_t n, int count)
{
    while (count-- > 0)
        buf_add_char(out, (char)(unsigned char)(n >> 8 * count));
}

static void read_row(sqlite3_stmt *st, struct threads_kept *out)
{
    const unsigned char *seen = sqlite3_column_blob(st, 0), *flagged = sqlite3_column_blob(st, 1);
    size_t i;

    out->seen_count = (size_t)sqlite3_column_bytes(st, 0) / SEEN_BYTES;
    out->flagged_count = (size_t)sqlite3_column_bytes(st, 1) / FLAGGED_BYTES;
    out->seen = mem_zalloc(out->seen_count + 1, sizeof *out->seen);
    out->flagged = mem_zalloc(out->flagged_count + 1, sizeof *out->flagged);
    for (i = 0; i < out->seen_count; i++)
        out->seen[i] = (uint32_t)read_bytes(seen + i * SEEN_BYTES, SEEN_BYTES);
    for (i = 0; i < out->flagged_count; i++) {
        out->flagged[i].key = read_bytes(flagged + i * FLAGGED_BYTES, 8);
        out->flagged[i].flags = flagged[i * FLAGGED_BYTES + 8];
    }
}

bool threads_get(struct state *s, const struct state_id *id, struct threads_kept *out)
{
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db, "SELECT seen, flagged FROM thread WHERE digest = ?1", "b",
                                (const void *)id->digest.byte, sizeof id->digest.byte);
    bool found = db_row(db, st);

    memset(out, 0, sizeof *out);
    if (!found) {
        st = db_query(db, "SELECT seen, flagged FROM thread WHERE origin = ?1 ORDER BY visited DESC LIMIT 1", "b",
                      (const void *)id->origin.byte, sizeof id->origin.byte);
        found = db_row(db, st);
    }
    if (found) {
        read_row(st, out);
        db_done(st);
    }
    db_clear(db);
    return found;
}

void threads_release(struct threads_kept *kept)
{
    free(kept->seen);
    free(kept->flagged);
    memset(kept, 0, sizeof *kept);
}

bool threads_put(struct state *s, const struct state_id *id, const struct threads_kept *kept, struct err *e)
{
    struct db *db = state_db(s);
    struct buf seen, flagged;
    size_t i;
    bool ok;

    buf_init(&seen);
    buf_init(&flagged);
    for (i = 0; i < kept->seen_count; i++)
        add_bytes(&seen, kept->seen[i], SEEN_BYTES);
    for (i = 0; i < kept->flagged_count; i++) {
        add_bytes(&flagged, kept->flagged[i].key, 8);
        add_bytes(&flagged, kept->flagged[i].flags, 1);
    }
    if (db_exec(db, "BEGIN IMMEDIATE")) {
        db_run(db, "DELETE FROM thread WHERE origin = ?1", "b", (const void *)id->origin.byte,
               sizeof id->origin.byte);
        db_run(db, "INSERT OR REPLACE INTO thread VALUES(?1, ?2, ?3, ?4, ?5)", "bbibb",
               (const void *)id->digest.byte, sizeof id->digest.byte, (const void *)id->origin.byte,
               sizeof id->origin.byte, (int64_t)time(NULL), (const void *)seen.data, seen.len,
               (const void *)flagged.data, flagged.len);
    }
    ok = state_commit(s, e);
    buf_release(&flagged);
    buf_release(&seen);
    return ok;
}

bool threads_hide_author(struct state *s, const char *site, const char *author, bool hide, struct err *e)
{
    struct db *db = state_db(s);

    if (hide)
        db_run(db, "INSERT OR IGNORE INTO hidden VALUES(?1, ?2, ?3)", "tti", site, author, (int64_t)time(NULL));
    else
        db_run(db, "DELETE FROM hidden WHERE site = ?1 AND author = ?2", "tt", site, author);
    return state_commit(s, e);
}

void threads_each_hidden(struct state *s, const char *site, void (*fn)(void *ctx, const char *author), void *ctx)
{
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db, "SELECT author FROM hidden WHERE site = ?1 ORDER BY author", "t", site);

    while (db_row(db, st))
        fn(ctx, (const char *)sqlite3_column_text(st, 0));
    db_clear(db);
}
