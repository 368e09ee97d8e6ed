/* SPDX-License-Identifier: ISC */
#include "corpus/indexer_inside.h"

#include "base/buf.h"
#include "base/confine.h"
#include "base/mem.h"
#include "source/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { LOCK_MS = 100 };

void indexer_let_all(struct indexer *ix)
{
    int i;

    ix->confine = confine_new();
    confine_let_program(ix->confine);
    confine_let_beside(ix->confine, ix->cache_path, true);
    confine_let_beside(ix->confine, ix->state_path, true);
    for (i = 0; i < ix->count; i++)
        confine_let_corpus(ix->confine, ix->paths[i]);
}

void indexer_let_linked(struct indexer *ix, const struct source_file *found)
{
    if (!ix->confine || !found->linked ||
        (ix->linked && strlen(ix->linked) == found->linked && strncmp(ix->linked, found->path, found->linked) == 0))
        return;
    free(ix->linked);
    ix->linked = mem_strndup(found->path, found->linked);
    confine_let(ix->confine, ix->linked, false);
}

void indexer_confine(struct indexer *ix)
{
    struct err e = ERR_INIT;
    unsigned got;

    if (ix->confine && !confine_begin(ix->confine, &got, &e))
        notices_add(ix->notices, "%s", e.text);
    confine_free(&ix->confine);
}

bool indexer_take_lock(struct indexer *ix)
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
        indexer_wait_turn(ix, ms, false);
        pthread_mutex_unlock(&ix->lock);
        if (indexer_stopping(ix))
            return false;
        ms = 2 * ms < INDEXER_LOOK_MS ? 2 * ms : INDEXER_LOOK_MS;
        indexer_attend_marks(ix);
        if (indexer_look_around(ix, &version))
            indexer_tell(ix, true);
    }
    return true;
}

void indexer_leave_lock(struct indexer *ix)
{
    if (ix->lock_file >= 0)
        close(ix->lock_file);
    ix->lock_file = -1;
}
