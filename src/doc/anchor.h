/* SPDX-License-Identifier: ISC */
/*
 * Anchors: a passage known by its words, found again in a text that may have changed.
 * Knows: base/unicode. Owns: nothing. Fails: a passage that is gone is an answer.
 */
#ifndef DOC_ANCHOR_H
#define DOC_ANCHOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct anchor {
    const char *words;          /* the passage, not empty */
    const char *before, *after; /* what stood around it, NULL or "" for nothing */
    size_t start;               /* where it was */
};

/* Finds the passage: at its old place, if what stood before or after it there still does; else where its words stand
 * with other white space, of several places the one whose surroundings agree best, then the nearest to the old one;
 * else, from four words on, where most of the words still stand in their order (Sellers 1980, approximate search, over
 * words; a quarter of them may have changed). False where it is nowhere. */
bool anchor_find(const struct anchor *a, const char *text, size_t len, size_t *start, size_t *end);

/* Adds what an anchor keeps of the text before a passage that starts at, or after one that ends at, byte `at`:
 * whole characters, about ANCHOR_AROUND bytes. */
enum { ANCHOR_AROUND = 48 };
void anchor_add_before(struct buf *out, const char *text, size_t at);
void anchor_add_after(struct buf *out, const char *text, size_t len, size_t at);

#endif
