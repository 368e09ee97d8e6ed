/* SPDX-License-Identifier: ISC */
#include "corpus/indexer_inside.h"

#include "base/mem.h"
#include "base/way.h"
#include "corpus/batch.h"
#include "corpus/pipeline.h"
#include "parse/parse.h"
#include "source/source.h"
#include "store/cache.h"
#include "store/files.h"
#include "store/schema.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { REMOVE_AT_ONCE = 500, TURN_MS = 200, WALK_TURN = 64, HEAR_EVERY = 128 };

static void on_fault(void *ctx, const struct err *e)
{
    struct indexer *ix = ctx;

    indexer_note_fault(ix, e->text);
    files_add_fault(ix->cache, 0, e->text);
}

/* Lets progress know what the walk saw; false where it is to end. */
static bool tell_walk(struct indexer *ix)
{
    bool stop;

    pthread_mutex_lock(&ix->lock);
    ix->progress.files_seen += ix->seen;
    ix->progress.changed += ix->altered;
    stop = ix->stop;
    pthread_mutex_unlock(&ix->lock);
    ix->seen = ix->altered = 0;
    return !stop;
}

static bool on_file(void *ctx, const struct source_file *found)
{
    struct indexer *ix = ctx;
    struct file f = {.root = ix->root,
                     .name = (char *)(uintptr_t)found->name, /* only read */
                     .size = found->size,
                     .inode = found->inode,
                     .device = found->device,
                     .mtime_ns = found->mtime_ns};

    indexer_let_linked(ix, found);
    ix->altered += files_walk_see(ix->walk, &f) == FILES_CHANGED;
    return ++ix->seen % WALK_TURN != 0 || tell_walk(ix);
}

static bool exists(void *ctx, const char *name)
{
    struct indexer *ix = ctx;
    char *path = source_path(ix->root_path, name);
    struct stat st;
    bool none = lstat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);

    free(path);
    return !none;
}

static void gone(void *ctx, int64_t id)
{
    struct indexer *ix = ctx;

    mem_grow(&ix->gone, &ix->gone_cap, ix->gone_count + 1, sizeof *ix->gone);
    ix->gone[ix->gone_count++] = id;
}

/* Standard input is one file that is always new. */
static void see_input(struct indexer *ix)
{
    struct source_file f = {.path = "-", .name = "-", .mtime_ns = (int64_t)time(NULL)};

    on_file(ix, &f);
}

static bool walk_root(struct indexer *ix, const char *path)
{
    struct err e = ERR_INIT;
    bool whole = true;
    long moved;

    if (!cache_begin(ix->cache))
        return false;
    ix->root = cache_root(ix->cache, path);
    ix->root_path = path;
    files_forget(ix->cache, 0);
    ix->walk = files_walk_new(ix->cache, ix->root);
    if (strcmp(path, "-") == 0) {
        see_input(ix);
    } else if (!source_walk(path, on_file, on_fault, ix, &e)) {
        on_fault(ix, &e);
        whole = false;
    }
    if (tell_walk(ix) && whole) {
        moved = files_walk_end(ix->walk, exists, gone, ix);
        pthread_mutex_lock(&ix->lock);
        ix->progress.moved += moved;
        pthread_mutex_unlock(&ix->lock);
    }
    files_walk_free(&ix->walk);
    return cache_commit(ix->cache);
}

static bool remove_gone(struct indexer *ix)
{
    size_t i;
    int removed;

    for (i = 0; i < ix->gone_count; i++) {
        do {
            if (!cache_begin(ix->cache))
                return false;
            removed = cache_remove_file(ix->cache, ix->gone[i], REMOVE_AT_ONCE);
            pthread_mutex_lock(&ix->lock);
            ix->progress.removed += removed;
            pthread_mutex_unlock(&ix->lock);
            if (!cache_commit(ix->cache))
                return false;
            indexer_tell(ix, true);
        } while (removed == REMOVE_AT_ONCE && !indexer_stopping(ix));
        if (indexer_stopping(ix))
            return true;
    }
    return true;
}

/* What a batch did since it was asked last. */
static void add_counts(struct indexer *ix, const struct batch_counts *n)
{
    pthread_mutex_lock(&ix->lock);
    ix->progress.files_done += n->files;
    ix->progress.skipped += n->skipped;
    ix->progress.records += n->records;
    ix->progress.added += n->added;
    ix->progress.changed += n->changed;
    ix->progress.removed += n->removed;
    ix->progress.bytes_done += n->bytes;
    pthread_mutex_unlock(&ix->lock);
    if (n->committed)
        indexer_tell(ix, true);
}

/* What is known of sites by now is there for the records to come: soon, since whatever was parsed by less is parsed
 * twice, but not for each record, since it is a table of all that is known. */
