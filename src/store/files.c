/* SPDX-License-Identifier: ISC */
#include "store/files.h"

#include "base/mem.h"
#include "store/column.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum { TO_READ = 0, READ = 1 };

/* A file that this walk found for the first time: perhaps one that went missing, under a new name. */
struct fresh {
    uint64_t inode, device, size;
    int64_t mtime, id;
};

struct files_walk {
    struct cache *c;
    struct db *db;
    int64_t root;
    bool first;          /* the cache knew no file of this root */
    bool whole;          /* the walk met every file that the cache knew, in order, so far */
    sqlite3_stmt *known; /* stands on the next known file in order, NULL at the end */
    uint8_t *seen;       /* bit by file id */
    size_t seen_size;
    struct fresh *fresh;
    size_t fresh_count, fresh_cap;
    struct buf key;
};

void file_release(struct file *f)
{
    free(f->name);
    f->name = NULL;
}

void files_key(char *key, const char *name)
{
    for (; *name; name++)
        *key++ = *name == '/' ? '\1' : *name;
}

static void step(struct files_walk *w)
{
    if (w->known && !db_row(w->db, w->known))
        w->known = NULL;
}

struct files_walk *files_walk_new(struct cache *c, int64_t root)
{
    struct files_walk *w = mem_zalloc(1, sizeof *w);

    w->c = c;
    w->db = cache_db(c);
    w->root = root;
    buf_init(&w->key);
    w->known =
        db_query(w->db, "SELECT id, key, size, mtime, inode, device FROM file WHERE root = ?1 ORDER BY key",
                 "i", root);
    step(w);
    w->first = !w->known;
    w->whole = true;
    return w;
}

void files_walk_free(struct files_walk **w)
{
    if (!*w)
        return;
    db_done((*w)->known);
    buf_release(&(*w)->key);
    free((*w)->seen);
    free((*w)->fresh);
    free(*w);
    *w = NULL;
}

static void mark(struct files_walk *w, int64_t id)
{
    size_t at = (size_t)id / 8, had = w->seen_size;

    if (at >= had) {
        mem_grow(&w->seen, &w->seen_size, at + 1, 1);
        memset(w->seen + had, 0, w->seen_size - had);
    }
    w->seen[at] |= (uint8_t)(1u << (id & 7));
}

static bool marked(const struct files_walk *w, int64_t id)
{
    size_t at = (size_t)id / 8;

    return at < w->seen_size && (w->seen[at] & (1u << (id & 7)));
}

static bool same(sqlite3_stmt *st, const struct file *f)
{
    return sqlite3_column_int64(st, 2) == (int64_t)f->size && sqlite3_column_int64(st, 3) == f->mtime_ns &&
           sqlite3_column_int64(st, 4) == (int64_t)f->inode &&
           sqlite3_column_int64(st, 5) == (int64_t)f->device;
}

static int compare_key(sqlite3_stmt *st, const struct buf *key)
{
    size_t len = (size_t)sqlite3_column_bytes(st, 1);
    int c = memcmp(sqlite3_column_blob(st, 1), key->data, len < key->len ? len : key->len);

    return c ? c : (len > key->len) - (len < key->len);
}

static enum files_verdict take_new(struct files_walk *w, const struct file *f)
{
    int64_t id;

    db_run(w->db,
           "INSERT INTO file(root, name, key, size, mtime, inode, device, state, records)"
           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0)",
           "itbiiii", w->root, (const char *)f->name, (const void *)w->key.data, w->key.len, (int64_t)f->size,
           f->mtime_ns, (int64_t)f->inode, (int64_t)f->device);
    id = sqlite3_last_insert_rowid(db_handle(w->db));
    mark(w, id);
    if (!w->first) {
        mem_grow(&w->fresh, &w->fresh_cap, w->fresh_count + 1, sizeof *w->fresh);
        w->fresh[w->fresh_count++] = (struct fresh){f->inode, f->device, f->size, f->mtime_ns, id};
    }
    return FILES_NEW;
}

