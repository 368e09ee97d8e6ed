/* SPDX-License-Identifier: ISC */
/*
 * A corpus that is open: what the screen and the commands do with articles.
 * Knows: source/, parse/, store/. Owns: the cache, the reading state, and the thread that indexes.
 * Fails: with a struct err; the cache's own faults are healed where they can be and said once in corpus_notice.
 * All calls belong to one thread, the screen's; the indexing thread is inside.
 */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "doc/article.h"

struct corpus;

struct corpus_options {
    const char *cache; /* --cache=FILE, NULL for the place that the paths decide */
    bool memory;       /* no cache and no reading state on disk */
    bool foreground;   /* index before corpus_open returns instead of beside the reading */
    int wake;          /* a descriptor that gets one byte when the indexing thread has news, -1 for none */
};

/* Opens paths as one corpus: reads the cache, lists at once, and starts to look for what changed. Fails where a
 * path does not exist, cannot be read, or is a device. Close with corpus_close. */
bool corpus_open(struct corpus **out, const char *const *paths, int count, const struct corpus_options *o,
                 struct err *e);
void corpus_close(struct corpus **c);

/* A short name for the top line: the folder's or file's, "press and 2 more". */
const char *corpus_name(const struct corpus *c);

/* A notice that the reader should see once (the cache cannot be written, the reading state was set aside),
 * NULL when there is none left. Valid until the next call. */
const char *corpus_notice(struct corpus *c);

/* What the indexing thread is at. */
struct corpus_progress {
    bool running;
    long files_seen, files_done, records; /* of this run */
    long added, changed, moved, removed, skipped, faults;
    uint64_t bytes_done, bytes_total;     /* bytes_total 0 while the walk is not done */
    uint64_t started_ms, now_ms;
};

/* Copies the present progress; true where the articles of the cache changed since the last call (the list
 * should be read again). */
bool corpus_poll(struct corpus *c, struct corpus_progress *p);

/* Calls fn for each fault of this run: "FILE: what is wrong". */
void corpus_faults(const struct corpus *c, void (*fn)(void *ctx, const char *text), void *ctx);

/* Orders of the list. */
enum corpus_order {
    CORPUS_BY_DATE, /* newest first, undated last, then as the files stand */
    CORPUS_BY_SITE,
    CORPUS_BY_TITLE,
    CORPUS_BY_LENGTH,
    CORPUS_BY_COMMENTS,
    CORPUS_BY_FILE,
    CORPUS_BY_RELEVANCE, /* of a search: the best matches first; without one as CORPUS_BY_DATE */
    CORPUS_ORDER_COUNT
};

struct corpus_order_info {
    const char *name; /* "date", "site", ... */
    const char *help;
};

const struct corpus_order_info *corpus_order_info(enum corpus_order o);

/* One article as the list shows it. */
struct corpus_row {
    int64_t id;   /* the article's id in this cache: stays its own as long as the record is there */
    char *title, *site, *published, *locator; /* NULL where unknown; locator never */
    int comments; /* shown or stated, -1 where the page says nothing */
    int minutes;
    bool unread, starred;
};

void corpus_row_release(struct corpus_row *row);

/* A list of articles in an order: a window on the cache, never the whole. */
struct corpus_view;

/* query NULL or "" for all articles; else what store/query.h says, and a result that is frozen until the view is
 * made anew: an article that is read does not leave it. Free with corpus_view_free. */
bool corpus_view_new(struct corpus *c, const char *query, enum corpus_order order, bool reverse,
                     struct corpus_view **out, struct err *e);
void corpus_view_free(struct corpus_view **v);

/* Articles in the view and unread ones among them; no scan. */
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

/* Reads article id, as article_init left *a, from the cache; its text lives in *text, which the caller frees
 * after article_release. */
bool corpus_article(struct corpus *c, int64_t id, struct article *a, char **text, struct err *e);

/* The article that ref names: an id, a locator, or a path of a file; 0 and e where there is none. */
int64_t corpus_find(struct corpus *c, const char *ref, struct err *e);

/* Facts for the details of one article; locator is to be freed. */
bool corpus_facts(struct corpus *c, int64_t id, struct corpus_row *row, struct err *e);

/* The reading state. A place is a character of the article (or of comment number `comment`). */
struct corpus_place {
    int comment;
    size_t offset;
};

void corpus_set_read(struct corpus *c, int64_t id, bool read);
void corpus_set_starred(struct corpus *c, int64_t id, bool starred);
void corpus_set_place(struct corpus *c, int64_t id, struct corpus_place place);
bool corpus_get_place(struct corpus *c, int64_t id, struct corpus_place *place);

/* The corpora opened before, newest first: calls fn with path, and when it was last opened (seconds). */
bool corpus_shelf(void (*fn)(void *ctx, const char *path, int64_t opened), void *ctx, struct err *e);

#endif
