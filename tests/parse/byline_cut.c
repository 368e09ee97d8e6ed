/* SPDX-License-Identifier: ISC */
/* Where names begin and end in bylines: capitals, particles, initials, aliases, and the words that are none of them. */
#include "parse/byline_cut.h"

#include "../check.h"

#include <string.h>

static void ends_at(const char *line, const char *name)
{
    struct byline_run run = {0, strlen(line)};

    byline_trim(line, &run);
    run.end = byline_name_end(line, &run);
    byline_trim(line, &run);
    if (run.end - run.start != strlen(name) || memcmp(line + run.start, name, run.end - run.start) != 0)
        fail_msg("of \"%s\": \"%.*s\" instead of \"%s\"", line, (int)(run.end - run.start), line + run.start, name);
}

static void names_end_where_no_name_goes_on(void **state)
{
    (void)state;
    ends_at("Ingrid Moe is a reporter", "Ingrid Moe");
    ends_at(" · Ingrid Moe | The Gazette", "Ingrid Moe");
    ends_at("Ludwig van der Brugge, Utrecht", "Ludwig van der Brugge");
    ends_at("T. Okafor (Lagos)", "T. Okafor");
    ends_at("Ingrid Moe and others", "Ingrid Moe");
    ends_at("Zoë Å. Ørsted: the ferry", "Zoë Å. Ørsted");
    ends_at("John O’Malley-Smith 12 March", "John O’Malley-Smith");
}

static void a_word_glued_on_is_cut_off(void **state)
{
    (void)state;
    ends_at("Ingrid SolbergPublished", "Ingrid Solberg");
    ends_at("Ingrid McAllister", "Ingrid McAllister");
}

static void an_alias_is_one_word_with_its_digits(void **state)
{
    (void)state;
    ends_at("oldsalt77 says", "oldsalt77");
    ends_at("harbour cat", "harbour");
    ends_at("Delta201 writes", "Delta201");
}

static void what_is_no_name_leaves_nothing(void **state)
{
    (void)state;
    ends_at("", "");
    ends_at("– | · …", "");
    ends_at("2019", "");
}

static void strips(const struct phrases *p, const char *line, const char *name)
{
    struct byline_run run = {0, strlen(line)};

    byline_strip_end(p, line, &run);
    if (run.start != 0 || run.end != strlen(name) || memcmp(line, name, run.end) != 0)
        fail_msg("of \"%s\": \"%.*s\" instead of \"%s\"", line, (int)(run.end - run.start), line + run.start, name);
}

static void roles_and_words_of_publishing_are_taken_off_the_end(void **state)
{
    struct err e = {0};
    struct phrases *p = phrases_open(&e);

    (void)state;
    assert_non_null(p);
    strips(p, "Ingrid Moe Updated", "Ingrid Moe");
    strips(p, "Ingrid Moe, Staff Writer", "Ingrid Moe");
    strips(p, "Ingrid Moe", "Ingrid Moe");
    strips(p, "Updated", "Updated");
    phrases_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_end_where_no_name_goes_on),
        cmocka_unit_test(a_word_glued_on_is_cut_off),
        cmocka_unit_test(an_alias_is_one_word_with_its_digits),
        cmocka_unit_test(what_is_no_name_leaves_nothing),
        cmocka_unit_test(roles_and_words_of_publishing_are_taken_off_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
