/* SPDX-License-Identifier: ISC */
/*
 * Finding words in the open article: in its own lines at once, in its comments a few at a time beside the keys. Those
 * are looked at as texts; only what is shown is set.
 * Knows: ui/find, ui/reader. Owns: what was found. Fails: never; no match is an answer.
 *
 * A match is known by the comment that it is in (0: the article's own lines) and its number there, from 0: first
 * those in its author's name, then those in its text. Dates and other words of our own beside a name do not count.
 */
#ifndef UI_SEEK_H
#define UI_SEEK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "ui/find.h"

struct reader;

struct seek_spot {
    int comment, match; /* match -1: before the first one there */
};

/* A part of a match that is shown. */
struct seek_part {
    int line, column, columns;
    bool here; /* of the match that one stands on */
};

enum seek_answer {
    SEEK_FOUND,
    SEEK_AROUND, /* found, past the end or the beginning */
    SEEK_NONE,
    SEEK_UNKNOWN, /* what lies between is not looked at yet */
};

struct seek {
    int *counts; /* matches of comment id, at id - 1, where it was looked at and is shown */
    int comments, start, done; /* done of them were, from comment start on and round */
    long total;                /* matches in those */
    uint64_t look;             /* what decided which these are */
    struct seek_spot here;     /* the match that one stands on */
    bool on;                   /* there is one */
    struct seek_spot from;     /* where to go on from as soon as that can be told */
    int due;                   /* and in which direction; 0: nowhere */
    bool told;                 /* whether the reader is told that there is none, or that one went round */
    struct find lines;         /* of one comment */
    struct seek_part *parts;   /* what is shown, by line */
    size_t part_count, part_cap;
    struct buf scratch;
};

void seek_init(struct seek *s);
void seek_release(struct seek *s);

/* Begins anew, from the line on top: the page or the pattern (r->find) is another one. What the comments have is kept
 * where they and the pattern are the same, and the page is only set otherwise. */
void seek_begin(struct reader *r);

/* The comments are others. */
void seek_forget(struct reader *r);

/* Looks at some more comments; false where all were looked at. */
bool seek_more(struct reader *r);

/* How many matches are known so far, and the number of the one that one stands on (from 0; -1: on none). */
long seek_matches(const struct reader *r);
long seek_number(const struct reader *r);

/* Where one stands for a search: on a match, or at a line. */
struct seek_spot seek_at(const struct reader *r, int line, int direction);

/* The next (direction 1) or last match after or before a spot. */
enum seek_answer seek_next(const struct reader *r, struct seek_spot from, int direction, struct seek_spot *to);

/* Goes to a match so that it can be seen, and makes it the one that one stands on. */
void seek_show(struct reader *r, struct seek_spot to);

/* Finds the parts of matches in the lines shown. */
void seek_window(struct reader *r);

/* The first part of the match that one stands on, NULL where it is not shown. */
const struct seek_part *seek_here(const struct reader *r);

#endif
