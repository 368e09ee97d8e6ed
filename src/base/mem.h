/* SPDX-License-Identifier: ISC */
/*
 * Memory that cannot fail.
 * Knows: malloc. Owns: nothing; every block belongs to its caller, who frees it with free().
 * Fails: exhaustion ends the program with one line on standard error and exit status 3, after the
 * function given to mem_on_exhausted has run (the screen puts the terminal back there).
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* Sets what runs before the program ends for want of memory; NULL for nothing. */
void mem_on_exhausted(void (*restore)(void));

/* Runs that: for a part of the program that was loaded later and so has this file a second time. */
void mem_before_end(void);

/* Ends the program so: for a library that says that it got no memory. */
void mem_exhausted(void) __attribute__((noreturn));

/* size bytes, not initialised; size 0 gives a block that can be freed. */
void *mem_alloc(size_t size) __attribute__((malloc));

/* count * size bytes, all zero; ends the program where the product overflows. */
void *mem_zalloc(size_t count, size_t size) __attribute__((malloc));

/* Resizes block (NULL allowed) to count * size bytes; ends the program where the product overflows. */
void *mem_resize(void *block, size_t count, size_t size);

/* What mem_grow does where there is too little room. */
void mem_grow_more(void *block, size_t *cap, size_t need, size_t size);

/* Makes room for at least need elements of size bytes in *block, whose capacity is *cap elements;
 * doubles, so that n appends cost O(n). Both are updated. */
static inline void mem_grow(void *block, size_t *cap, size_t need, size_t size)
{
    if (need > *cap)
        mem_grow_more(block, cap, need, size);
}

/* qsort, which may not be given NULL: here that is a list of none. compare as qsort has it. */
void mem_sort(void *list, size_t count, size_t size, int (*compare)(const void *, const void *));

/* A zero-terminated copy of the string s, or NULL of NULL. */
char *mem_strdup(const char *s);

/* Whether both are the same string, or both NULL. */
bool mem_same(const char *a, const char *b);

/* A zero-terminated copy of len bytes at s. */
char *mem_strndup(const char *s, size_t len);

#endif
