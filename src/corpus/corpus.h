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

#include "base/err.h"
#include "doc/article.h"

struct corpus;

struct corpus_options {
    const char *cache; /* --cache=FILE, NULL for the place that the paths decide */
    bool memory;       /* no cache and no reading state on disk */
    bool ephemeral;    /* nothing is written: the cache is read as it stands, or made in memory where there is none */
    bool foreground;   /* index before corpus_open returns instead of beside the reading */
    bool later;        /* index from corpus_index on: what is there can be shown first */
    int wake;          /* a descriptor that gets one byte when the indexing thread has news, -1 for none */
};

/* Opens paths as one corpus: catalogues are read as they stand; of the others, together, the cache is read and listed
 * at once, and what changed is looked for. Where catalogues are among them, what cannot be opened is left out
 * (corpus_lost in check.h); else fails where a path does not exist, cannot be read, or is a device. Close with
 * corpus_close. */
bool corpus_open(struct corpus **out, const char *const *paths, int count, const struct corpus_options *o,
                 struct err *e);
void corpus_close(struct corpus **c);

/* What changed is looked for from now on; again: nothing. */
void corpus_index(struct corpus *c);

/* A short name for the top line: the folder's or file's, "press and 2 more". */
const char *corpus_name(const struct corpus *c);

/* A notice that the reader should see once (the cache cannot be written, the reading state was set aside),
 * NULL when there is none left. Valid until the next call. */
const char *corpus_notice(struct corpus *c);

/* What the indexing thread is at. */
struct corpus_progress {
    bool running;
    long files_seen, files_done, records; /* of this run */
    long files_total;                     /* to be read, as bytes_total */
    long added, changed, moved, removed, skipped, faults;
    uint64_t bytes_done, bytes_total;     /* as they lie on disk; bytes_total 0 while the walk is not done */
    uint64_t started_ms, now_ms;
};

/* Copies the present progress; true where the articles of the cache changed since the last call (the list
 * should be read again). */
bool corpus_poll(struct corpus *c, struct corpus_progress *p);

/* One article as the list shows it. */
struct corpus_row {
    int64_t id;   /* the article's: its own as long as the record is there and the same paths are opened */
    char *title, *site, *published, *locator; /* NULL where unknown; locator never */
    int comments; /* shown or stated, -1 where the page says nothing */
    int minutes;
    bool unread, starred, hidden;
    char *tags; /* parted by blanks, NULL for none */
};

void corpus_row_release(struct corpus_row *row);

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
