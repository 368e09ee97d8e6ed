/* SPDX-License-Identifier: ISC */
/*
 * From head to head of a page: sections and comments, and which of these are shown.
 * Knows: layout/page. Owns: nothing. Fails: never; that there is none is an answer.
 */
#ifndef LAYOUT_JUMP_H
#define LAYOUT_JUMP_H

#include "layout/page.h"

/* The nearest line after (direction 1) or before (-1) line n that begins a section (or the comments), or a comment; -1
 * where there is none. As page_has, it may set comments, and so give lines other numbers. */
int jump_section(struct page *p, int n, int direction);
int jump_comment(struct page *p, int n, int direction);

/* The comments that have a line of their own, in the order shown: how many there are, the id of number n (from 0), and
 * which number shows comment id (its own, or that of the branch that it is folded into). */
int jump_entries(struct page *p);
int jump_entry(const struct page *p, int n);
int jump_entry_of(const struct page *p, int id);

/* What is to be seen of a comment that has a line: its author's name, its text. */
enum jump_shown { JUMP_LINE, JUMP_NAME, JUMP_TEXT };
enum jump_shown jump_shown(const struct page *p, const struct article_comment *c);

#endif
