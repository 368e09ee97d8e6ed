/* SPDX-License-Identifier: ISC */
#include "store/filter.h"

#include "base/buf.h"
#include "base/mem.h"
#include "store/begins.h"
#include "store/column.h"
#include "store/files.h"
#include "store/rank.h"
#include "store/slot.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    KNOWN_MOST = 50000, /* articles under a path that are gathered; of more each hit's file is looked up */
    ALONE_MOST = 4000,  /* of these few, each is looked up instead of passing all that the words find */
    NEAR = 8,          /* articles are read in one go where there are not many more of them than hits */
};

/* A path of the query, as files of a root know it: those whose keys are from..to. */
struct range {
    int64_t root;
    struct buf from, to; /* to: the first key past the last one */
};

struct folder {
    bool without;
    struct range *ranges;
    size_t range_count, range_cap;
    bool known;     /* all articles there are gathered */
    int64_t *ids;   /* of them, rising */
    size_t id_count, id_cap;
    int64_t file; /* the one looked up last, and whether it lies there */
    bool inside;
};

/* A beginning of words that an article must have, or must not. */
struct beginning {
    bool without;
    struct begins_ids ids;
};

struct named {
    int64_t slot, id;
};

struct filter {
    struct sift sift;
    int64_t first, last; /* places */
    struct folder *folders;
    size_t folder_count;
    struct beginning *beginnings;
    size_t beginning_count;
    struct named *named; /* articles about the slots being passed, by slot */
    size_t named_count, named_cap;
};

/* ---- where articles lie ---- */

static void add_range(struct folder *p, int64_t root, const char *path)
{
    struct range *r;

    mem_grow(&p->ranges, &p->range_cap, p->range_count + 1, sizeof *p->ranges);
    r = &p->ranges[p->range_count++];
    r->root = root;
    buf_init(&r->from);
    buf_init(&r->to);
    buf_add_str(&r->from, path);
    if (r->from.len > 0)
        files_key(r->from.data, path);
    buf_add(&r->to, r->from.data, r->from.len);
    /* No byte of a name is 0xFF where names are text; where they are not, those after it are missed. */
    buf_add_char(&r->to, (char)0xFF);
}

/* A path is that of a file or folder in any root, or begins with the root's own. */
static void add_ranges(struct folder *p, struct db *db, const char *path)
{
    sqlite3_stmt *st = db_query(db, "SELECT id, path FROM root ORDER BY id", "");

    while (db_row(db, st)) {
        const char *root = column_text(st, 1);
        size_t len = strlen(root);

        if (len > 0 && strncmp(path, root, len) == 0 && (path[len] == '/' || path[len] == '\0'))
            add_range(p, sqlite3_column_int64(st, 0), path + len + (path[len] == '/'));
        else
            add_range(p, sqlite3_column_int64(st, 0), path);
    }
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void gather(struct folder *p, struct db *db)
{
    size_t i;

    for (i = 0; i < p->range_count; i++) {
        const struct range *r = &p->ranges[i];
        sqlite3_stmt *st = db_query(db,
                                    "SELECT a.id FROM file f CROSS JOIN article a ON a.file = f.id"
                                    " WHERE f.root = ?1 AND f.key >= ?2 AND f.key < ?3 LIMIT ?4",
                                    "ibbi", r->root, (const void *)r->from.data, r->from.len,
                                    (const void *)r->to.data, r->to.len, (int64_t)KNOWN_MOST);

        while (db_row(db, st)) {
            mem_grow(&p->ids, &p->id_cap, p->id_count + 1, sizeof *p->ids);
            p->ids[p->id_count++] = sqlite3_column_int64(st, 0);
        }
    }
    p->known = p->id_count < KNOWN_MOST;
    if (p->known && p->id_count > 1)
        mem_sort(p->ids, p->id_count, sizeof *p->ids, by_number);
}

static bool holds(const struct range *r, int64_t root, const void *key, size_t len)
{
    size_t least = len < r->from.len ? len : r->from.len;

    return r->root == root && len >= r->from.len && memcmp(key, r->from.data ? r->from.data : "", least) == 0;
}

/* Whether a file lies under one of the ranges. Neighbours mostly lie in one file. */
static bool file_inside(struct folder *p, struct db *db, int64_t file)
{
    sqlite3_stmt *st;
    size_t i;

    if (file == p->file)
        return p->inside;
    st = db_query(db, "SELECT root, key FROM file WHERE id = ?1", "i", file);
    p->file = file;
    p->inside = false;
    if (db_row(db, st)) {
        for (i = 0; i < p->range_count && !p->inside; i++)
            p->inside = holds(&p->ranges[i], sqlite3_column_int64(st, 0), sqlite3_column_blob(st, 1),
                              (size_t)sqlite3_column_bytes(st, 1));
        db_done(st);
    }
    return p->inside;
}

static bool folder_passes(struct folder *p, struct db *db, int64_t slot, int64_t id)
{
    bool inside;

    if (p->known)
        inside = p->id_count && bsearch(&id, p->ids, p->id_count, sizeof id, by_number);
    else
        inside = file_inside(p, db, db_int(db, 0, "SELECT file FROM article WHERE slot = ?1", "i", slot));
    return inside != p->without;
}

/* ---- whose the slots are ---- */

static int by_slot(const void *a, const void *b)
{
    const struct named *x = a, *y = b;

    return (x->slot > y->slot) - (x->slot < y->slot);
}

static void add_named(struct filter *f, int64_t slot, int64_t id)
{
    mem_grow(&f->named, &f->named_cap, f->named_count + 1, sizeof *f->named);
    f->named[f->named_count++] = (struct named){slot, id};
}

/* Reads the ids of the slots: of all between the lowest and the highest where those are not many more, else of each. */
static void read_ids(struct filter *f, struct db *db, const int64_t *slots, size_t count)
{
    size_t most = NEAR * count, i;
    int64_t low = slots[0], high = slots[0];
    sqlite3_stmt *st;

    for (i = 1; i < count; i++) {
        low = slots[i] < low ? slots[i] : low;
        high = slots[i] > high ? slots[i] : high;
    }
    f->named_count = 0;
    st = db_query(db, "SELECT slot, id FROM article WHERE slot BETWEEN ?1 AND ?2 ORDER BY slot LIMIT ?3", "iii", low,
                  high, (int64_t)most);
    while (db_row(db, st))
        add_named(f, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1));
    if (f->named_count < most)
        return;
    f->named_count = 0;
    for (i = 0; i < count; i++)
        add_named(f, slots[i], db_int(db, 0, "SELECT id FROM article WHERE slot = ?1", "i", slots[i]));
    mem_sort(f->named, f->named_count, sizeof *f->named, by_slot);
}

