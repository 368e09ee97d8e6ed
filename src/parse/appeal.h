/* SPDX-License-Identifier: ISC */
/*
 * Appeals for money and readers at the end of a page.
 * Knows: parse/features, parse/phrases. Owns: nothing. Fails: never; no appeal is an answer.
 */
#ifndef PARSE_APPEAL_H
#define PARSE_APPEAL_H

#include "parse/features.h"

/* The line behind the text where an appeal begins that goes on to line `end`, the end of the page or of what stands
 * before its thread: a short line asks, and much of what follows speaks of giving, of the reader or of the house.
 * `end` where there is none. f has looked at its lines. */
size_t appeal_begins(const struct features *f, size_t end);

#endif
