/* SPDX-License-Identifier: ISC */
#include "corpus/reading.h"

#include "base/mem.h"
#include "base/path.h"
#include "source/source.h"
#include "store/known.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 64 }; /* files that are looked up at a time */

struct reading {
    struct pipeline *p;
    struct db *db;
    struct record record;
    struct file file;
    struct file ahead[AHEAD]; /* the files behind it */
    size_t ahead_at, ahead_count;
    const char *root_path;
    size_t name_len;
    bool opens;        /* no job of the file was given yet */
    struct job *held;  /* the file's last job, perhaps: to be given before another is taken */
    long number;       /* of the last record */
    struct known *old; /* what the cache holds of the file, by number */
    size_t *by_digest; /* the same by digest: numbers in old */
    size_t count, cap, digest_cap;
    struct digest *changed; /* look_ahead's */
    size_t changed_count, changed_cap;
};

static void give_held(struct reading *r)
{
    struct job *job = r->held;

    r->held = NULL;
    if (job)
        pipeline_give(r->p, job);
}

static struct job *take(struct reading *r, enum job_kind kind)
{
    struct job *job;

    give_held(r);
    job = pipeline_take(r->p, kind);
    if (!job)
        return NULL;
    job->opens = r->opens;
    r->opens = false;
    job->file = r->file;
    job->file.name = NULL;
    job->root_path = r->root_path;
    job->fresh = r->count == 0;
    return job;
}

/* qsort has no context: what is compared is put into each element. */
struct digest_at {
    struct digest digest;
    uint64_t extra;
    size_t at;
};

static int compare_keys(const struct digest *a, uint64_t a_extra, const struct digest *b, uint64_t b_extra)
{
    int c = memcmp(a, b, sizeof *a);

    return c ? c : (a_extra > b_extra) - (a_extra < b_extra);
}

static int compare_digest(const void *a, const void *b)
{
    const struct digest_at *x = a, *y = b;
    int c = compare_keys(&x->digest, x->extra, &y->digest, y->extra);

    return c ? c : (x->at > y->at) - (x->at < y->at);
}

static void sort_digests(struct reading *r)
{
    struct digest_at *pairs = mem_zalloc(r->count + 1, sizeof *pairs);
    size_t i;

    for (i = 0; i < r->count; i++)
        pairs[i] = (struct digest_at){r->old[i].digest, r->old[i].extra, i};
    mem_sort(pairs, r->count, sizeof *pairs, compare_digest);
    mem_grow(&r->by_digest, &r->digest_cap, r->count + 1, sizeof *r->by_digest);
    for (i = 0; i < r->count; i++)
        r->by_digest[i] = pairs[i].at;
    free(pairs);
}

/* The article with these source bytes (and, where exact, the same said of it by the format) that no record
 * was matched with yet. */
static struct known *find_digest(struct reading *r, const struct digest *d, uint64_t extra, bool exact)
{
    size_t low = 0, high = r->count, at;
    struct known *first, *k;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        k = &r->old[r->by_digest[mid]];
        if (compare_keys(&k->digest, k->extra, d, exact ? extra : 0) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == r->count)
        return NULL;
    first = &r->old[r->by_digest[low]];
    /* A file may hold one text a hundred thousand times: those passed once are not passed again. */
    for (at = low + first->passed; at < r->count; at++, first->passed++) {
        k = &r->old[r->by_digest[at]];
        if (memcmp(&k->digest, d, sizeof *d) != 0 || (exact && k->extra != extra))
            return NULL;
        if (!k->kept)
            return k;
    }
    return NULL;
}

/* The article with this number, unless a record with its bytes is still to come. */
static struct known *find_number(struct reading *r, long number)
{
    size_t low = 0, high = r->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (r->old[mid].seq < number)
            low = mid + 1;
        else
            high = mid;
    }
    return low < r->count && r->old[low].seq == number && !r->old[low].kept && !r->old[low].present
               ? &r->old[low]
               : NULL;
}

static const char *tail_of(const struct reading *r, const char *locator)
{
    return strlen(locator) >= r->name_len ? locator + r->name_len : "";
}

static bool on_record(void *ctx, struct record *record)
{
    struct reading *r = ctx;
    struct job *job = take(r, JOB_RECORD);
    uint64_t extra = r->count ? record_extra(record) : 0;
    struct known *old = NULL;
    bool same;

    if (!job)
        return false;
    if (r->count)
        old = find_digest(r, &record->key, extra, true);
    same = old != NULL;
    if (r->count && !old)
        old = find_digest(r, &record->key, 0, false);
    if (r->count && !old)
        old = find_number(r, record->number);
    if (old)
        old->kept = true;
    r->number = record->number;
    job->kind = same ? JOB_SAME : JOB_RECORD;
    job->old = old ? old->id : 0;
    job->moved = old && old->seq != record->number;
    if (same && job->moved)
        job->text = mem_strdup(tail_of(r, record->locator));
    job->number = record->number;
    job->len = record->text.len;
    job->file_at = record->file_at;
    job->entry.name_len = r->name_len;
    if (!same)
        record_swap(record, &job->record);
    r->held = job;
    if (r->file.size == 0 || job->file_at < r->file.size) /* more is read, which may take its time */
        give_held(r);
    return true;
}

static void on_fault(void *ctx, const struct err *e)
{
    struct reading *r = ctx;
    struct job *job = take(r, JOB_FAULT);

    if (!job)
        return;
    job->text = mem_strdup(e->text);
    pipeline_give(r->p, job);
}