static enum files_verdict take_known(struct files_walk *w, int64_t id, bool unchanged, const struct file *f)
{
    mark(w, id);
    if (unchanged)
        return FILES_SAME;
    db_run(w->db,
           "UPDATE file SET size = ?2, mtime = ?3, inode = ?4, device = ?5, state = 0, records = 0 WHERE id "
           "= ?1",
           "iiiii", id, (int64_t)f->size, f->mtime_ns, (int64_t)f->inode, (int64_t)f->device);
    return FILES_CHANGED;
}

enum files_verdict files_walk_see(struct files_walk *w, const struct file *f)
{
    sqlite3_stmt *st;
    int64_t id = 0;
    bool unchanged = false;
    int c = 1;

    buf_clear(&w->key);
    buf_add_str(&w->key, f->name);
    files_key(w->key.data, f->name);
    while (w->known && (c = compare_key(w->known, &w->key)) < 0) {
        w->whole = false;
        step(w);
    }
    if (w->known && c == 0) {
        id = sqlite3_column_int64(w->known, 0);
        unchanged = same(w->known, f);
        /* Before the row is changed under the cursor. */
        step(w);
        return take_known(w, id, unchanged, f);
    }
    if (w->first)
        return take_new(w, f);
    st = db_query(w->db, "SELECT id, key, size, mtime, inode, device FROM file WHERE root = ?1 AND key = ?2",
                  "ib", w->root, (const void *)w->key.data, w->key.len);
    if (!db_row(w->db, st))
        return take_new(w, f);
    id = sqlite3_column_int64(st, 0);
    unchanged = same(st, f);
    db_done(st);
    return take_known(w, id, unchanged, f);
}

static int compare_fresh(const void *a, const void *b)
{
    const struct fresh *x = a, *y = b;

    return x->inode < y->inode ? -1 : x->inode > y->inode;
}

static struct fresh *find_fresh(struct files_walk *w, const struct fresh *want)
{
    struct fresh *f =
        w->fresh_count ? bsearch(want, w->fresh, w->fresh_count, sizeof *f, compare_fresh) : NULL;

    return f && f->id && f->device == want->device && f->size == want->size && f->mtime == want->mtime ? f
                                                                                                       : NULL;
}

/* The old row takes the new one's name: the articles stay what they are. */
static void move(struct files_walk *w, int64_t id, struct fresh *to)
{
    sqlite3_stmt *st = db_query(w->db, "SELECT name, key FROM file WHERE id = ?1", "i", to->id);
    char *name;

    if (!db_row(w->db, st))
        return;
    name = mem_strdup(column_text(st, 0));
    buf_clear(&w->key);
    buf_add(&w->key, sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1));
    db_done(st);
    db_run(w->db, "DELETE FROM file WHERE id = ?1", "i", to->id);
    cache_rename_file(w->c, id, name, w->key.data, w->key.len);
    to->id = 0;
    free(name);
}

struct missing {
    struct fresh facts;
    char *name;
};

static size_t find_missing(struct files_walk *w, struct missing **out)
{
    size_t count = 0, cap = 0;
    sqlite3_stmt *st =
        db_query(w->db, "SELECT id, size, mtime, inode, device FROM file WHERE root = ?1", "i", w->root);
    sqlite3_stmt *names;

    *out = NULL;
    while (db_row(w->db, st)) {
        int64_t id = sqlite3_column_int64(st, 0);
        struct missing *m;

        if (marked(w, id))
            continue;
        names = db_query(w->db, "SELECT name FROM file WHERE id = ?1", "i", id);
        if (!db_row(w->db, names))
            continue;
        mem_grow(out, &cap, count + 1, sizeof **out);
        m = &(*out)[count++];
        m->name = mem_strdup(column_text(names, 0));
        db_done(names);
        m->facts =
            (struct fresh){(uint64_t)sqlite3_column_int64(st, 3), (uint64_t)sqlite3_column_int64(st, 4),
                           (uint64_t)sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2), id};
    }
    return count;
}

