/* SPDX-License-Identifier: ISC */
/*
 * The reader's marks as the screen sets and sees them, at once, while the cache follows.
 * Knows: store/state, store/list. Owns: the screen's connection to the reading state, opened when it is first
 * needed. Fails: what cannot be written is kept and tried again, with a notice.
 *
 * A mark is written to the reading state first. The indexer then copies it into the cache, whose counts and
 * filters know only what is there; until it has, the overlay here stands above the cache's flags. The cache's
 * meta row "state" says how far it has followed.
 */
#ifndef CORPUS_MARKS_H
#define CORPUS_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/corpus.h"
#include "corpus/notices.h"
#include "store/catalog.h"
#include "store/state.h"

struct marks;

/* path: of the reading state. live: the part of the corpus whose cache follows it, -1 for none. notices is borrowed.
 * Whatever is written by way of marks_state calls on_commit. */
struct marks *marks_new(const char *path, int live, struct notices *notices, void (*on_commit)(void *ctx), void *ctx);
void marks_free(struct marks **m);

/* The screen's connection; NULL where there is none (a notice was given). */
struct state *marks_state(struct marks *m);

/* For parts that nobody writes: the reader's marks all stand above whatever flags they hold, which are another's.
 * Searches of them know the marks as they are now. Later calls, before each list and search, add what was marked
 * since, by whomever. */
void marks_adopt(struct marks *m, struct catalog *list);

/* Forgets what the cache has followed. Inside catalog_begin and catalog_end, with what is then read from the cache:
 * what the overlay says holds for that moment only. */
void marks_refresh(struct marks *m, struct catalog *list);

/* What the reading state knows article id by, and its row, to be released; false where there is no such article. */
bool marks_identify(struct catalog *list, int64_t id, struct state_id *out, struct catalog_row *row);

/* The flags of an article of which the cache says flags. */
unsigned marks_flags(const struct marks *m, int64_t id, unsigned flags);

/* By how much the number of unread articles differs from what the caches count. */
long marks_unread(struct marks *m);

/* Calls fn with each article of which the caches count other than the reader's marks say: whether it is hidden and in
 * their counts for good, and by how much it counts as unread. */
void marks_each(const struct marks *m, void (*fn)(void *ctx, int64_t id, bool hidden, long unread), void *ctx);

/* Marks an article, and all that were made from the same bytes. Returns whether the mark is new, so that the indexer
 * has something to copy; *spread becomes true where there were others. */
bool marks_set(struct marks *m, struct catalog *list, int64_t id, unsigned mask, unsigned flags, bool *spread);

/* Tags (store/tags.h); the tags of an article, parted by blanks, to be freed, NULL for none. */
bool marks_tag(struct marks *m, struct catalog *list, int64_t id, const char *name, bool on, struct err *e);
char *marks_tags(struct marks *m, const struct digest *d);

void marks_set_place(struct marks *m, struct catalog *list, int64_t id, struct corpus_place place);
bool marks_get_place(struct marks *m, struct catalog *list, int64_t id, struct corpus_place *place);

#endif
