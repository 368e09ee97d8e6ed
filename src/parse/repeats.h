/* SPDX-License-Identifier: ISC */
/*
 * What a page says more than once, and where its prose is thickest.
 * Knows: parse/features, whose arrays it fills. Owns: nothing. Fails: never. Linear in the words.
 */
#ifndef PARSE_REPEATS_H
#define PARSE_REPEATS_H

#include "parse/features.h"

/* The digest of a run of words and one more (struct phrases_words). */
static inline uint64_t repeats_roll(uint64_t digest, uint32_t word)
{
    return (digest + (word | 1)) * UINT64_C(0x9E3779B97F4A7C15) + (digest >> 41);
}

/* Lines that say the same: each knows the nearest one before it, the first knows the next one. Also counts
 * the lines that begin or end with another one. */
void repeats_find_twins(struct features *f);

/* Counts in how many lines each content word stands; holds until the next call for a page. */
void repeats_count_words(struct features *f);

/* In how many lines a content word (struct phrases_words) stands: of prose, and of all. */
struct repeats_count {
    uint32_t prose, all;
};

struct repeats_count repeats_lines_with(const struct features *f, uint32_t word);

/* Of a hundred content words of line i, how many stand in prose elsewhere; -1 where it has none. */
int repeats_recurrence(struct features *f, size_t i);

/* The stretch of lines where prose outweighs the rest (the largest sum of a run, Kadane 1984). */
void repeats_find_core(struct features *f);

#endif
