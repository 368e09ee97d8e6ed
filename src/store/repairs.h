/* SPDX-License-Identifier: ISC */
/*
 * What the reading state keeps of the reader's corrections: of single lines of single articles, and rules for all
 * pages of a site.
 * Knows: store/state, doc/fix. Owns: nothing. Fails: with a struct err.
 *
 * Both are logs that only grow, as store/state.h's is: taking one back is an entry of its own. A correction or rule
 * is known by the number of its entry; one that was not taken back stands.
 */
#ifndef STORE_REPAIRS_H
#define STORE_REPAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "doc/fix.h"
#include "store/state.h"

/* One correction: fix.line, and where it stood. Strings are borrowed for the call that gives them out. */
struct repairs_line {
    int64_t number;
    struct state_id id;
    const char *locator; /* for people */
    struct fix fix;      /* not formed */
};

struct repairs_rule {
    int64_t number;
    const char *site; /* its name or host, folded as people read it: "example.org" */
    struct fix fix;   /* formed */
};

/* The tables, as SQL: their first form. */
const char *repairs_tables(void);

/* Each returns the entry's number, 0 and e where it cannot be written. */
int64_t repairs_add(struct state *s, const struct repairs_line *r, struct err *e);
int64_t repairs_add_rule(struct state *s, const struct repairs_rule *r, struct err *e);

/* Takes back the correction or the rule of this number; false and e where there is none that stands. */
bool repairs_drop(struct state *s, int64_t number, struct err *e);
bool repairs_drop_rule(struct state *s, int64_t number, struct err *e);

/* Calls fn for all that stand, the oldest first. */
void repairs_each(struct state *s, void (*fn)(void *ctx, const struct repairs_line *r), void *ctx);
void repairs_each_rule(struct state *s, void (*fn)(void *ctx, const struct repairs_rule *r), void *ctx);

/* The numbers of the last entries of either log, taking back among them. */
int64_t repairs_last(struct state *s);
int64_t repairs_last_rule(struct state *s);

/* Calls fn for the article, or the site, of each entry after `since`, taking back among them. */
void repairs_since(struct state *s, int64_t since, void (*fn)(void *ctx, const struct state_id *id), void *ctx);
void repairs_rules_since(struct state *s, int64_t since, void (*fn)(void *ctx, const char *site), void *ctx);

#endif
