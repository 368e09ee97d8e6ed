/* SPDX-License-Identifier: ISC */
/*
 * Finding words in what is shown: all matches of a pattern in lines of cells, and where to mark them. Capitals
 * count only where the pattern has some; marks over letters likewise ("cafe" finds "café").
 * Knows: layout/line, layout/page, base/unicode. Owns: its pattern and matches. Fails: never; no match is an
 * answer.
 */
#ifndef UI_FIND_H
#define UI_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "layout/line.h"
#include "layout/page.h"

/* Part of a match, on one line; a match that goes over a line's end has several. */
struct find_part {
    int match; /* number of the match, from 0 */
    int line;
    int column, columns;
};

struct find {
    char *pattern;   /* as typed; NULL where nothing is looked for */
    struct buf key;  /* as compared */
    bool exact;      /* capitals count */
    struct find_part *parts; /* by rising match and line */
    size_t count, cap;
    int matches;
};

void find_init(struct find *f);
void find_release(struct find *f);

/* Sets the pattern (NULL or "" for none) and forgets all matches. */
void find_set(struct find *f, const char *pattern);

/* Finds all matches in lines [from, to) of the page that are text, or in all of them. */
void find_lines(struct find *f, struct page *p, int from, int to, bool text_only);

/* How often text, which is foreign yet, holds the pattern once it is shown: white space as one space. scratch is
 * overwritten. */
int find_count(const struct find *f, const char *text, size_t len, struct buf *scratch);

/* Whether text, safe already, holds the pattern. */
bool find_in_text(const struct find *f, const char *text, size_t len);

/* Finds all matches in one line, as find_lines does for this line only. */
void find_in_line(struct find *f, const struct line *line);

/* The first match at or after (direction 1) or the last before (-1) a line; -1 where there is none. */
int find_from_line(const struct find *f, int line, int direction);

/* The first part of match m. */
const struct find_part *find_part(const struct find *f, int m);

/* The first of the parts that stand on the line or after it: an index into parts. */
size_t find_parts_from(const struct find *f, int line);

#endif
