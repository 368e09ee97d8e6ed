/* SPDX-License-Identifier: ISC */
/*
 * What is wrong with a corpus as its cache knows it: what could not be read, and what is damaged in the
 * cache. Knows: store/audit. Owns: nothing. Fails: with a struct err where there is no cache, or none that
 * can be read.
 */
#ifndef CORPUS_CHECK_H
#define CORPUS_CHECK_H

#include <stdbool.h>

#include "base/err.h"

struct corpus_check {
    long files, waiting; /* known, and still to be read */
    long articles, faults, damage;
};

/* Looks through the caches of paths (cache: --cache=FILE of the sources, NULL for the place that they decide), which
 * nothing is written to and no source read for. Calls fault with "FILE: what is wrong" for each that could
 * not be read when it was indexed, and damage with a sentence for each thing wrong in the cache. */
bool corpus_check(const char *const *paths, int count, const char *cache, struct corpus_check *out,
                  void (*fault)(void *ctx, const char *text), void (*damage)(void *ctx, const char *text),
                  void *ctx, struct err *e);

/* Of an open corpus: calls fn for each fault of this run, "FILE: what is wrong", and for each path that could not be
 * opened, "cannot open 'b.db': ...". */
struct corpus;
void corpus_faults(const struct corpus *c, void (*fn)(void *ctx, const char *text), void *ctx);
void corpus_lost(const struct corpus *c, void (*fn)(void *ctx, const char *text), void *ctx);

#endif
