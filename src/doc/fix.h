/* SPDX-License-Identifier: ISC */
/*
 * What a reader says that a line is, where the parser took it for something else.
 * Knows: nothing. Owns: nothing. Fails: an unknown name is an answer.
 */
#ifndef DOC_FIX_H
#define DOC_FIX_H

#include <stdbool.h>
#include <stddef.h>

enum fix_answer {
    FIX_BEGINS,      /* a comment begins here */
    FIX_AUTHOR,      /* the author of a comment */
    FIX_NOT_COMMENT, /* what was taken for a comment here is none */
    FIX_BOILERPLATE, /* what the site puts on its pages */
    FIX_HEADLINE,
    FIX_ANSWERS
};

struct fix_info {
    const char *name; /* in rules, options and the log: "comment-begins" */
    const char *help; /* what the line is then: "begins a comment" */
};

/* One answer and the lines that it is given for. A line of one record is known by its text, and by where it stood
 * among several of the same text; lines of all pages of a site are known by their form (parse/form), theirs and
 * that of their neighbours. */
struct fix {
    enum fix_answer answer;
    bool formed;               /* the three below are forms, "" for any; else line is the text, the others unused */
    const char *before, *line, *after;
    size_t start;              /* byte of the record's text at which the line stood; where it is not formed */
};

/* The row of an answer; static. */
const struct fix_info *fix_info(enum fix_answer a);
bool fix_find(const char *name, size_t len, enum fix_answer *a);

#endif
