/* SPDX-License-Identifier: ISC */
/*
 * JSON text of a great many values made into one of fewer, for a reader that keeps every value in memory: jansson takes
 * some ten times as much as the text.
 * Knows: RFC 8259's brackets and strings. Owns: nothing. Fails: never; what is not JSON stays what it is not.
 *
 * Behind the first PRUNE_FIRST values an object or array that is an element of an array becomes a string: U+0000
 * and its own text, which is read when its turn comes (prune_inside). Behind so many of these, and behind PRUNE_MOST
 * values, elements are left out, and members behind twice as many: what follows a long array is still there.
 */
#ifndef SOURCE_PRUNE_H
#define SOURCE_PRUNE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { PRUNE_FIRST = 100000, PRUNE_MOST = 1000000 };

/* Sets out to what becomes of the text, of which `folded` elements at most become strings; *left_out is how many
 * elements and members are not in it. False, and out is nothing, where the text can stay as it is. */
bool prune(const char *bytes, size_t len, size_t folded, struct buf *out, size_t *left_out);

/* The text of the element that became the string s of len bytes, in *inside; its length, 0 where s is another. */
size_t prune_inside(const char *s, size_t len, const char **inside);

#endif