static void hear(struct indexer *ix, struct pipeline *p)
{
    struct voice *voice = batch_voice(ix->batch, true);

    if (voice)
        pipeline_hear(p, voice);
}

static bool take_job(struct indexer *ix, struct job *job)
{
    struct batch_counts n = {0};
    bool ok;

    if (job->kind == JOB_FAULT)
        indexer_note_fault(ix, job->text);
    ok = batch_take(ix->batch, job, &n);
    add_counts(ix, &n);
    return ok;
}

/* Lets the pipeline run until it is empty, or the thread is to stop: what was done by then is kept. It reads files, or
 * parses articles again. */
static bool run(struct indexer *ix, const struct again *again)
{
    struct fixes *fixes = fixes_hold(batch_fixes(ix->batch)); /* the reader may say more meanwhile */
    struct pipeline_options o = {.parser = ix->parser,
                                 .cache_path = ix->cache_path,
                                 .paths = (const char *const *)ix->paths,
                                 .count = ix->count,
                                 .voice = batch_voice(ix->batch, false),
                                 .fixes = fixes,
                                 .again = again};
    struct pipeline *p = pipeline_start(&o);
    struct batch_counts n = {0};
    struct job *job;
    size_t taken = 0;
    bool ok = true, end = false;

    while (ok && !end && !indexer_stopping(ix)) {
        job = pipeline_next(p, TURN_MS, &end);
        if (job) {
            ok = take_job(ix, job);
            pipeline_done(p, job);
            way_let();
            if (++taken % HEAR_EVERY == 0)
                hear(ix, p);
        } else {
            ok = batch_tick(ix->batch, &n);
            add_counts(ix, &n);
            n.committed = false;
        }
        if (!batch_is_open(ix->batch))
            indexer_attend_marks(ix);
    }
    pipeline_stop(&p);
    fixes_drop(&fixes);
    ok = batch_commit(ix->batch, &n) && ok;
    add_counts(ix, &n);
    return ok;
}

/* The parser's tables take longer to read than a corpus takes to be checked: only where there is work for them. The
 * walk is over by then, and no byte of a corpus has been looked at. Where it cannot be done, for want of memory it may
 * be, no file is taken for one that cannot be read. */
static bool open_parser(struct indexer *ix)
{
    struct err e = ERR_INIT;

    indexer_confine(ix);
    if (!ix->parser && source_ready(&e))
        ix->parser = parse_open(&e);
    if (!ix->parser)
        notices_add(ix->notices, "nothing can be indexed: %s", e.text);
    return ix->parser != NULL;
}

/* Brings articles to what this parser makes of them, and then to what is known of their sites by now. */
static bool run_again(struct indexer *ix, bool (*which)(struct batch *b, struct again *again))
{
    struct again again = {0};
    bool ok = true;

    if (!indexer_stopping(ix) && which(ix->batch, &again))
        ok = run(ix, &again);
    again_release(&again);
    return ok;
}

static bool wants_stop(void *ctx)
{
    return indexer_stopping(ctx);
}

bool indexer_mend(struct indexer *ix)
{
    struct batch_counts n = {0};
    bool ok = true;

    if (ix->batch && batch_mend_due(ix->batch) && open_parser(ix)) {
        ok = batch_mend(ix->batch, ix->parser, wants_stop, ix, &n);
        add_counts(ix, &n);
    }
    return ok && n.changed > 0;
}

bool indexer_update(struct indexer *ix)
{
    struct batch_counts n = {0};
    uint64_t bytes = 0;
    long files = 0;
    int i;

    for (i = 0; i < ix->count && !indexer_stopping(ix); i++) {
        if (!walk_root(ix, ix->paths[i]))
            return false;
    }
    for (i = 0; i < ix->count; i++)
        files_todo(ix->cache, files_root(cache_db(ix->cache), ix->paths[i]), &files, &bytes);
    pthread_mutex_lock(&ix->lock);
    ix->progress.files_total = files;
    ix->progress.bytes_total = bytes;
    pthread_mutex_unlock(&ix->lock);
    batch_expect(ix->batch, bytes);
    if (!remove_gone(ix))
        return false;
    if (!batch_has_work(ix->batch) || !open_parser(ix))
        return db_fault(cache_db(ix->cache)) == DB_FINE;
    schema_toil(cache_db(ix->cache));
    if (!batch_mend_new(ix->batch, &n) || !run(ix, NULL) ||
        !run_again(ix, batch_outdated) || !run_again(ix, batch_unsettled))
        return false;
    indexer_mend(ix);
    return db_fault(cache_db(ix->cache)) == DB_FINE;
}
