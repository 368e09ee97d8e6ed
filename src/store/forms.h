/* SPDX-License-Identifier: ISC */
/*
 * Forms of words: which words of the articles have the same stem in their language, so that who looks for
 * "elected" finds "elections" too. Knows: libstemmer (Snowball; the one file where it is known), store/words,
 * store/db. Owns: the table form. Fails: through the connection's sticky fault.
 *
 * The full-text index holds words as they are written, folded but not stemmed: a phrase in quotes means its
 * words and no others, and what is typed of a word finds the words that begin so. The table says of each word
 * that is not its own stem what its stem is, for each language of articles that have it; a query looks up the
 * words that share it and asks for all of them. So the index is not larger and no slower to make, and stems
 * can change without it.
 */
#ifndef STORE_FORMS_H
#define STORE_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/db.h"

/* What finds new words while articles are made ready; for one thread. It remembers the words it has met, in
 * some megabytes at most. */
struct forms;

struct forms *forms_new(void);
void forms_free(struct forms **f);

/* The words that follow are of this language (an ISO 639 code; NULL or one without stems: nothing is done
 * with them); the stems of those not met before go to out. Both must live until the next call. */
void forms_begin(struct forms *f, const char *language, struct buf *out);

/* A word, folded as store/words does, and as it stands in the text, which must live until forms_end. */
void forms_see(struct forms *f, const char *folded, size_t len, const char *raw, size_t raw_len);

/* After the last word: all that goes to out is there. */
void forms_end(struct forms *f);

/* Writes what forms_see put into a buffer, len bytes, inside a transaction. */
bool forms_save(struct db *db, const char *stems, size_t len);

/* Calls fn with each other word of the articles in any of these caches that has a stem in common with this one. Few of
 * them, the shortest first: where a stem has hundreds of words they are no longer forms of one. */
void forms_each(struct db *const *dbs, int count, const char *folded, size_t len, const char *raw, size_t raw_len,
                void (*fn)(void *ctx, const char *form, size_t len), void *ctx);

#endif
