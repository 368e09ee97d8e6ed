/* SPDX-License-Identifier: ISC */
/*
 * Where words may be divided: the one file where libhyphen is known (and may be missing).
 * Knows: libhyphen and its patterns, base/unicode. Owns: a dictionary, until hyphen_free.
 * Fails: a language without patterns, or a program built without libhyphen, is an answer: NULL.
 */
#ifndef LAYOUT_HYPHEN_H
#define LAYOUT_HYPHEN_H

#include <stddef.h>

struct hyphen;

enum { HYPHEN_POINTS = 32 }; /* points looked for in one word */

/* Opens the patterns of a language ("en", "de_AT") found in directory (NULL: where the system keeps them),
 * the nearest there are: hyph_de_AT.dic, hyph_de.dic, or the first hyph_de_*.dic by name. NULL where there
 * are none that can be read. Free with hyphen_free. */
struct hyphen *hyphen_open(const char *language, const char *directory);
void hyphen_free(struct hyphen **h);

/* Fills points with the bytes of the word of len bytes at s before which it may be divided, in order, and
 * returns how many there are. Words of fewer than five letters, and what is not all letters, have none; nor
 * are points given where a division would change the spelling. */
size_t hyphen_word(struct hyphen *h, const char *s, size_t len, size_t points[HYPHEN_POINTS]);

#endif
