/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "store/order.h"
#include "store/period.h"

static struct period period_of(const char *s)
{
    struct period p;
    const char *why = period_read(s, strlen(s), &p);

    if (why)
        fail_msg("%s: %s", s, why);
    return p;
}

static void is_from_to(const char *s, const char *first, const char *last)
{
    struct period p = period_of(s);
    int64_t from, to;

    period_minutes(&p, &from, &to);
    assert_true(from == order_minutes(first));
    assert_true(to == order_minutes(last));
}

CHECK(a_year_a_month_or_a_day_is_all_of_it)
{
    is_from_to("2016", "2016-01-01", "2016-12-31T23:59");
    is_from_to("2016-03", "2016-03-01", "2016-03-31T23:59");
    is_from_to("2016-03-28", "2016-03-28", "2016-03-28T23:59");
}

CHECK(a_range_ends_with_all_of_its_end)
{
    is_from_to("2016..2017-03", "2016-01-01", "2017-03-31T23:59");
    is_from_to("2016-05-06..2016-05-06", "2016-05-06", "2016-05-06T23:59");
    is_from_to("..2016", "1600-01-01", "2016-12-31T23:59");
    is_from_to("2016..", "2016-01-01", "2199-12-31T23:59");
}

CHECK(what_is_none_is_said)
{
    static const char *const none[] = {
        "", "..", "20x6", "2016-", "2016-13", "2016-00", "2016-1-", "2016-01-32", "2016-01-00", "12016", "2016-001",
        "1599", "2200", "2016...17", "2016.2017", "2016-1-1-1", "2017..2016", "2016-05..2016-04",
    };
    struct period p;

    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        const char *why = period_read(none[i], strlen(none[i]), &p);

        if (!why || !*why)
            fail_msg("'%s' is taken for a period", none[i]);
    }
}

/* ---- what covers it ---- */

enum { YEARS = 4, FIRST = 2015, PARTS_MOST = 2000 };

/* Days of 2015 to 2018: how often each is covered, and how many years, months and days did. */
struct days {
    int covered[YEARS][13][32];
    int parts;
    char part[PARTS_MOST][12];
};

static int days_of(int year, int month)
{
    static const int days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && year % 4 == 0 ? 29 : days[month];
}

static void note_part(void *ctx, const char *part)
{
    struct days *d = ctx;
    int year = 0, month = 0, day = 0, said = sscanf(part, "%d-%d-%d", &year, &month, &day);

    assert_in_range(year, FIRST, FIRST + YEARS - 1);
    assert_true(d->parts < PARTS_MOST && strlen(part) < sizeof d->part[0]);
    snprintf(d->part[d->parts++], sizeof d->part[0], "%s", part);
    for (int m = said > 1 ? month : 1; m <= (said > 1 ? month : 12); m++)
        for (int n = said > 2 ? day : 1; n <= (said > 2 ? day : days_of(year, m)); n++)
            d->covered[year - FIRST][m][n]++;
}

static bool has(const struct days *d, const char *part)
{
    for (int i = 0; i < d->parts; i++)
        if (strcmp(d->part[i], part) == 0)
            return true;
    return false;
}

/* Whether all days of a month, or all months of a year, are named one by one. */
static bool could_be_fewer(const struct days *d)
{
    char name[40];

    for (int y = FIRST; y < FIRST + YEARS; y++) {
        int months = 0;

        for (int m = 1; m <= 12; m++) {
            int days = 0;

            for (int n = 1; n <= days_of(y, m); n++) {
                snprintf(name, sizeof name, "%04d-%02d-%02d", y, m, n);
                days += has(d, name);
            }
            snprintf(name, sizeof name, "%04d-%02d", y, m);
            months += has(d, name);
            if (days == days_of(y, m))
                return true;
        }
        if (months == 12)
            return true;
    }
    return false;
}

static void try_range(int64_t low, int64_t high, const char *first, const char *last)
{
    static struct days d;
    char text[100];
    struct period p;

    memset(&d, 0, sizeof d);
    snprintf(text, sizeof text, "%s..%s", first, last);
    p = period_of(text);
    period_cover(&p, note_part, &d);
    for (int y = 0; y < YEARS; y++) {
        for (int m = 1; m <= 12; m++) {
            for (int n = 1; n <= days_of(FIRST + y, m); n++) {
                int64_t day = (y * 12 + m) * 32 + n;

                if (d.covered[y][m][n] != (day >= low && day <= high))
                    fail_msg("%s covers %d-%d-%d %d times", text, FIRST + y, m, n, d.covered[y][m][n]);
            }
        }
    }
    if (could_be_fewer(&d))
        fail_msg("%s is covered by %d, which could be fewer", text, d.parts);
}

CHECK(each_day_of_it_is_covered_once_by_as_few_as_can_be)
{
    uint64_t random = 5;
    char day[2][36];

    for (int i = 0; i < 400; i++) {
        int64_t at[2];

        for (int k = 0; k < 2; k++) {
            int y = (int)dice(&random, YEARS), m = 1 + (int)dice(&random, 12), n = days_of(FIRST + y, m);

            n = dice(&random, 3) ? 1 + (int)dice(&random, (uint64_t)n) : k ? n : 1;
            at[k] = (y * 12 + m) * 32 + n;
            snprintf(day[k], sizeof day[k], "%04d-%02d-%02d", FIRST + y, m, n);
        }
        if (at[0] <= at[1])
            try_range(at[0], at[1], day[0], day[1]);
    }
    try_range((12 + 1) * 32 + 15, (12 + 2) * 32 + 28, "2016-01-15", "2016-02-28"); /* of a leap year */
    try_range(1 * 32 + 1, (3 * 12 + 12) * 32 + 31, "2015", "2018");
}

CHECK_MAIN(T(a_year_a_month_or_a_day_is_all_of_it), T(a_range_ends_with_all_of_its_end), T(what_is_none_is_said),
           T(each_day_of_it_is_covered_once_by_as_few_as_can_be))
