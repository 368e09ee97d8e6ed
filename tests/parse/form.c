/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/buf.h"
#include "parse/form.h"

#include <string.h>

static struct form_line line_of(const char *s)
{
    return (struct form_line){.s = s, .len = strlen(s)};
}

/* date: the part of s that is one, NULL for none. */
static void expect_form(const char *s, const char *date, enum form_how how, const char *want)
{
    struct form_line l = line_of(s);
    struct buf b;

    if (date) {
        l.date = (size_t)(strstr(s, date) - s);
        l.date_end = l.date + strlen(date);
    }
    buf_init(&b);
    form_add(&b, &l, how);
    assert_string_equal(b.data, want);
    assert_true(form_fits(b.data, &l));
    buf_release(&b);
}

static bool fits(const char *form, const char *s)
{
    struct form_line l = line_of(s);

    return form_fits(form, &l);
}

CHECK(a_line_fits_its_own_form)
{
    expect_form("Anna Holm says:", NULL, FORM_NAMES, "{name} says:");
    expect_form("Anna Holm says:", NULL, FORM_WORDS, "Anna Holm says:");
    expect_form("J. R. Ewing", NULL, FORM_NAMES, "{name}");
    expect_form("Mary O'Brien-Smith wrote", NULL, FORM_NAMES, "{name} wrote");
    expect_form("3 May 2014 at 17:32", "3 May 2014", FORM_NAMES, "{date} at {n}:{n}");
    expect_form("Read 12 more (of 340)", NULL, FORM_WORDS, "Read {n} more (of {n})");
    expect_form("Иван Петров пишет:", NULL, FORM_NAMES, "{name} пишет:");
    expect_form("•  Ärger", NULL, FORM_WORDS, "• Ärger");
}

CHECK(forms_fit_their_like_and_nothing_else)
{
    assert_true(fits("{name} says:", "Bob SAYS:"));
    assert_true(fits("{name} says:", "jbloggs92 says:"));
    assert_true(fits("{name} says:", "J. R. R. van Dam says:"));
    assert_false(fits("{name} says:", "says:"));
    assert_false(fits("{name} says:", "Bob says"));
    assert_false(fits("{name} says:", "One two three four five six says:"));
    assert_false(fits("{name} says:", "\"Bob\" says:"));
    assert_true(fits("{n} comments", "12 comments"));
    assert_false(fits("{n} comments", "Twelve comments"));
    assert_true(fits("Straße", "STRASSE"));
    assert_true(fits("", "whatever"));
    assert_true(fits("{line}", "whatever, really"));
    assert_false(fits("{text}", "whatever"));
    assert_false(fits("{start}", "whatever"));
}

static void expect_name(const char *form, const char *s, const char *want)
{
    struct form_line l = line_of(s);
    size_t start, end;

    if (!form_name(form, &l, &start, &end)) {
        assert_null(want);
        return;
    }
    assert_non_null(want);
    assert_int_equal(end - start, strlen(want));
    assert_memory_equal(s + start, want, end - start);
}

CHECK(a_form_tells_the_name_in_a_line)
{
    expect_name("{name} says:", "J. R. van Dam says:", "J. R. van Dam");
    expect_name("Posted by {name} at {n}:{n}", "posted by dave99 at 12:30", "dave99");
    expect_name("{name}", "Anna", "Anna");
    expect_name("{name} to {name}", "Anna to Bob", NULL);
    expect_name("says {n}", "says 3", NULL);
    expect_name("{name} says:", "Anna writes:", NULL);
}

CHECK(prose_and_the_ends_of_a_page_are_forms)
{
    struct form_line prose = {.s = "It rained.", .len = 10, .prose = true}, start = {.first = true}, end = {0};
    struct buf b;

    buf_init(&b);
    form_add(&b, &prose, FORM_NAMES);
    assert_string_equal(b.data, "{text}");
    assert_true(form_fits("{text}", &prose));
    assert_true(form_fits("{start}", &start));
    assert_false(form_fits("{start}", &end));
    assert_true(form_fits("{end}", &end));
    assert_false(form_fits("{line}", &end));
    buf_release(&b);
}

CHECK(what_has_no_words_of_its_own_is_no_rule)
{
    assert_true(form_is_own("{name} says:"));
    assert_true(form_is_own("{date}"));
    assert_true(form_is_own("{n}"));
    assert_false(form_is_own("{name}"));
    assert_false(form_is_own("{text}"));
    assert_false(form_is_own("{start}"));
    assert_false(form_is_own(""));
}

/* A rule is read from a file: whatever stands there must come to an end, and soon. */
CHECK(hostile_forms_and_lines_end)
{
    char form[4096], line[4096];
    size_t i;

    for (i = 0; i + 6 < sizeof form; i += 6)
        memcpy(form + i, "{name}", 7);
    for (i = 0; i + 2 < sizeof line; i += 2)
        memcpy(line + i, "a ", 3);
    assert_false(fits(form, line));
    form[FORM_TOKENS * 6] = '\0';
    line[FORM_TOKENS * 2] = '\0';
    assert_true(fits(form, line));
    assert_false(fits("{name", "name"));
    assert_false(fits("{", "\xFF\xFE"));
    assert_true(fits("{", "{"));
}

CHECK_MAIN(T(a_line_fits_its_own_form), T(forms_fit_their_like_and_nothing_else), T(a_form_tells_the_name_in_a_line),
           T(prose_and_the_ends_of_a_page_are_forms), T(what_has_no_words_of_its_own_is_no_rule),
           T(hostile_forms_and_lines_end))
