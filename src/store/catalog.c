/* SPDX-License-Identifier: ISC */
#include "store/catalog.h"

#include "base/mem.h"
#include "base/path.h"
#include "store/body.h"
#include "store/catalog_parts.h"
#include "store/codec.h"
#include "store/column.h"
#include "store/facts.h"
#include "store/files.h"
#include "store/known.h"
#include "store/parts.h"
#include "store/schema.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

struct part {
    struct db *db;
    int64_t version; /* db_version at the last catalog_changed */
    const struct sift_known *known;
};

struct catalog {
    struct part *parts;
    int count;
    struct codec *codec;
    char *root; /* what catalog_root gave last */
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
    struct db *db = db_open(path, DB_READ | (fixed ? DB_FIXED : 0u), e);
    enum schema_state state = db && schema_tune_reader(db) ? schema_state(db) : SCHEMA_EMPTY;

    l->codec = codec_new();
    l->parts = mem_zalloc(1, sizeof *l->parts);
    l->parts[0].db = db;
    l->count = 1;
    if (db && db_fault(db) == DB_FINE && state != SCHEMA_READY)
        err_set(e, ERR_IO, "'%s' is no cache that this version can read", path);
    if (state == SCHEMA_READY && db_fault(db) == DB_FINE) {
        l->parts[0].version = db_version(db);
        return l;
    }
    if (db)
        db_report(db, e);
    catalog_close(&l);
    return NULL;
}

void catalog_close(struct catalog **l)
{
    if (!*l)
        return;
    while ((*l)->count > 0)
        db_close(&(*l)->parts[--(*l)->count].db);
    codec_free(&(*l)->codec);
    free((*l)->parts);
    free((*l)->root);
    free(*l);
    *l = NULL;
}

void catalog_join(struct catalog *l, struct catalog **other)
{
    int count = l->count + (*other)->count, i;
    struct part *parts = mem_zalloc((size_t)count, sizeof *parts);

    assert(count <= CATALOG_PARTS);
    memcpy(parts, l->parts, (size_t)l->count * sizeof *parts);
    memcpy(parts + l->count, (*other)->parts, (size_t)(*other)->count * sizeof *parts);
    free(l->parts);
    l->parts = parts;
    l->count = count;
    for (i = 0; i < count; i++)
        schema_share(parts[i].db, count);
    (*other)->count = 0;
    catalog_close(other);
}

void catalog_replace(struct catalog *l, int part, struct catalog **other)
{
    struct part old = l->parts[part];

    l->parts[part] = (*other)->parts[0];
    (*other)->parts[0] = old;
    catalog_close(other);
}

int catalog_parts(const struct catalog *l)
{
    return l->count;
}

struct db *catalog_db(struct catalog *l, int part)
{
    return l->parts[part].db;
}

void catalog_lend(struct catalog *l, int part, const struct sift_known *known)
{
    l->parts[part].known = known;
}

const struct sift_known *catalog_lent(const struct catalog *l, int part)
{
    return l->parts[part].known;
}

/* The connection for an id, which may be of no part. */
static struct db *db_of(struct catalog *l, int64_t id)
{
    int part = catalog_part(id);

    return l->parts[part >= 0 && part < l->count ? part : 0].db;
}

/* The id as the part knows it; 0, which none has, where there is no such part. */
static int64_t local(const struct catalog *l, int64_t id)
{
    return id > 0 && catalog_part(id) < l->count ? catalog_local(id) : 0;
}

enum db_fault catalog_part_fault(struct catalog *l, int part, struct err *e)
{
    struct db *db = l->parts[part].db;
    enum db_fault fault = db_fault(db);

    if (fault != DB_FINE)
        db_report(db, e);
    db_clear(db);
    return fault;
}

enum db_fault catalog_fault(struct catalog *l, struct err *e)
{
    enum db_fault fault = DB_FINE;
    int i;

    for (i = 0; i < l->count && fault == DB_FINE; i++)
        fault = catalog_part_fault(l, i, e);
    return fault;
}

