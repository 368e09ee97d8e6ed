/* SPDX-License-Identifier: ISC */
#include "../store/sample.h"

#include "corpus/shift.h"

enum { ARTICLES = 6 };

/* A cache of its own, of articles a day apart, and marks on them. */
struct scene {
    struct catalog *list;
    struct marks *marks;
    struct notices *notices;
    int64_t id[ARTICLES]; /* the newest first, as the list by date has them */
};

static void set_up(struct scene *s, int live)
{
    const char *folder = sample_folder(), *path = sample_path(folder, "cache.db");
    struct cache *c = sample_cache(path);
    struct err e = ERR_INIT;
    char title[24], date[24];
    int64_t file;

    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    for (int i = 0; i < ARTICLES; i++) {
        snprintf(title, sizeof title, "Article %d", i);
        snprintf(date, sizeof date, "2020-01-0%d", i + 1);
        s->id[ARTICLES - 1 - i] = sample_put(c, file, i, title, date, "", 0, 0);
    }
    assert_true(cache_commit(c));
    cache_close(&c);
    s->list = catalog_open(path, false, &e);
    assert_non_null(s->list);
    s->notices = notices_new();
    s->marks = marks_new(sample_path(folder, "reading.db"), live, s->notices, NULL, NULL);
    marks_adopt(s->marks, s->list);
}

static void tear_down(struct scene *s)
{
    marks_free(&s->marks);
    catalog_close(&s->list);
    assert_null(notices_take(s->notices));
    notices_free(&s->notices);
}

static void mark(struct scene *s, int n, unsigned flag)
{
    bool spread;

    assert_true(marks_set(s->marks, s->list, s->id[n], flag, flag, &spread));
}

static struct spot spot_of(struct scene *s, int n)
{
    struct spot spot;

    assert_true(catalog_spot(s->list, ORDER_DATE, s->id[n], &spot));
    return spot;
}

/* What is to be added to the counts before article n (ARTICLES: to those of all). */
static void assert_before(struct scene *s, const struct shift *shift, int n, long want_all, long want_unread)
{
    struct spot spot = n < ARTICLES ? spot_of(s, n) : (struct spot){.id = 0};
    long all, unread;

    shift_before(shift, n < ARTICLES ? &spot : NULL, &all, &unread);
    assert_int_equal(all, want_all);
    assert_int_equal(unread, want_unread);
}

static bool hides(struct scene *s, const struct shift *shift, int n)
{
    struct spot spot = spot_of(s, n);

    return shift_hides(shift, &spot);
}

CHECK(marks_that_no_count_has_shift_nothing)
{
    struct shift *shift;
    struct scene s;

    set_up(&s, -1);
    mark(&s, 3, STATE_STARRED);
    shift = shift_new(s.marks, s.list, ORDER_DATE, false);
    assert_null(shift);
    assert_before(&s, shift, ARTICLES, 0, 0);
    assert_false(hides(&s, shift, 3));
    shift_free(&shift);
    tear_down(&s);
}

CHECK(each_place_is_shifted_by_what_stands_before_it)
{
    static const long all[] = {0, 0, -1, -1, -1, -2, -2}, unread[] = {0, 0, -1, -1, -2, -3, -3};
    struct shift *shift;
    struct scene s;

    set_up(&s, -1);
    mark(&s, 1, STATE_HIDDEN);
    mark(&s, 3, STATE_READ);
    mark(&s, 4, STATE_READ);
    mark(&s, 4, STATE_HIDDEN);
    shift = shift_new(s.marks, s.list, ORDER_DATE, false);
    for (int n = 0; n <= ARTICLES; n++)
        assert_before(&s, shift, n, all[n], unread[n]);
    for (int n = 0; n < ARTICLES; n++)
        assert_int_equal(hides(&s, shift, n), n == 1 || n == 4);
    shift_free(&shift);
    tear_down(&s);
}

CHECK(hidden_articles_alone_where_that_is_asked_for)
{
    struct shift *shift;
    struct scene s;

    set_up(&s, -1);
    mark(&s, 0, STATE_READ);
    shift = shift_new(s.marks, s.list, ORDER_DATE, true);
    assert_null(shift);
    mark(&s, 2, STATE_HIDDEN);
    shift = shift_new(s.marks, s.list, ORDER_DATE, true);
    assert_before(&s, shift, 2, 0, 0);
    assert_before(&s, shift, 3, -1, -1);
    shift_free(&shift);
    tear_down(&s);
}

/* It takes what is hidden out of its counts by itself. */
CHECK(of_a_cache_that_follows_the_unread_alone_shift)
{
    struct shift *shift;
    struct scene s;

    set_up(&s, 0);
    mark(&s, 2, STATE_READ);
    mark(&s, 3, STATE_HIDDEN);
    shift = shift_new(s.marks, s.list, ORDER_DATE, false);
    assert_before(&s, shift, 2, 0, 0);
    assert_before(&s, shift, ARTICLES, 0, -1);
    assert_false(hides(&s, shift, 3));
    shift_free(&shift);
    tear_down(&s);
}

CHECK_MAIN(T(marks_that_no_count_has_shift_nothing), T(each_place_is_shifted_by_what_stands_before_it),
           T(hidden_articles_alone_where_that_is_asked_for), T(of_a_cache_that_follows_the_unread_alone_shift))
