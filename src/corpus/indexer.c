/* SPDX-License-Identifier: ISC */
#include "corpus/indexer.h"

#include "base/confine.h"
#include "base/mem.h"
#include "base/moment.h"
#include "base/path.h"
#include "corpus/batch.h"
#include "corpus/follow.h"
#include "corpus/pipeline.h"
#include "corpus/reading.h"
#include "corpus/settler.h"
#include "parse/parse.h"
#include "source/source.h"
#include "store/cache.h"
#include "store/files.h"
#include "store/heal.h"
#include "store/rank.h"
#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FAULTS_MAX = 10000, REMOVE_AT_ONCE = 500, MERGE_PAGES = 200, TURN_MS = 200, LOCK_MS = 100, WALK_TURN = 64 };

/* Pieces of the index are put together when there has been nothing else to do for a while, and with room between for
 * the keys: whoever opens a corpus, or asks it one thing from a script, does not wait for it. */
enum { MERGE_FIRST_MS = 2000, MERGE_PAUSE_MS = 20 };
enum { LOOK_MS = 1000 }; /* between two looks for what other sessions have changed */

struct indexer {
    pthread_t thread;
    pthread_mutex_t lock; /* for what stands down to the empty line */
    pthread_cond_t turn;
    struct corpus_progress progress;
    bool started, stop, marks, damaged, changed, told, healed;
    char **faults;
    size_t fault_count, fault_cap;

    char **paths;
    int count, wake;
    char *cache_path, *state_path;
    bool shelve, beside;
    struct notices *notices;

    /* The thread's own. */
    struct cache *cache;
    struct state *state;
    struct parser *parser;
    struct batch *batch;
    struct files_walk *walk;
    int64_t root;
    const char *root_path;
    long seen, altered; /* files of the walk that progress does not know of yet */
    int64_t *gone; /* files to be removed */
    size_t gone_count, gone_cap;
    struct confine *confine; /* what the thread will be let, until it is confined */
    char *linked;            /* the link that was let last */
    int lock_file;  /* -1 while another program may index */
    ino_t inode;    /* of the cache that is or was open */
};

static bool stopping(struct indexer *ix)
{
    bool stop;

    pthread_mutex_lock(&ix->lock);
    stop = ix->stop;
    pthread_mutex_unlock(&ix->lock);
    return stop;
}

/* One byte until the screen has polled: a pipe that nobody reads must not fill up. */
static void tell(struct indexer *ix, bool changed)
{
    pthread_mutex_lock(&ix->lock);
    ix->changed = ix->changed || changed;
    if (!ix->told && ix->wake >= 0)
        ix->told = write(ix->wake, "i", 1) == 1; /* it never blocks */
    pthread_mutex_unlock(&ix->lock);
}

static void note_fault(struct indexer *ix, const char *text)
{
    pthread_mutex_lock(&ix->lock);
    ix->progress.faults++;
    if (ix->fault_count < FAULTS_MAX) {
        mem_grow(&ix->faults, &ix->fault_cap, ix->fault_count + 1, sizeof *ix->faults);
        ix->faults[ix->fault_count++] = mem_strdup(text);
    }
    pthread_mutex_unlock(&ix->lock);
}

static void on_fault(void *ctx, const struct err *e)
{
    struct indexer *ix = ctx;

    note_fault(ix, e->text);
    files_add_fault(ix->cache, 0, e->text);
}

/* ---- Confinement ---- */

/* What the thread and those of its pipeline need: the corpora, to be read, and cache and reading state. */
static void let_all(struct indexer *ix)
{
    int i;

    ix->confine = confine_new();
    confine_let_program(ix->confine);
    confine_let_beside(ix->confine, ix->cache_path, true);
    confine_let_beside(ix->confine, ix->state_path, true);
    for (i = 0; i < ix->count; i++)
        confine_let_corpus(ix->confine, ix->paths[i]);
}

/* Where a link in the corpus leads belongs to it. */
static void let_linked(struct indexer *ix, const struct source_file *found)
{
    if (!ix->confine || !found->linked ||
        (ix->linked && strlen(ix->linked) == found->linked && strncmp(ix->linked, found->path, found->linked) == 0))
        return;
    free(ix->linked);
    ix->linked = mem_strndup(found->path, found->linked);
    confine_let(ix->confine, ix->linked, false);
}

