/* SPDX-License-Identifier: ISC */
#include "corpus/pipeline.h"

#include "base/mem.h"
#include "corpus/reading.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    RING = 64,
    BYTES_MAX = 24 << 20, /* of text in the ring, but always one record */
    WORKERS_MAX = 16,
    KEEP = 1 << 20, /* a job's memory beyond this is not kept for the next record */
};

struct pipeline {
    struct pipeline_options options;
    pthread_mutex_t lock;
    pthread_cond_t freed, filled, ready;
    struct job ring[RING];
    size_t filled_to, taken_to, done_to; /* jobs so far; ring[n % RING] is job n */
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

static void job_init(struct job *job)
{
    record_init(&job->record);
    article_init(&job->article);
    entry_init(&job->entry);
}

static void job_release(struct job *job)
{
    record_release(&job->record);
    article_release(&job->article);
    entry_release(&job->entry);
    site_page_release(&job->page);
    file_release(&job->file);
    free(job->text);
}

struct job *pipeline_take(struct pipeline *p)
{
    struct job *job = NULL;

    pthread_mutex_lock(&p->lock);
    while (!p->stop &&
           (p->filled_to - p->done_to == RING || (p->bytes > BYTES_MAX && p->filled_to > p->done_to)))
        pthread_cond_wait(&p->freed, &p->lock);
    if (!p->stop)
        job = &p->ring[p->filled_to % RING];
    pthread_mutex_unlock(&p->lock);
    assert(!job || job->state == JOB_FREE);
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

void pipeline_give(struct pipeline *p, struct job *job)
{
    pthread_mutex_lock(&p->lock);
    job->bytes = job->kind == JOB_RECORD ? job->record.text.len : 0;
    p->bytes += job->bytes;
    job->state = JOB_FILLED;
    p->filled_to++;
    pthread_cond_signal(&p->filled);
    pthread_mutex_unlock(&p->lock);
}

static void work(const struct pipeline_options *o, const struct voice *voice, struct codec *codec,
                 struct words *words, struct job *job)
{
    struct site_known known = {voice, o->fixes, job->root_path};

    article_reset(&job->article);
    site_parse(o->parser, &known, 0, &job->record, &job->article, &job->page);
    entry_fill(&job->entry, codec, words, &job->record, &job->article);
    job->entry.file = job->file.id;
    job->entry.parser = PARSE_VERSION;
    job->entry.seq = job->record.number;
    job->entry.origin = job->page.origin;
    job->entry.turn = job->page.turn;
    job->entry.voice = job->page.voice;
}

static void *run_worker(void *ctx)
{
    struct pipeline *p = ctx;
    struct codec *codec = codec_new();
    struct words words;
    struct voice *voice;
    struct job *job;

    words_init(&words, "", 0);
    words.forms = forms_new();
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->stop && p->taken_to == p->filled_to)
            pthread_cond_wait(&p->filled, &p->lock);
        if (p->stop)
            break;
        job = &p->ring[p->taken_to++ % RING];
        job->state = JOB_TAKEN;
        if (job->kind == JOB_RECORD) {
            voice = voice_hold(p->voice);
            pthread_mutex_unlock(&p->lock);
            work(&p->options, voice, codec, &words, job);
            voice_drop(&voice);
            pthread_mutex_lock(&p->lock);
        }
        job->state = JOB_READY;
        if (job == &p->ring[p->done_to % RING])
            pthread_cond_signal(&p->ready);
    }
    pthread_mutex_unlock(&p->lock);
    forms_free(&words.forms);
    words_release(&words);
    codec_free(&codec);
    return NULL;
}

static void *run_reader(void *ctx)
{
    struct pipeline *p = ctx;

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
    pthread_cond_init(&p->ready, NULL);
    for (i = 0; i < RING; i++)
        job_init(&p->ring[i]);
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
    voice_drop(&p->voice);
    pthread_cond_destroy(&p->freed);
    pthread_cond_destroy(&p->filled);
    pthread_cond_destroy(&p->ready);
    pthread_mutex_destroy(&p->lock);
    free(p);
    *pp = NULL;
}

static struct timespec after(int ms)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
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
            until = after(ms);
        rc = pthread_cond_timedwait(&p->ready, &p->lock, &until);
    }
    if (job->state != JOB_READY) {
        *end = p->ended && p->done_to == p->filled_to;
        job = NULL;
    }
    pthread_mutex_unlock(&p->lock);
    return job;
}

/* One long record must not leave each job of the ring as big as itself. */
static void shrink(struct job *job)
{
    if (job->record.text.cap + job->entry.body.cap + job->entry.column[ENTRY_BODY].cap < KEEP)
        return;
    record_release(&job->record);
    article_release(&job->article);
    entry_release(&job->entry);
    job_init(job);
}

void pipeline_done(struct pipeline *p, struct job *job)
{
    free(job->text);
    job->text = NULL;
    shrink(job);
    pthread_mutex_lock(&p->lock);
    p->bytes -= job->bytes;
    job->state = JOB_FREE;
    p->done_to++;
    pthread_cond_signal(&p->freed);
    pthread_mutex_unlock(&p->lock);
}
