/* SPDX-License-Identifier: ISC */
/*
 * Memory that is freed all at once: strings and arrays that live as long as one article.
 * Knows: base/mem. Owns: every block it hands out, until arena_release or arena_reset.
 * Fails: never. A block allocated is never moved.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* newest first */
};

void arena_init(struct arena *a);
void arena_release(struct arena *a);

/* Frees every block and keeps one chunk, so that the next article allocates nothing. */
void arena_reset(struct arena *a);

/* size zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);

/* A zero-terminated copy of len bytes at s. */
char *arena_strndup(struct arena *a, const char *s, size_t len);

#endif