/* From here on nothing that stands in a corpus can do more with this thread, or with those it starts, than read the
 * corpora and spoil the cache: see base/confine. Where the system cannot do it, --version says so. */
static void confine_self(struct indexer *ix)
{
    struct err e = ERR_INIT;
    unsigned got;

    if (ix->confine && !confine_begin(ix->confine, &got, &e))
        notices_add(ix->notices, "%s", e.text);
    confine_free(&ix->confine);
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

    let_linked(ix, found);
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
            tell(ix, true);
        } while (removed == REMOVE_AT_ONCE && !stopping(ix));
        if (stopping(ix))
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
        tell(ix, true);
}

/* Marks that were set while indexing goes on: between two transactions. */
static void attend_marks(struct indexer *ix)
{
    bool marks;

    pthread_mutex_lock(&ix->lock);
    marks = ix->marks;
    ix->marks = false;
    pthread_mutex_unlock(&ix->lock);
    if (marks && ix->state && ix->cache) {
        settler_settle(ix->state, ix->notices);
        follow_marks(ix->cache, ix->state);
    }
}

/* What is known of sites by now is there for the records to come. */
static void hear(struct indexer *ix, struct pipeline *p)
{
    struct voice *voice = batch_voice(ix->batch);

    if (voice)
        pipeline_hear(p, voice);
}

static bool take_job(struct indexer *ix, struct pipeline *p, struct job *job)
{
    struct batch_counts n = {0};
    bool ok;

    if (job->kind == JOB_FAULT)
        note_fault(ix, job->text);
    ok = batch_take(ix->batch, job, &n);
    add_counts(ix, &n);
    if (n.committed) {
        attend_marks(ix);
        hear(ix, p);
    }
    return ok;
}

/* Lets the pipeline run until it is empty, or the thread is to stop: what was read by then is kept. */
static bool read_all(struct indexer *ix)
{
    struct fixes *fixes = fixes_hold(batch_fixes(ix->batch)); /* the reader may say more meanwhile */
    struct pipeline_options o = {.parser = ix->parser,
                                 .cache_path = ix->cache_path,
                                 .paths = (const char *const *)ix->paths,
                                 .count = ix->count,
                                 .voice = batch_voice(ix->batch),
                                 .fixes = fixes};
    struct pipeline *p = pipeline_start(&o);
    struct batch_counts n = {0};
    struct job *job;
    bool ok = true, end = false;

    while (ok && !end && !stopping(ix)) {
        job = pipeline_next(p, TURN_MS, &end);
        if (job) {
            ok = take_job(ix, p, job);
            pipeline_done(p, job);
        } else {
            ok = batch_tick(ix->batch, &n);
            add_counts(ix, &n);
            attend_marks(ix);
            n.committed = false;
        }
    }
    pipeline_stop(&p);
    fixes_drop(&fixes);
    ok = batch_commit(ix->batch, &n) && ok;
    add_counts(ix, &n);
    return ok;
}

/* Whether another session, or another program, has changed the cache since the last call: what it marked or found is to
 * be seen here too. */
static bool look_around(struct indexer *ix, int64_t *version)
{
    int64_t before = *version;

    *version = ix->cache ? db_version(cache_db(ix->cache)) : 0;
    return *version != before;
}

/* Waits for marks, or damage where it is heeded, at most so long (-1: as long as it takes). Under the lock. */
static void wait_for_turn(struct indexer *ix, int ms, bool heed)
{
    struct timespec until;
    int rc = 0;

    if (ms >= 0)
        until = moment_after(ms);
    while (!ix->stop && !ix->marks && !(heed && ix->damaged) && rc == 0)
        rc = ms >= 0 ? pthread_cond_timedwait(&ix->turn, &ix->lock, &until)
                     : pthread_cond_wait(&ix->turn, &ix->lock);
}

/* One process at a time indexes a cache: the others read on, see what it finds, and take over when it is gone. It may
 * take hours, and the others may be many: they ask less and less often. */
