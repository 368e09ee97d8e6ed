/* SPDX-License-Identifier: ISC */
/*
 * Styles: what a run of text is for the eye. layout/ names them, term/ paints them, themes change them.
 * Knows: nothing. Owns: nothing. Fails: an unknown name is an answer.
 */
#ifndef CONF_STYLE_H
#define CONF_STYLE_H

#include <stdbool.h>

enum style {
    STYLE_TEXT,
    STYLE_TITLE,      /* headline in the reader */
    STYLE_STANDFIRST,
    STYLE_META,       /* meta line, dates, counts */
    STYLE_SECTION,
    STYLE_QUOTE,
    STYLE_CAPTION,
    STYLE_DATELINE,
    STYLE_RELATED,
    STYLE_FOLD,       /* the line that stands for folded blocks */
    STYLE_BAR,        /* bars and guides at the left of quotes, captions, threads */
    STYLE_AUTHOR,     /* a comment's author */
    STYLE_AUTHOR_OP,  /* a comment by the article's author */
    STYLE_GROUP,      /* group line in the list */
    STYLE_UNREAD,     /* headline of an unread article in the list */
    STYLE_READ,       /* headline of a read one */
    STYLE_MARK,       /* unread mark, star */
    STYLE_MARKER,     /* the selection's marker */
    STYLE_HIT,        /* a search hit */
    STYLE_HIT_HERE,   /* the hit one stands on */
    STYLE_HEADER,     /* top line */
    STYLE_STATUS,     /* bottom line */
    STYLE_ERROR,      /* a fault on the status line */
    STYLE_KEY,        /* a key in the help and on the status line */
    STYLE_VISIBLE,    /* a control made visible by the door */
    STYLE_RULE,       /* rules and borders between panes */
    STYLE_LINK,       /* an address in the text */
    STYLE_HIGHLIGHT,  /* a passage that the reader highlighted */
    STYLE_NOTED,      /* one that the reader wrote a note on */
    STYLE_NOTE,       /* what was written */
    STYLE_SELECTION,  /* the passage that is being selected */
    STYLE_COUNT
};

enum style_attr {
    STYLE_BOLD = 1 << 0,
    STYLE_DIM = 1 << 1,
    STYLE_ITALIC = 1 << 2,
    STYLE_UNDERLINE = 1 << 3,
    STYLE_REVERSE = 1 << 4,
};

struct style_info {
    const char *name;   /* in `color` lines and in the manual */
    unsigned attr;      /* of the default theme */
    unsigned fallback;  /* where the terminal lacks one of attr (dim, italic) */
    const char *help;
};

const struct style_info *style_info(enum style s);
bool style_find(const char *name, enum style *s);

#endif
