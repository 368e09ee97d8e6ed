/* SPDX-License-Identifier: ISC */
/*
 * The comments of an article that is finished, wherever they are: they lie in it, or are read when they are asked for
 * (struct article_thread).
 * Knows: doc/article, base/digest. Owns: nothing. Fails: never; what cannot be read has no text.
 */
#ifndef DOC_COMMENT_H
#define DOC_COMMENT_H

#include "doc/article.h"

/* Comment id, 1 <= id <= comment_count: valid as long as the article; or only until the next glance, which is for going
 * through all of them, for which there may be no room. */
const struct article_comment *comment_read(const struct article *a, int id);
const struct article_comment *comment_glance(const struct article *a, int id);

/* The id of the comment that comment id answers, 0 for the article; the comment itself is not read for it. */
int comment_parent(const struct article *a, int id);

/* The same of all comments at once, of comment id at id - 1; NULL where they are not side by side. */
const int32_t *comment_parents(const struct article *a);

/* A name for a comment that its number has no part in: whose it is, of when, and how it begins; and the name's upper
 * half, for which the comment is mostly not read. */
uint64_t comment_key(const struct article_comment *c);
uint32_t comment_sign(const struct article *a, int id);

/* The sum of all signs: another one, almost surely, where the comments are others. None of them is read for it. */
uint64_t comment_sum(const struct article *a);

#endif
