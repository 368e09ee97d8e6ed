/* SPDX-License-Identifier: ISC */
/* Articles in several caches, read as one, against the same articles in one cache. */
#include "sample.h"
#include "../dice.h"

#include "store/parts.h"
#include "store/search.h"
#include "store/slot.h"

#include <limits.h>

enum { MOST = 4000, SEARCHED = 1200, SHARDS = 7, TALLEST = 40 };

static struct catalog *one, *many;
static int64_t one_id[MOST], many_id[MOST];
static int article_count;
static uint64_t seed;

static void add_words(struct buf *out, int count)
{
    while (count-- > 0) {
        uint32_t a = dice(&seed, 40), b = dice(&seed, 40), c = dice(&seed, 40), least = a < b ? a : b;

        buf_add_fmt(out, "w%uw ", (unsigned)(least < c ? least : c));
    }
}

/* Undated, of a day, of a crowded minute, or of any; years: each shard has one of its own. More of one minute than a
 * generation of slots has room for would stand otherwise in one cache than as they were put in. */
static const char *make_date(char date[24], int shard, bool years)
{
    uint32_t kind = dice(&seed, 10);
    unsigned year = years ? (unsigned)(2030 - shard) : 2000 + (unsigned)dice(&seed, 20);

    if (kind == 0 && !years)
        return NULL;
    if (kind < 4)
        snprintf(date, 24, "%04u-%02u-%02u", year, (unsigned)(1 + dice(&seed, 2)), (unsigned)(1 + dice(&seed, 5)));
    else if (kind < 6)
        snprintf(date, 24, "%04u-01-03T12:3%u", years ? year : 2011, (unsigned)dice(&seed, 5));
    else
        snprintf(date, 24, "%04u-%02u-%02uT%02u:%02u", year, (unsigned)(1 + dice(&seed, 12)),
                 (unsigned)(1 + dice(&seed, 28)), (unsigned)dice(&seed, 24), (unsigned)dice(&seed, 60));
    return date;
}

struct made {
    char *title, *body, date[24];
    bool dated;
    unsigned flags;
};

static struct made make_article(int shard, bool years)
{
    struct made m = {.flags = dice(&seed, 8)};
    struct buf title, body;

    buf_init(&title);
    buf_init(&body);
    buf_add_str(&body, "");
    add_words(&title, 1 + (int)dice(&seed, 3)); /* some have one headline */
    add_words(&body, (int)dice(&seed, TALLEST));
    m.dated = make_date(m.date, shard, years) != NULL;
    m.title = buf_steal(&title);
    m.body = buf_steal(&body);
    return m;
}

static int64_t put(struct cache *c, int64_t file, long seq, const struct made *m)
{
    return sample_put(c, file, seq, m->title, m->dated ? m->date : NULL, m->body, m->flags, 0);
}

/* Shards of unlike sizes; one that is empty. */
static void open_all(uint32_t from, int shards, bool years, int most)
{
    const char *folder = sample_folder();
    char *whole = mem_strdup(sample_path(folder, "whole.db"));
    struct cache *all = sample_cache(whole), *part;
    struct err e = ERR_INIT;
    int shard, i;

    seed = from;
    article_count = 0;
    many = NULL;
    assert_true(cache_begin(all));
    for (shard = 0; shard < shards; shard++) {
        char name[16];
        int count = shard == 2 ? 0 : 1 + (int)dice(&seed, (uint32_t)(most / shards));
        struct catalog *opened;
        int64_t file, part_file;

        snprintf(name, sizeof name, "s%02d", shard);
        part = sample_cache(sample_path(folder, name));
        assert_true(cache_begin(part));
        file = sample_file(all, name);
        part_file = sample_file(part, name);
        for (i = 0; i < count; i++, article_count++) {
            struct made m = make_article(shard, years);

            one_id[article_count] = put(all, file, i, &m);
            many_id[article_count] = catalog_id(shard, put(part, part_file, i, &m));
            if (i % 23 == 22) {
                assert_true(cache_remove(all, one_id[article_count - 9]));
                assert_true(cache_remove(part, catalog_local(many_id[article_count - 9])));
                one_id[article_count - 9] = many_id[article_count - 9] = -1;
            }
            free(m.title);
            free(m.body);
        }
        assert_true(cache_commit(part));
        cache_close(&part);
        opened = catalog_open(sample_path(folder, name), shard % 2, &e);
        if (!opened)
            fail_msg("%s", e.text);
        if (many)
            catalog_join(many, &opened);
        else
            many = opened;
    }
    assert_true(cache_commit(all));
    cache_close(&all);
    one = catalog_open(whole, false, &e);
    free(whole);
    assert_non_null(one);
    assert_int_equal(catalog_parts(many), shards);
}

static void close_all(void)
{
    struct err e = ERR_INIT;

    if (catalog_fault(one, &e) != DB_FINE || catalog_fault(many, &e) != DB_FINE)
        fail_msg("%s", e.text);
    catalog_close(&one);
    catalog_close(&many);
}

static int index_of(const int64_t *ids, int64_t id)
{
    int i;

    for (i = 0; i < article_count; i++) {
        if (ids[i] == id)
            return i;
    }
    return -1;
}

