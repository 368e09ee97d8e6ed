/* SPDX-License-Identifier: ISC */
/*
 * Datelines: "MOSCOW (Sputnik) - ", "Berlin (dpa) - ", "PARIS, May 5 (Reuters) - " at the start of a text.
 * Knows: parse/page, parse/dates. Owns: nothing. Fails: never; none is an answer.
 */
#ifndef PARSE_DATELINE_H
#define PARSE_DATELINE_H

#include "parse/page.h"

/* Parts of a line, as offsets of the page's text; an empty one is not there. */
struct dateline {
    size_t place, place_end, agency, agency_end;
    struct dates_found date; /* year 0 where none */
    size_t end;              /* where the text begins */
};

/* Whether line i begins with a dateline; out may be NULL. */
bool dateline_find(const struct page *p, size_t i, struct dateline *out);

#endif
