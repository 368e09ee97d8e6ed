/* SPDX-License-Identifier: ISC */
/*
 * A cell of the screen: a cluster, and how it looks.
 * Knows: nothing. Owns: nothing. Fails: never.
 */
#ifndef TERM_CELL_H
#define TERM_CELL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { CELL_BYTES = 19 /* of a cluster; marks beyond are not shown */ };

struct cell {
    char text[CELL_BYTES]; /* zeroes after len, so that cells compare as bytes */
    uint8_t len;
    uint8_t columns; /* 1 or 2; 0 for the right half of a wide one */
    uint8_t look;    /* index of the first style that looks so; 0 is plain text */
    uint16_t link;   /* number of the address that it is part of, 0 for none */
};

_Static_assert(sizeof(struct cell) == CELL_BYTES + 5, "cells are compared and hashed as bytes: no padding");
_Static_assert(sizeof(struct cell) % sizeof(uint64_t) == 0, "a row is hashed eight bytes at a time");

static const struct cell cell_blank = {.text = {' '}, .len = 1, .columns = 1};

static inline bool cell_same(const struct cell *a, const struct cell *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static inline bool cell_is_blank(const struct cell *c)
{
    return cell_same(c, &cell_blank);
}

#endif
