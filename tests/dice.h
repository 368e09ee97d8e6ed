/* SPDX-License-Identifier: ISC */
/*
 * Numbers by chance, the same at every run: a linear congruential generator with Knuth's multiplier for 64 bits (MMIX).
 * Knows: nothing. Owns: nothing. Fails: never.
 */
#ifndef TESTS_DICE_H
#define TESTS_DICE_H

#include <stdint.h>

/* The next number below n; *seed is anything at first. */
static inline uint64_t dice(uint64_t *seed, uint64_t n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (*seed >> 20) % n;
}

#endif