long files_walk_end(struct files_walk *w, bool (*exists)(void *ctx, const char *name),
                    void (*gone)(void *ctx, int64_t id), void *ctx)
{
    struct missing *missing;
    struct fresh *to;
    size_t i, count;
    long moved = 0;

    w->whole = w->whole && !w->known;
    db_done(w->known);
    w->known = NULL;
    if (w->first || w->whole)
        return 0;
    mem_sort(w->fresh, w->fresh_count, sizeof *w->fresh, compare_fresh);
    count = find_missing(w, &missing);
    for (i = 0; i < count; i++) {
        bool here = exists(ctx, missing[i].name);

        if (!here && (to = find_fresh(w, &missing[i].facts))) {
            move(w, missing[i].facts.id, to);
            moved++;
        } else if (!here) {
            gone(ctx, missing[i].facts.id);
        }
        free(missing[i].name);
    }
    free(missing);
    return moved;
}

size_t files_next(struct db *db, int64_t above, struct file *out, size_t max)
{
    sqlite3_stmt *st;
    size_t count = 0;

    st = db_query(db,
                  "SELECT id, root, name, size, mtime, inode, device, records,"
                  " EXISTS(SELECT 1 FROM article WHERE file = f.id),"
                  " EXISTS(SELECT 1 FROM fault WHERE file = f.id)"
                  " FROM file f WHERE state = 0 AND id > ?1 ORDER BY id LIMIT ?2",
                  "ii", above, (int64_t)max);
    while (count < max && db_row(db, st))
        out[count++] = (struct file){.id = sqlite3_column_int64(st, 0),
                                     .root = sqlite3_column_int64(st, 1),
                                     .name = mem_strdup(column_text(st, 2)),
                                     .size = (uint64_t)sqlite3_column_int64(st, 3),
                                     .mtime_ns = sqlite3_column_int64(st, 4),
                                     .inode = (uint64_t)sqlite3_column_int64(st, 5),
                                     .device = (uint64_t)sqlite3_column_int64(st, 6),
                                     .records = (long)sqlite3_column_int64(st, 7),
                                     .articles = sqlite3_column_int(st, 8) != 0,
                                     .faults = sqlite3_column_int(st, 9) != 0};
    db_done(st);
    return count;
}

int64_t files_root(struct db *db, const char *path)
{
    return db_int(db, 0, "SELECT id FROM root WHERE path = ?1", "t", path);
}

void files_todo(struct cache *c, int64_t root, long *count, uint64_t *bytes)
{
    sqlite3_stmt *st = db_query(cache_db(c), "SELECT count(*), sum(size) FROM file WHERE state = 0 AND root = ?1",
                                "i", root);

    if (db_row(cache_db(c), st)) {
        *count += (long)sqlite3_column_int64(st, 0);
        *bytes += (uint64_t)sqlite3_column_int64(st, 1);
        db_done(st);
    }
}

bool files_progress(struct cache *c, int64_t id, long records, bool done)
{
    return db_run(cache_db(c), "UPDATE file SET records = ?2, state = ?3 WHERE id = ?1", "iii", id,
                  (int64_t)records, (int64_t)(done ? READ : TO_READ));
}

bool files_doubt(struct cache *c, int64_t id)
{
    return db_run(cache_db(c), "UPDATE file SET mtime = -1 WHERE id = ?1", "i", id);
}

bool files_add_fault(struct cache *c, int64_t file, const char *text)
{
    return db_run(cache_db(c), "INSERT INTO fault(file, text) VALUES(?1, ?2)", "it", file, text);
}

bool files_forget(struct cache *c, int64_t file)
{
    return db_run(cache_db(c), "DELETE FROM fault WHERE file = ?1", "i", file);
}

void files_each_fault(struct db *db, void (*fn)(void *ctx, const char *text), void *ctx)
{
    sqlite3_stmt *st = db_query(db, "SELECT text FROM fault ORDER BY id", "");

    while (db_row(db, st))
        fn(ctx, column_text(st, 0));
}
