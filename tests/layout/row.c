/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "layout/row.h"
#include "show.h"

static const struct row_facts storm = {
    .title = "Harbour lights go out as the storm turns north again",
    .site = "The Saltmarsh Courier",
    .published = "2020-08-28T23:40",
    .file = "a.txt",
    .comments = 5,
    .minutes = 2,
    .unread = true,
    .starred = true,
};

static void expect(const struct row_facts *f, struct row_options o, const char *text)
{
    struct row r;

    row_init(&r);
    row_set(&r, f, &o);
    show_expect(&r.line, o.columns, text);
    row_release(&r);
}

CHECK(sets_all_columns)
{
    expect(&storm, (struct row_options){.columns = 84},
           " ●★28 Aug 2020  The Saltmarsh C…  Harbour lights go out as the storm…     5c   2 min");
    expect(&storm, (struct row_options){.columns = 80, .year_shown = true},
           " ●★28 Aug  The Saltmarsh C…  Harbour lights go out as the storm t…    5c   2 min");
}

CHECK(gives_way_in_order)
{
    struct row_options o = {.year_shown = true};

    o.columns = 66;
    expect(&storm, o, " ●★28 Aug  The Saltmarsh C…  Harbour lights go out as the s…    5c");
    o.columns = 58;
    expect(&storm, o, " ●★28 Aug  The Saltmarsh C…  Harbour lights go out as the…");
    o.columns = 44;
    expect(&storm, o, " ●★28 Aug  Harbour lights go out as the sto…");
    o.columns = 27;
    expect(&storm, o, " ●★Harbour lights go out a…");
    o.columns = 5;
    expect(&storm, o, " ●★H…");
    o.columns = 1;
    expect(&storm, o, "");
}

CHECK(sets_the_narrow_form)
{
    expect(&storm, (struct row_options){.columns = 44, .narrow = true, .year_shown = true},
           " ●★28 Aug  Harbour lights go out as the sto…");
}

static void expect_format(const char *format, const struct row_facts *f, int columns, const char *text)
{
    struct row_format read;
    struct err e = ERR_INIT;

    if (!row_format_read(format, &read, &e))
        fail_msg("%s", e.text);
    expect(f, (struct row_options){.columns = columns, .format = &read, .year_shown = true}, text);
}

CHECK(sets_the_columns_of_a_format)
{
    struct row_facts f = storm;

    f.number = 1204;
    f.tags = "later work";
    expect_format("%i %f %T", &f, 60, "    1204 ●★ Harbour lights go out as the storm turns north…");
    expect_format("%-5i|%20S|%T %-3c", &f, 70, " 1204 |The Saltmarsh Couri…|Harbour lights go out as the storm tu… 5c");
    expect_format("%D: %T", &f, 44, " 28 Aug: Harbour lights go out as the storm…");
    expect_format("%T  %t", &f, 40, " Harbour lights go out as t…  later work");
    expect_format("%T  %4t", &f, 40, " Harbour lights go out as the sto…  lat…");
    expect_format("100%% %T", &f, 40, " 100% Harbour lights go out as the stor…");
    expect_format("%p %T", &f, 60, " a.txt                    Harbour lights go out as the stor…");
    expect_format("%D %S", &f, 20, " 28 Aug");
    expect_format("", &f, 20, "");
    f.tags = NULL;
    expect_format("%T  %t", &f, 40, " Harbour lights go out as the storm tur…");
}

/* Whatever the format and the width, a row stays in its pane. */
CHECK(no_format_is_wider_than_its_pane)
{
    static const char *const formats[] = {ROW_FORMAT, "%99T%99S%99D", "%1T%1S%1D%1c%1r%1i%1p%1t%1f",
                                          "%i%i%i%i%T%i%i%i%i", "words alone", "%S  %S  %S", "%T%T",
                                          "%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f"};
    struct row_facts f = storm;

    f.number = 7;
    f.tags = "a b";
    for (size_t n = 0; n < sizeof formats / sizeof formats[0]; n++) {
        struct row_format format;
        struct err e = ERR_INIT;

        assert_true(row_format_read(formats[n], &format, &e));
        for (int columns = 0; columns < 130; columns++) {
            struct row_options o = {.columns = columns, .format = &format, .narrow = columns % 2};
            struct row r;

            row_init(&r);
            row_set(&r, &f, &o);
            for (int i = 0; i < r.line.run_count; i++)
                assert_true(r.line.runs[i].column + r.line.runs[i].columns <= columns);
            row_release(&r);
        }
    }
}

CHECK(says_what_is_wrong_with_a_format)
{
    struct row_format f;
    struct err e = ERR_INIT, many = ERR_INIT;

    assert_false(row_format_read("%T %12x", &f, &e));
    assert_string_equal(e.text, "'%12x' is no column: there are %f %D %S %T %t %c %r %i %p");
    assert_false(row_format_read("%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f%f", &f, &many));
    assert_string_equal(many.text, "a list has up to 24 columns");
}

