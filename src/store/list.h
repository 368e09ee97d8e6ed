/* SPDX-License-Identifier: ISC */
/*
 * The cache as its readers see it: windows on the orders of the list, single articles, and finding one by a name.
 * Knows: store/db, store/rank, store/codec. Owns: a reading connection, whose memory is bounded.
 * Fails: a fault sticks until list_fault is asked, and gives empty windows meanwhile.
 */
#ifndef STORE_LIST_H
#define STORE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "doc/article.h"
#include "store/db.h"
#include "store/rank.h"

struct list;

struct list_row {
    int64_t id, root;
    char *title, *site, *published, *locator; /* NULL where unknown; locator never */
    long comments;                            /* -1 where the page says nothing */
    int minutes;
    unsigned flags; /* rank_flag bits */
    struct digest digest;
};

void list_row_release(struct list_row *row);

/* fixed: the file never changes (a published catalogue). NULL and e where it cannot be opened. */
struct list *list_open(const char *path, bool fixed, struct err *e);
void list_close(struct list **l);

/* What went wrong since the last call. */
enum db_fault list_fault(struct list *l, struct err *e);

struct db *list_db(struct list *l);

/* Whether another connection has changed the cache since the last call. */
bool list_changed(struct list *l);

/* What is read between the two is of one moment. */
void list_begin(struct list *l);
void list_end(struct list *l);

/* Fills row; false where there is no such article. */
bool list_row(struct list *l, int64_t id, struct list_row *row);

/* Where the article stands in an order; false where there is none. */
bool list_spot(struct list *l, enum order ord, int64_t id, struct spot *spot);

/* Its text and outline (see codec_decode). */
bool list_article(struct list *l, int64_t id, struct article *a, struct buf *text, struct err *e);

/* The path of a root, borrowed until the next call; NULL where there is none. */
const char *list_root(struct list *l, int64_t root);

/* The article that ref names: an id, a locator inside a root, or the path of a file in one (its first article).
 * 0 where there is none. */
int64_t list_find(struct list *l, const char *ref);

/* The first article of the file with this name in a root, and of a locator that begins with it. */
int64_t list_find_locator(struct list *l, int64_t root, const char *locator);

#endif
