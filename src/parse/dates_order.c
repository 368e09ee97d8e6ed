/* SPDX-License-Identifier: ISC */
/* What is done with dates once they are found: the order of day and month, counting, writing. */
#include "parse/dates.h"

long dates_day_number(const struct dates_found *d)
{
    /* the civil calendar counted from 1 March, so that a leap day is the last of its year */
    long y = d->year - (d->month <= 2 ? 1 : 0), m = d->month + (d->month <= 2 ? 9 : -3);

    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d->day - 1;
}

static void swap_order(struct dates_found *d)
{
    int month = d->month;

    d->month = d->day;
    d->day = month;
}

/* How far the page's dates walk, in days, if the open ones are read as they stand or swapped. */
static long walk(const struct dates_found *dates, size_t count, bool swapped)
{
    long sum = 0, last = 0;
    bool any = false;
    size_t i;

    for (i = 0; i < count; i++) {
        struct dates_found d = dates[i];
        long day;

        if (d.year == 0 || d.month == 0 || d.day == 0)
            continue;
        if (d.order_open && swapped)
            swap_order(&d);
        day = dates_day_number(&d);
        if (any)
            sum += day > last ? day - last : last - day;
        last = day;
        any = true;
    }
    return sum;
}

void dates_settle_order(struct dates_found *dates, size_t count, bool day_first)
{
    size_t i, open = 0, us = 0, world = 0, twelve = 0, dots = 0;
    bool swap;

    for (i = 0; i < count; i++) {
        const struct dates_found *d = &dates[i];

        if (d->order_open) {
            open++;
            twelve += d->twelve;
            dots += d->separator == '.';
        } else if (d->separator != 0 && d->day > 12) {
            us += d->month_first;
            world += !d->month_first;
        }
    }
    if (open == 0)
        return;
    if ((us > 0) != (world > 0)) {
        swap = world > 0;
    } else {
        long as_is = walk(dates, count, false), swapped = walk(dates, count, true);

        if (as_is > 2 * swapped + 2 || swapped > 2 * as_is + 2)
            swap = swapped < as_is;
        else
            swap = twelve > 0 ? false : dots > 0 || day_first;
    }
    for (i = 0; i < count; i++) {
        if (!dates[i].order_open)
            continue;
        if (swap)
            swap_order(&dates[i]);
        dates[i].order_open = false;
    }
}

static void put_number(char *out, int value, int digits)
{
    while (digits-- > 0) {
        out[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

bool dates_format(const struct dates_found *d, char out[DATES_ROOM])
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    out[0] = '\0';
    if (d->year < 1 || d->year > 9999 || d->month < 1 || d->month > 12 || d->day < 1 ||
        d->day > days[d->month - 1])
        return false;
    put_number(out, d->year, 4);
    out[4] = out[7] = '-';
    put_number(out + 5, d->month, 2);
    put_number(out + 8, d->day, 2);
    out[10] = '\0';
    if (d->hour >= 0) {
        out[10] = 'T';
        put_number(out + 11, d->hour % 24, 2);
        out[13] = ':';
        put_number(out + 14, d->minute, 2);
        out[16] = '\0';
    }
    return true;
}
