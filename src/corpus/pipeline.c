/* SPDX-License-Identifier: ISC */
#include "corpus/pipeline.h"

#include "base/mem.h"
#include "base/moment.h"
#include "base/way.h"
#include "corpus/again.h"
#include "corpus/making.h"
#include "corpus/reading.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    RING = 6656,
    BYTES_MAX = 36 << 20, /* of what the jobs of the ring hold, but always one record */
    FILLED_MAX = 64,      /* records that wait for a worker */
    READY_LEAST = 32,     /* jobs that the caller is woken for, while there are more to be made ready */
    WORKERS_MAX = 16,
    SPARES = FILLED_MAX + WORKERS_MAX, /* records that are out of the reader's hands at most */
    KEEP = 1 << 20, /* memory beyond this is not kept for the next record */
};

struct pipeline {
    struct pipeline_options options;
    pthread_mutex_t lock;
    pthread_cond_t freed, filled, ready;
    struct job ring[RING];
    struct record spare[SPARES]; /* for the reader to fill again */
    int spares;
    size_t filled_to, taken_to, done_to; /* jobs so far; ring[n % RING] is job n */
    size_t filled_count, ready_count;    /* records that wait for a worker, jobs that wait for the caller */
    size_t bytes;
    bool stop, ended;
    struct voice *voice;
    pthread_t reader, worker[WORKERS_MAX];
    int workers;
};

const struct pipeline_options *pipeline_options(const struct pipeline *p)
{
    return &p->options;
}

static void job_release(struct job *job)
{
    record_release(&job->record);
    entry_release(&job->entry);
    free(job->line);
    free(job->text);
}

static bool is_full(const struct pipeline *p)
{
    return p->filled_to - p->done_to == RING || p->filled_count == FILLED_MAX ||
           (p->bytes > BYTES_MAX && p->filled_to > p->done_to);
}

/* Jobs that a record comes with. */
static bool has_record(enum job_kind kind)
{
    return kind == JOB_RECORD || kind == JOB_SAME || kind == JOB_AGAIN;
}

struct job *pipeline_take(struct pipeline *p, enum job_kind kind)
{
    struct job *job = NULL;

    pthread_mutex_lock(&p->lock);
    while (!p->stop && is_full(p))
        pthread_cond_wait(&p->freed, &p->lock);
    if (!p->stop) {
        job = &p->ring[p->filled_to % RING];
        if (has_record(kind) && p->spares)
            record_swap(&job->record, &p->spare[--p->spares]);
    }
    pthread_mutex_unlock(&p->lock);
    assert(!job || job->state == JOB_FREE);
    if (job) {
        job->kind = kind;
        job->opens = job->closes = false;
    }
    return job;
}

bool pipeline_stopping(struct pipeline *p)
{
    bool stop;

    pthread_mutex_lock(&p->lock);
    stop = p->stop;
    pthread_mutex_unlock(&p->lock);
    return stop;
}

/* Whether there is a record in the job for a worker to parse. */
static bool is_parsed(const struct job *job)
{
    return job->kind == JOB_RECORD || (job->kind == JOB_AGAIN && !job->same);
}

void pipeline_give(struct pipeline *p, struct job *job)
{
    pthread_mutex_lock(&p->lock);
    job->bytes = is_parsed(job) ? job->len : 0;
    p->bytes += job->bytes;
    job->state = JOB_FILLED;
    p->filled_count += has_record(job->kind);
    p->filled_to++;
    pthread_cond_signal(&p->filled);
    pthread_mutex_unlock(&p->lock);
}

/* False where nothing is said of the page that was not known before. */
static bool work(const struct pipeline_options *o, const struct voice *voice, struct making *m, struct job *job)
{
    const struct known *from = job->kind == JOB_AGAIN ? &job->from : NULL;
    struct site_known known = {voice, o->fixes, job->root_path, from && job->turn ? &from->voice : NULL};

    if (!making_fill(m, &known, from, &job->record, &job->entry))
        return false;
    if (from)
        return true;
    job->entry.file = job->file.id;
    job->line_count = m->page.count;
    job->line = mem_alloc((m->page.count + 1) * sizeof *job->line);
    if (m->page.count)
        memcpy(job->line, m->page.line, m->page.count * sizeof *job->line);
    return true;
}

/* What is ready holds no record: the reader fills it again, unless it was a very long one. */
static void make_ready(struct pipeline *p, struct job *job)
{
    if (job->len > KEEP) {
        record_release(&job->record);
        record_init(&job->record);
    }
    if (job->record.text.cap)
        record_swap(&job->record, &p->spare[p->spares++]);
    if (is_parsed(job)) {
        size_t now = job->entry.size + job->line_count * sizeof *job->line;

        p->bytes += now - job->bytes;
        job->bytes = now;
    }
    job->state = JOB_READY;
    p->ready_count++;
    /* Woken for each, the caller would sleep and wake as often as there are records: it is the quickest of all. */
    if (p->ring[p->done_to % RING].state == JOB_READY &&
        (p->ready_count >= READY_LEAST || p->taken_to == p->filled_to))
        pthread_cond_signal(&p->ready);
}

