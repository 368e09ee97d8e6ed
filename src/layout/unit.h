/* SPDX-License-Identifier: ISC */
/*
 * The inside of a page, shared by the files that make it: units (one run of text that flows by itself), and
 * where their lines begin. Private to layout/.
 * Knows: layout/flow, wrap, thread. Owns: nothing of its own. Fails: never.
 *
 * compose.c turns blocks and comments into units, one step at a time, so that a page is set only as far as it
 * was looked at; page.c counts and finds lines; set.c makes the runs of a line when it is asked for.
 */
#ifndef LAYOUT_UNIT_H
#define LAYOUT_UNIT_H

#include "layout/divide.h"
#include "layout/flow.h"
#include "layout/page.h"
#include "layout/thread.h"
#include "layout/wrap.h"

enum unit_role {
    UNIT_TEXT, /* bytes of the article or of a comment, found by place */
    UNIT_FOLD, /* one line for folded blocks, found by the places in them */
    UNIT_NOTE, /* words of our own: meta line, a comment's head, the end */
};

struct unit {
    struct flow flow;
    size_t source, source_end;       /* the places that it covers */
    size_t base;                     /* the place of the flow's first byte */
    const char *prefix;              /* before the first line, safe */
    const char *prefix_more;         /* before all others, as wide */
    const char *right;               /* at the right end of the first line, or NULL */
    uint32_t lead;                   /* bytes of the flow that are a dateline */
    uint32_t first_link, link_count; /* of the page's links, those that stand in it */
    int first_line;                  /* of its sheet, blank lines before it included */
    int line_count;                  /* blank lines before it not included */
    int comment, block, fold;
    short prefix_columns;
    unsigned char blanks; /* empty lines before it */
    bool bar_goes_on;     /* the empty lines carry the prefix */
    bool heads;           /* begins a section or a comment */
    bool kept;            /* its blanks are shown as they stand */
    unsigned char role, style, prefix_style;
};

/* One line of a sheet: bytes [start, end) of its unit's flow. */
struct unit_line {
    uint32_t unit, start, end;
    unsigned blank : 1, hyphen : 1, columns : 30;
};

enum page_stage { STAGE_HEAD, STAGE_BLOCKS, STAGE_END, STAGE_LAST, STAGE_DONE };

/* A stretch of the page that is set by itself. The first one is the article, which is set from its beginning on as far
 * as it is looked at; each other one some comments, in the order shown, which are set together when a line of them is
 * looked at. */
struct sheet {
    struct unit *units;
    size_t unit_count, unit_cap;
    struct unit_line *lines;
    size_t line_count, line_cap; /* while it is not set, line_count is a guess */
    struct line **filled;
    size_t filled_cap;
    int first_line; /* of the page, as far as is known */
    bool set;
};

struct page {
    const struct article *article;
    struct page_options o;
    bool *folds_open; /* one a block, or NULL */
    bool bare;        /* of the article nothing else is left: it is not folded */
    int left, measure;

    struct arena arena; /* strings and flows of units */
    struct flow_work work;
    struct wrap wrap;
    struct divide divide;
    struct sheet *sheets;
    size_t sheet_count, sheet_cap;
    struct sheet *sheet; /* the one that is being set */

    struct arena shown; /* lines that were asked for */
    const struct page_mark *marks;
    size_t mark_count;

    struct page_link *links;
    size_t link_count, link_cap;

    enum page_stage stage;
    size_t next_block, title_block;
    size_t body_unit; /* the first unit after the head */
    int spacing;      /* 1 where empty lines part paragraphs, -1 where not, 0 while that was not looked at */
    int indent;       /* columns that the article's lines stand in at least, -1 while that was not looked at */
    bool has_thread;
    struct thread thread;
    int *entries; /* positions in the thread that have a line of their own (page_entry); NULL where all have */
    int entry_count;
    int comments_unit; /* the line over the comments, -1 for none */
};

/* The position in the thread of entry n, of entry_count. */
static inline int page_entry(const struct page *p, int n)
{
    return p->entries ? p->entries[n] : n;
}

/* fold.c: the line that stands for blocks [from, to), closed or open. */
void fold_add(struct page *p, size_t from, size_t to, bool teaser, bool open);

/* meta.c: the lines below the headline. */
void meta_add(struct page *p);

/* talk.c: the line after the article, and the sheets for its comments; the comment at a position. */
void talk_end(struct page *p);
void talk_comment(struct page *p, int position);

/* talk.c: page_comment_flag bits of a comment, those that follow from whose it is among them. */
unsigned talk_flags(const struct page *p, const struct article_comment *c);

/* page.c: begins a unit at the end of the page with its defaults filled in; complete it, then page_place it.
 */
struct unit *page_new_unit(struct page *p, enum unit_role role, enum style style);

/* Whether the unit is running text, which may be spread and divided: not headlines and code, nor what is shown as it
 * stands. */
static inline bool unit_is_prose(const struct page *p, const struct unit *u)
{
    return u->role == UNIT_TEXT && !p->o.source && !u->kept &&
           (u->style == STYLE_TEXT || u->style == STYLE_QUOTE || u->style == STYLE_STANDFIRST);
}

/* page.c: breaks the unit's flow into lines and numbers them. */
void page_place(struct page *p, struct unit *u);

/* noted.c: the notes on passages that end in bytes (from, to] of the unit placed last, below it; those without a
 * place. */
void noted_below(struct page *p, int comment, size_t from, size_t to);
void noted_loose(struct page *p);

/* set.c: the runs of line n of a sheet. */
struct line *set_line(struct page *p, const struct sheet *s, int n);

#endif
