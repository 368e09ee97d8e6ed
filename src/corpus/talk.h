/* SPDX-License-Identifier: ISC */
/*
 * What the reader has done with the comments of a thread, from one visit to the next.
 * Knows: corpus/, store/threads, the flags of layout/page. Owns: nothing. Fails: what cannot be kept is a notice.
 */
#ifndef CORPUS_TALK_H
#define CORPUS_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/corpus.h"
#include "layout/page.h"

/* Sets flags[id - 1] (page_comment_flag bits) of each comment of article id: what the reader did to it, and PAGE_NEW
 * for those that were not there at the last visit. False where there was none: then nothing is new. */
bool talk_get(struct corpus *c, int64_t id, const struct article *a, unsigned char *flags);

/* Keeps the flags. visited: the comments that are there now have been there at this visit. */
void talk_put(struct corpus *c, int64_t id, const struct article *a, const unsigned char *flags, bool visited);

/* Keeps those of comment `comment` alone, which takes no longer where there are many. */
void talk_put_one(struct corpus *c, int64_t id, const struct article *a, const unsigned char *flags, int comment);

/* Calls fn for each author whom the reader hides on the article's site. */
void talk_each_hidden(struct corpus *c, const struct article *a, void (*fn)(void *ctx, const char *author), void *ctx);

/* Hides an author on the article's site, or shows the author again. */
bool talk_hide_author(struct corpus *c, const struct article *a, const char *author, bool hide, struct err *e);

#endif
