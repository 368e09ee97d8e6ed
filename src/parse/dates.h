/* SPDX-License-Identifier: ISC */
/*
 * Dates and times in running text, in thirteen languages and the numeric forms.
 * Knows: parse/datewords. Owns: nothing; results are plain data. Fails: never; no date is an answer.
 * Linear in the text, no allocation, no recursion: it runs on every line of every page.
 */
#ifndef PARSE_DATES_H
#define PARSE_DATES_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes that dates_format needs; bytes of a line up to which words alone ("yesterday") can be a date of it. */
enum { DATES_ROOM = 24, DATES_SHORT_LINE = 120 };

struct dates_found {
    size_t start, end;    /* bytes of the string searched: weekday, zone and "Uhr" included */
    int year, month, day; /* 0 where the text does not say */
    int hour, minute;     /* -1 where the text does not say */
    long ago;             /* minutes before the page was taken; only where relative */
    bool relative;        /* "5 minutes ago", "gestern": no absolute date beside it */
    bool order_open;      /* 05/06/2012: either order can be meant; month and day hold month/day */
    bool month_first;     /* a numeric form that can only be month/day: its second number is over 12 */
    bool twelve;          /* the time has am or pm */
    bool time_only;       /* a time of day and nothing more */
    char separator;       /* '/', '.' or '-' of a numeric day-month-year or month-day-year, else 0 */
};

/* Finds the first date or time that begins at from or later in the len bytes at s. A name that the date is
 * glued to ("ElizabethOctober 29, 2012") is not part of it. False where there is none. */
bool dates_find(const char *s, size_t len, size_t from, struct dates_found *out);

/* Whether a date without digits can begin with these len > 0 ASCII letters, where nothing beyond ASCII follows. */
bool dates_may_open(const char *word, size_t len);

/* Decides the order of day and month for the count dates of one page, in page order, and clears order_open.
 * A date of the same page that can be read in one order only decides; then the order in which the dates run
 * (comments stand in order of time); then separator, am/pm and day_first, the habit of the page's language.
 */
void dates_settle_order(struct dates_found *dates, size_t count, bool day_first);

/* Writes "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM" and true; false, and "", where year, month or day is unknown or
 * no such day exists. */
bool dates_format(const struct dates_found *date, char out[DATES_ROOM]);

/* Days since 1 March of the year 0, for comparing and subtracting; d->year must be known. */
long dates_day_number(const struct dates_found *d);

#endif
