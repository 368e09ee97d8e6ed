/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "parse/dates.h"
#include "parse/datewords.h"

struct form {
    const char *line, *found, *date;
};

static const struct form absolute[] = {
    {"2020년 3월 4일 오후 3:20", "2020년 3월 4일 오후 3:20", "2020-03-04T15:20"},
    {"17 Agustus 2019", "17 Agustus 2019", "2019-08-17"},
    {"2023年3月12日 7時21分", "2023年3月12日 7時21分", "2023-03-12T07:21"},
    {"2023年03月12日(日) 10:05", "2023年03月12日(日) 10:05", "2023-03-12T10:05"},
    {"2019年11月28日 下午3:20", "2019年11月28日 下午3:20", "2019-11-28T15:20"},
    {"3 أكتوبر، 2022 الساعة 5:20 م", "3 أكتوبر، 2022 الساعة 5:20 م", "2022-10-03T17:20"},
    {"29 בינואר 2023 בשעה 18:30", "29 בינואר 2023 בשעה 18:30", "2023-01-29T18:30"},
    {"5. kesäkuuta 2014 klo 12.15", "5. kesäkuuta 2014", "2014-06-05"},
    {"12 Ιουνίου 2014", "12 Ιουνίου 2014", "2014-06-12"},
    {"November 12, 2012 at 5:49 am", "November 12, 2012 at 5:49 am", "2012-11-12T05:49"},
    {"August 9th, 2012", "August 9th, 2012", "2012-08-09"},
    {"ElizabethOctober 29, 2012 1:24 PM", "October 29, 2012 1:24 PM", "2012-10-29T13:24"},
    {"Dan Renae7/15/2012", "7/15/2012", "2012-07-15"},
    {"DKB @ NYU 07.21.12 at 17:46", "07.21.12 at 17:46", "2012-07-21T17:46"},
    {"2012-10-16", "2012-10-16", "2012-10-16"},
    {"seen 2020-08-28T23:40:12.345+02:00 here", "2020-08-28T23:40:12.345+02:00", "2020-08-28T23:40"},
    {"2 Jennifer Adams November 8, 2012 at 5:45 AM", "November 8, 2012 at 5:45 AM", "2012-11-08T05:45"},
    {"18. Jul, 2012 / CheezyK says:", "18. Jul, 2012", "2012-07-18"},
    {"Tue Jul 24, 2012 10:14 AM EDT", "Tue Jul 24, 2012 10:14 AM EDT", "2012-07-24T10:14"},
    {"Posted by: omni  Mar 22, 2007 12:56:24 AM", "Mar 22, 2007 12:56:24 AM", "2007-03-22T00:56"},
    {"Fri 28th August 2020 | 11:40 PM", "Fri 28th August 2020 | 11:40 PM", "2020-08-28T23:40"},
    {"Chris Huang \xE2\x80\x94 July 10th, 2012, 1:26 am", "July 10th, 2012, 1:26 am", "2012-07-10T01:26"},
    {"August 9, 2012 at 12:45 pm (UTC -4)", "August 9, 2012 at 12:45 pm (UTC -4)", "2012-08-09T12:45"},
    {"Fri, 2012-11-09 18:05 \xE2\x80\x94 Jeff", "Fri, 2012-11-09 18:05", "2012-11-09T18:05"},
    {"Thu, 08/19/2012 - 13:04 | malikai", "Thu, 08/19/2012 - 13:04", "2012-08-19T13:04"},
    {"19. Februar 2017 20:00", "19. Februar 2017 20:00", "2017-02-19T20:00"},
    {"Mittwoch, 3. März 2021 um 19:36 Uhr", "Mittwoch, 3. März 2021 um 19:36 Uhr", "2021-03-03T19:36"},
    {"RockyRider66, 26. Januar 2022 13:05", "26. Januar 2022 13:05", "2022-01-26T13:05"},
    {"Stand: 12.7.2012, 9.40 Uhr", "12.7.2012, 9.40 Uhr", NULL},
    {"le 14 juillet 2019 à 20h15", "14 juillet 2019 à 20h15", "2019-07-14T20:15"},
    {"lundi 1er août 2016", "lundi 1er août 2016", "2016-08-01"},
    {"5 de mayo de 2012 a las 18:30", "5 de mayo de 2012 a las 18:30", "2012-05-05T18:30"},
    {"29 de março de 2018 às 10:02", "29 de março de 2018 às 10:02", "2018-03-29T10:02"},
    {"martedì 3 luglio 2018 alle ore 9:15", "martedì 3 luglio 2018 alle ore 9:15", "2018-07-03T09:15"},
    {"zaterdag 5 mei 2018 om 12:00", "zaterdag 5 mei 2018 om 12:00", "2018-05-05T12:00"},
    {"12 października 2019 o godz. 14:05", "12 października 2019 o godz. 14:05", "2019-10-12T14:05"},
    {"28 августа 2020 в 23:40", "28 августа 2020 в 23:40", "2020-08-28T23:40"},
    {"1 ВЕРЕСНЯ 2021, 08:00", "1 ВЕРЕСНЯ 2021, 08:00", "2021-09-01T08:00"},
    {"12. 7. 2012 v 8:15", "12. 7. 2012 v 8:15", NULL},
    {"5. února 2015", "5. února 2015", "2015-02-05"},
    {"3 Ağustos 2014", "3 Ağustos 2014", "2014-08-03"},
    {"den 4 oktober 2013 kl. 10:30", "4 oktober 2013 kl. 10:30", "2013-10-04T10:30"},
    {"2012年10月6日", "2012年10月6日", "2012-10-06"},
    {"9:40 am on July 5, 2012", "9:40 am on July 5, 2012", "2012-07-05T09:40"},
    {"28-Aug-2020 23:40", "28-Aug-2020 23:40", "2020-08-28T23:40"},
    {"24/03/16, 02:31 pm", "24/03/16, 02:31 pm", "2016-03-24T14:31"},
    {"Oct 21, 2016 9:14am", "Oct 21, 2016 9:14am", "2016-10-21T09:14"},
    {"On October 26, 2012 at 2:08am, Rosa said...", "October 26, 2012 at 2:08am", "2012-10-26T02:08"},
};

