/* SPDX-License-Identifier: ISC */
/*
 * The list of articles: which rows stand where, and which one is selected. The selection is an article, never a
 * row's number: it stays through new articles, other orders and other sizes.
 * Knows: corpus/, layout/row, ui/window. Owns: its view. Fails: with a struct err where a query cannot be read.
 */
#ifndef UI_LIST_H
#define UI_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "corpus/corpus.h"
#include "corpus/view.h"
#include "layout/row.h"
#include "ui/window.h"

struct list {
    struct corpus *corpus;
    struct corpus_view *view; /* NULL before the first list_open */
    char *query;              /* NULL for all articles */
    enum corpus_order order;
    bool reverse;
    struct window window;
    int selected;       /* index in the window, -1 where there is no row */
    long number;        /* of the selected article in the view, 1 for the first; 0 where there is none */
    long total, unread; /* articles in the view */
    int top;            /* index of the first row shown */
    bool top_cut;       /* its group line is scrolled off */
    bool searching;     /* the view is a search that goes on: its rows and counts grow */
    int height;         /* lines that the rows and group lines have */
    int row_lines;      /* lines of a row: 2 where the words around its hits stand below it */
    long opened;        /* how often a list was opened: tells one from the next */
};

void list_init(struct list *l, struct corpus *c);
void list_release(struct list *l);

/* Shows the articles of query (NULL or "": all) in an order, the selected article staying where it is; without
 * one, or where it is not among them, the first is selected. False and e where the query cannot be read; the
 * list is then as it was. */
bool list_open(struct list *l, const char *query, enum corpus_order order, bool reverse, struct err *e);

/* Reads the view again: articles came, went or changed. */
void list_refresh(struct list *l);

/* The selected row, NULL where the list is empty. */
const struct corpus_row *list_row(const struct list *l);

/* Moves the selection by so many rows, as far as there are any. True where it moved. */
bool list_move(struct list *l, long by);

/* Moves what is shown, and the selection with it, by so many lines. */
void list_scroll(struct list *l, int lines);

/* Selects row number `number`, 1 for the first; the last one where there are fewer (LONG_MAX: the last). */
void list_go(struct list *l, long number);

/* Selects the first row of the next (1) or previous (-1) group; false where there is none. */
bool list_group(struct list *l, int direction);

/* Selects article id; false where it is not in the view. */
bool list_select(struct list *l, int64_t id);

/* Sets the height and brings the selected row into sight, moving no more than it takes. */
void list_fit(struct list *l, int height);

/* Says of a row, in the window and in the reading state at once, that it is so or not. */
enum list_flag { LIST_READ, LIST_STARRED, LIST_HIDDEN };
void list_set(struct list *l, int64_t id, enum list_flag flag, bool on);

/* Reads what is known of one article anew, where the window holds it. */
void list_read_row(struct list *l, int64_t id);

/* What stands on line n of those shown: a row's index, or LIST_GROUP with *group the row below, or LIST_WORDS, the
 * words around the hits of row *group; LIST_NOTHING past the end. */
enum { LIST_WORDS = -3, LIST_GROUP = -2, LIST_NOTHING = -1 };
int list_line(const struct list *l, int n, int *group);

/* Adds the words of the group that row i belongs to; nothing where the order makes no groups. */
void list_add_group(const struct list *l, int i, struct buf *out);

#endif