/* What the file held and holds no more, where it could be read; numbers that were read before an interruption stay. */
static bool give_gone(struct reading *r)
{
    struct job *job;
    size_t i;

    for (i = 0; i < r->count; i++) {
        if (r->old[i].kept)
            continue;
        job = take(r, JOB_GONE);
        if (!job)
            return false;
        job->old = r->old[i].id;
        pipeline_give(r->p, job);
    }
    return true;
}

/* Whether what was read is what the walk saw. */
static bool is_steady(const struct source_tally *tally, const struct file *f)
{
    return !tally->refused && (!tally->looked || (tally->size == f->size && tally->mtime_ns == f->mtime_ns));
}

static bool close_file(struct reading *r, const struct source_tally *tally)
{
    struct job *job;

    if (!tally->refused && !give_gone(r))
        return false;
    job = r->held ? r->held : take(r, JOB_CLOSE);
    if (!job)
        return false;
    r->held = job;
    job->closes = true;
    job->done = true;
    job->steady = is_steady(tally, &r->file);
    job->skipped = tally->skipped;
    job->number = r->number;
    give_held(r);
    return true;
}

static bool look_at(void *ctx, struct record *record)
{
    struct reading *r = ctx;
    struct known *k = find_digest(r, &record->key, record_extra(record), true);

    if (k) {
        k->kept = k->present = true;
    } else {
        mem_grow(&r->changed, &r->changed_cap, r->changed_count + 1, sizeof *r->changed);
        r->changed[r->changed_count++] = record->key;
    }
    return !pipeline_stopping(r->p);
}

static void pass_over(void *ctx, const struct err *e)
{
    (void)ctx;
    (void)e;
}

/* Goes through a changed file of many records once before it is read, to know which of its articles are still
 * there: else one record put in at its top would take the number, and so the place, of the one after it, and
 * so on. */
static void look_ahead(struct reading *r, const char *path)
{
    struct source_tally tally = {0};
    struct err e = ERR_INIT;
    size_t i;

    if (r->count < 2 || r->file.records > 0 || strcmp(path, "-") == 0)
        return;
    source_read(path, r->file.name, 0, &r->record, look_at, pass_over, r, &tally, &e);
    /* Of the same text, with something else said of it. */
    for (i = 0; i < r->changed_count; i++) {
        struct known *k = find_digest(r, &r->changed[i], 0, false);

        if (k)
            k->kept = k->present = true;
    }
    r->changed_count = 0;
    for (i = 0; i < r->count; i++) {
        r->old[i].kept = false;
        r->old[i].passed = 0;
    }
}

static bool read_file(struct reading *r)
{
    struct source_tally tally = {0};
    struct err e = ERR_INIT;
    char *path;
    size_t i;
    bool read, go_on;

    r->count = r->file.articles ? known_in_file(r->db, r->file.id, &r->old, &r->cap) : 0;
    if (db_fault(r->db) != DB_FINE) /* else what is not known would be there twice */
        return false;
    /* What was read before an interruption is as it should be. A file that is read anew is matched as a
     * whole. */
    for (i = 0; i < r->count; i++)
        r->old[i].kept = r->file.records > 0;
    if (r->count)
        sort_digests(r);
    r->name_len = strlen(r->file.name);
    r->number = r->file.records;
    r->opens = true;
    path = source_path(r->root_path, r->file.name);
    look_ahead(r, path);
    read = source_read(path, r->file.name, r->file.records ? r->file.records + 1 : 0, &r->record, on_record,
                       on_fault, r, &tally, &e);
    if (!read && e.text[0])
        on_fault(r, &e);
    go_on = (read || e.text[0]) && close_file(r, &tally);
    free(path);
    return go_on;
}

static bool next_file(struct reading *r)
{
    if (r->ahead_at == r->ahead_count) {
        r->ahead_at = 0;
        r->ahead_count = files_next(r->db, r->file.id, r->ahead, AHEAD);
    }
    if (r->ahead_count == 0)
        return false;
    file_release(&r->file);
    r->file = r->ahead[r->ahead_at++];
    return true;
}

/* The path of a file's root among those that are open; NULL where it is not. */
static const char *root_path(struct reading *r, int64_t root)
{
    const struct pipeline_options *o = pipeline_options(r->p);
    int i;

    for (i = 0; i < o->count; i++) {
        if (files_root(r->db, o->paths[i]) == root)
            return o->paths[i];
    }
    return NULL;
}

void reading_run(struct pipeline *p)
{
    struct reading r = {.p = p};
    struct err e = ERR_INIT;
    int64_t root = 0;
    bool go_on = true;

    r.db = db_open(pipeline_options(p)->cache_path, DB_READ, &e);
    if (!r.db) {
        on_fault(&r, &e);
        return;
    }
    record_init(&r.record);
    while (go_on && next_file(&r)) {
        if (r.file.root != root || !r.root_path)
            r.root_path = root_path(&r, r.file.root);
        root = r.file.root;
        if (r.root_path)
            go_on = read_file(&r);
    }
    if (db_fault(r.db) != DB_FINE) {
        db_report(r.db, &e);
        on_fault(&r, &e);
    }
    record_release(&r.record);
    file_release(&r.file);
    while (r.ahead_at < r.ahead_count)
        file_release(&r.ahead[r.ahead_at++]);
    free(r.old);
    free(r.by_digest);
    free(r.changed);
    db_close(&r.db);
}