static bool take_lock(struct indexer *ix)
{
    int64_t version = 0;
    struct buf name;
    int ms = LOCK_MS;

    /* It is kept while a damaged cache is made again. */
    if (ix->lock_file >= 0)
        return true;
    buf_init(&name);
    buf_add_fmt(&name, "%s-lock", ix->cache_path);
    ix->lock_file = open(name.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    buf_release(&name);
    if (ix->lock_file < 0)
        return true;
    while (flock(ix->lock_file, LOCK_EX | LOCK_NB) != 0) {
        pthread_mutex_lock(&ix->lock);
        wait_for_turn(ix, ms, false);
        pthread_mutex_unlock(&ix->lock);
        if (stopping(ix))
            return false;
        ms = 2 * ms < LOOK_MS ? 2 * ms : LOOK_MS;
        attend_marks(ix);
        if (look_around(ix, &version))
            tell(ix, true);
    }
    return true;
}

/* Lets others index: they may be scripts that wait while this one is being read in. */
static void leave_lock(struct indexer *ix)
{
    if (ix->lock_file >= 0)
        close(ix->lock_file);
    ix->lock_file = -1;
}

static ino_t inode_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? st.st_ino : 0;
}

/* The parser's tables take longer to read than a corpus takes to be checked: only where there is work for them. The
 * walk is over by then, and no byte of a corpus has been looked at. Where it cannot be done, for want of memory it may
 * be, no file is taken for one that cannot be read. */
static bool open_parser(struct indexer *ix)
{
    struct err e = ERR_INIT;

    confine_self(ix);
    if (!ix->parser && source_ready(&e))
        ix->parser = parse_open(&e);
    if (!ix->parser)
        notices_add(ix->notices, "nothing can be indexed: %s", e.text);
    return ix->parser != NULL;
}

/* Brings the articles of sites of which more is known by now to what is known. */
static void settle(struct indexer *ix)
{
    struct batch_counts n = {0};

    while (!stopping(ix) && batch_settle(ix->batch, ix->parser, &n)) {
        add_counts(ix, &n);
        attend_marks(ix);
    }
}

static bool wants_stop(void *ctx)
{
    return stopping(ctx);
}

/* Brings the articles that the reader's corrections and rules bear on to what these say. */
static bool mend(struct indexer *ix)
{
    struct batch_counts n = {0};
    bool ok = true;

    if (ix->batch && batch_mend_due(ix->batch) && open_parser(ix)) {
        ok = batch_mend(ix->batch, ix->parser, wants_stop, ix, &n);
        add_counts(ix, &n);
    }
    return ok && n.changed > 0;
}

static bool index_all(struct indexer *ix)
{
    struct batch_counts n = {0};
    uint64_t bytes = 0;
    long files = 0;
    int i;

    for (i = 0; i < ix->count && !stopping(ix); i++) {
        if (!walk_root(ix, ix->paths[i]))
            return false;
    }
    for (i = 0; i < ix->count; i++)
        files_todo(ix->cache, files_root(cache_db(ix->cache), ix->paths[i]), &files, &bytes);
    pthread_mutex_lock(&ix->lock);
    ix->progress.files_total = files;
    ix->progress.bytes_total = bytes;
    pthread_mutex_unlock(&ix->lock);
    if (!remove_gone(ix))
        return false;
    if (!batch_has_work(ix->batch) || !open_parser(ix))
        return db_fault(cache_db(ix->cache)) == DB_FINE;
    schema_toil(cache_db(ix->cache));
    if (!batch_mend_new(ix->batch, &n) || !read_all(ix))
        return false;
    while (!stopping(ix) && batch_reparse(ix->batch, ix->parser, &n)) {
        add_counts(ix, &n);
        n = (struct batch_counts){0};
    }
    settle(ix);
    mend(ix);
    return db_fault(cache_db(ix->cache)) == DB_FINE;
}

static void close_all(struct indexer *ix)
{
    batch_free(&ix->batch);
    cache_close(&ix->cache);
}

/* A damaged cache is set aside and made anew, unless another program did so meanwhile. */
static bool heal(struct indexer *ix)
{
    struct err e = ERR_INIT;
    char *aside = NULL;
    bool ok = take_lock(ix), here;

    if (!ok)
        return false;
    close_all(ix);
    here = inode_of(ix->cache_path) == ix->inode;
    ok = !here || heal_set_aside(ix->cache_path, "damaged", &aside, &e);
    if (ok && here)
        notices_add(ix->notices, "the cache was damaged and is made again; the old one is '%s'", aside);
    ok = ok && heal_prepare(ix->cache_path, &e) <= HEAL_HEALED;
    if (!ok)
        notices_add(ix->notices, "the cache is damaged: %s", e.text);
    free(aside);
    pthread_mutex_lock(&ix->lock);
    ix->healed = ok;
    ix->damaged = false;
    ix->changed = true;
    ix->progress.running = ok;
    pthread_mutex_unlock(&ix->lock);
    ix->gone_count = 0;
    return ok;
}

