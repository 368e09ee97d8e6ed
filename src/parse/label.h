/* SPDX-License-Identifier: ISC */
/*
 * The labelling of a page, step by step, for the parser and for the tool that fits its tables.
 * Knows: all of parse/ below it. Owns: nothing. Fails: never.
 */
#ifndef PARSE_LABEL_H
#define PARSE_LABEL_H

#include "parse/forest.h"
#include "parse/model.h"
#include "parse/page.h"

/* Takes the text apart and looks at its lines: p->lines, features, thread, language, tail. False, and then the first
 * two alone, where site's `wants` says no. */
bool label_look(struct page *p, const struct features_table *table, const char *text, size_t len,
                const struct parse_site *site);

/* What each line is likely to be: p->marginals. */
void label_judge(struct page *p, const struct model *m);

/* Decides: headline, parts, kinds. */
void label_decide(struct page *p, const struct forest *title);

#endif
