/* SPDX-License-Identifier: ISC */
/*
 * What a reader keeps of a corpus beyond read marks and stars: hidden articles, tags, searches under a name.
 * Knows: corpus/marks, store/tags. Owns: nothing. Fails: with a struct err where it cannot be written; hiding waits as
 * other marks do.
 */
#ifndef CORPUS_KEEP_H
#define CORPUS_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "corpus/corpus.h"

/* What is marked from hold to let is written at once: so many articles can be marked. */
void keep_hold(struct corpus *c);
void keep_let(struct corpus *c);

/* A hidden article leaves the lists that are made from then on. When it was hidden, in seconds since 1970; 0 where it
 * never was. */
void keep_hidden(struct corpus *c, int64_t id, bool hidden);
int64_t keep_hidden_at(struct corpus *c, int64_t id);

/* Puts a tag on an article or takes it off. False and e where the name is none (see store/tags.h) or it cannot be
 * written. */
bool keep_tag(struct corpus *c, int64_t id, const char *name, bool on, struct err *e);

/* The name as it is kept, to be freed; NULL where it is no name for a tag. */
char *keep_tag_name(const char *name);

/* Calls fn for each tag that any article has, in this corpus or another, by name. */
void keep_each_tag(struct corpus *c, void (*fn)(void *ctx, const char *name, long articles), void *ctx);

/* Saves a query under a name for all corpora, or forgets it (NULL); and calls fn for all saved ones, by name. */
bool keep_query(struct corpus *c, const char *name, const char *query, struct err *e);
void keep_each_query(struct corpus *c, void (*fn)(void *ctx, const char *name, const char *query), void *ctx);

#endif
