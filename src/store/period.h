/* SPDX-License-Identifier: ISC */
/*
 * Spans of days as a query names them: 2016, 2016-03-28, 2016..2017-03, ..2016, 2016..
 * Knows: store/order. Owns: nothing. Fails: with the words for it.
 */
#ifndef STORE_PERIOD_H
#define STORE_PERIOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct period {
    struct period_day {
        int year, month, day;
    } from, to; /* both in it */
};

/* Reads len bytes of s. NULL where it is one, else why it is none. */
const char *period_read(const char *s, size_t len, struct period *p);

/* The minutes (order_minutes) of its beginning and its end, both in it. */
void period_minutes(const struct period *p, int64_t *from, int64_t *to);

/* Calls fn with the years ("2016"), months ("2016-03") and days that cover it, as few as do. */
void period_cover(const struct period *p, void (*fn)(void *ctx, const char *part), void *ctx);

#endif
