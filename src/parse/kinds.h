/* SPDX-License-Identifier: ISC */
/*
 * From the parts of a page (parse/model) to the kinds of its lines (doc/kind).
 * Knows: parse/page. Owns: nothing. Fails: never.
 */
#ifndef PARSE_KINDS_H
#define PARSE_KINDS_H

#include "parse/page.h"

/* Sets part[], the likeliest part of each line: what stands before, amid and behind the body counts as one. */
void kinds_choose_parts(struct page *p);

/* Sets tail[]: " - NAME" or " | NAME" at the end of at least three lines. */
void kinds_find_tails(struct page *p);

/* Sets kind[] and flags[] of every line from its part, its looks and its neighbours; title and first_body
 * must be set. */
void kinds_set(struct page *p);

/* Adds the reasons for the kind of line i, by name with weight. For --explain. */
void kinds_explain(const struct page *p, size_t i, struct buf *out);

#endif
