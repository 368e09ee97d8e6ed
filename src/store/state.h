/* SPDX-License-Identifier: ISC */
/*
 * The reading state: what the reader has read, starred and opened, and how far. The one file that cannot be
 * remade. Knows: store/db. Owns: reading.db. Fails: with a struct err; nothing that was said to be written is
 * lost.
 *
 * Two tables hold it. `entry` is a log that is only ever appended to: each row says who wrote what about
 * which article when, so that the logs of two machines can be joined. `mark` is what the log comes to, one
 * row an article. An article is known by the digest of its source bytes, so that its marks survive another
 * parser, another cache, and a file that was moved or renamed; and by its origin, the digest of the corpus'
 * path and the locator in it, so that they survive a file whose content changed.
 *
 * What else is kept has tables, and a header, of its own: store/threads, store/repairs, store/notes, store/tags. Tables
 * are only ever added to: an older file gets what it lacks when it is opened (store/state_format).
 *
 * All that is kept says when it was changed last (`at`, ms since 1970) and by which file (`writer`, its state_name); of
 * two changes of one thing the later one stands. Times rise with each change whatever the clock does, and past all
 * that were taken over from other machines (a hybrid logical clock: Kulkarni and others, OPODIS 2014): see
 * state_now. store/exchange joins two files by them.
 *
 * A commit is written to the log at once and so survives the program's end whatever ends it; state_settle,
 * from another thread's own connection, then waits for the disk, so that no key press has to. The log is emptied into
 * the database when the last connection is closed, or by state_settle where it has become long.
 */
#ifndef STORE_STATE_H
#define STORE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"

struct state;

struct state_id {
    struct digest digest, origin;
};

enum state_flag { STATE_READ = 1 << 0, STATE_STARRED = 1 << 1, STATE_HIDDEN = 1 << 2 }; /* the same bits as rank_flag */

struct state_mark {
    unsigned flags;
    bool placed;
    int comment;
    size_t offset;
};

/* What article locator of the corpus at real path root is known by. */
struct state_id state_id(const struct digest *digest, const char *root, const char *locator);

/* Opens, or makes with mode 0600, the reading state at path. A damaged one is renamed, never deleted, and
 * *aside (to be freed, NULL where all was well) is its new name; what can still be read of it is taken over.
 * durable: each commit waits for the disk. NULL and e where it can be neither opened nor made. */
struct state *state_open(const char *path, bool durable, char **aside, struct err *e);
void state_close(struct state **s);

/* What is known of an article; nothing known is all zero and false. */
bool state_get(struct state *s, const struct state_id *id, struct state_mark *mark);

/* Sets the flag bits of mask to those of flags. locator is kept for people who read the log. */
bool state_set_flags(struct state *s, const struct state_id *id, const char *locator, unsigned mask,
                     unsigned flags, struct err *e);
bool state_set_place(struct state *s, const struct state_id *id, const char *locator, int comment,
                     size_t offset, struct err *e);

/* Calls fn after each commit of this connection. */
void state_on_commit(struct state *s, void (*fn)(void *ctx), void *ctx);

/* Waits until all that was committed, by whomever, is on the disk. */
bool state_settle(struct state *s, struct err *e);

/* Who this file is: differs for each reading state ever made. */
int64_t state_name(const struct state *s);

/* The number of the last log entry, and fn for each mark that an entry after `since` changed (since 0: for
 * all marks). */
int64_t state_last(struct state *s);
void state_each(struct state *s, int64_t since, void (*fn)(void *ctx, const struct digest *d, unsigned flags),
                void *ctx);

/* For the files of store/ that keep more of the reading: the connection, and the end of a run of calls on it, which
 * commits the transaction that is begun, if any: false and e where anything failed, which is then undone. */
struct db;
struct db *state_db(struct state *s);
bool state_commit(struct state *s, struct err *e);

/* The shelf: that the corpus at path was opened now, and all, newest first. */
bool state_opened(struct state *s, const char *path, int64_t now, struct err *e);
bool state_shelf(struct state *s, void (*fn)(void *ctx, const char *path, int64_t opened), void *ctx,
                 struct err *e);

#endif
