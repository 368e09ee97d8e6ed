/* SPDX-License-Identifier: ISC */
#include "corpus/indexer_inside.h"

#include "base/confine.h"
#include "base/mem.h"
#include "base/moment.h"
#include "base/way.h"
#include "corpus/batch.h"
#include "corpus/follow.h"
#include "corpus/pipeline.h"
#include "corpus/settler.h"
#include "parse/parse.h"
#include "store/cache.h"
#include "store/heal.h"
#include "store/schema.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FAULTS_MAX = 10000, MERGE_PAGES = 200 };

/* Pieces of the index are put together when there has been nothing else to do for a while, and with room between for
 * the keys: whoever opens a corpus, or asks it one thing from a script, does not wait for it. */
enum { MERGE_FIRST_MS = 2000, MERGE_PAUSE_MS = 20 };

bool indexer_stopping(struct indexer *ix)
{
    bool stop;

    pthread_mutex_lock(&ix->lock);
    stop = ix->stop;
    pthread_mutex_unlock(&ix->lock);
    return stop;
}

void indexer_tell(struct indexer *ix, bool changed)
{
    pthread_mutex_lock(&ix->lock);
    ix->changed = ix->changed || changed;
    if (!ix->told && ix->wake >= 0)
        ix->told = write(ix->wake, "i", 1) == 1; /* it never blocks */
    pthread_mutex_unlock(&ix->lock);
}

void indexer_note_fault(struct indexer *ix, const char *text)
{
    pthread_mutex_lock(&ix->lock);
    ix->progress.faults++;
    if (ix->fault_count < FAULTS_MAX) {
        mem_grow(&ix->faults, &ix->fault_cap, ix->fault_count + 1, sizeof *ix->faults);
        ix->faults[ix->fault_count++] = mem_strdup(text);
    }
    pthread_mutex_unlock(&ix->lock);
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

/* Brings what was marked to the disk. What cannot be brought there now is owed, and tried again at the next turn. */
static void settle_marks(struct indexer *ix, bool marks)
{
    ix->owed = ix->owed || marks;
    if (ix->owed && !ix->state)
        open_state(ix);
    if (ix->owed && ix->state)
        ix->owed = !settler_settle(ix->state, ix->notices);
}

void indexer_attend_marks(struct indexer *ix)
{
    bool marks;

    pthread_mutex_lock(&ix->lock);
    marks = ix->marks;
    ix->marks = false;
    pthread_mutex_unlock(&ix->lock);
    settle_marks(ix, marks);
    if (marks && ix->state && ix->cache)
        follow_marks(ix->cache, ix->state);
}

bool indexer_look_around(struct indexer *ix, int64_t *version)
{
    int64_t before = *version;

    *version = ix->cache ? db_version(cache_db(ix->cache)) : 0;
    return *version != before;
}

void indexer_wait_turn(struct indexer *ix, int ms, bool heed)
{
    struct timespec until;
    int rc = 0;

    if (ms >= 0)
        until = moment_after(ms);
    while (!ix->stop && !ix->marks && !(heed && ix->damaged) && rc == 0)
        rc = ms >= 0 ? pthread_cond_timedwait(&ix->turn, &ix->lock, &until)
                     : pthread_cond_wait(&ix->turn, &ix->lock);
}

static ino_t inode_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? st.st_ino : 0;
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
    bool ok = indexer_take_lock(ix), here;

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

static void set_running(struct indexer *ix, bool running)
{
    pthread_mutex_lock(&ix->lock);
    ix->progress.running = running;
    pthread_cond_broadcast(&ix->turn);
    pthread_mutex_unlock(&ix->lock);
    indexer_tell(ix, true);
}

/* Brings the cache up to date; whether it is damaged. */
static bool index_once(struct indexer *ix)
{
    struct err e = ERR_INIT;
    bool damaged = false;

    if (open_all(ix, &damaged)) {
        follow_marks(ix->cache, ix->state);
        if (indexer_take_lock(ix) && !indexer_update(ix)) {
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

    indexer_look_around(ix, &version);
    for (;;) {
        pthread_mutex_lock(&ix->lock);
        indexer_wait_turn(ix, merging ? pause_ms : ix->cache || ix->owed ? INDEXER_LOOK_MS : -1, true);
        marks = ix->marks;
        damaged = ix->damaged;
        stop = ix->stop;
        ix->marks = ix->damaged = false;
        pthread_mutex_unlock(&ix->lock);
        settle_marks(ix, marks);
        if (damaged && !stop)
            return true;
        if (marks && !stop && ix->cache && indexer_mend(ix))
            indexer_tell(ix, true);
        if (marks && ix->cache && follow_marks(ix->cache, ix->state))
            indexer_tell(ix, true);
        if (stop)
            return false;
        if (indexer_look_around(ix, &version))
            indexer_tell(ix, true);
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
        way_give();
    open_state(ix);
    indexer_let_all(ix);
    do {
        damaged = index_once(ix);
        if (!damaged)
            indexer_leave_lock(ix);
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
    indexer_leave_lock(ix);
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
