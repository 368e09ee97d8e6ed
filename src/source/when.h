/* SPDX-License-Identifier: ISC */
/*
 * Dates as formats write them, made into the one form of the article model.
 * Knows: ISO 8601, RFC 5322, seconds since 1970, and the commonest looser ones. Owns: nothing.
 * Fails: what is no date, or a doubtful one, gives false; a wrong date is worse than none.
 */
#ifndef SOURCE_WHEN_H
#define SOURCE_WHEN_H

#include <stdbool.h>

#include "base/arena.h"

enum { WHEN_SIZE = 17 }; /* "YYYY-MM-DDTHH:MM" and a zero byte */

/* Reads the date at s: "2020-08-28", "2020-08-28T23:40:11Z", "2020/08/28 23:40", "20200828", "08-28-2020"
 * (month first where the separator is "-" or "/"), "Fri, 28 Aug 2020 23:40:00 +0000", "August 28, 2020",
 * seconds or milliseconds since 1970. The clock is kept as written, without its zone; midnight sharp is
 * taken as no time. */
bool when_read(const char *s, char out[WHEN_SIZE]);

/* The same, in the arena; NULL where s is none, or NULL. */
const char *when_keep(const char *s, struct arena *arena);

/* Seconds (or milliseconds) since 1970, in UTC. */
bool when_seconds(double seconds, char out[WHEN_SIZE]);

#endif