static void are_one(int64_t a, int64_t b)
{
    int i = index_of(one_id, a), k = index_of(many_id, b);

    if (i != k || (i < 0) != (a == 0))
        fail_msg("article %d and not %d", k, i);
}

/* ---- the list ---- */

static void compare_order(enum order ord)
{
    static struct spot a[MOST], b[MOST];
    struct spot spot, next[2], back[5];
    long all, unread, all_many, unread_many;
    int n = parts_from(one, ord, NULL, false, false, a, MOST), got, i, k;
    long seen = 0;
    bool found[2];

    assert_int_equal(parts_from(many, ord, NULL, false, false, b, MOST), n);
    parts_counts(one, ord, &all, &unread);
    parts_counts(many, ord, &all_many, &unread_many);
    assert_int_equal(all, n);
    assert_int_equal(all_many, all);
    assert_int_equal(unread_many, unread);
    for (i = 0; i < n; i++) {
        are_one(a[i].id, b[i].id);
        assert_int_equal(a[i].flags, b[i].flags);
        assert_true(catalog_spot(many, ord, b[i].id, &spot));
        assert_int_equal(rank_compare(&spot, &b[i]), 0);
        assert_true(i == 0 || rank_compare(&b[i - 1], &b[i]) < 0);
        seen += i > 0 && !(b[i - 1].flags & RANK_READ);
        if (i % 7 && i < n - 1)
            continue;
        assert_int_equal(parts_before(many, ord, &b[i], RANK_ALL), i);
        assert_int_equal(parts_before(many, ord, &b[i], RANK_UNREAD), seen);
        assert_true(parts_at(many, ord, i, &spot));
        assert_int_equal(spot.id, b[i].id);
        for (int way = 0; way < 2; way++) {
            found[0] = parts_unread(one, ord, &a[i], way, &next[0]);
            found[1] = parts_unread(many, ord, &b[i], way, &next[1]);
            assert_int_equal(found[0], found[1]);
            if (found[0])
                are_one(next[0].id, next[1].id);
        }
        got = parts_from(many, ord, &b[i], true, i % 2, back, 5);
        assert_int_equal(got, i + i % 2 < 5 ? i + i % 2 : 5);
        for (k = 0; k < got; k++)
            assert_int_equal(back[k].id, b[i - k - !(i % 2)].id);
    }
    assert_false(parts_at(many, ord, n, &spot));
    assert_false(parts_at(many, ord, -1, &spot));
}

static void compare_orders(void)
{
    for (int ord = 0; ord < ORDER_COUNT; ord++)
        compare_order((enum order)ord);
}

CHECK(the_list_is_that_of_one_cache_in_every_order)
{
    open_all(3, SHARDS, false, MOST);
    assert_true(article_count > MOST / 4);
    compare_orders();
    close_all();
}

CHECK(parts_that_follow_one_another_are_one_list_too)
{
    open_all(5, SHARDS, true, MOST);
    compare_orders();
    close_all();
}

CHECK(as_many_parts_as_there_may_be)
{
    open_all(8, CATALOG_PARTS, false, MOST);
    compare_orders();
    close_all();
}

/* ---- searching ---- */

static const char *const searches[] = {"w0w",
                                       "w3w",
                                       "w30w",
                                       "w0w w1w",
                                       "w2w OR w30w",
                                       "w1w -w0w",
                                       "\"w0w w1w\"",
                                       "title:w1w w5w NEAR/3 w6w",
                                       "date:2010..2011-01 w2w",
                                       "date:2011-01-03",
                                       "date:2028",
                                       "date:1990",
                                       "nowhere",
                                       "title:w1* w2w",
                                       "w1* w2*",
                                       "is:unread",
                                       "is:starred w1w",
                                       "is:hidden",
                                       "in:s01 w1w",
                                       "-in:s01 w1w is:unread",
                                       "in:/corpus/s03",
                                       "in:elsewhere"};

/* In small steps; what stands there by date stays. */
static void compare_search(const char *text, int ord, bool reverse)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse(text, &e);
    struct search *s[2] = {search_new(one, q, NULL, ord, reverse), search_new(many, q, NULL, ord, reverse)};
    long n, rows;

    search_run(s[0], one, LONG_MAX, SEARCH_FOR_EVER);
    do {
        search_run(s[1], many, LONG_MAX, 0);
        rows = search_rows(s[1]);
        if (ord == ORDER_DATE && rows > 0)
            are_one(search_at(s[0], one, rows - 1), search_at(s[1], many, rows - 1));
    } while (!search_done(s[1]));
    assert_int_equal(search_count(s[1]), search_count(s[0]));
    assert_int_equal(search_count_read(s[1]), search_count_read(s[0]));
    for (n = 0; n < search_count(s[0]); n++) {
        int64_t id = search_at(s[1], many, n);

        are_one(search_at(s[0], one, n), id);
        assert_int_equal(search_row(s[1], many, id), n);
    }
    assert_int_equal(search_at(s[1], many, n), 0);
    search_free(&s[0]);
    search_free(&s[1]);
    query_free(&q);
}

