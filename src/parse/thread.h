/* SPDX-License-Identifier: ISC */
/*
 * Comment threads out of flattened pages: where they stand, and what each comment is.
 * Knows: parse/lines, parse/dates, parse/platform, doc/article. Owns: a struct parse_thread owns what was
 * found of one page. Fails: never; no thread is an answer. Linear in the text but for a factor log n.
 *
 * parse_thread_find looks at the whole page once: rules name chrome, headings, headers; where no rule names
 * the header, the page's own repetition does. It says of each line what it would be, and how sure that is.
 * parse_thread_build then turns the lines that were decided to be comments into the article's comments.
 */
#ifndef PARSE_THREAD_H
#define PARSE_THREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "doc/article.h"
#include "doc/fix.h"
#include "parse/lines.h"
#include "parse/platform.h"

enum parse_thread_role {
    THREAD_NONE,
    THREAD_CONTROL, /* heading, form, sorter, reply button: kind comment-control */
    THREAD_HEADER,  /* author, date, number: kind comment */
    THREAD_BODY,    /* what was said: kind comment */
    THREAD_TRAILER, /* author or date behind the body: kind comment */
};

struct parse_thread_line {
    enum parse_thread_role role;
    float strength; /* 0 to 1: from 0.5 on it is believed without other evidence */
    bool begins;    /* first line of a comment; a block begins here */
    bool barred;    /* it stands with a line that the reader said to be no comment */
};

struct parse_thread;

struct parse_thread *parse_thread_new(const struct platform_rules *rules);
void parse_thread_free(struct parse_thread **t);

/* Forgets what was found and what the reader said, and keeps the memory. */
void parse_thread_forget(struct parse_thread *t);

struct features;

/* Looks at a page. features, which may be NULL, spares it the search for dates that they know. language is the
 * page's ISO 639-1 code or NULL; it only decides between 5 June and 6 May. What was found before is forgotten, the
 * memory kept. The lines are borrowed until the next call. */
void parse_thread_find(struct parse_thread *t, const struct lines *lines, const struct features *features,
                       const char *language);

/* What the reader said of a line, for the parse_thread_find that comes next: FIX_BEGINS, FIX_AUTHOR or
 * FIX_NOT_COMMENT; others say nothing here. sure: of this very line, or by words of its form; else of lines of its
 * form, which counts only where there is a thread. name: the bytes of the text that name the author, equal where the
 * line does not say. */
void parse_thread_tell(struct parse_thread *t, size_t line, enum fix_answer answer, bool sure,
                       struct platform_span name);

/* What line i would be. */
struct parse_thread_line parse_thread_line(const struct parse_thread *t, size_t i);

/* Lines [*from, *to) of the region that holds the comments; false where there is none. */
bool parse_thread_region(const struct parse_thread *t, size_t *from, size_t *to);

/* Adds the comments to a, sets a->stated_comments. kinds[i] is the final kind of line i: a comment is made of
 * its lines of kind comment only; a comment with none is not made; a run of comment lines in which nothing
 * was found is read as name and body. NULL takes parse_thread_line's word for every line. */
void parse_thread_build(struct parse_thread *t, const enum kind *kinds, struct article *a);

#endif