static bool open_all(struct indexer *ix, bool *damaged)
{
    struct err e = ERR_INIT;

    ix->inode = inode_of(ix->cache_path);
    ix->cache = cache_open(ix->cache_path, damaged, &e);
    if (!ix->cache) {
        if (!*damaged)
            notices_add(ix->notices, "the cache is not brought up to date: %s", e.text);
        return false;
    }
    ix->batch = batch_new(ix->cache, ix->state);
    return true;
}

static void open_state(struct indexer *ix)
{
    struct err e = ERR_INIT;
    char *aside = NULL;
    int i;

    ix->state = state_open(ix->state_path, true, &aside, &e);
    if (aside)
        notices_add(ix->notices, "the reading state was damaged; it is kept as '%s'", aside);
    free(aside);
    for (i = 0; i < ix->count && ix->state && ix->shelve; i++) {
        if (strcmp(ix->paths[i], "-") != 0)
            state_opened(ix->state, ix->paths[i], (int64_t)time(NULL), &e);
    }
}

static void set_running(struct indexer *ix, bool running)
{
    pthread_mutex_lock(&ix->lock);
    ix->progress.running = running;
    pthread_cond_broadcast(&ix->turn);
    pthread_mutex_unlock(&ix->lock);
    tell(ix, true);
}

/* Brings the cache up to date; whether it is damaged. */
static bool index_once(struct indexer *ix)
{
    struct err e = ERR_INIT;
    bool damaged = false;

    if (open_all(ix, &damaged)) {
        follow_marks(ix->cache, ix->state);
        if (take_lock(ix) && !index_all(ix)) {
            damaged = db_fault(cache_db(ix->cache)) == DB_CORRUPT;
            db_report(cache_db(ix->cache), &e);
            if (!damaged)
                notices_add(ix->notices, "the cache is not brought up to date: %s", e.text);
        }
    }
    if (ix->cache) {
        db_clear(cache_db(ix->cache));
        /* From here on there are marks to copy, one at a time, and pieces to merge, some pages at a time. */
        schema_rest(cache_db(ix->cache));
    }
    return damaged;
}

/* After the indexing: copies marks as they come, looks for those of others, and puts the index's pieces together, until
 * the thread is to stop. True where a reader found the cache damaged before. */
static bool attend(struct indexer *ix)
{
    int pause_ms = MERGE_FIRST_MS;
    int64_t version = 0;
    bool marks, damaged, stop, merging = ix->cache != NULL;

    look_around(ix, &version);
    for (;;) {
        pthread_mutex_lock(&ix->lock);
        wait_for_turn(ix, merging ? pause_ms : ix->cache ? LOOK_MS : -1, true);
        marks = ix->marks;
        damaged = ix->damaged;
        stop = ix->stop;
        ix->marks = ix->damaged = false;
        pthread_mutex_unlock(&ix->lock);
        if (marks && ix->state)
            settler_settle(ix->state, ix->notices);
        if (damaged && !stop)
            return true;
        if (marks && !stop && ix->cache && mend(ix))
            tell(ix, true);
        if (marks && ix->cache && follow_marks(ix->cache, ix->state))
            tell(ix, true);
        if (stop)
            return false;
        if (look_around(ix, &version))
            tell(ix, true);
        if (merging && cache_begin(ix->cache)) {
            merging = cache_merge(ix->cache, MERGE_PAGES);
            merging = cache_commit(ix->cache) && merging;
            pause_ms = MERGE_PAUSE_MS;
            if (!merging)
                schema_rest(cache_db(ix->cache));
        } else {
            merging = false;
        }
        if (ix->cache)
            db_clear(cache_db(ix->cache));
    }
}

