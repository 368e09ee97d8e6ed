/* SPDX-License-Identifier: ISC */
#include "store/threads.h"

#include "base/buf.h"
#include "base/mem.h"
#include "store/column.h"
#include "store/db.h"
#include "store/state_hold.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum { SEEN_BYTES = 4, KEY_BYTES = 8 };

/* seen: 4 bytes a comment, the highest first. flagged is empty since format 5: see table talk, store/state_format. */
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

static void read_seen(sqlite3_stmt *st, struct threads_kept *out)
{
    const void *seen = sqlite3_column_blob(st, 0);
    size_t i;

    out->seen_count = (size_t)sqlite3_column_bytes(st, 0) / SEEN_BYTES;
    out->seen = mem_zalloc(out->seen_count + 1, sizeof *out->seen);
    if (out->seen_count)
        memcpy(out->seen, seen, out->seen_count * SEEN_BYTES);
    for (i = 0; i < out->seen_count; i++)
        out->seen[i] = be32toh(out->seen[i]);
}

/* Keys are kept so that SQLite orders them as numbers are. */
static void read_flagged(struct db *db, const struct digest *d, struct threads_kept *out)
{
    size_t cap = 0;
    sqlite3_stmt *st = db_query(db, "SELECT key, flags FROM talk WHERE digest = ?1 AND flags <> 0 ORDER BY key", "b",
                                (const void *)d->byte, sizeof d->byte);

    while (db_row(db, st)) {
        if (sqlite3_column_bytes(st, 0) != KEY_BYTES)
            continue;
        mem_grow(&out->flagged, &cap, out->flagged_count + 1, sizeof *out->flagged);
        out->flagged[out->flagged_count++] = (struct threads_flagged){
            read_bytes(sqlite3_column_blob(st, 0), KEY_BYTES), (unsigned)sqlite3_column_int(st, 1)};
    }
}

/* What is kept under the article's bytes, or else of what stood in its place last; *at is under which bytes. */
static bool find(struct db *db, const struct state_id *id, struct threads_kept *out, struct digest *at)
{
    sqlite3_stmt *st = db_query(db, "SELECT seen FROM thread WHERE digest = ?1", "b", (const void *)id->digest.byte,
                                sizeof id->digest.byte);
    bool found = db_row(db, st);

    *at = id->digest;
    memset(out, 0, sizeof *out);
    if (!found) {
        st = db_query(db, "SELECT seen, digest FROM thread WHERE origin = ?1 ORDER BY visited DESC LIMIT 1", "b",
                      (const void *)id->origin.byte, sizeof id->origin.byte);
        found = db_row(db, st);
        if (found)
            column_digest(st, 1, at);
    }
    if (found) {
        read_seen(st, out);
        db_done(st);
    }
    read_flagged(db, at, out);
    return found || out->flagged_count;
}

bool threads_get(struct state *s, const struct state_id *id, struct threads_kept *out)
{
    struct digest at;
    bool found = find(state_db(s), id, out, &at);

    db_clear(state_db(s));
    return found;
}

void threads_release(struct threads_kept *kept)
{
    free(kept->seen);
    free(kept->flagged);
    memset(kept, 0, sizeof *kept);
}

static void put_seen(struct state *s, const struct state_id *id, const struct threads_kept *kept, int64_t now)
{
    struct db *db = state_db(s);
    struct buf seen;

    buf_init(&seen);
    for (size_t i = 0; i < kept->seen_count; i++)
        add_bytes(&seen, kept->seen[i], SEEN_BYTES);
    db_run(db, "DELETE FROM talk WHERE origin = ?1 AND digest <> ?2", "bb", (const void *)id->origin.byte,
           sizeof id->origin.byte, (const void *)id->digest.byte, sizeof id->digest.byte);
    db_run(db, "DELETE FROM thread WHERE origin = ?1", "b", (const void *)id->origin.byte, sizeof id->origin.byte);
    db_run(db, "INSERT OR REPLACE INTO thread VALUES(?1, ?2, ?3, ?4, x'', ?5)", "bbibi",
           (const void *)id->digest.byte, sizeof id->digest.byte, (const void *)id->origin.byte,
           sizeof id->origin.byte, now, (const void *)seen.data, seen.len, state_name(s));
    buf_release(&seen);
}

