/* SPDX-License-Identifier: ISC */
/*
 * The reader's corrections as they bear on records: what stands in the reading state, and the rules file in the
 * configuration folder. A struct fixes never changes, so that any thread may ask without a lock.
 * Knows: store/repairs, conf/config. Owns: its fixes, until the last holder drops it. Fails: never; a line of the
 * rules file that cannot be read is told and passed over.
 *
 * A line of the rules file is SITE ANSWER LINE [BEFORE [AFTER]], in the syntax of the configuration: what
 * `cuttings rules --format=rules` prints.
 */
#ifndef CORPUS_FIXES_H
#define CORPUS_FIXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "doc/fix.h"
#include "store/repairs.h"
#include "store/state.h"

struct fixes;

/* What stands now; state may be NULL. fault is told, with ctx, what is wrong with the rules file. The caller holds
 * the result. */
struct fixes *fixes_new(struct state *state, void (*fault)(void *ctx, const char *text), void *ctx);

/* One rule alone, to see what it does. */
struct fixes *fixes_of_rule(const struct repairs_rule *r);

/* One more holder (of NULL: none), and one less. */
struct fixes *fixes_hold(struct fixes *f);
void fixes_drop(struct fixes **f);

/* Whether something was said since f was made. Other processes write the reading state too. */
bool fixes_are_old(const struct fixes *f, struct state *state);

/* The numbers of the last entries that f knows of (store/repairs.h), and a digest of the rules file, 0 for none. */
int64_t fixes_last(const struct fixes *f);
int64_t fixes_last_rule(const struct fixes *f);
int64_t fixes_file(const struct fixes *f);

struct fixes_list {
    struct fix *fix; /* by mem_grow; strings are borrowed from the struct fixes */
    size_t count, cap;
};

void fixes_list_release(struct fixes_list *l);

/* What bears on the article id of a site (0: none known) into l: rules first, the file's before the state's, then what
 * was said of that text, or where nothing was, of what stood in its place. f may be NULL. */
void fixes_find(const struct fixes *f, const struct state_id *id, int64_t site, struct fixes_list *l);

/* Whether there is anything for that article or site, or for any. */
bool fixes_bear(const struct fixes *f, const struct state_id *id, int64_t site);
bool fixes_any(const struct fixes *f);

/* Calls fn for each rule; those of the file have number 0. */
void fixes_each_rule(const struct fixes *f, void (*fn)(void *ctx, const struct repairs_rule *r), void *ctx);

#endif
