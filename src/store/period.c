/* SPDX-License-Identifier: ISC */
#include "store/period.h"

#include "store/order.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1600, LAST_YEAR = 2199, PART_MAX = 40 };

/* month and day become 0 where they are not said. */
static bool read_day(const char *s, size_t len, struct period_day *d)
{
    int *part[3] = {&d->year, &d->month, &d->day};
    size_t i, n = 0, digits = 0;

    *d = (struct period_day){0, 0, 0};
    for (i = 0; i < len; i++) {
        if (s[i] == '-' && digits > 0 && n < 2) {
            n++;
            digits = 0;
        } else if (isdigit((unsigned char)s[i]) && digits < (n ? 2u : 4u)) {
            *part[n] = *part[n] * 10 + (s[i] - '0');
            digits++;
        } else {
            return false;
        }
    }
    return digits > 0 && d->year >= FIRST_YEAR && d->year <= LAST_YEAR && d->month <= 12 && d->day <= 31 &&
           (n < 1 || d->month > 0) && (n < 2 || d->day > 0);
}

static const char *find_dots(const char *s, size_t len)
{
    size_t i;

    for (i = 0; i + 1 < len; i++) {
        if (s[i] == '.' && s[i + 1] == '.')
            return s + i;
    }
    return NULL;
}

const char *period_read(const char *s, size_t len, struct period *p)
{
    const char *dots = find_dots(s, len), *end = s + len;
    size_t from_len = dots ? (size_t)(dots - s) : len, to_len = dots ? (size_t)(end - dots) - 2 : 0;
    int64_t from, to;

    p->from = (struct period_day){FIRST_YEAR, 1, 1};
    p->to = (struct period_day){LAST_YEAR, 12, 31};
    if (from_len + to_len == 0 || (from_len > 0 && !read_day(s, from_len, &p->from)) ||
        (to_len > 0 && !read_day(dots + 2, to_len, &p->to)))
        return "a date is 2016, 2016-03 or 2016-03-28, a range 2016..2017-03";
    if (!dots)
        p->to = p->from;
    p->from.month = p->from.month ? p->from.month : 1;
    p->from.day = p->from.day ? p->from.day : 1;
    p->to.month = p->to.month ? p->to.month : 12;
    p->to.day = p->to.day ? p->to.day : 31;
    period_minutes(p, &from, &to);
    return from > to ? "the range ends before it begins" : NULL;
}

static int64_t minutes_of(struct period_day d)
{
    char text[PART_MAX];

    snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    return order_minutes(text);
}

void period_minutes(const struct period *p, int64_t *from, int64_t *to)
{
    *from = minutes_of(p->from);
    *to = minutes_of(p->to) + 24 * 60 - 1;
}

struct cover {
    void (*fn)(void *ctx, const char *part);
    void *ctx;
};

static void give(const struct cover *c, int year, int month, int day)
{
    char text[PART_MAX];

    if (day)
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    else if (month)
        snprintf(text, sizeof text, "%04d-%02d", year, month);
    else
        snprintf(text, sizeof text, "%04d", year);
    c->fn(c->ctx, text);
}

static int last_day(int year, int month)
{
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    if (month == 2)
        return leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void cover_month(const struct cover *c, int year, int month, int from, int to)
{
    int day;

    if (from <= 1 && to >= last_day(year, month)) {
        give(c, year, month, 0);
        return;
    }
    for (day = from; day <= to; day++)
        give(c, year, month, day);
}

static void cover_year(const struct cover *c, int year, struct period_day from, struct period_day to)
{
    int month;

    if (from.month == 1 && from.day <= 1 && to.month == 12 && to.day >= 31) {
        give(c, year, 0, 0);
        return;
    }
    for (month = from.month; month <= to.month; month++)
        cover_month(c, year, month, month == from.month ? from.day : 1, month == to.month ? to.day : 31);
}

void period_cover(const struct period *p, void (*fn)(void *ctx, const char *part), void *ctx)
{
    const struct cover c = {fn, ctx};
    int year;

    for (year = p->from.year; year <= p->to.year; year++) {
        struct period_day first = {year, 1, 1}, last = {year, 12, 31};

        cover_year(&c, year, year == p->from.year ? p->from : first, year == p->to.year ? p->to : last);
    }
}
