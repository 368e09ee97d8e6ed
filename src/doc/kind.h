/* SPDX-License-Identifier: ISC */
/*
 * The kinds of block: one table for the parser, the store, the screen and the manual.
 * Knows: nothing. Owns: nothing. Fails: never.
 */
#ifndef DOC_KIND_H
#define DOC_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* The numbers are written into caches: add at the end, never renumber. */
enum kind {
    KIND_TITLE,
    KIND_STANDFIRST,
    KIND_BYLINE,
    KIND_DATE,
    KIND_SECTION,
    KIND_PARAGRAPH,
    KIND_QUOTE,
    KIND_LIST_ITEM,
    KIND_CAPTION,
    KIND_RELATED,
    KIND_BOILERPLATE,
    KIND_COMMENT_CONTROL,
    KIND_COMMENT,
    KIND_COUNT
};

struct kind_info {
    const char *name; /* as in --format=json */
    bool body;        /* part of the article's body */
    bool folded;      /* hidden behind one line until the reader opens it */
    const char *help; /* one line, for the manual */
};

/* The row of kind k, 0 <= k < KIND_COUNT; static. */
const struct kind_info *kind_info(enum kind k);

#endif
