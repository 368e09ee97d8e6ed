/* SPDX-License-Identifier: ISC */
#include "sample.h"

#include "store/sites.h"
#include "store/voice.h"

enum { APPEAL = 7, MENU = 8 };

/* Page n of a site: the appeal, and three lines of its own. */
static bool count_page(struct sites *s, int64_t site, uint64_t n)
{
    uint64_t line[] = {APPEAL, 1000 + n * 3, 1001 + n * 3, 1002 + n * 3};

    return sites_count(s, site, line, sizeof line / sizeof line[0]);
}

static unsigned share(const struct sites *s, int64_t site, uint64_t line)
{
    struct voice *v = sites_voice(s);
    unsigned share = voice_share(v, site, line);

    voice_drop(&v);
    return share;
}

CHECK(a_site_is_one_whatever_its_case_and_www)
{
    assert_true(sites_id("www.Example.org", 15) == sites_id("example.org", 11));
    assert_false(sites_id("example.org", 11) == sites_id("example.com", 11));
    assert_false(sites_id("a", 1) == 0);
    assert_true(sites_id("", 0) == 0);
}

/* The site that is due, of which there is one at most; all zero for none. */
static struct sites_turn due(const struct sites *s)
{
    size_t count;
    struct sites_turn *list = sites_due(s, &count), first = {0};

    assert_true(count <= 1);
    if (count)
        first = list[0];
    free(list);
    return first;
}

CHECK(a_line_on_most_pages_is_the_voice_of_its_site_alone)
{
    struct sites *s = sites_new();
    struct sites_turn one;
    uint64_t n;

    for (n = 0; n < 4; n++)
        assert_false(count_page(s, 1, n));
    assert_int_equal(share(s, 1, APPEAL), 0);
    assert_true(due(s).id == 0);
    assert_true(count_page(s, 1, n));
    assert_int_equal(share(s, 1, APPEAL), 50);
    assert_int_equal(share(s, 1, 1000), 0);
    assert_int_equal(share(s, 2, APPEAL), 0);
    one = due(s);
    assert_true(one.id == 1);
    assert_true(one.turn > 0);
    sites_settled(s, one);
    assert_true(due(s).id == 0);
    sites_free(&s);
}

CHECK(verdicts_wait_until_the_site_has_grown_and_are_not_given_up_at_once)
{
    struct sites *s = sites_new();
    uint64_t menu[] = {MENU, 1, 2, 3}, other[] = {4, 5, 6};
    int i, judged = 0;

    for (i = 0; i < 12; i++) {
        uint64_t *line = i < 6 ? menu : other;
        size_t count = i < 6 ? 4 : 3, k;

        for (k = i < 6 ? 1 : 0; k < count; k++)
            line[k] += 100;
        judged += sites_count(s, 1, line, count);
    }
    /* On 6 of 12: in between, on 6 of 8, nothing new was to be said. */
    assert_int_equal(judged, 1);
    assert_int_equal(share(s, 1, MENU), 50);
    sites_free(&s);
}

CHECK(copies_of_a_page_are_not_its_sites_voice)
{
    struct sites *s = sites_new();
    int i;

    for (i = 0; i < 100; i++)
        assert_false(count_page(s, 1, 1));
    assert_int_equal(sites_lines(s), 4);
    assert_int_equal(share(s, 1, APPEAL), 0);
    sites_free(&s);
}

/* 100,000 pages with 300,000 lines of their own, on two sites. */
CHECK(memory_is_bounded_and_what_repeats_outlives_what_does_not)
{
    struct sites *s = sites_new();
    uint64_t n;

    for (n = 0; n < 100000; n++) {
        count_page(s, 1 + (int64_t)(n % 2), n);
        assert_true(sites_lines(s) <= SITES_LINES);
    }
    assert_int_equal(share(s, 1, APPEAL), 50);
    assert_int_equal(share(s, 2, APPEAL), 50);
    assert_int_equal(share(s, 1, 1000 + 99998 * 3), 0);
    sites_free(&s);
}

CHECK(sites_are_bounded_too)
{
    struct sites *s = sites_new();
    struct voice *v;
    uint64_t n;

    for (n = 0; n < 6; n++)
        count_page(s, 1, n);
    for (n = 0; n < 3 * SITES_MAX; n++)
        count_page(s, 2 + (int64_t)n, n);
    v = sites_voice(s);
    assert_int_equal(voice_share(v, 1, APPEAL), 50);
    assert_true(voice_turn(v, 1) > 0);
    assert_true(sites_lines(s) <= 4 * SITES_MAX + 20);
    voice_drop(&v);
    sites_free(&s);
}

CHECK(the_cache_keeps_what_was_counted)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct sites *s = sites_new();
    uint64_t n;

    for (n = 0; n < 4; n++)
        count_page(s, 1, n);
    assert_true(cache_begin(c));
    assert_true(sites_save(s, cache_db(c)));
    assert_true(cache_commit(c));
    assert_false(sites_any_due(cache_db(c)));
    sites_free(&s);

    s = sites_new();
    assert_true(sites_load(s, cache_db(c)));
    assert_int_equal(sites_lines(s), 13);
    assert_false(count_page(s, 1, 0)); /* still a copy */
    assert_true(count_page(s, 1, n));
    assert_true(cache_begin(c));
    assert_true(sites_save(s, cache_db(c)));
    assert_true(cache_commit(c));
    assert_true(sites_any_due(cache_db(c)));
    sites_free(&s);

    s = sites_new();
    assert_true(sites_load(s, cache_db(c)));
    assert_int_equal(share(s, 1, APPEAL), 50);
    assert_true(due(s).id == 1);
    sites_free(&s);
    cache_close(&c);
}

CHECK_MAIN(T(a_site_is_one_whatever_its_case_and_www), T(a_line_on_most_pages_is_the_voice_of_its_site_alone),
           T(verdicts_wait_until_the_site_has_grown_and_are_not_given_up_at_once),
           T(copies_of_a_page_are_not_its_sites_voice),
           T(memory_is_bounded_and_what_repeats_outlives_what_does_not), T(sites_are_bounded_too),
           T(the_cache_keeps_what_was_counted))
