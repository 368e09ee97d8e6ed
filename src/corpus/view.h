/* SPDX-License-Identifier: ISC */
/*
 * A list of articles: all of a corpus or what a query finds, in an order. A window on the cache, never the whole.
 * Knows: corpus/corpus, store/. Owns: a view owns what its query found; it must not outlive its corpus.
 * Fails: a query that cannot be read gives a struct err; a cache that cannot be read gives empty windows.
 */
#ifndef CORPUS_VIEW_H
#define CORPUS_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "corpus/corpus.h"

/* Orders of the list. */
enum corpus_order {
    CORPUS_BY_DATE, /* newest first, undated last, then as the files stand */
    CORPUS_BY_SITE,
    CORPUS_BY_TITLE,
    CORPUS_BY_LENGTH,
    CORPUS_BY_COMMENTS,
    CORPUS_BY_FILE,
    CORPUS_BY_RELEVANCE, /* of a search: the best matches first; without one as CORPUS_BY_DATE */
    CORPUS_BY_READ,      /* those alone that were read, the one touched last first */
    CORPUS_BY_STARRED,   /* those alone that are starred, the one starred last first */
    CORPUS_ORDER_COUNT
};

struct corpus_order_info {
    const char *name; /* "date", "site", ... */
    const char *help;
};

const struct corpus_order_info *corpus_order_info(enum corpus_order o);

/* A list of articles in an order: a window on the cache, never the whole. */
struct corpus_view;

/* query NULL or "" for all articles; else what store/query.h says. What a query finds is
 * frozen until the view is made anew: an article that is read does not leave it. It is searched for by
 * corpus_view_search, or at once when the view is first looked at. Free with corpus_view_free. */
bool corpus_view_new(struct corpus *c, const char *query, enum corpus_order order, bool reverse,
                     struct corpus_view **out, struct err *e);
void corpus_view_free(struct corpus_view **v);

/* Whether the index takes longer over the query than what is typed should wait: see query_is_broad. False where it
 * cannot be read. */
bool corpus_view_is_broad(const char *query);

/* Goes on searching until `rows` rows are there or, after one step at least, ms milliseconds have passed (ms < 0: until
 * then, however long). A step takes a few milliseconds at most, so that a search can go on beside the keys and be
 * given up with corpus_view_free. By relevance the rows stand by date until all is found. True when all is found and
 * in order; at once where the view is no search. */
bool corpus_view_search(struct corpus_view *v, long rows, int ms);

/* Articles in the view and unread ones among them, of a search those found so far; no scan. */
void corpus_view_counts(struct corpus_view *v, long *total, long *unread);

enum corpus_from {
    CORPUS_FIRST,  /* the first n rows */
    CORPUS_LAST,   /* the last n rows, in the view's order */
    CORPUS_AFTER,  /* n rows after article id */
    CORPUS_BEFORE, /* n rows before article id, in the view's order */
    CORPUS_AT,     /* article id and the rows after it */
    CORPUS_NUMBER, /* from row number id (1 is the first) on */
};

/* Fills rows[0..n) and returns how many there are; each is to be released. An id that left the view stands
 * where it would stand. */
int corpus_view_rows(struct corpus_view *v, enum corpus_from from, int64_t id, struct corpus_row *rows, int n);

/* The number of article id in the view, 1 for the first; 0 where it is not there. */
long corpus_view_number(struct corpus_view *v, int64_t id);

/* Why a search found the article: about max bytes around its hits, added to out, which "start,end" pairs in hits
 * mark (bytes of what was added; at most hit_max pairs). Returns how many pairs; 0 too where the view is no search
 * or the article is gone. */
int corpus_view_snippet(struct corpus_view *v, int64_t id, size_t max, struct buf *out, size_t (*hits)[2],
                        int hit_max);

/* Whether a word of text, folded as the index folds (store/words), is one that the view's search looks for: calls fn
 * with the bytes of each such word in text. Nothing where the view is no search. */
void corpus_view_hits(const struct corpus_view *v, const char *text, size_t len,
                      void (*fn)(void *ctx, size_t start, size_t end), void *ctx);

/* The next (direction 1) or previous (-1) unread article from id on, not id itself; 0 where there is none. */
int64_t corpus_view_unread(struct corpus_view *v, int64_t id, int direction);

#endif
