/* SPDX-License-Identifier: ISC */
/*
 * Where a name in a byline begins and ends: what is no part of one is taken off.
 * Knows: parse/lines, parse/phrases. Owns: nothing. Fails: never.
 */
#ifndef PARSE_BYLINE_CUT_H
#define PARSE_BYLINE_CUT_H

#include <stddef.h>

#include "parse/phrases.h"

/* A run of text that would be a name, by offsets in bytes of its line s; start <= end. */
struct byline_run {
    size_t start, end;
};

/* Takes what is neither letter nor digit off both ends; a stop stays behind an initial. */
void byline_trim(const char *s, struct byline_run *r);

/*
 * The end of the name that begins at r->start, not behind r->end: its words are capitalised or particles ("van"),
 * until a sign that no name holds. A name without capitals (an alias) is one word. r->start where no letter stands
 * there.
 */
size_t byline_name_end(const char *s, const struct byline_run *r);

/* Takes words off the end that tell a date, a role or a department rather than a name; never the whole run. */
void byline_strip_end(const struct phrases *p, const char *s, struct byline_run *r);

#endif
