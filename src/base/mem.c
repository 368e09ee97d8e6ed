/* SPDX-License-Identifier: ISC */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*before_end)(void); /* set once by the screen, read only when memory is gone */

void mem_on_exhausted(void (*restore)(void))
{
    before_end = restore;
}

void mem_before_end(void)
{
    if (before_end)
        before_end();
}

void mem_exhausted(void)
{
    static const char message[] = "cuttings: out of memory\n";

    ssize_t said;

    mem_before_end();
    said = write(STDERR_FILENO, message, sizeof message - 1);
    (void)said; /* nobody is left to be told */
    _exit(3);
}

void *mem_alloc(size_t size)
{
    void *block = malloc(size ? size : 1);

    if (!block)
        mem_exhausted();
    return block;
}

void *mem_zalloc(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);

    if (!block)
        mem_exhausted();
    return block;
}

void *mem_resize(void *block, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted();
    size *= count;
    block = realloc(block, size > 0 ? size : 1);
    if (!block)
        mem_exhausted();
    return block;
}

void mem_grow_more(void *block, size_t *cap, size_t need, size_t size)
{
    size_t room = *cap ? *cap : 8;
    void *old; /* of whatever type the caller's pointer is */

    while (room < need) {
        if (room > SIZE_MAX / 2)
            mem_exhausted();
        room *= 2;
    }
    memcpy(&old, block, sizeof old);
    old = mem_resize(old, room, size);
    memcpy(block, &old, sizeof old);
    *cap = room;
}

void mem_sort(void *list, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    if (count > 1)
        qsort(list, count, size, compare);
}

char *mem_strdup(const char *s)
{
    return s ? mem_strndup(s, strlen(s)) : NULL;
}

bool mem_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

char *mem_strndup(const char *s, size_t len)
{
    char *copy = mem_alloc(len + 1);

    if (len)
        memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}
