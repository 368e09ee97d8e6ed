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
#include "corpus/operands.h"
#include "corpus/repair.h"
#include "corpus/settler.h"
#include "store/catalog_parts.h"

struct corpus {
    char *name;
    struct operands operands;
    char *cache_path; /* of the sources */
    char *scratch;    /* the folder of what is kept in memory only; NULL for none */
    struct catalog *list;
    int live; /* the part that is the cache of the sources and written by the indexer; -1 where all are only read */
    struct marks *marks;
    int wake;    /* as in struct corpus_options */
    bool spread; /* a mark bore on more articles than the one it was made on, since corpus_poll was last asked */
    struct notices *notices;
    struct repair *repair;   /* what parses beside the indexer; NULL until it is needed */
    struct indexer *indexer; /* NULL where nothing is live */
    struct settler *settler; /* NULL where there is an indexer */
};

/* Sees to it that a fault met while reading the cache is healed, or said. To be called after each reading: no
 * news would come by itself from a cache that cannot be read. */
void corpus_heed(struct corpus *c);

/* Sets a mark of an article (state_flag), so that all that shows it or follows it does. */
void corpus_mark(struct corpus *c, int64_t id, unsigned mask, bool on);

/* The query that a view is the result of, NULL for none; and its corpus. */
struct query;
const struct query *corpus_view_query(const struct corpus_view *v);
struct corpus *corpus_view_corpus(struct corpus_view *v);

/* What a row of the cache is for the screen: takes the strings of from, which is empty afterwards. */
void corpus_row_take(struct corpus *c, struct corpus_row *to, struct catalog_row *from);

#endif