bool catalog_changed(struct catalog *l)
{
    bool changed = false;
    int i;

    for (i = 0; i < l->count; i++) {
        int64_t now = db_version(l->parts[i].db);

        changed = changed || now != l->parts[i].version;
        l->parts[i].version = now;
    }
    return changed;
}

void catalog_begin(struct catalog *l)
{
    int i;

    for (i = 0; i < l->count; i++)
        db_run(l->parts[i].db, "BEGIN", "");
}

void catalog_end(struct catalog *l)
{
    int i;

    for (i = 0; i < l->count; i++) {
        struct sqlite3 *db = db_handle(l->parts[i].db);

        /* A fault may have ended the transaction already. */
        if (!sqlite3_get_autocommit(db))
            sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
}

bool catalog_row(struct catalog *l, int64_t id, struct catalog_row *row)
{
    struct db *db = db_of(l, id);
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT a.title, a.site, a.published, f.name, a.tail, a.comments, a.minutes, a.flags,"
                 " a.digest, f.root FROM article a JOIN file f ON f.id = a.file WHERE a.id = ?1",
                 "i", local(l, id));
    struct buf locator;

    memset(row, 0, sizeof *row);
    if (!db_row(db, st))
        return false;
    row->id = id;
    row->title = column_copy(st, 0);
    row->site = column_copy(st, 1);
    row->published = column_copy(st, 2);
    buf_init(&locator);
    buf_add(&locator, sqlite3_column_text(st, 3), (size_t)sqlite3_column_bytes(st, 3));
    buf_add(&locator, sqlite3_column_text(st, 4), (size_t)sqlite3_column_bytes(st, 4));
    row->locator = buf_steal(&locator);
    row->comments = (long)sqlite3_column_int64(st, 5);
    row->minutes = sqlite3_column_int(st, 6);
    row->flags = (unsigned)sqlite3_column_int(st, 7);
    column_digest(st, 8, &row->digest);
    row->root = catalog_id(catalog_part(id), sqlite3_column_int64(st, 9));
    db_done(st);
    return true;
}

bool catalog_flags(struct catalog *l, int64_t id, unsigned *flags)
{
    int64_t found = db_int(db_of(l, id), -1, "SELECT flags FROM article WHERE id = ?1", "i", local(l, id));

    if (found >= 0)
        *flags = (unsigned)found;
    return found >= 0;
}

bool catalog_spot(struct catalog *l, enum order ord, int64_t id, struct spot *spot)
{
    struct db *db = db_of(l, id);
    struct facts f;
    struct order_key key;

    if (!facts_read(db, local(l, id), &f))
        return false;
    spot->id = id;
    spot->slot = f.slot;
    spot->flags = (uint8_t)f.flags;
    key = facts_key(db, &f, ord);
    spot->key = parts_key(l, ord, catalog_part(id), &key);
    return true;
}

bool catalog_article(struct catalog *l, int64_t id, struct article *a, struct buf *text, struct err *e)
{
    struct db *db = db_of(l, id);
    enum body_answer answer = body_article(db, l->codec, local(l, id), a, text);

    if (answer == BODY_DAMAGED) {
        err_set(e, ERR_IO, "article %lld is damaged in the cache", (long long)id);
        db_damaged(db, "an article cannot be read");
    } else if (answer == BODY_ABSENT && catalog_fault(l, e) == DB_FINE) {
        err_set(e, ERR_NOMATCH, "there is no article %lld", (long long)id);
    }
    return answer == BODY_FOUND;
}

const char *catalog_root(struct catalog *l, int64_t root)
{
    struct db *db = db_of(l, root);
    sqlite3_stmt *st = db_query(db, "SELECT path FROM root WHERE id = ?1", "i", local(l, root));

    free(l->root);
    l->root = NULL;
    if (db_row(db, st)) {
        l->root = column_copy(st, 0);
        db_done(st);
    }
    return l->root;
}

/* ---- finding, in one part ---- */

static int64_t find_file(struct db *db, int64_t root, const char *name, size_t len)
{
    struct buf key;
    int64_t id;

    buf_init(&key);
    buf_add(&key, name, len);
    files_key(key.data, key.data);
    id = db_int(db, 0, "SELECT id FROM file WHERE root = ?1 AND key = ?2", "ib", root,
                (const void *)key.data, key.len);
    buf_release(&key);
    return id;
}

