/* SPDX-License-Identifier: ISC */
/*
 * From head to head of a page: sections and comments.
 * Knows: layout/page. Owns: nothing. Fails: never; that there is none is an answer.
 */
#ifndef LAYOUT_JUMP_H
#define LAYOUT_JUMP_H

#include "layout/page.h"

/* The nearest line after (direction 1) or before (-1) line n that begins a section (or the comments), or a comment; -1
 * where there is none. As page_has, it may set comments, and so give lines other numbers. */
int jump_section(struct page *p, int n, int direction);
int jump_comment(struct page *p, int n, int direction);

#endif
