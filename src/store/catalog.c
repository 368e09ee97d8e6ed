/* SPDX-License-Identifier: ISC */
#include "store/catalog.h"

#include "base/mem.h"
#include "base/path.h"
#include "store/body.h"
#include "store/codec.h"
#include "store/facts.h"
#include "store/files.h"
#include "store/schema.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

struct catalog {
    struct db *db;
    struct codec *codec;
    int64_t version; /* db_version at the last catalog_changed */
    char *root;      /* what catalog_root gave last */
};

void catalog_row_release(struct catalog_row *row)
{
    free(row->title);
    free(row->site);
    free(row->published);
    free(row->locator);
    memset(row, 0, sizeof *row);
}

struct catalog *catalog_open(const char *path, bool fixed, struct err *e)
{
    struct catalog *l = mem_zalloc(1, sizeof *l);
    enum schema_state state;

    l->codec = codec_new();
    l->db = db_open(path, DB_READ | (fixed ? DB_FIXED : 0u), e);
    state = l->db && schema_tune_reader(l->db) ? schema_state(l->db) : SCHEMA_EMPTY;
    if (l->db && db_fault(l->db) == DB_FINE && state != SCHEMA_READY)
        err_set(e, ERR_IO, "'%s' is no cache that this version can read", path);
    if (state == SCHEMA_READY && db_fault(l->db) == DB_FINE) {
        l->version = db_version(l->db);
        return l;
    }
    if (l->db)
        db_report(l->db, e);
    catalog_close(&l);
    return NULL;
}

void catalog_close(struct catalog **l)
{
    if (!*l)
        return;
    db_close(&(*l)->db);
    codec_free(&(*l)->codec);
    free((*l)->root);
    free(*l);
    *l = NULL;
}

enum db_fault catalog_fault(struct catalog *l, struct err *e)
{
    enum db_fault fault = db_fault(l->db);

    if (fault != DB_FINE)
        db_report(l->db, e);
    db_clear(l->db);
    return fault;
}

struct db *catalog_db(struct catalog *l)
{
    return l->db;
}

bool catalog_changed(struct catalog *l)
{
    int64_t now = db_version(l->db);
    bool changed = now != l->version;

    l->version = now;
    return changed;
}

void catalog_begin(struct catalog *l)
{
    db_run(l->db, "BEGIN", "");
}

void catalog_end(struct catalog *l)
{
    /* A fault may have ended the transaction already. */
    if (!sqlite3_get_autocommit(db_handle(l->db)))
        sqlite3_exec(db_handle(l->db), "COMMIT", NULL, NULL, NULL);
}

static char *column_str(sqlite3_stmt *st, int column)
{
    return mem_strdup((const char *)sqlite3_column_text(st, column));
}

bool catalog_row(struct catalog *l, int64_t id, struct catalog_row *row)
{
    sqlite3_stmt *st =
        db_query(l->db,
                 "SELECT a.title, a.site, a.published, f.name, a.tail, a.comments, a.minutes, a.flags,"
                 " a.digest, f.root FROM article a JOIN file f ON f.id = a.file WHERE a.id = ?1",
                 "i", id);
    struct buf locator;

    memset(row, 0, sizeof *row);
    if (!db_row(l->db, st))
        return false;
    row->id = id;
    row->title = column_str(st, 0);
    row->site = column_str(st, 1);
    row->published = column_str(st, 2);
    buf_init(&locator);
    buf_add(&locator, sqlite3_column_text(st, 3), (size_t)sqlite3_column_bytes(st, 3));
    buf_add(&locator, sqlite3_column_text(st, 4), (size_t)sqlite3_column_bytes(st, 4));
    row->locator = buf_steal(&locator);
    row->comments = (long)sqlite3_column_int64(st, 5);
    row->minutes = sqlite3_column_int(st, 6);
    row->flags = (unsigned)sqlite3_column_int(st, 7);
    if (sqlite3_column_bytes(st, 8) == (int)sizeof row->digest)
        memcpy(&row->digest, sqlite3_column_blob(st, 8), sizeof row->digest);
    row->root = sqlite3_column_int64(st, 9);
    db_done(st);
    return true;
}

bool catalog_flags(struct catalog *l, int64_t id, unsigned *flags)
{
    int64_t found = db_int(l->db, -1, "SELECT flags FROM article WHERE id = ?1", "i", id);

    if (found >= 0)
        *flags = (unsigned)found;
    return found >= 0;
}