/* Which article of a file has this tail. Tails mostly end in the record's number, counted from 0 or 1: look
 * there before looking everywhere. */
static int64_t find_tail(struct db *db, int64_t file, const char *tail)
{
    const char *digits = tail + strlen(tail);
    int64_t id = 0, number, guess;

    while (digits > tail && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    number = strtoll(digits, NULL, 10);
    for (guess = number; id == 0 && guess >= 0 && guess >= number - 1; guess--)
        id = db_int(db, 0, "SELECT id FROM article WHERE file = ?1 AND seq = ?2 AND tail = ?3", "iit",
                    file, guess, tail);
    if (id == 0)
        id = db_int(db, 0, "SELECT id FROM article WHERE file = ?1 AND tail = ?2", "it", file, tail);
    return id;
}

static int64_t find_locator(struct db *db, int64_t root, const char *locator)
{
    size_t len = strlen(locator), at;
    int64_t file = find_file(db, root, locator, len), id = 0;

    if (file)
        return db_int(db, 0, "SELECT id FROM article WHERE file = ?1 ORDER BY seq LIMIT 1", "i", file);
    for (at = len; at > 0 && id == 0; at--) {
        if (locator[at] != '#' && locator[at] != '/')
            continue;
        file = find_file(db, root, locator, at);
        if (file)
            id = find_tail(db, file, locator + at);
    }
    return id;
}

static int64_t find_in_root(struct db *db, int64_t root, const char *path, const char *ref, const char *real)
{
    size_t len = strlen(path);
    int64_t id = find_locator(db, root, ref);

    if (id == 0 && strncmp(real, path, len) == 0 && real[len] == '/')
        id = find_locator(db, root, real + len + 1);
    /* A root that is one file: its locators begin with its name. */
    if (id == 0 && strncmp(real, path, len) == 0 && (real[len] == 0 || real[len] == '#'))
        id = find_locator(db, root, path_base(real));
    return id;
}

static int64_t find_in_part(struct db *db, const char *ref, const char *real)
{
    int64_t id = 0;
    sqlite3_stmt *st = db_query(db, "SELECT id, path FROM root ORDER BY id", "");

    while (id == 0 && db_row(db, st)) {
        id = find_in_root(db, sqlite3_column_int64(st, 0), column_text(st, 1), ref, real);
        if (id)
            db_done(st);
    }
    return id;
}

/* ---- in all ---- */

int64_t catalog_find(struct catalog *l, const char *ref)
{
    int64_t id = 0;
    char *real, *end;
    int i;

    if (*ref >= '0' && *ref <= '9') {
        id = strtoll(ref, &end, 10);
        if (*end == 0 && db_int(db_of(l, id), 0, "SELECT id FROM article WHERE id = ?1", "i", local(l, id)) != 0)
            return id;
        id = 0;
    }
    real = path_real(ref);
    for (i = 0; i < l->count && id == 0; i++)
        id = catalog_id(i, find_in_part(l->parts[i].db, ref, real));
    free(real);
    return id;
}

int64_t catalog_find_locator(struct catalog *l, const char *path, const char *locator)
{
    int64_t id = 0, root;
    int i;

    for (i = 0; i < l->count && id == 0; i++) {
        root = db_int(l->parts[i].db, 0, "SELECT id FROM root WHERE path = ?1", "t", path);
        if (root)
            id = catalog_id(i, find_locator(l->parts[i].db, root, locator));
    }
    return id;
}

struct telling {
    void (*fn)(void *ctx, int64_t id);
    void *ctx;
    int part;
};

static void tell(void *ctx, int64_t id)
{
    const struct telling *t = ctx;

    t->fn(t->ctx, catalog_id(t->part, id));
}

void catalog_each_digest(struct catalog *l, const struct digest *d, void (*fn)(void *ctx, int64_t id), void *ctx)
{
    struct telling t = {fn, ctx, 0};

    for (; t.part < l->count; t.part++)
        known_each_digest(l->parts[t.part].db, d, tell, &t);
}