static void *run(void *ctx)
{
    struct indexer *ix = ctx;
    bool damaged;

    if (ix->beside)
        pipeline_give_way();
    open_state(ix);
    let_all(ix);
    do {
        damaged = index_once(ix);
        if (!damaged)
            leave_lock(ix);
        set_running(ix, false);
        damaged = damaged || attend(ix);
    } while (damaged && heal(ix));
    if (ix->state && !ix->cache)
        attend(ix);
    close_all(ix);
    state_close(&ix->state);
    parse_close(&ix->parser);
    confine_free(&ix->confine);
    free(ix->linked);
    leave_lock(ix);
    return NULL;
}

struct indexer *indexer_new(const struct indexer_options *o)
{
    struct indexer *ix = mem_zalloc(1, sizeof *ix);
    int i;

    pthread_mutex_init(&ix->lock, NULL);
    moment_init_cond(&ix->turn);
    ix->paths = mem_zalloc((size_t)o->count + 1, sizeof *ix->paths);
    ix->count = o->count;
    for (i = 0; i < o->count; i++)
        ix->paths[i] = mem_strdup(o->paths[i]);
    ix->cache_path = mem_strdup(o->cache_path);
    ix->state_path = mem_strdup(o->state_path);
    ix->beside = o->beside;
    ix->shelve = o->shelve;
    ix->wake = o->wake;
    ix->notices = o->notices;
    ix->lock_file = -1;
    ix->progress.running = true;
    ix->progress.started_ms = (uint64_t)moment_ms();
    return ix;
}

void indexer_start(struct indexer *ix)
{
    if (ix->started || !ix->progress.running)
        return;
    ix->started = pthread_create(&ix->thread, NULL, run, ix) == 0;
    if (!ix->started) {
        ix->progress.running = false;
        notices_add(ix->notices, "nothing is indexed: no thread can be started");
    }
}

void indexer_stop(struct indexer **ix)
{
    struct indexer *old = *ix;
    size_t i;

    if (!old)
        return;
    pthread_mutex_lock(&old->lock);
    old->stop = true;
    pthread_cond_broadcast(&old->turn);
    pthread_mutex_unlock(&old->lock);
    if (old->started)
        pthread_join(old->thread, NULL);
    for (i = 0; i < old->fault_count; i++)
        free(old->faults[i]);
    for (i = 0; i < (size_t)old->count; i++)
        free(old->paths[i]);
    free(old->faults);
    free(old->paths);
    free(old->gone);
    free(old->cache_path);
    free(old->state_path);
    pthread_cond_destroy(&old->turn);
    pthread_mutex_destroy(&old->lock);
    free(old);
    *ix = NULL;
}

void indexer_wait(struct indexer *ix)
{
    pthread_mutex_lock(&ix->lock);
    while (ix->progress.running)
        pthread_cond_wait(&ix->turn, &ix->lock);
    pthread_mutex_unlock(&ix->lock);
}

void indexer_kick(struct indexer *ix)
{
    pthread_mutex_lock(&ix->lock);
    ix->marks = true;
    pthread_cond_broadcast(&ix->turn);
    pthread_mutex_unlock(&ix->lock);
}

bool indexer_poll(struct indexer *ix, struct corpus_progress *p)
{
    bool changed;

    pthread_mutex_lock(&ix->lock);
    *p = ix->progress;
    p->now_ms = (uint64_t)moment_ms();
    changed = ix->changed;
    ix->changed = ix->told = false;
    pthread_mutex_unlock(&ix->lock);
    return changed;
}

void indexer_faults(struct indexer *ix, void (*fn)(void *ctx, const char *text), void *ctx)
{
    size_t i;

    pthread_mutex_lock(&ix->lock);
    for (i = 0; i < ix->fault_count; i++)
        fn(ctx, ix->faults[i]);
    pthread_mutex_unlock(&ix->lock);
}

void indexer_damaged(struct indexer *ix)
{
    pthread_mutex_lock(&ix->lock);
    /* What a reader says before it has opened the healed cache is of the old one. */
    ix->damaged = !ix->healed;
    pthread_cond_broadcast(&ix->turn);
    pthread_mutex_unlock(&ix->lock);
}

bool indexer_healed(struct indexer *ix)
{
    bool healed;

    pthread_mutex_lock(&ix->lock);
    healed = ix->healed;
    ix->healed = false;
    pthread_mutex_unlock(&ix->lock);
    return healed;
}