CHECK(reads_absolute_forms)
{
    size_t i;

    for (i = 0; i < sizeof absolute / sizeof absolute[0]; i++) {
        const struct form *f = &absolute[i];
        struct dates_found d;
        char got[DATES_ROOM], text[200];

        if (!dates_find(f->line, strlen(f->line), 0, &d))
            fail_msg("no date in \"%s\"", f->line);
        snprintf(text, sizeof text, "%.*s", (int)(d.end - d.start), f->line + d.start);
        assert_string_equal(text, f->found);
        if (f->date == NULL) {
            assert_true(d.order_open);
        } else {
            assert_true(dates_format(&d, got));
            assert_string_equal(got, f->date);
        }
    }
}

struct relation {
    const char *line, *found;
    long ago;
};

CHECK(reads_relative_forms)
{
    static const struct relation forms[] = {
        {"thecrus8r  \xE2\x80\xA2  15 minutes ago", "15 minutes ago", 15},
        {"vor 3 Stunden", "vor 3 Stunden", 180},
        {"Anna vor einem Tag", "vor einem Tag", 1440},
        {"hace 2 días", "hace 2 días", 2880},
        {"il y a 4 heures", "il y a 4 heures", 240},
        {"há 2 horas", "há 2 horas", 120},
        {"2 ore fa", "2 ore fa", 120},
        {"3 dagen geleden", "3 dagen geleden", 4320},
        {"5 minut temu", "5 minut temu", 5},
        {"2 часа назад", "2 часа назад", 120},
        {"před 3 dny", "před 3 dny", 4320},
        {"2 saat önce", "2 saat önce", 120},
        {"för 3 timmar sedan", "för 3 timmar sedan", 180},
        {"an hour ago", "an hour ago", 60},
        {"NAME 3h", "3h", 180},
        {"13 hours ago", "13 hours ago", 780},
        {"yesterday at 5:30 pm", "yesterday at 5:30 pm", 1440},
        {"just now", "just now", 0},
    };
    size_t i;

    for (i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct dates_found d;
        char text[200];

        if (!dates_find(forms[i].line, strlen(forms[i].line), 0, &d))
            fail_msg("no date in \"%s\"", forms[i].line);
        snprintf(text, sizeof text, "%.*s", (int)(d.end - d.start), forms[i].line + d.start);
        assert_string_equal(text, forms[i].found);
        assert_true(d.relative);
        assert_int_equal(d.ago, forms[i].ago);
        assert_false(dates_format(&d, text));
    }
}

CHECK(finds_no_date_where_there_is_none)
{
    static const char *const lines[] = {
        "",
        "nothing at all",
        "192.168.1.10 is a host",
        "we may 5 times out of 10 agree",
        "version 1.2.3",
        "it cost 12.50 or 3,500",
        "12/34/2012",
        "5 hours of work",
        "Genesis chapter 41",
        "call 0171 2345678",
        "a 3 hour tour",
        "9999-99-99",
        "99999999999999999999",
        "\xFF\xFE 31. \x80",
        "Mai",
    };
    size_t i;

    for (i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct dates_found d;

        if (dates_find(lines[i], strlen(lines[i]), 0, &d))
            fail_msg("a date in \"%s\": %d-%d-%d %d:%d, %d", lines[i], d.year, d.month, d.day, d.hour,
                     d.minute, d.relative);
    }
}

CHECK(a_time_alone_says_so)
{
    struct dates_found d;

    assert_true(dates_find("6:46 AM", 7, 0, &d));
    assert_true(d.time_only);
    assert_int_equal(d.hour, 6);
    assert_true(dates_find("um 19:36 Uhr", 12, 0, &d));
    assert_true(d.time_only);
    assert_int_equal(d.hour, 19);
    assert_true(dates_find("12:05 am", 8, 0, &d));
    assert_int_equal(d.hour, 0);
}

