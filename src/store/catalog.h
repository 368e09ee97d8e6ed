/* SPDX-License-Identifier: ISC */
/*
 * The cache as its readers see it: windows on the orders of the list, single articles, and finding one by a
 * name. Knows: store/db, store/rank, store/codec. Owns: a reading connection, whose memory is bounded. Fails:
 * a fault sticks until catalog_fault is asked, and gives empty windows meanwhile.
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

/* What went wrong since the last call. */
enum db_fault catalog_fault(struct catalog *l, struct err *e);

struct db *catalog_db(struct catalog *l);

/* Whether another connection has changed the cache since the last call. */
bool catalog_changed(struct catalog *l);

/* What is read between the two is of one moment. */
void catalog_begin(struct catalog *l);
void catalog_end(struct catalog *l);

/* Fills row; false where there is no such article. */
bool catalog_row(struct catalog *l, int64_t id, struct catalog_row *row);

/* Its rank_flag bits into *flags; false, and *flags as it was, where there is no such article. */
bool catalog_flags(struct catalog *l, int64_t id, unsigned *flags);

/* Where the article stands in an order; false where there is none. */
bool catalog_spot(struct catalog *l, enum order ord, int64_t id, struct spot *spot);

/* Its text and outline (see body_article). */
bool catalog_article(struct catalog *l, int64_t id, struct article *a, struct buf *text, struct err *e);

/* The path of a root, borrowed until the next call; NULL where there is none. */
const char *catalog_root(struct catalog *l, int64_t root);

/* The article that ref names: an id, a locator inside a root, or the path of a file in one (its first
 * article). 0 where there is none. */
int64_t catalog_find(struct catalog *l, const char *ref);

/* The first article of the file with this name in a root, and of a locator that begins with it. */
int64_t catalog_find_locator(struct catalog *l, int64_t root, const char *locator);

#endif
