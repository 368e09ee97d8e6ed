/* SPDX-License-Identifier: ISC */
/*
 * The phrases of an expression of the full-text index, as store/query writes them.
 * Knows: FTS5's query syntax, as far as store/query uses it. Owns: nothing. Fails: never.
 */
#ifndef STORE_PHRASES_H
#define STORE_PHRASES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Calls fn with each phrase of match in order, with its column before it where it has one; with "" for one that weighs
 * nothing, because it must not be there or is a fact. */
void phrases_each(const char *match, void (*fn)(void *ctx, const char *phrase, size_t len), void *ctx);

/* Where the phrase ends that begins with the quote at s: behind its second quote, and the star of a beginning. */
const char *phrases_end(const char *s);

/* Adds the words of a phrase to packed, as the tokenizer replays them; *prefix: the last one is a beginning. */
void phrases_words(const char *phrase, struct buf *packed, bool *prefix);

#endif
