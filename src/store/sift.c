/* SPDX-License-Identifier: ISC */
#include "store/sift.h"

#include "base/mem.h"
#include "store/known.h"
#include "store/notes.h"
#include "store/schema.h"
#include "store/tags.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

static void add_mark(struct sift *f, int64_t id, unsigned flags)
{
    mem_grow(&f->marks, &f->cap, f->count + 1, sizeof *f->marks);
    f->marks[f->count++] = (struct sift_mark){id, flags};
}

static void add_id(int64_t **ids, size_t *count, size_t *cap, int64_t id)
{
    mem_grow(ids, cap, *count + 1, sizeof **ids);
    (*ids)[(*count)++] = id;
}

static int by_mark(const void *a, const void *b)
{
    const struct sift_mark *x = a, *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static struct sift_mark *find_mark(struct sift_mark *marks, size_t count, int64_t id)
{
    struct sift_mark key = {id, 0};

    return count ? bsearch(&key, marks, count, sizeof key, by_mark) : NULL;
}

static bool has(const int64_t *ids, size_t count, int64_t id)
{
    return count && bsearch(&id, ids, count, sizeof id, by_id);
}

/* ---- flags ---- */

struct fresh {
    struct db *db;
    struct sift marks; /* of articles that the cache has not followed; here flags may be 0 */
    unsigned flags;
};

static void take_fresh(void *ctx, int64_t id)
{
    struct fresh *fresh = ctx;

    add_mark(&fresh->marks, id, fresh->flags);
}

static void on_mark(void *ctx, const struct digest *d, unsigned flags)
{
    struct fresh *fresh = ctx;

    fresh->flags = flags;
    known_each_digest(fresh->db, d, take_fresh, fresh);
}

static void sort_marks(struct sift *f)
{
    mem_sort(f->marks, f->count, sizeof *f->marks, by_mark);
}

/* What the cache says, but for those articles of which the reading state says otherwise since. */
static void read_flags(struct sift *f, struct db *db, struct state *s)
{
    struct fresh fresh = {.db = db};
    bool own = !s || schema_number(fresh.db, "state-name", 0) == state_name(s);
    sqlite3_stmt *st;
    size_t i;

    if (s)
        state_each(s, own ? schema_number(fresh.db, "state", 0) : 0, on_mark, &fresh);
    sort_marks(&fresh.marks);
    st = own ? db_query(fresh.db, "SELECT id, flags FROM article WHERE flags <> 0", "") : NULL;
    while (db_row(fresh.db, st)) {
        int64_t id = sqlite3_column_int64(st, 0);

        if (!find_mark(fresh.marks.marks, fresh.marks.count, id))
            add_mark(f, id, (unsigned)sqlite3_column_int(st, 1));
    }
    for (i = 0; i < fresh.marks.count; i++) {
        if (fresh.marks.marks[i].flags)
            add_mark(f, fresh.marks.marks[i].id, fresh.marks.marks[i].flags);
    }
    sort_marks(f);
    free(fresh.marks.marks);
}

/* ---- filters ---- */

/* Keeps of `in` what is in ids too; takes all of them where nothing was asked before. */
static void narrow(struct sift *f, const int64_t *ids, size_t count)
{
    size_t i, kept = 0;

    if (!f->only) {
        for (i = 0; i < count; i++)
            add_id(&f->in, &f->in_count, &f->in_cap, ids[i]);
    } else {
        for (i = 0; i < f->in_count; i++)
            if (has(ids, count, f->in[i]))
                f->in[kept++] = f->in[i];
        f->in_count = kept;
    }
    f->only = true;
}

struct ids {
    struct db *db;
    int64_t *id;
    size_t count, cap;
};

static void take_id(void *ctx, int64_t id)
{
    struct ids *ids = ctx;

    add_id(&ids->id, &ids->count, &ids->cap, id);
}

static void on_digest(void *ctx, const struct digest *d)
{
    struct ids *ids = ctx;

    known_each_digest(ids->db, d, take_id, ids);
}

/* Adds QUERY_NOTED to the flags of the articles that have notes. */
static void read_notes(struct sift *f, struct db *db, struct state *s)
{
    struct ids ids = {.db = db};
    size_t known = f->count, i;

    notes_each_article(s, on_digest, &ids);
    mem_sort(ids.id, ids.count, sizeof *ids.id, by_id);
    for (i = 0; i < ids.count; i++) {
        struct sift_mark *mark = find_mark(f->marks, known, ids.id[i]);

        if (mark)
            mark->flags |= QUERY_NOTED;
        else if (i == 0 || ids.id[i] != ids.id[i - 1])
            add_mark(f, ids.id[i], QUERY_NOTED);
    }
    sort_marks(f);
    free(ids.id);
}

static void filter_tag(struct sift *f, struct db *db, struct state *s, const char *name, bool without)
{
    struct ids ids = {.db = db};
    size_t i;

    if (s)
        tags_each(s, name, on_digest, &ids);
    mem_sort(ids.id, ids.count, sizeof *ids.id, by_id);
    if (without) {
        for (i = 0; i < ids.count; i++)
            add_id(&f->out, &f->out_count, &f->out_cap, ids.id[i]);
    } else {
        narrow(f, ids.id, ids.count);
    }
    free(ids.id);
}

static void filter_flags(struct sift *f, unsigned with, unsigned without)
{
    int64_t *in = NULL;
    size_t count = 0, cap = 0, i;

    for (i = 0; i < f->count; i++) {
        if (f->marks[i].flags & without)
            add_id(&f->out, &f->out_count, &f->out_cap, f->marks[i].id);
        else if (with && (f->marks[i].flags & with) == with)
            add_id(&in, &count, &cap, f->marks[i].id);
    }
    if (with)
        narrow(f, in, count);
    free(in);
}

/* Leaves of `in` what is not in `out`. */
static void part(struct sift *f)
{
    size_t i, kept = 0;

    mem_sort(f->out, f->out_count, sizeof *f->out, by_id);
    for (i = 0; i < f->in_count; i++)
        if (!has(f->out, f->out_count, f->in[i]))
            f->in[kept++] = f->in[i];
    f->in_count = kept;
}

void sift_init(struct sift *f, struct db *db, const struct sift_known *known, struct state *s, const struct query *q)
{
    unsigned with = q ? query_flags_with(q) : 0, without = q ? query_flags_without(q) : 0;
    const char *name;
    bool is_without;
    size_t i;

    memset(f, 0, sizeof *f);
    f->hidden = (with & RANK_HIDDEN) != 0;
    for (i = 0; known && i < known->count; i++)
        add_mark(f, known->marks[i].id, known->marks[i].flags);
    if (!known)
        read_flags(f, db, s);
    if (s && ((with | without) & QUERY_NOTED))
        read_notes(f, db, s);
    filter_flags(f, with, f->hidden ? without : without | RANK_HIDDEN);
    for (i = 0; q && (name = query_tag(q, i, &is_without)); i++)
        filter_tag(f, db, s, name, is_without);
    part(f);
}

void sift_release(struct sift *f)
{
    free(f->marks);
    free(f->in);
    free(f->out);
    memset(f, 0, sizeof *f);
}

bool sift_lets(const struct sift *f, int64_t id)
{
    return f->only ? has(f->in, f->in_count, id) : !has(f->out, f->out_count, id);
}

unsigned sift_flags(const struct sift *f, int64_t id)
{
    const struct sift_mark *mark = find_mark(f->marks, f->count, id);

    return mark ? mark->flags : 0;
}
