/* SPDX-License-Identifier: ISC */
/*
 * How many articles each month has, as a line of small bars.
 * Knows: base/buf. Owns: a struct spark owns its counts; zeroed it is empty. Fails: never.
 */
#ifndef LAYOUT_SPARK_H
#define LAYOUT_SPARK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct spark_month {
    int month; /* 12 * year + month - 1 */
    long count;
};

struct spark {
    struct spark_month *months;
    size_t count, cap;
};

void spark_release(struct spark *s);

/* Adds the articles of a month, "2020-03"; months in any order, what is none is left out. */
void spark_add(struct spark *s, const char *month, long count);

/* Adds "2016 ▁▂█ 2020": a bar a month from the first to the last, or, where they are more than fit into so many
 * columns, for as many months together as it takes; a month without articles is a dot. Nothing where there is no
 * room. */
void spark_write(const struct spark *s, int columns, bool ascii, struct buf *out);

#endif