static void put_flags(struct state *s, const struct state_id *id, uint64_t key, unsigned flags, int64_t now)
{
    struct buf bytes;

    buf_init(&bytes);
    add_bytes(&bytes, key, KEY_BYTES);
    db_run(state_db(s), "INSERT OR REPLACE INTO talk VALUES(?1, ?2, ?3, ?4, ?5, ?6)", "bbbiii",
           (const void *)id->digest.byte, sizeof id->digest.byte, (const void *)bytes.data, bytes.len,
           (const void *)id->origin.byte, sizeof id->origin.byte, (int64_t)flags, now, state_name(s));
    buf_release(&bytes);
}

/* Writes what differs from what is there, both by rising key; what is flagged no more stays, with no flags. */
static void put_flagged(struct state *s, const struct state_id *id, const struct threads_kept *before,
                        const struct threads_kept *kept, int64_t now)
{
    size_t i = 0, k = 0;

    while (i < before->flagged_count || k < kept->flagged_count) {
        const struct threads_flagged *old = i < before->flagged_count ? &before->flagged[i] : NULL;
        const struct threads_flagged *new = k < kept->flagged_count ? &kept->flagged[k] : NULL;

        if (!new || (old && old->key < new->key)) {
            put_flags(s, id, old->key, 0, now);
            i++;
        } else if (!old || new->key < old->key) {
            put_flags(s, id, new->key, new->flags, now);
            k++;
        } else {
            if (old->flags != new->flags)
                put_flags(s, id, new->key, new->flags, now);
            i++;
            k++;
        }
    }
}

static bool same_seen(const struct threads_kept *a, const struct threads_kept *b)
{
    return a->seen_count == b->seen_count &&
           (a->seen_count == 0 || memcmp(a->seen, b->seen, a->seen_count * sizeof *a->seen) == 0);
}

/* What is kept under the article's own bytes becomes what `kept` says, or, where that is NULL, what is kept of what
 * stood in its place before. */
static void put(struct state *s, const struct state_id *id, const struct threads_kept *kept, int64_t now)
{
    struct threads_kept before, none = {NULL, 0, NULL, 0};
    struct digest at;
    bool found = find(state_db(s), id, &before, &at), own = memcmp(&at, &id->digest, sizeof at) == 0;

    kept = kept ? kept : &before;
    if (!found || !own || !same_seen(&before, kept))
        put_seen(s, id, kept, now);
    put_flagged(s, id, own ? &before : &none, kept, now);
    threads_release(&before);
}

bool threads_put(struct state *s, const struct state_id *id, const struct threads_kept *kept, struct err *e)
{
    if (state_begin(s))
        put(s, id, kept, state_now(s));
    return state_commit(s, e);
}

bool threads_flag(struct state *s, const struct state_id *id, uint64_t key, unsigned flags, struct err *e)
{
    struct db *db = state_db(s);

    if (state_begin(s)) {
        int64_t now = state_now(s);

        if (!db_int(db, 0, "SELECT 1 FROM thread WHERE digest = ?1", "b", (const void *)id->digest.byte,
                    sizeof id->digest.byte))
            put(s, id, NULL, now);
        put_flags(s, id, key, flags, now);
    }
    return state_commit(s, e);
}

bool threads_hide_author(struct state *s, const char *site, const char *author, bool hide, struct err *e)
{
    struct db *db = state_db(s);

    if (state_begin(s) && hide != (db_int(db, 0, "SELECT is_on FROM hidden WHERE site = ?1 AND author = ?2", "tt", site,
                                          author) != 0))
        db_run(db, "INSERT OR REPLACE INTO hidden VALUES(?1, ?2, ?3, ?4, ?5)", "ttiii", site, author, state_now(s),
               (int64_t)hide, state_name(s));
    return state_commit(s, e);
}

void threads_each_hidden(struct state *s, const char *site, void (*fn)(void *ctx, const char *author), void *ctx)
{
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db, "SELECT author FROM hidden WHERE site = ?1 AND is_on ORDER BY author", "t", site);

    while (db_row(db, st))
        fn(ctx, column_text(st, 0));
    db_clear(db);
}
