/* SPDX-License-Identifier: ISC */
/*
 * A 128-bit name for bytes: what says that two records are the same.
 * Knows: xxHash (XXH3, whose result is the same on every machine since 0.8.0). Owns: nothing. Fails: never.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

struct digest {
    uint8_t byte[16];
};

/* XXH3_128bits in its canonical (big-endian) form. Not proof against an attacker who makes collisions. */
struct digest digest_of(const void *bytes, size_t len);

/* XXH3_64bits. */
uint64_t digest_short(const void *bytes, size_t len);

#endif
