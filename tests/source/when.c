/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "source/when.h"

CHECK(reads_what_formats_write)
{
    static const char *const cases[][2] = {
        {"2020-08-28", "2020-08-28"},
        {"2020-08-28T23:40:11Z", "2020-08-28T23:40"},
        {"2020-08-28T23:40:11.123+02:00", "2020-08-28T23:40"},
        {"2020-08-28 23:40:00", "2020-08-28T23:40"},
        {"2019-01-01 00:00:00", "2019-01-01"},
        {" 2020/8/9 7:05", "2020-08-09T07:05"},
        {"20200828", "2020-08-28"},
        {"20200828T101500Z", "2020-08-28"},
        {"20200828101500", "2020-08-28T10:15"},
        {"08-28-2020", "2020-08-28"},
        {"28.08.2020 12:30", "2020-08-28T12:30"},
        {"28/08/2020", "2020-08-28"},
        {"Fri, 28 Aug 2020 23:40:00 +0000", "2020-08-28T23:40"},
        {"28 Aug 2020 23:40 -0500", "2020-08-28T23:40"},
        {"Fri Aug 28 23:40:00 2020", "2020-08-28T23:40"},
        {"August 28, 2020", "2020-08-28"},
        {"Sept. 3, 2020, 11:05 PM", "2020-09-03T23:05"},
        {"Sept. 3, 2020, 12:00 AM", "2020-09-03T00:00"},
        {"1598658011", "2020-08-28T23:40"},
        {"1598658011.0", "2020-08-28T23:40"},
        {"1598658011123", "2020-08-28T23:40"},
        {"2024-02-29", "2024-02-29"},
    };
    char out[WHEN_SIZE];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(when_read(cases[i][0], out));
        assert_string_equal(out, cases[i][1]);
    }
}

CHECK(refuses_what_is_no_date)
{
    static const char *const cases[] = {"",           "yesterday",     "2020",       "2020-13-01", "2020-02-30",
                                        "2023-02-29", "0000-00-00",    "12",         "May",        "28 Aug",
                                        "99999999",   "a long string", "1-2-3-4-5",  "12:30",      "-5",
                                        "2020-8",     "0001-01-01",    "20201301",   "august 2020"};
    char out[WHEN_SIZE];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (when_read(cases[i], out))
            fail_msg("'%s' read as %s", cases[i], out);
}

CHECK(seconds_and_milliseconds)
{
    char out[WHEN_SIZE];

    assert_true(when_seconds(1598658011, out));
    assert_string_equal(out, "2020-08-28T23:40");
    assert_true(when_seconds(1598658011000.0, out));
    assert_string_equal(out, "2020-08-28T23:40");
    assert_false(when_seconds(0, out));
    assert_false(when_seconds(-1, out));
    assert_false(when_seconds(0.0 / 0.0, out));
    assert_false(when_seconds(1e300, out));
}

CHECK(keeps_a_date_in_an_arena)
{
    struct arena arena;

    arena_init(&arena);
    assert_string_equal(when_keep("28 Aug 2020", &arena), "2020-08-28");
    assert_null(when_keep("soon", &arena));
    assert_null(when_keep(NULL, &arena));
    arena_release(&arena);
}

CHECK_MAIN(T(reads_what_formats_write), T(refuses_what_is_no_date), T(seconds_and_milliseconds),
           T(keeps_a_date_in_an_arena))
