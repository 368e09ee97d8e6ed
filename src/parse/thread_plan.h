/* SPDX-License-Identifier: ISC */
/*
 * One way to read a region of a page as a thread, and what speaks for it.
 * Knows: parse/thread_page. Owns: nothing. Fails: never; no comments is an answer.
 */
#ifndef PARSE_THREAD_PLAN_H
#define PARSE_THREAD_PLAN_H

#include "parse/thread_page.h"

struct plan {
    size_t from, to;    /* lines of the region */
    size_t heading;     /* the line of its heading, SIZE_MAX where it has none */
    bool by_form;       /* the line of the heading is one of a form, which may stand above the comments */
    long count;         /* what the heading states, -1 where nothing */
    float name_quality; /* of bare names: the mean of what spoke for each, about 5 to 12 for real ones */
    size_t comments;    /* how many were made */
    float weight;       /* what speaks for it; from 2.5 on it is believed */
};

/* Reads the region [from, to) in the way that fits it best, fills t->comment, and sets comments and weight.
 */
void plan_make(struct parse_thread *t, struct plan *p);

/* Whether line i of a text is talk: the first or second person, a greeting, an address, a smiley. */
bool plan_is_talk(const struct parse_thread *t, size_t i);

/* Whether somebody talks to somebody in the first lines of the comment. */
bool plan_hears_talk(const struct parse_thread *t, const struct found_comment *c);

/* Adds a comment of lines [from, to), of which nothing is known yet. Valid until the next is added. */
struct found_comment *plan_add_comment(struct parse_thread *t, size_t from, size_t to);

/* Sets the body of c to what is left of lines [from, to) when chrome and trailing parts are taken off. Lines
 * that would be headers elsewhere are text here. */
void plan_set_body(struct parse_thread *t, struct found_comment *c, size_t from, size_t to);

/* End of the last comment's lines, whose text begins at from: its buttons, the end of the region, or where it becomes
 * longer than the comments before it and no more prose follows. */
size_t plan_last_end(const struct parse_thread *t, const struct plan *p, size_t from, size_t longest);

/* Names stand above their texts, or below them. */
enum plan_side { PLAN_NAME_ABOVE, PLAN_NAME_BELOW };

/* Reads lines [from, to) as bare names and texts: fills t->comment, sets name_quality. False where they
 * cannot be that. */
bool plan_read_names(struct parse_thread *t, struct plan *p, enum plan_side side);

/* Names run on into the lists below the thread where nothing marks its end: drops what follows when nobody
 * talks any more. */
void plan_drop_lists(struct parse_thread *t, const struct plan *p);

/* What speaks for t->comments, read from the region as p says, being comments. names: only bare names were
 * seen. */
float plan_weigh(const struct parse_thread *t, const struct plan *p, bool names);

#endif
