/* SPDX-License-Identifier: ISC */
/*
 * Lines that tell of the page's writer: "NAME is a reporter who ...".
 * Knows: parse/features. Owns: nothing. Fails: never; no writer is an answer.
 */
#ifndef PARSE_BIOGRAPHY_H
#define PARSE_BIOGRAPHY_H

#include "parse/features.h"

enum { BIOGRAPHY_WORDS = 16 };

/* The words of names that stand near the beginning of the text as a byline does (struct phrases_words). */
struct biography {
    uint32_t word[BIOGRAPHY_WORDS];
    size_t count, behind; /* how many; the line from which on a biography is looked for */
};

/* f has looked at its lines and knows its core. */
void biography_look(const struct features *f, struct biography *b);

/* Whether line i behind the first lines of the text begins with a name of b, two words of it. */
bool biography_is(const struct features *f, const struct biography *b, size_t i);

#endif