static void *run_worker(void *ctx)
{
    struct pipeline *p = ctx;
    struct making making;
    struct voice *voice;
    struct job *job;

    way_give_more();
    making_init(&making, p->options.parser);
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->stop && p->taken_to == p->filled_to)
            pthread_cond_wait(&p->filled, &p->lock);
        if (p->stop)
            break;
        job = &p->ring[p->taken_to++ % RING];
        job->state = JOB_TAKEN;
        if (has_record(job->kind) && --p->filled_count == FILLED_MAX / 2)
            pthread_cond_signal(&p->freed);
        if (is_parsed(job)) {
            voice = voice_hold(p->voice);
            pthread_mutex_unlock(&p->lock);
            job->same = !work(&p->options, voice, &making, job);
            voice_drop(&voice);
            way_let();
            pthread_mutex_lock(&p->lock);
        }
        make_ready(p, job);
    }
    pthread_mutex_unlock(&p->lock);
    making_release(&making);
    return NULL;
}

static void *run_reader(void *ctx)
{
    struct pipeline *p = ctx;

    if (p->options.again)
        again_run(p);
    else
        reading_run(p);
    pthread_mutex_lock(&p->lock);
    p->ended = true;
    pthread_cond_broadcast(&p->ready);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

struct pipeline *pipeline_start(const struct pipeline_options *o)
{
    struct pipeline *p = mem_zalloc(1, sizeof *p);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int i, want = o->workers ? o->workers : cores < 1 ? 1 : (int)cores;

    p->options = *o;
    p->voice = o->voice;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->freed, NULL);
    pthread_cond_init(&p->filled, NULL);
    moment_init_cond(&p->ready);
    for (i = 0; i < RING; i++) {
        record_init(&p->ring[i].record);
        entry_init(&p->ring[i].entry);
    }
    for (i = 0; i < SPARES; i++)
        record_init(&p->spare[i]);
    for (i = 0; i < want && i < WORKERS_MAX; i++) {
        if (pthread_create(&p->worker[p->workers], NULL, run_worker, p) == 0)
            p->workers++;
    }
    if (p->workers == 0 || pthread_create(&p->reader, NULL, run_reader, p) != 0) {
        p->ended = true;
        p->reader = pthread_self(); /* none: nothing to wait for */
    }
    return p;
}

void pipeline_hear(struct pipeline *p, struct voice *voice)
{
    struct voice *old;

    pthread_mutex_lock(&p->lock);
    old = p->voice;
    p->voice = voice;
    pthread_mutex_unlock(&p->lock);
    voice_drop(&old);
}

void pipeline_stop(struct pipeline **pp)
{
    struct pipeline *p = *pp;
    int i;

    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    pthread_cond_broadcast(&p->freed);
    pthread_cond_broadcast(&p->filled);
    pthread_mutex_unlock(&p->lock);
    if (!pthread_equal(p->reader, pthread_self()))
        pthread_join(p->reader, NULL);
    for (i = 0; i < p->workers; i++)
        pthread_join(p->worker[i], NULL);
    for (i = 0; i < RING; i++)
        job_release(&p->ring[i]);
    for (i = 0; i < SPARES; i++)
        record_release(&p->spare[i]);
    voice_drop(&p->voice);
    pthread_cond_destroy(&p->freed);
    pthread_cond_destroy(&p->filled);
    pthread_cond_destroy(&p->ready);
    pthread_mutex_destroy(&p->lock);
    free(p);
    *pp = NULL;
}

struct job *pipeline_next(struct pipeline *p, int ms, bool *end)
{
    struct timespec until = {0};
    struct job *job = &p->ring[p->done_to % RING];
    int rc = 0;

    *end = false;
    pthread_mutex_lock(&p->lock);
    while (job->state != JOB_READY && !(p->ended && p->done_to == p->filled_to) && rc == 0) {
        if (until.tv_sec == 0)
            until = moment_after(ms);
        rc = pthread_cond_timedwait(&p->ready, &p->lock, &until);
    }
    if (job->state != JOB_READY) {
        *end = p->ended && p->done_to == p->filled_to;
        job = NULL;
    }
    pthread_mutex_unlock(&p->lock);
    return job;
}

void pipeline_done(struct pipeline *p, struct job *job)
{
    free(job->text);
    free(job->line);
    job->text = NULL;
    job->line = NULL;
    entry_release(&job->entry);
    pthread_mutex_lock(&p->lock);
    p->bytes -= job->bytes;
    p->ready_count--;
    job->state = JOB_FREE;
    p->done_to++;
    if (p->filled_count <= FILLED_MAX / 2) /* else it waits for the workers, and they wake it */
        pthread_cond_signal(&p->freed);
    pthread_mutex_unlock(&p->lock);
}
