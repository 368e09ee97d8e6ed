/* SPDX-License-Identifier: ISC */
#include "source/looker.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>

enum {
    SHARE_LEAST = 256, /* entries that are worth two threads */
    SHARE = 32,        /* that one of them takes at a time */
};

struct looker {
    pthread_t thread;
    bool threaded;

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t news;  /* at most one waits: the thread for work, or who gave it for its end */
    int folder;
    char *const *names;
    struct looker_entry *entries;
    size_t count, next; /* the first that nobody took */
    bool busy, end;     /* of the thread */
};

static void look_at(int folder, char *const *names, size_t count, struct looker_entry *entries)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct looker_entry *e = &entries[i];
        bool found = fstatat(folder, names[i], &e->st, AT_SYMLINK_NOFOLLOW) == 0;

        e->link = found && S_ISLNK(e->st.st_mode);
        if (e->link)
            found = fstatat(folder, names[i], &e->st, 0) == 0;
        e->fault = found ? 0 : errno;
    }
}

/* With the lock held, which is let go meanwhile: looks at some that nobody took. */
static void look_at_some(struct looker *l)
{
    size_t from = l->next, count = l->count - from < SHARE ? l->count - from : SHARE;

    l->next += count;
    pthread_mutex_unlock(&l->lock);
    look_at(l->folder, l->names + from, count, l->entries + from);
    pthread_mutex_lock(&l->lock);
}

static void *help(void *ctx)
{
    struct looker *l = ctx;

    pthread_mutex_lock(&l->lock);
    while (!l->end) {
        if (l->next < l->count) {
            l->busy = true;
            look_at_some(l);
            l->busy = false;
            pthread_cond_signal(&l->news);
        } else {
            pthread_cond_wait(&l->news, &l->lock);
        }
    }
    pthread_mutex_unlock(&l->lock);
    return NULL;
}

struct looker *looker_new(void)
{
    struct looker *l = mem_zalloc(1, sizeof *l);

    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->news, NULL);
    return l;
}

void looker_free(struct looker **l)
{
    struct looker *old = *l;

    if (!old)
        return;
    if (old->threaded) {
        pthread_mutex_lock(&old->lock);
        old->end = true;
        pthread_cond_signal(&old->news);
        pthread_mutex_unlock(&old->lock);
        pthread_join(old->thread, NULL);
    }
    pthread_cond_destroy(&old->news);
    pthread_mutex_destroy(&old->lock);
    free(old);
    *l = NULL;
}

/* Nobody waits for a thread that the system gives no time to: what it did not take the other looks at. */
static void share(struct looker *l, int folder, char *const *names, size_t count, struct looker_entry *entries)
{
    pthread_mutex_lock(&l->lock);
    l->folder = folder;
    l->names = names;
    l->entries = entries;
    l->count = count;
    l->next = 0;
    pthread_cond_signal(&l->news);
    while (l->next < l->count)
        look_at_some(l);
    while (l->busy)
        pthread_cond_wait(&l->news, &l->lock);
    pthread_mutex_unlock(&l->lock);
}

void looker_look(struct looker *l, int folder, char *const *names, size_t count, struct looker_entry *entries)
{
    bool many = count >= SHARE_LEAST;

    if (many && !l->threaded)
        l->threaded = pthread_create(&l->thread, NULL, help, l) == 0;
    if (many && l->threaded)
        share(l, folder, names, count, entries);
    else
        look_at(folder, names, count, entries);
}
