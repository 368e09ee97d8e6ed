/* SPDX-License-Identifier: ISC */
/*
 * What the reading state keeps of the reader's own order: tags on articles, searches that were saved under a name, and
 * when an article was starred, hidden or read last.
 * Knows: store/state. Owns: nothing; what is given out is borrowed for the call. Fails: with a struct err.
 *
 * Tags and saved searches are logs that only grow, as store/state.h's is: taking off or away is an entry of its own,
 * so that the logs of two machines can be joined by time and writer. Beside each log stands what it comes to.
 */
#ifndef STORE_TAGS_H
#define STORE_TAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/state.h"

enum { TAGS_NAME_MAX = 64 }; /* bytes of a tag's name */

/* The tables, as SQL: their first form. */
const char *tags_tables(void);

/* Adds the name as it is kept and looked for, folded as words are, to out; false, and out as it was, where it is none:
 * empty, longer than TAGS_NAME_MAX, with a blank, a quote, a parenthesis or a comma in it, or beginning with a sign. */
bool tags_name(const char *name, size_t len, struct buf *out);

/* Puts a tag (as tags_name gives it) on an article or takes it off; what stands so already writes nothing. locator is
 * for people who read the log. */
bool tags_set(struct state *s, const struct state_id *id, const char *locator, const char *name, bool on,
              struct err *e);

/* Whether there is any tag on anything: where not, nobody need ask further. */
bool tags_any(struct state *s);

/* Calls fn for each tag on the article, by name. */
void tags_get(struct state *s, const struct digest *d, void (*fn)(void *ctx, const char *name), void *ctx);

/* An article whose bytes changed has the tags of what stood in its place before. */
void tags_inherit(struct state *s, const struct state_id *id, const char *locator);

/* Calls fn for each article with the tag, and for each tag with how many articles have it, by name. */
void tags_each(struct state *s, const char *name, void (*fn)(void *ctx, const struct digest *d), void *ctx);
void tags_names(struct state *s, void (*fn)(void *ctx, const char *name, long articles), void *ctx);

/* Saves a query under a name, in the place of what the name stood for; query NULL forgets it. */
bool tags_save_query(struct state *s, const char *name, const char *query, struct err *e);
void tags_each_query(struct state *s, void (*fn)(void *ctx, const char *name, const char *query), void *ctx);

/* When (ms since 1970) a flag of the article was set or taken away last, STATE_READ excepted; 0 where it never was. */
int64_t tags_flagged_at(struct state *s, const struct digest *d, enum state_flag flag);

/* Calls fn for the articles that were starred, the one starred last first; an article may come more than once. And for
 * up to max articles that were read, the one touched last first. */
void tags_each_starred(struct state *s, void (*fn)(void *ctx, const struct digest *d), void *ctx);
void tags_each_read(struct state *s, long max, void (*fn)(void *ctx, const struct digest *d), void *ctx);

#endif
