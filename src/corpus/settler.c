/* SPDX-License-Identifier: ISC */
#include "corpus/settler.h"

#include "base/mem.h"
#include "base/moment.h"

#include <pthread.h>
#include <stdlib.h>

enum { RETRY_MS = 250 };

struct settler {
    pthread_t thread;
    pthread_mutex_t lock; /* for what stands down to the empty line */
    pthread_cond_t turn;
    bool wanted, stop;

    bool started;
    char *path;
    struct notices *notices;
};

bool settler_settle(struct state *state, struct notices *notices)
{
    struct err e = ERR_INIT;
    bool done = state_settle(state, &e);

    if (!done)
        notices_add(notices, "%s", e.text);
    return done;
}

static struct state *open_state(struct settler *s)
{
    struct err e = ERR_INIT;
    char *aside = NULL;
    struct state *state = state_open(s->path, false, &aside, &e);

    if (aside)
        notices_add(s->notices, "the reading state was damaged; it is kept as '%s'", aside);
    if (!state)
        notices_add(s->notices, "what was marked cannot be brought to the disk: %s", e.text);
    free(aside);
    return state;
}

/* Waits for something to do, at most for a while where something is owed. Under the lock. */
static void wait_for_turn(struct settler *s, bool owed)
{
    struct timespec until = moment_after(RETRY_MS);
    int rc = 0;

    while (!s->wanted && !s->stop && rc == 0)
        rc = owed ? pthread_cond_timedwait(&s->turn, &s->lock, &until) : pthread_cond_wait(&s->turn, &s->lock);
}

static void *run(void *ctx)
{
    struct settler *s = ctx;
    struct state *state = NULL;
    bool owed = false, stop;

    do {
        pthread_mutex_lock(&s->lock);
        wait_for_turn(s, owed);
        owed = owed || s->wanted;
        stop = s->stop;
        s->wanted = false;
        pthread_mutex_unlock(&s->lock);
        if (owed && !state)
            state = open_state(s);
        if (owed && state)
            owed = !settler_settle(state, s->notices);
    } while (!stop);
    state_close(&state);
    return NULL;
}

struct settler *settler_new(const char *path, struct notices *notices)
{
    struct settler *s = mem_zalloc(1, sizeof *s);

    pthread_mutex_init(&s->lock, NULL);
    moment_init_cond(&s->turn);
    s->path = mem_strdup(path);
    s->notices = notices;
    return s;
}

void settler_kick(struct settler *s)
{
    pthread_mutex_lock(&s->lock);
    s->wanted = true;
    pthread_cond_signal(&s->turn);
    pthread_mutex_unlock(&s->lock);
    if (!s->started)
        s->started = pthread_create(&s->thread, NULL, run, s) == 0;
}

void settler_free(struct settler **s)
{
    struct settler *old = *s;

    if (!old)
        return;
    pthread_mutex_lock(&old->lock);
    old->stop = true;
    pthread_cond_signal(&old->turn);
    pthread_mutex_unlock(&old->lock);
    if (old->started)
        pthread_join(old->thread, NULL);
    pthread_cond_destroy(&old->turn);
    pthread_mutex_destroy(&old->lock);
    free(old->path);
    free(old);
    *s = NULL;
}