CHECK(shows_what_is_picked_and_hidden)
{
    struct row_facts f = storm;

    f.picked = f.hidden = true;
    expect(&f, (struct row_options){.columns = 30, .year_shown = true}, " ✓×Harbour lights go out as t…");
    expect(&f, (struct row_options){.columns = 30, .year_shown = true, .ascii = true},
           " +xHarbour lights go out as...");
}

CHECK(says_what_is_not_known)
{
    struct row_facts f = {.comments = -1, .file = "page\x1b.txt"};

    expect(&f, (struct row_options){.columns = 70}, "   ·                              page␛.txt");
    f.file = NULL;
    expect(&f, (struct row_options){.columns = 30}, "   (no headline)");
}

CHECK(cuts_wide_headlines_at_a_cluster)
{
    struct row_facts f = storm;

    f.title = "漢字漢字漢字漢字漢字漢字漢字";
    expect(&f, (struct row_options){.columns = 27}, " ●★漢字漢字漢字漢字漢字漢…");
    expect(&f, (struct row_options){.columns = 28}, " ●★漢字漢字漢字漢字漢字漢字…");
}

CHECK(stands_in_ascii)
{
    struct row_facts f = storm;

    f.published = NULL;
    f.title = "“Café” by the sea and a longer tail of words to cut";
    expect(&f, (struct row_options){.columns = 60, .ascii = true},
           " *+.            The Saltmarsh...  \"Cafe\" by the sea and a...");
    expect(&f, (struct row_options){.columns = 42, .ascii = true, .year_shown = true},
           " *+.       \"Cafe\" by the sea and a long...");
}

CHECK(shortens_large_counts)
{
    struct row_facts f = storm;

    f.comments = 50000;
    f.minutes = 200;
    f.site = NULL;
    f.unread = f.starred = false;
    expect(&f, (struct row_options){.columns = 80, .year_shown = true},
           "   28 Aug                    Harbour lights go out as the storm t…  50kc     3 h");
    f.comments = 2000000;
    expect(&f, (struct row_options){.columns = 80, .year_shown = true},
           "   28 Aug                    Harbour lights go out as the storm t…   2Mc     3 h");
}

static void dates(const char *in, bool year, bool time, const char *out)
{
    struct buf b;

    buf_init(&b);
    row_add_date(&b, in, year, time);
    assert_string_equal(b.data, out);
    buf_release(&b);
}

CHECK(writes_dates)
{
    dates("2020-08-28T23:40", true, true, "28 Aug 2020, 23:40");
    dates("2020-08-28T23:40", true, false, "28 Aug 2020");
    dates("2020-08-08", false, true, "8 Aug");
    dates("2020-08", true, true, "Aug 2020");
    dates("2020", false, true, "2020");
    dates(NULL, true, true, "·");
    dates("soon", true, true, "·");
    dates("2020-19-28", true, true, "2020");
    dates("2020-12-31T99:99", true, true, "31 Dec 2020");
}

CHECK(tells_the_details)
{
    struct row_detail d = {.title = storm.title,
                           .published = storm.published,
                           .author = "Ann Quayle",
                           .dateline = "PORT ISAAC (Coast Wire)",
                           .locator = "clippings/2020/a-rather-long-name.txt"};
    struct row headline, about;

    row_init(&headline);
    row_init(&about);
    row_set_detail(&headline, &about, &d, 80, false);
    show_expect(&headline.line, 80, storm.title);
    show_expect(&about.line, 80,
                "28 Aug 2020, 23:40 · Ann Quayle · PORT ISAAC (Coast Wire) · clippings…g-name.txt");
    row_set_detail(&headline, &about, &d, 20, true);
    show_expect(&headline.line, 20, "Harbour lights go...");
    show_expect(&about.line, 20, "28 Aug 2020, 23:4...");
    d = (struct row_detail){.file = "x"};
    row_set_detail(&headline, &about, &d, 1, false);
    show_expect(&headline.line, 1, "x");
    show_expect(&about.line, 1, "");
    row_release(&headline);
    row_release(&about);
}

CHECK_MAIN(T(sets_the_columns_of_a_format), T(no_format_is_wider_than_its_pane),
           T(says_what_is_wrong_with_a_format), T(shows_what_is_picked_and_hidden),
           T(sets_all_columns), T(gives_way_in_order), T(sets_the_narrow_form), T(says_what_is_not_known),
           T(cuts_wide_headlines_at_a_cluster), T(stands_in_ascii), T(shortens_large_counts), T(writes_dates),
           T(tells_the_details))
