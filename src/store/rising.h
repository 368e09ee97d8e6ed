/* SPDX-License-Identifier: ISC */
/*
 * Rising numbers, packed: some two bytes each, with the n-th and the number of each found in microseconds.
 * Knows: nothing. Owns: its bytes. Fails: never.
 */
#ifndef STORE_RISING_H
#define STORE_RISING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rising {
    struct rising_block *blocks;
    size_t block_count, block_cap;
    uint8_t *bytes;
    size_t len, cap;
    size_t count;
    uint64_t last;
};

void rising_init(struct rising *r);
void rising_release(struct rising *r);

/* Adds a number greater than all before it. */
void rising_add(struct rising *r, uint64_t number);

/* The n-th, 0 for the first; n must be below count. */
uint64_t rising_at(const struct rising *r, size_t n);

/* How many are lower; whether the number is among them. */
size_t rising_below(const struct rising *r, uint64_t number);
bool rising_has(const struct rising *r, uint64_t number);

#endif
