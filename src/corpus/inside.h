/* SPDX-License-Identifier: ISC */
/*
 * What the files of corpus/ share: the parts of an open corpus. For them alone.
 * Knows: store/. Owns: see each part. Fails: -
 */
#ifndef CORPUS_INSIDE_H
#define CORPUS_INSIDE_H

#include "corpus/corpus.h"
#include "corpus/view.h"
#include "corpus/indexer.h"
#include "corpus/marks.h"
#include "corpus/notices.h"
#include "corpus/repair.h"
#include "store/catalog.h"

struct corpus {
    char *name;
    char *cache_path;
    char *scratch; /* the folder of what is kept in memory only; NULL for none */
    struct catalog *list;
    struct marks *marks;
    struct notices *notices;
    struct repair *repair;   /* what parses beside the indexer; NULL until it is needed */
    struct indexer *indexer; /* NULL where the cache is only read */
};

/* Sees to it that a fault met while reading the cache is healed, or said. To be called after each reading: no
 * news would come by itself from a cache that cannot be read. */
void corpus_heed(struct corpus *c);

/* The file that is the cache of paths: cache (--cache=FILE) where it is not NULL, the one of the paths where it is
 * one, else the place that they decide. To be freed; NULL and e where a path cannot be read. */
char *corpus_cache(const char *const *paths, int count, const char *cache, struct err *e);

/* The query that a view is the result of, NULL for none; and its corpus. */
struct query;
const struct query *corpus_view_query(const struct corpus_view *v);
struct corpus *corpus_view_corpus(struct corpus_view *v);

/* What a row of the cache is for the screen: takes the strings of from, which is empty afterwards. */
void corpus_row_take(struct corpus *c, struct corpus_row *to, struct catalog_row *from);

#endif
