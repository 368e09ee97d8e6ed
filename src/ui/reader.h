/* SPDX-License-Identifier: ISC */
/*
 * The reading pane: one article, set as a page, and the place in it. The place is a character of the text; the
 * line on top follows from it, at any width.
 * Knows: corpus/, layout/page, ui/find. Owns: the article and its page. Fails: with a struct err where the
 * article cannot be read.
 */
#ifndef UI_READER_H
#define UI_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "corpus/corpus.h"
#include "layout/page.h"
#include "ui/find.h"
#include "ui/seek.h"
#include "ui/select.h"

/* A passage of the open article that the reader has highlighted, or written a note on. */
struct reader_note {
    int64_t id;
    bool anchored; /* it is in the text, at the next three */
    int comment;
    size_t start, end;
    char *text;    /* "" for a highlight alone */
    char *shown;   /* what the page shows of it: the text, with the words where they are no longer in the text */
};

struct reader {
    struct corpus *corpus;
    int64_t id; /* 0 where no article is open */
    struct article article;
    char *text;
    struct page *page;       /* NULL where it must be set anew */
    bool *folds;             /* one a block, the open ones */
    uint64_t stamp;          /* of the bytes it was read from (corpus/repair.h) */
    const char *own_names;   /* the reader's, parted by commas; borrowed */
    struct buf muted;        /* names whom the reader hides on this site, each with its zero byte */
    bool visited;            /* the comments were seen before: what is new is known */
    int fresh;               /* comments that are new */
    bool talk_seen;          /* comments were on the screen at this visit */
    unsigned char *comment_flags; /* page_comment_flag bits, of comment id at id - 1 */
    enum thread_order order; /* of the comments */
    struct thread thread;    /* in the order sorted; no entries where it is not made yet */
    enum thread_order sorted;
    struct hyphen *hyphens;  /* of the article's language; NULL for none */
    bool hyphenate;          /* whether words are divided */
    bool link_numbers;
    char *hint;              /* what comes after the end */
    const char *fold_hint;   /* on fold lines; borrowed, NULL for nothing */
    int columns, height;     /* of the pane */
    bool ascii;
    int measure;             /* columns, <= 0 for all of the pane */
    bool justify;
    bool source;
    int top;                 /* line shown first */
    struct line_place place; /* of that line; moves with the reader, not with the width */
    bool on_heading;         /* the line is the comments' heading, which is no character of the text */
    bool end_seen;           /* the last line of the article's own text was shown */
    bool noted;              /* that was noted in the reading state */
    struct find find;        /* of its own lines */
    struct seek seek;
    struct page_mark *hits;  /* what the search that led here looks for, in order of place */
    size_t hit_count, hit_cap;
    int hits_due;            /* the comment from which on it is still to be looked for; 0: none */
    long hit;                /* the one that one stands on, -1 for none */
    struct reader_note *notes; /* in order of place, those without one last */
    size_t note_count, note_cap;
    struct page_note *shown_notes; /* as the page has them */
    struct page_mark *marks; /* all that stands out, in order */
    size_t mark_count, mark_cap;
    struct select select;
};

void reader_init(struct reader *r, struct corpus *c);
void reader_release(struct reader *r);

/* Opens article id where the reader left it. hint is what the line after its end says, NULL for nothing. False
 * and e where it cannot be read; what was open stays. */
bool reader_open(struct reader *r, int64_t id, const char *hint, struct err *e);

/* Leaves the article: keeps the place for the next time. */
void reader_leave(struct reader *r);

/* Sets the size; the page is set anew where it must be, the place stays. */
void reader_fit(struct reader *r, int columns, int height, bool ascii);

/* Sets the page anew at the same place: a fold, the source, the measure changed. */
void reader_again(struct reader *r);

/* Goes to a line: as far as the last line may be on top, where far is set; else until the end is in sight. False
 * where that is where one is. */
bool reader_go(struct reader *r, int line, bool far);

/* Whether the last line of the page is shown. */
bool reader_at_end(const struct reader *r);

/* Whether the line on top belongs to the comments; the comment there, 0 for none. */
bool reader_in_thread(const struct reader *r);
int reader_comment(const struct reader *r);

/* With line `top` on top: how much of the page lies above the bottom of the pane, in percent, and how many minutes
 * of the article's own text are left to read. */
int reader_percent(const struct reader *r, int top);
int reader_minutes_left(const struct reader *r, int top);

/* Reads the notes on the open article anew, and sets the page with them. */
void reader_read_notes(struct reader *r);

/* Goes so far that line, which the page has, is seen; or, if it is not, that it is seen with what is around it. */
void reader_show_line(struct reader *r, int line);
void reader_show_place(struct reader *r, int line);

#endif
