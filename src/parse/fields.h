/* SPDX-License-Identifier: ISC */
/*
 * The fields of an article, from a page whose lines are labelled: one file each (title.c, byline.c,
 * published.c, site.c, language.c).
 * Knows: parse/page, doc/article. Owns: nothing; strings go to the article. Fails: never; a field that cannot
 * be told stays NULL.
 */
#ifndef PARSE_FIELDS_H
#define PARSE_FIELDS_H

#include "parse/page.h"

/* The ISO 639-1 code of the page's language, static or owned by the phrases; NULL where it cannot be told. */
const char *language_of(const struct page *p);

/* The line of the headline; lines.count where there is none. Needs the marginals. */
size_t title_choose(const struct page *p);

/* Sets a->title from line p->title: without a site's name behind it, with the second half of a headline that
 * was broken in two. */
void title_set(const struct page *p, struct article *a);

/* Sets a->site from what the page says of itself. */
void site_set(const struct page *p, struct article *a);

/* Sets a->published. */
void published_set(const struct page *p, struct article *a);

/* Adds the authors. */
void byline_set(const struct page *p, struct article *a);

#endif