bool catalog_spot(struct catalog *l, enum order ord, int64_t id, struct spot *spot)
{
    struct facts f;

    if (!facts_read(l->db, id, &f))
        return false;
    spot->id = id;
    spot->slot = f.slot;
    spot->flags = (uint8_t)f.flags;
    spot->key = facts_key(l->db, &f, ord);
    return true;
}

bool catalog_article(struct catalog *l, int64_t id, struct article *a, struct buf *text, struct err *e)
{
    enum body_answer answer = body_article(l->db, l->codec, id, a, text);

    if (answer == BODY_DAMAGED)
        err_set(e, ERR_IO, "article %lld is damaged in the cache", (long long)id);
    else if (answer == BODY_ABSENT && catalog_fault(l, e) == DB_FINE)
        err_set(e, ERR_NOMATCH, "there is no article %lld", (long long)id);
    return answer == BODY_FOUND;
}

const char *catalog_root(struct catalog *l, int64_t root)
{
    sqlite3_stmt *st = db_query(l->db, "SELECT path FROM root WHERE id = ?1", "i", root);

    free(l->root);
    l->root = NULL;
    if (db_row(l->db, st)) {
        l->root = column_str(st, 0);
        db_done(st);
    }
    return l->root;
}

static int64_t find_file(struct catalog *l, int64_t root, const char *name, size_t len)
{
    struct buf key;
    int64_t id;

    buf_init(&key);
    buf_add(&key, name, len);
    files_key(key.data, key.data);
    id = db_int(l->db, 0, "SELECT id FROM file WHERE root = ?1 AND key = ?2", "ib", root,
                (const void *)key.data, key.len);
    buf_release(&key);
    return id;
}

/* Which article of a file has this tail. Tails mostly end in the record's number, counted from 0 or 1: look
 * there before looking everywhere. */
static int64_t find_tail(struct catalog *l, int64_t file, const char *tail)
{
    const char *digits = tail + strlen(tail);
    int64_t id = 0, number, guess;

    while (digits > tail && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    number = strtoll(digits, NULL, 10);
    for (guess = number; id == 0 && guess >= 0 && guess >= number - 1; guess--)
        id = db_int(l->db, 0, "SELECT id FROM article WHERE file = ?1 AND seq = ?2 AND tail = ?3", "iit",
                    file, guess, tail);
    if (id == 0)
        id = db_int(l->db, 0, "SELECT id FROM article WHERE file = ?1 AND tail = ?2", "it", file, tail);
    return id;
}

int64_t catalog_find_locator(struct catalog *l, int64_t root, const char *locator)
{
    size_t len = strlen(locator), at;
    int64_t file = find_file(l, root, locator, len), id = 0;

    if (file)
        return db_int(l->db, 0, "SELECT id FROM article WHERE file = ?1 ORDER BY seq LIMIT 1", "i", file);
    for (at = len; at > 0 && id == 0; at--) {
        if (locator[at] != '#' && locator[at] != '/')
            continue;
        file = find_file(l, root, locator, at);
        if (file)
            id = find_tail(l, file, locator + at);
    }
    return id;
}

static int64_t find_in_root(struct catalog *l, int64_t root, const char *path, const char *ref,
                            const char *real)
{
    size_t len = strlen(path);
    int64_t id = catalog_find_locator(l, root, ref);

    if (id == 0 && strncmp(real, path, len) == 0 && real[len] == '/')
        id = catalog_find_locator(l, root, real + len + 1);
    /* A root that is one file: its locators begin with its name. */
    if (id == 0 && strncmp(real, path, len) == 0 && (real[len] == 0 || real[len] == '#'))
        id = catalog_find_locator(l, root, path_base(real));
    return id;
}

int64_t catalog_find(struct catalog *l, const char *ref)
{
    int64_t id = 0;
    sqlite3_stmt *st;
    char *real, *end;

    if (*ref >= '0' && *ref <= '9') {
        id = strtoll(ref, &end, 10);
        if (*end == 0 && (id = db_int(l->db, 0, "SELECT id FROM article WHERE id = ?1", "i", id)) != 0)
            return id;
        id = 0;
    }
    real = path_real(ref);
    st = db_query(l->db, "SELECT id, path FROM root ORDER BY id", "");
    while (id == 0 && db_row(l->db, st)) {
        id =
            find_in_root(l, sqlite3_column_int64(st, 0), (const char *)sqlite3_column_text(st, 1), ref, real);
        if (id)
            db_done(st);
    }
    free(real);
    return id;
}
