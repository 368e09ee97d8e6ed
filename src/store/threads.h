/* SPDX-License-Identifier: ISC */
/*
 * What the reading state keeps of a thread: the comments that were there at the last visit, and what the reader
 * did with single ones; and the authors that the reader hides.
 * Knows: store/state. Owns: nothing; what is given out is the caller's. Fails: with a struct err.
 *
 * Comments are known by a key that their author, time and words make, never by their number: a thread that grew
 * numbers them anew. The article is known as in store/state.h, by its bytes or else by where it stands: a thread
 * that grew is found by the latter.
 */
#ifndef STORE_THREADS_H
#define STORE_THREADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/state.h"

enum threads_flag {
    THREADS_COLLAPSED = 1 << 0,
    THREADS_HIDDEN = 1 << 1,
    THREADS_STARRED = 1 << 2,
    THREADS_SHOWN = 1 << 3, /* although its author is hidden */
};

struct threads_flagged {
    uint64_t key;
    unsigned flags; /* threads_flag bits, never 0 */
};

struct threads_kept {
    uint32_t *seen; /* the upper halves of the keys of the comments that were there, rising */
    size_t seen_count;
    struct threads_flagged *flagged; /* by rising key */
    size_t flagged_count;
};

/* The tables, as SQL: their first form. */
const char *threads_tables(void);

/* What is kept of the article's thread; false, and nothing to be freed, where it was never visited. */
bool threads_get(struct state *s, const struct state_id *id, struct threads_kept *out);
void threads_release(struct threads_kept *kept);

/* Keeps it, writing what has changed; what was kept of what stood in the same place before is forgotten. */
bool threads_put(struct state *s, const struct state_id *id, const struct threads_kept *kept, struct err *e);

/* Keeps the flags (0 for none) of one comment; the others stay as they are. */
bool threads_flag(struct state *s, const struct state_id *id, uint64_t key, unsigned flags, struct err *e);

/* Hides an author on a site ("" where it has no name), or shows it again. */
bool threads_hide_author(struct state *s, const char *site, const char *author, bool hide, struct err *e);

/* Calls fn for each author hidden on the site. */
void threads_each_hidden(struct state *s, const char *site, void (*fn)(void *ctx, const char *author), void *ctx);

#endif
