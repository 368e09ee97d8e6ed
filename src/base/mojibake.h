/* SPDX-License-Identifier: ISC */
/*
 * UTF-8 that was read as a single-byte set and encoded again ("â€™", "Ã©", "Ð¿Ñ€"): finding it, and what it
 * was.
 * Knows: base/charset's sets. Owns: nothing; the text is borrowed while a search lasts.
 * Fails: never; where honest text could look like this, nothing is found.
 */
#ifndef BASE_MOJIBAKE_H
#define BASE_MOJIBAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOJIBAKE_RUN = 256 };

/* One character of a run beyond ASCII; after the search, of the text that was meant. */
struct mojibake_char {
    uint32_t cp;
    size_t start, end; /* the bytes of the text that it stands for */
    bool mended;
};

/* A search through one text, and the place found last. */
struct mojibake {
    size_t start, end; /* bytes of the text to replace */
    uint32_t cp;       /* by this character */

    const char *text; /* what follows is the search's own */
    size_t len, at;
    bool proven[2]; /* by set: the text holds a place that cannot be anything else */
    struct mojibake_char run[MOJIBAKE_RUN];
    size_t count, given;
};

/* Begins a search, reading the text once; where that shows nothing, mojibake_next is false at once. */
void mojibake_init(struct mojibake *m, const char *text, size_t len);

/* Finds the next place; false at the end of the text. */
bool mojibake_next(struct mojibake *m);

#endif