static int64_t id_of(const struct filter *f, int64_t slot)
{
    const struct named key = {slot, 0};
    const struct named *found =
        f->named_count ? bsearch(&key, f->named, f->named_count, sizeof key, by_slot) : NULL;

    return found ? found->id : 0;
}

/* ---- all of it ---- */

static void make_beginnings(struct filter *f, struct db *db, const struct query *q)
{
    uint64_t key;
    bool without;
    size_t n;

    while (query_beginning(q, f->beginning_count, &key, &without))
        f->beginning_count++;
    f->beginnings = f->beginning_count ? mem_zalloc(f->beginning_count, sizeof *f->beginnings) : NULL;
    for (n = 0; query_beginning(q, n, &key, &without); n++) {
        f->beginnings[n].without = without;
        begins_find(db, key, &f->beginnings[n].ids);
    }
}

struct filter *filter_new(struct db *db, const struct query *q, const struct sift_known *known, struct state *state)
{
    struct filter *f = mem_zalloc(1, sizeof *f);
    int64_t from, to;
    const char *path;
    bool without;
    size_t n;

    sift_init(&f->sift, db, known, state, q);
    f->last = (int64_t)SLOT_LAST;
    if (query_dates(q, &from, &to)) {
        f->first = slot_place(slot_span(0, from).from);
        f->last = slot_place(slot_span(0, to).to);
    }
    while (query_path(q, f->folder_count, &without))
        f->folder_count++;
    f->folders = f->folder_count ? mem_zalloc(f->folder_count, sizeof *f->folders) : NULL;
    for (n = 0; (path = query_path(q, n, &without)); n++) {
        f->folders[n].without = without;
        add_ranges(&f->folders[n], db, path);
        gather(&f->folders[n], db);
    }
    make_beginnings(f, db, q);
    return f;
}

static void release_folder(struct folder *p)
{
    size_t i;

    for (i = 0; i < p->range_count; i++) {
        buf_release(&p->ranges[i].from);
        buf_release(&p->ranges[i].to);
    }
    free(p->ranges);
    free(p->ids);
}

void filter_free(struct filter **f)
{
    size_t i;

    if (!*f)
        return;
    for (i = 0; i < (*f)->folder_count; i++)
        release_folder(&(*f)->folders[i]);
    for (i = 0; i < (*f)->beginning_count; i++)
        begins_ids_release(&(*f)->beginnings[i].ids);
    sift_release(&(*f)->sift);
    free((*f)->folders);
    free((*f)->beginnings);
    free((*f)->named);
    free(*f);
    *f = NULL;
}

void filter_places(const struct filter *f, int64_t *first, int64_t *last)
{
    *first = f->first;
    *last = f->last;
}

const struct sift *filter_sift(const struct filter *f)
{
    return &f->sift;
}

bool filter_alone(const struct filter *f, const int64_t **ids, size_t *count)
{
    bool only = f->sift.only;
    size_t n;

    *ids = f->sift.in;
    *count = f->sift.in_count;
    for (n = 0; n < f->folder_count; n++) {
        const struct folder *p = &f->folders[n];

        if (p->known && !p->without && p->id_count <= ALONE_MOST && (!only || p->id_count < *count)) {
            only = true;
            *ids = p->ids;
            *count = p->id_count;
        }
    }
    return only;
}

static bool id_passes(const struct filter *f, int64_t id)
{
    size_t n;

    for (n = 0; n < f->beginning_count; n++) {
        if (begins_has(&f->beginnings[n].ids, id) == f->beginnings[n].without)
            return false;
    }
    return sift_lets(&f->sift, id);
}

static bool slot_passes(struct filter *f, struct db *db, int64_t slot, int64_t id)
{
    int64_t place = slot_place(slot);
    size_t n;

    if (place < f->first || place > f->last)
        return false;
    for (n = 0; n < f->folder_count; n++) {
        if (!folder_passes(&f->folders[n], db, slot, id))
            return false;
    }
    return true;
}

size_t filter_pass(struct filter *f, struct db *db, int64_t *slots, double *scores, size_t count, size_t *read)
{
    bool by_id = f->folder_count || f->beginning_count || f->sift.count || f->sift.only || f->sift.out_count;
    size_t i, kept = 0;

    *read = 0;
    if (by_id && count > 0)
        read_ids(f, db, slots, count);
    for (i = 0; i < count; i++) {
        int64_t id = by_id ? id_of(f, slots[i]) : 0;

        if ((by_id && !id_passes(f, id)) || !slot_passes(f, db, slots[i], id))
            continue;
        if (scores)
            scores[kept] = scores[i];
        slots[kept++] = slots[i];
        *read += by_id && (sift_flags(&f->sift, id) & RANK_READ) != 0;
    }
    return kept;
}
