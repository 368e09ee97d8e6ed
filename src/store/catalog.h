/* SPDX-License-Identifier: ISC */
/*
 * The cache as its readers see it: single articles, and finding one by a name. It is one file or several, its parts,
 * which are read as one (store/catalog_parts.h). Knows: store/db, store/rank, store/codec. Owns: a reading connection
 * to each part, whose memory is bounded. Fails: a fault sticks until catalog_fault is asked, and gives empty windows
 * meanwhile.
 *
 * An id says which part it is of: all ids here are those of the whole.
 */
#ifndef STORE_CATALOG_H
#define STORE_CATALOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "doc/article.h"
#include "store/db.h"
#include "store/rank.h"

struct catalog;

struct catalog_row {
    int64_t id, root;
    char *title, *site, *published, *locator; /* NULL where unknown; locator never */
    long comments;                            /* -1 where the page says nothing */
    int minutes;
    unsigned flags; /* rank_flag bits */
    struct digest digest;
};

void catalog_row_release(struct catalog_row *row);

/* fixed: the file never changes (a published catalogue). NULL and e where it cannot be opened. */
struct catalog *catalog_open(const char *path, bool fixed, struct err *e);
void catalog_close(struct catalog **l);

/* What went wrong since the last call, in the first part where anything did. */
enum db_fault catalog_fault(struct catalog *l, struct err *e);

/* Whether another connection has changed a part since the last call. */
bool catalog_changed(struct catalog *l);

/* What is read between the two is of one moment. */
void catalog_begin(struct catalog *l);
void catalog_end(struct catalog *l);

/* Fills row; false where there is no such article. */
bool catalog_row(struct catalog *l, int64_t id, struct catalog_row *row);

/* Its rank_flag bits into *flags; false, and *flags as it was, where there is no such article. */
bool catalog_flags(struct catalog *l, int64_t id, unsigned *flags);

/* Where the article stands in an order (store/parts.h); false where there is none. */
bool catalog_spot(struct catalog *l, enum order ord, int64_t id, struct spot *spot);

/* Its text and outline (see body_article). One that is damaged is a fault of its part too. */
bool catalog_article(struct catalog *l, int64_t id, struct article *a, struct buf *text, struct err *e);

/* The path of a root, borrowed until the next call; NULL where there is none. */
const char *catalog_root(struct catalog *l, int64_t root);

/* The article that ref names: an id, a locator inside a root, or the path of a file in one (its first
 * article), in the first part where there is one. 0 where there is none. */
int64_t catalog_find(struct catalog *l, const char *ref);

/* The first article of the file with this name in the root at path, and of a locator that begins with it. */
int64_t catalog_find_locator(struct catalog *l, const char *path, const char *locator);

/* Calls fn with each article whose source bytes have this digest (known_each_digest), part by part. */
void catalog_each_digest(struct catalog *l, const struct digest *d, void (*fn)(void *ctx, int64_t id), void *ctx);

#endif