static void compare_searches(void)
{
    static const int orders[] = {ORDER_DATE, ORDER_SITE, ORDER_TITLE, ORDER_LENGTH, ORDER_FILE, SEARCH_BY_RANK};

    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++) {
        for (size_t o = 0; o < sizeof orders / sizeof orders[0]; o++) {
            compare_search(searches[i], orders[o], false);
            compare_search(searches[i], orders[o], true);
        }
    }
}

CHECK(a_search_finds_what_it_finds_in_one_cache)
{
    open_all(13, SHARDS, false, SEARCHED);
    compare_searches();
    close_all();
}

CHECK(a_search_finds_the_same_in_parts_that_follow_one_another)
{
    open_all(21, SHARDS, true, SEARCHED);
    compare_searches();
    close_all();
}

/* More articles of one minute than a generation of slots has room for: a search has them as the list has. */
CHECK(a_crowded_minute_is_searched_as_it_is_listed)
{
    enum { EACH = 400 };
    static struct spot spots[2 * EACH];
    const char *folder = sample_folder();
    struct err e = ERR_INIT;
    struct query *q = query_parse("crane", &e);
    struct catalog *both = NULL, *opened;
    int later = 0;

    for (int part = 0; part < 2; part++) {
        char *path = sample_path(folder, part ? "b.db" : "a.db");
        struct cache *c = sample_cache(path);
        int64_t file;

        assert_true(cache_begin(c));
        file = sample_file(c, "f");
        for (int i = 0; i < EACH; i++)
            sample_put(c, file, i, "One", i % 50 ? "2015-05-05T05:05" : "2015-05-05T05:06", "A crane.", 0, 0);
        assert_true(cache_commit(c));
        cache_close(&c);
        opened = catalog_open(path, false, &e);
        assert_non_null(opened);
        if (both)
            catalog_join(both, &opened);
        else
            both = opened;
    }
    assert_int_equal(parts_from(both, ORDER_DATE, NULL, false, false, spots, 2 * EACH), 2 * EACH);
    for (int i = 0; i < 2 * EACH; i++)
        later += slot_generation(spots[i].slot);
    assert_true(later > 2 * (EACH - 300));
    for (int reverse = 0; reverse < 2; reverse++) {
        struct search *s = search_new(both, q, NULL, ORDER_DATE, reverse);

        while (!search_run(s, both, LONG_MAX, 0))
            ;
        assert_int_equal(search_count(s), 2 * EACH);
        for (int i = 0; i < 2 * EACH; i++) {
            assert_int_equal(search_at(s, both, reverse ? 2 * EACH - 1 - i : i), spots[i].id);
            assert_int_equal(search_row(s, both, spots[i].id), reverse ? 2 * EACH - 1 - i : i);
        }
        search_free(&s);
    }
    query_free(&q);
    catalog_close(&both);
}

/* ---- numbers ---- */

CHECK(numbers_of_slots_are_in_order_and_lead_back)
{
    static const int64_t minutes[] = {-1, 0, 1, 2, 1439, 1440, 1441, 2879, 2880, INT64_C(1069632000)};

    for (int parts = 1; parts <= SLOT_PARTS; parts += 19) {
        for (int generations = 1; generations <= SLOT_GENERATIONS; generations++) {
            uint64_t last = UINT64_MAX;

            for (size_t i = 0; i < sizeof minutes / sizeof minutes[0]; i++) {
                /* The later, the lower; of one minute the first part's come first. */
                for (int part = parts - 1; part >= 0; part--) {
                    int generation = (int)i % generations, back;
                    struct slot_span span = slot_span(generation, minutes[i]);
                    uint64_t low = slot_row_number(parts, generations, part, span.to);
                    uint64_t high = slot_row_number(parts, generations, part, span.from);

                    assert_true(low < high && high < last);
                    assert_true(slot_row_slot(parts, generations, low, &back) == span.to && back == part);
                    assert_true(slot_row_slot(parts, generations, high, &back) == span.from && back == part);
                    last = low;
                }
            }
        }
    }
}

CHECK(a_number_is_reached_in_each_part)
{
    struct slot_span minute = slot_span(0, 1440 * 500 + 7);
    uint64_t number = slot_row_place(5, 2, minute.to - 3);

    assert_int_equal(slot_row_reach(5, 2, number), minute.to - 3);
    assert_int_equal(slot_row_reach(5, 1, number), minute.from - 1);
    assert_int_equal(slot_row_reach(5, 3, number), minute.to);
    assert_int_equal(slot_row_reach(5, 0, slot_row_place(5, 4, 0) + 1), -1);
}

CHECK_MAIN(T(the_list_is_that_of_one_cache_in_every_order), T(parts_that_follow_one_another_are_one_list_too),
           T(as_many_parts_as_there_may_be), T(a_search_finds_what_it_finds_in_one_cache),
           T(a_search_finds_the_same_in_parts_that_follow_one_another), T(a_crowded_minute_is_searched_as_it_is_listed),
           T(numbers_of_slots_are_in_order_and_lead_back), T(a_number_is_reached_in_each_part))
