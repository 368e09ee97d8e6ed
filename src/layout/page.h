/* SPDX-License-Identifier: ISC */
/*
 * The reading pane's content: an article (and its comments) set as lines at a width. Pure: nothing but its
 * arguments decides what comes out.
 * Knows: doc/article, layout/wrap, base/door. Owns: a page owns its lines. Fails: never.
 */
#ifndef LAYOUT_PAGE_H
#define LAYOUT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "doc/article.h"
#include "layout/line.h"

struct page_options {
    int columns;   /* of the pane, at least 1 */
    int measure;   /* longest line of text, in columns; 72 by default; <= 0 for the whole pane */
    bool ascii;    /* stand-ins for everything beyond ASCII */
    bool source;   /* the record as it stands, each line with its kind in the margin */
    bool comments; /* the thread follows the article */
    bool unfolded; /* all folds open */
    const char *next_hint; /* the line after the end ("Space: next unread, ..."), NULL for none */
    const char *date;      /* the meta line's date in the reader's words, NULL for the article's own */
};

struct page;

/* Sets the article, which must stay as it is as long as the page lives. folds_open holds fold_count flags, one
 * a block: a fold is open if the flag of its first block is set (NULL: all closed). Free with page_free. */
struct page *page_new(const struct article *a, const struct page_options *o, const bool *folds_open);
void page_free(struct page **p);

/* Lines in the whole page. */
int page_count(const struct page *p);

/* Line n, 0 <= n < page_count; valid as long as the page. */
const struct line *page_line(const struct page *p, int n);

/* The line that shows place, or the nearest one before it. */
int page_find(const struct page *p, struct line_place place);

/* First line of the comments, of comment id, of section n (from 0); -1 where there is none. */
int page_comments_line(const struct page *p);
int page_comment_line(const struct page *p, int id);

/* The nearest line after (direction 1) or before (-1) line n that begins a section or, in the thread, a
 * comment; -1 where there is none. */
int page_next_section(const struct page *p, int n, int direction);
int page_next_comment(const struct page *p, int n, int direction);

/* The text of what is shown between lines first and last, for searching: calls fn for each line. */
#endif
