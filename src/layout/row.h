/* SPDX-License-Identifier: ISC */
/*
 * Rows of the article list: fitting an article's facts into columns. Pure.
 * Knows: layout/line, base/door. Owns: the caller owns the struct row and its bytes. Fails: never.
 */
#ifndef LAYOUT_ROW_H
#define LAYOUT_ROW_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "layout/line.h"

enum { ROW_COLUMNS = 24, ROW_RUNS = 2 * ROW_COLUMNS }; /* flags are two runs in one column */

/* What a column shows. */
enum row_field {
    ROW_WORDS,    /* what stands in the format itself */
    ROW_FLAGS,    /* %f: unread or picked, starred or hidden */
    ROW_DATE,     /* %D */
    ROW_SITE,     /* %S */
    ROW_TITLE,    /* %T: as wide as the others leave it */
    ROW_TAGS,     /* %t: as wide as they are */
    ROW_COMMENTS, /* %c */
    ROW_MINUTES,  /* %r */
    ROW_NUMBER,   /* %i */
    ROW_FILE,     /* %p */
    ROW_FIELDS
};

enum { ROW_WORDS_MAX = 12 };

struct row_column {
    enum row_field field;
    int columns; /* 0 for the field's own */
    bool left;   /* a number that stands at the left of its column */
    char words[ROW_WORDS_MAX + 1];
};

struct row_format {
    struct row_column column[ROW_COLUMNS];
    int count;
};

#define ROW_FORMAT "%f%D  %S  %T  %t  %c  %r"

/* Reads a format: fields as above, with "-" and a width between % and the letter, and words. False and e where it is
 * none. */
bool row_format_read(const char *text, struct row_format *out, struct err *e);

/* What a row shows. Strings are raw: they pass the door here. NULL where unknown. */
struct row_facts {
    const char *title, *site, *published;
    const char *file; /* shown as the headline where there is no title */
    int comments;     /* -1 where the page says nothing */
    int minutes;
    bool unread, starred, hidden, picked;
    const char *tags;
    long number; /* in the list, 0 for none */
};

struct row_options {
    int columns; /* of the pane */
    const struct row_format *format; /* NULL: ROW_FORMAT */
    bool ascii;
    bool narrow;     /* side by side: date and headline only */
    bool year_shown; /* a group line says the year, the date leaves it out */
};

/* A row laid out; line.text points into text. */
struct row {
    struct line line;
    struct line_run runs[ROW_RUNS];
    struct buf text;
};

void row_init(struct row *r);
void row_release(struct row *r);

/* Lays the facts out; columns give way in the order locator, number, reading time, comments, tags, site, date, each
 * with the words between it and the headline, which keeps at least 24 columns while the pane has them and is cut at a
 * cluster with an ellipsis. Column 0 stays free for the selection's marker. */
void row_set(struct row *r, const struct row_facts *f, const struct row_options *o);

/* Adds "28 Aug 2020, 23:40" to out, or "28 Aug" without the year; "·" where published is NULL. */
void row_add_date(struct buf *out, const char *published, bool year, bool time);

/* What is known of the selected article beside its row. Raw strings, NULL where unknown. */
struct row_detail {
    const char *title, *file, *published;
    const char *author;   /* several joined by the caller */
    const char *dateline; /* "MOSCOW (Agency)" */
    const char *locator;  /* where the record lies */
};

/* The two lines over the status line: the whole headline (cut only where it is wider than the pane), and
 * date, author, dateline and locator, the locator cut in its middle where it does not fit. */
void row_set_detail(struct row *headline, struct row *about, const struct row_detail *d, int columns,
                    bool ascii);

#endif
