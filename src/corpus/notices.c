/* SPDX-License-Identifier: ISC */
#include "corpus/notices.h"

#include "base/buf.h"
#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct notices {
    pthread_mutex_t lock;
    char **text;
    size_t count, cap, taken;
    char *shown;
};

struct notices *notices_new(void)
{
    struct notices *n = mem_zalloc(1, sizeof *n);

    pthread_mutex_init(&n->lock, NULL);
    return n;
}

void notices_free(struct notices **n)
{
    size_t i;

    if (!*n)
        return;
    for (i = (*n)->taken; i < (*n)->count; i++)
        free((*n)->text[i]);
    free((*n)->text);
    free((*n)->shown);
    pthread_mutex_destroy(&(*n)->lock);
    free(*n);
    *n = NULL;
}

void notices_add(struct notices *n, const char *format, ...)
{
    struct buf text;
    va_list args;
    size_t i;

    buf_init(&text);
    va_start(args, format);
    buf_add_vfmt(&text, format, args);
    va_end(args);
    pthread_mutex_lock(&n->lock);
    for (i = n->taken; i < n->count && strcmp(n->text[i], text.data) != 0; i++)
        ;
    if (i == n->count) {
        mem_grow(&n->text, &n->cap, n->count + 1, sizeof *n->text);
        n->text[n->count++] = buf_steal(&text);
    }
    pthread_mutex_unlock(&n->lock);
    buf_release(&text);
}

const char *notices_take(struct notices *n)
{
    pthread_mutex_lock(&n->lock);
    free(n->shown);
    n->shown = n->taken < n->count ? n->text[n->taken++] : NULL;
    pthread_mutex_unlock(&n->lock);
    return n->shown;
}
