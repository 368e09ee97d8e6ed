/* SPDX-License-Identifier: ISC */
/*
 * Corpora for measuring: articles of made-up words in the shape of saved pages, the same for the same seed.
 * Knows: nothing. Owns: nothing. Fails: with false where a file cannot be written.
 * Words follow Zipf's law over a vocabulary that keeps growing with the corpus, sites and dates are spread
 * over thirteen years, lengths are log-normal with a long tail, and one article in five has
 * comments.
 */
#ifndef TESTS_BENCH_GENERATE_H
#define TESTS_BENCH_GENERATE_H

#include <stdbool.h>
#include <stddef.h>

enum { GENERATE_MEDIAN = 2600 }; /* bytes of an article's own text where nothing else is asked for */

/* Writes count articles, half of them longer than median, to the file path as JSON Lines, and as text files, a
 * thousand a folder, below folder (each may be NULL). *bytes gets the bytes of text. */
bool generate(long count, unsigned seed, long median, const char *path, const char *folder, size_t *bytes);

#endif
