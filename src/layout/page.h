/* SPDX-License-Identifier: ISC */
/*
 * The reading pane's content: an article (and its comments) set as lines at a width. Pure: nothing but its
 * arguments decides what comes out.
 * Knows: doc/article, layout/wrap, base/door. Owns: a page owns its lines. Fails: never.
 * The line over an open fold keeps the fold's number, so that it can be closed there.
 */
#ifndef LAYOUT_PAGE_H
#define LAYOUT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/hyphen.h"
#include "doc/article.h"
#include "layout/line.h"
#include "layout/thread.h"

/* What the reader has done with a comment, or is to be told of it. */
enum page_comment_flag {
    PAGE_COLLAPSED = 1 << 0, /* it and its answers stand as one line */
    PAGE_HIDDEN = 1 << 1,    /* they stand as one line that does not say whose they are */
    PAGE_NEW = 1 << 2,       /* not there at the last visit */
    PAGE_OWN = 1 << 3,       /* by the reader */
    PAGE_MUTED = 1 << 4,     /* by an author whom the reader hides: one line says so, the answers stay */
    PAGE_SHOWN = 1 << 5,     /* all the same */
    PAGE_STARRED = 1 << 6,
};

/* What the reader wrote on a passage: shown below the text that ends it. */
struct page_note {
    int comment;
    size_t at;        /* where the passage ends; PAGE_NOTE_LOOSE where it is no longer in the text */
    const char *text; /* "" for nothing to be shown */
};

#define PAGE_NOTE_LOOSE ((size_t)-1)

struct page_options {
    int columns;             /* of the pane, at least 1 */
    int measure;             /* longest line of text, in columns; 72 by default; <= 0 for the whole pane */
    bool ascii;              /* stand-ins for everything beyond ASCII */
    bool source;             /* the record as it stands, each line with its kind in the margin */
    bool comments;           /* the thread follows the article */
    bool thread_only;        /* the thread without the article: a pane of its own; wants comments */
    bool unfolded;           /* all folds open */
    bool justified;          /* lines of paragraphs are spread over the whole measure */
    bool link_numbers;       /* "[3]" behind the third address */
    enum thread_order order; /* of the answers to one comment */
    const struct thread *thread; /* in that order, borrowed as long as the page lives; NULL: the page makes it */
    const unsigned char *comment_flags; /* page_comment_flag bits, a byte a comment, by id; or NULL */
    unsigned (*author_flags)(void *ctx, const char *author); /* more bits, for all comments by an author; or NULL */
    void *author_ctx;
    struct hyphen *hyphens; /* patterns to divide words by (layout/hyphen), NULL for none; used, not owned */
    const char *next_hint;  /* the line after the end ("Space: next unread, ..."), NULL for none */
    const char *date;       /* the meta line's date in the reader's words, NULL for the article's own */
    const struct page_note *notes; /* borrowed as long as the page lives */
    size_t note_count;
    const char *fold_hint;  /* on fold lines: how one opens it ("zo opens"), NULL for nothing */
};

/* Bytes [start, end) of the article's text or of a comment's that are to stand out: what a search found, what
 * is selected, what the reader has marked. */
struct page_mark {
    int comment;
    size_t start, end;
    enum style style;
};

/* An address that stands in the text: bytes [start, end) of the article's or of a comment's. */
struct page_link {
    int comment;
    size_t start, end;
};

struct page;

/* Sets the article, which must stay as it is as long as the page lives. folds_open holds one flag a
 * block, copied here (as comment_flags are): a fold is open if the flag of its first block, which is its
 * number, is set (NULL: all closed). Free with page_free. */
struct page *page_new(const struct article *a, const struct page_options *o, const bool *folds_open);
void page_free(struct page **p);

/* Lines in the whole page. A page is set only as far as it was looked at: this sets all of it, which with a
 * thread of 50,000 comments takes a while; page_has and page_share of a long page do not. */
int page_count(struct page *p);

/* Whether there is a line n. */
bool page_has(struct page *p, int n);

/* Where the comments are many, those that nobody looked at have as many lines as such comments mostly have. Once some
 * are set, which whatever asks for a line in them or for a comment does, the lines below them have other numbers.
 * page_end: how many lines there are, as far as is known, the last ones being set. page_reach: sets as many lines above
 * line n as are wanted, so that going up there moves nothing; returns the number that line n has then. */
int page_end(struct page *p);
int page_reach(struct page *p, int n, int above);

/* How much of the page, in thousandths, lies before line n: by lines where it is short, which sets all of it; else by
 * bytes and comments, however much of it is set. It never falls from one line to the next. 1000 where there is no such
 * line. */
int page_share(struct page *p, int n);

/* Line n, which the page has; valid until the marks are set or the page is freed. */
const struct line *page_line(struct page *p, int n);

/* Sets the style of marks in the lines shown from now on. They are in order of place (the article's own
 * first, then comments by id), do not overlap, and are borrowed until they are set again or the page is
 * freed. */
void page_set_marks(struct page *p, const struct page_mark *marks, size_t count);

/* The line that shows place, or the nearest one before it; of a comment's first byte, the line over it that
 * says whose it is. */
int page_find(struct page *p, struct line_place place);

/* First line of the comments, of comment id (where it is in a collapsed thread, the line that stands for it);
 * -1 where there is none. */
int page_comments_line(struct page *p);
int page_comment_line(struct page *p, int id);

/* The thread as it is shown, for going about in it; NULL where the page shows none. Valid as long as the
 * page. */
const struct thread *page_thread(struct page *p);

/* The addresses in the text shown, in order: number n of a run's `link` and behind an address is links[n -
 * 1]. Sets the whole page; valid until it is freed. */
const struct page_link *page_links(struct page *p, size_t *count);

/* Address number n of a line's run, 1 <= n; nothing is set for it. Its text is of the article or of a comment. */
struct page_link page_link(const struct page *p, unsigned n);

#endif
