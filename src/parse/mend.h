/* SPDX-License-Identifier: ISC */
/*
 * What the reader said of single lines (doc/fix), found on a page and held against what the parser would say.
 * Knows: parse/page, parse/form. Owns: nothing but p->mend. Fails: never; a line that is not there is passed over.
 */
#ifndef PARSE_MEND_H
#define PARSE_MEND_H

#include "doc/fix.h"
#include "parse/page.h"

/* Finds the lines that site's fixes are for and tells the thread of them: sets p->mend. Wants features, and comes
 * before the thread is looked for. */
void mend_find(struct page *p, const struct parse_site *site);

/* Narrows what parts a line may be of (bits 1 << enum model_part), and tells whether it does. */
bool mend_allow(const struct page *p, size_t i, uint16_t *allowed);

/* The line that the reader took for the headline; p->lines.count for none. */
size_t mend_headline(const struct page *p);

/* Whether the reader took the line for something that no headline is. */
bool mend_is_other(const struct page *p, size_t i);

/* Puts right what the parts and the kinds of lines came to: after kinds_choose_parts, and after kinds_set. */
void mend_parts(struct page *p);
void mend_kinds(struct page *p);

/* Line i as forms see it; i may be p->lines.count or SIZE_MAX, for what lies beyond the page. */
struct form_line mend_line(const struct page *p, size_t i);

#endif
