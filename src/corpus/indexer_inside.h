/* SPDX-License-Identifier: ISC */
/*
 * What the files of corpus/indexer share: the indexer, and what its thread does. For them alone.
 * Knows: store/, parse/. Owns: see the struct. Fails: with notices, and faults that indexer_faults tells.
 */
#ifndef CORPUS_INDEXER_INSIDE_H
#define CORPUS_INDEXER_INSIDE_H

#include "corpus/indexer.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct source_file;

enum { INDEXER_LOOK_MS = 1000 }; /* between two looks for what other sessions have changed */

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
    bool owed; /* something that was marked is not on the disk yet */
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

/* Whether the thread is to stop. */
bool indexer_stopping(struct indexer *ix);

/* Says that there is news, and whether the list changed: one byte until the screen has polled, as a pipe that nobody
 * reads must not fill up. */
void indexer_tell(struct indexer *ix, bool changed);

/* Counts what could not be read, and keeps the words. */
void indexer_note_fault(struct indexer *ix, const char *text);

/* Brings marks that were set while indexing goes on to the disk and the cache: between two transactions. */
void indexer_attend_marks(struct indexer *ix);

/* Waits for marks, or damage where it is heeded, at most so long (-1: as long as it takes). Under the lock. */
void indexer_wait_turn(struct indexer *ix, int ms, bool heed);

/* Whether another session, or another program, has changed the cache since the last call: what it marked or found is to
 * be seen here too. */
bool indexer_look_around(struct indexer *ix, int64_t *version);

/* ---- indexer_guard.c: what the thread may do, and that it is alone ---- */

/* What the thread and those of its pipeline need: the corpora, to be read, and cache and reading state. */
void indexer_let_all(struct indexer *ix);

/* Where a link in the corpus leads belongs to it. */
void indexer_let_linked(struct indexer *ix, const struct source_file *found);

/* From here on nothing that stands in a corpus can do more with this thread, or with those it starts, than read the
 * corpora and spoil the cache: see base/confine. Where the system cannot do it, --version says so. */
void indexer_confine(struct indexer *ix);

/* One process at a time indexes a cache: the others read on, see what it finds, and take over when it is gone. It may
 * take hours, and the others may be many: they ask less and less often. False where the thread is to stop first. */
bool indexer_take_lock(struct indexer *ix);

/* Lets others index: they may be scripts that wait while this one is being read in. */
void indexer_leave_lock(struct indexer *ix);

/* ---- indexer_update.c ---- */

/* Brings the cache up to date; false after a fault of its file. */
bool indexer_update(struct indexer *ix);

/* Brings the articles that the reader's corrections and rules bear on to what these say. Whether it changed any. */
bool indexer_mend(struct indexer *ix);

#endif