CHECK(finds_one_after_another)
{
    static const char line[] = "June 1, 2010 was before 2 July 2011 and 2012-01-03";
    struct dates_found d;
    size_t from = 0;
    int years = 0, n = 0;

    while (dates_find(line, strlen(line), from, &d)) {
        assert_true(d.start >= from && d.end > d.start && d.end <= strlen(line));
        years += d.year;
        from = d.end;
        n++;
    }
    assert_int_equal(n, 3);
    assert_int_equal(years, 2010 + 2011 + 2012);
}

static struct dates_found one(const char *line)
{
    struct dates_found d;

    assert_true(dates_find(line, strlen(line), 0, &d));
    return d;
}

CHECK(another_date_of_the_page_decides_the_order)
{
    struct dates_found d[2] = {one("05/06/2012"), one("17/06/2012")};

    dates_settle_order(d, 2, false);
    assert_false(d[0].order_open);
    assert_int_equal(d[0].day, 5);
    assert_int_equal(d[0].month, 6);
    d[0] = one("05/06/2012");
    d[1] = one("06/17/2012");
    dates_settle_order(d, 2, true);
    assert_int_equal(d[0].month, 5);
}

CHECK(the_run_of_the_dates_decides_the_order)
{
    /* days of one week in October, if the day comes first; ten months if not */
    struct dates_found d[3] = {one("03/10/2012"), one("05/10/2012"), one("09/10/2012")};

    dates_settle_order(d, 3, false);
    assert_int_equal(d[1].day, 5);
    assert_int_equal(d[1].month, 10);
    d[0] = one("11.05.12 at 4:07 pm");
    d[1] = one("11.05.12 at 4:07 pm");
    dates_settle_order(d, 1, true);
    assert_int_equal(d[0].month, 11);
    d[0] = one("11.05.12");
    dates_settle_order(d, 1, false);
    assert_int_equal(d[0].month, 5);
}

CHECK(no_such_day_is_not_written)
{
    char out[DATES_ROOM];
    struct dates_found d = one("February 31, 2012");

    assert_false(dates_format(&d, out));
    assert_string_equal(out, "");
    d = one("October 2012");
    assert_int_equal(d.day, 0);
    assert_false(dates_format(&d, out));
}

CHECK(day_numbers_follow_the_calendar)
{
    struct dates_found a = one("February 28, 2012"), b = one("March 1, 2012"), c = one("March 1, 2013");

    assert_int_equal(dates_day_number(&b) - dates_day_number(&a), 2);
    assert_int_equal(dates_day_number(&c) - dates_day_number(&b), 365);
}

CHECK(every_byte_string_is_safe)
{
    uint64_t seed = 7;
    int round;

    for (round = 0; round < 20000; round++) {
        static const char bits[] = "0123456789 .,/-:'h\xE5\xB9\xB4\xC2\xA0MayamT@(";
        char line[40];
        size_t len = (size_t)(round % 40), i;
        struct dates_found d;

        for (i = 0; i < len; i++)
            line[i] = bits[dice(&seed, sizeof bits - 1)];
        if (dates_find(line, len, 0, &d)) {
            assert_true(d.start < d.end);
            assert_true(d.end <= len);
        }
    }
}

CHECK(the_table_is_sorted)
{
    size_t i;

    for (i = 1; dateword_at(i) != NULL; i++)
        assert_true(strcmp(dateword_at(i - 1)->text, dateword_at(i)->text) < 0);
    assert_true(i > 300);
    for (i = 0; dateword_at(i) != NULL; i++)
        assert_ptr_equal(dateword_find(dateword_at(i)->text, strlen(dateword_at(i)->text)), dateword_at(i));
    assert_null(dateword_find("notadate", 8));
    assert_int_equal(dateword_find("ЯНВАРЯ", strlen("ЯНВАРЯ"))->value, 1);
}

CHECK(every_word_that_opens_a_date_does)
{
    size_t i, opened = 0;

    for (i = 0; dateword_at(i) != NULL; i++) {
        const struct dateword *w = dateword_at(i);
        struct dates_found d;
        char line[60];

        if (w->kind != W_DAY && w->kind != W_ONE)
            continue;
        snprintf(line, sizeof line, "%s %s", w->text, w->kind == W_DAY ? "10:30" : "hour ago");
        assert_true(dates_find(line, strlen(line), 0, &d));
        assert_true(d.relative);
        assert_int_equal(d.start, 0);
        opened++;
    }
    assert_true(opened > 30);
}

CHECK_MAIN(T(reads_absolute_forms), T(reads_relative_forms), T(finds_no_date_where_there_is_none),
           T(a_time_alone_says_so), T(finds_one_after_another), T(another_date_of_the_page_decides_the_order),
           T(the_run_of_the_dates_decides_the_order), T(no_such_day_is_not_written),
           T(day_numbers_follow_the_calendar), T(every_byte_string_is_safe), T(the_table_is_sorted),
           T(every_word_that_opens_a_date_does))
