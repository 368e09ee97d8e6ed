/* SPDX-License-Identifier: ISC */
/*
 * Comments with true parents, collected in any order and then put into the order of a page.
 * Knows: doc/record. Owns: its array; strings are in the record's arena.
 * Fails: never. A parent that is not there gets a stand-in, "[missing]"; a ring of parents is opened; of
 * comments with one id the fuller is kept; those beyond what an article has at most (doc/record) are left out.
 */
#ifndef SOURCE_REPLIES_H
#define SOURCE_REPLIES_H

#include <stdbool.h>
#include <stddef.h>

#include "doc/record.h"

struct replies {
    struct record *r;
    struct record_comment *items;
    size_t count, cap;
    size_t bytes; /* of the texts in items, but the last one's */
};

/* Comments for the record r, which must not be reset before replies_finish. */
void replies_init(struct replies *t, struct record *r);
void replies_release(struct replies *t);

/* Whether there is no room for another comment; it is then counted as left out. Asked before one is added. */
bool replies_full(struct replies *t);

/* Adds an empty comment and returns it, valid until the next one is added. Its id must be set. */
struct record_comment *replies_add(struct replies *t);

/* Puts the comments into r->comments: each after its parent, those with one parent in the order in which they
 * were added, or by date where by_date. */
void replies_finish(struct replies *t, bool by_date);

#endif
