/* SPDX-License-Identifier: ISC */
#include "sample.h"
#include "../dice.h"

#include "store/rank.h"

/* Places as a plain sorted array: what rank must agree with. */
struct model {
    struct place p[6000];
    int count;
};

static uint64_t seed = 7;

static int compare(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int c = order_compare(&x->key, &y->key);

    return c ? c : (x->id > y->id) - (x->id < y->id);
}

static void check_against(struct db *db, struct model *m)
{
    struct spot spot, near[5];
    long all, unread, before = 0;
    int i, n, k;

    qsort(m->p, (size_t)m->count, sizeof m->p[0], compare);
    for (i = 0; i < m->count; i++) {
        struct spot at = {.id = m->p[i].id, .key = m->p[i].key};

        if (i % 37 == 0 || i == m->count - 1) {
            assert_int_equal(rank_before(db, ORDER_TITLE, &at, RANK_ALL), i);
            assert_int_equal(rank_before(db, ORDER_TITLE, &at, RANK_UNREAD), before);
            assert_true(rank_at(db, ORDER_TITLE, i, RANK_ALL, &spot));
            assert_int_equal(spot.id, at.id);
            if (!(m->p[i].flags & RANK_READ)) {
                assert_true(rank_at(db, ORDER_TITLE, before, RANK_UNREAD, &spot));
                assert_int_equal(spot.id, at.id);
            }
            n = rank_from(db, ORDER_TITLE, &at, false, false, near, 5);
            assert_int_equal(n, m->count - 1 - i < 5 ? m->count - 1 - i : 5);
            for (k = 0; k < n; k++)
                assert_int_equal(near[k].id, m->p[i + 1 + k].id);
            n = rank_from(db, ORDER_TITLE, &at, true, true, near, 5);
            assert_int_equal(n, i + 1 < 5 ? i + 1 : 5);
            for (k = 0; k < n; k++)
                assert_int_equal(near[k].id, m->p[i - k].id);
        }
        before += !(m->p[i].flags & RANK_READ);
    }
    rank_counts(db, ORDER_TITLE, &all, &unread);
    assert_int_equal(all, m->count);
    assert_int_equal(unread, before);
    assert_false(rank_at(db, ORDER_TITLE, m->count, RANK_ALL, &spot));
    assert_false(rank_at(db, ORDER_TITLE, before, RANK_UNREAD, &spot));
}

CHECK(agrees_with_a_sorted_array)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct db *db = cache_db(c);
    static struct model m;
    static struct place fresh[900];
    int64_t id = 1;
    int round, i;

    assert_true(cache_begin(c));
    for (round = 0; round < 6; round++) {
        for (i = 0; i < 900; i++) {
            struct place *p = &fresh[i];

            memset(p, 0, sizeof *p);
            p->id = id++;
            p->ord = ORDER_TITLE;
            p->flags = dice(&seed, 3) == 0 ? RANK_READ : 0;
            /* Few different keys, so that many places stand under one, and of different lengths. */
            p->key.len = (uint8_t)(1 + dice(&seed, 3));
            p->key.bytes[0] = (uint8_t)dice(&seed, 4);
            p->key.bytes[1] = (uint8_t)dice(&seed, 200);
            p->key.bytes[2] = (uint8_t)dice(&seed, 2);
            m.p[m.count++] = *p;
        }
        assert_true(rank_insert(db, fresh, 900));
        check_against(db, &m);
    }
    for (i = 0; i < 500; i++) {
        struct place *p = &m.p[dice(&seed, (uint32_t)m.count)];
        unsigned flags = dice(&seed, 2) ? RANK_READ : RANK_STARRED;

        assert_true(rank_set_flags(db, p, flags));
        p->flags = (uint8_t)flags;
    }
    check_against(db, &m);
    while (m.count > 0) {
        int at = (int)dice(&seed, (uint32_t)m.count);

        assert_true(rank_remove(db, &m.p[at]));
        m.p[at] = m.p[--m.count];
        if (m.count % 1500 == 0)
            check_against(db, &m);
    }
    assert_true(cache_commit(c));
    cache_close(&c);
}

/* Many places under few keys, in several groups: the number of the n-th is n. */
CHECK(numbers_hold_where_keys_are_shared)
{
    enum { MANY = 60000, BATCH = 6000, KEYS = 37 };
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct db *db = cache_db(c);
    struct place *fresh = mem_zalloc(BATCH, sizeof *fresh);
    struct spot spot;
    int i, n;

    assert_true(cache_begin(c));
    for (n = 0; n < MANY; n += BATCH) {
        for (i = 0; i < BATCH; i++)
            fresh[i] = (struct place){
                .id = n + i + 1, .ord = ORDER_LENGTH, .key = order_number((long)dice(&seed, KEYS))};
        assert_true(rank_insert(db, fresh, BATCH));
    }
    assert_true(cache_commit(c));
    assert_true(db_int(db, 0, "SELECT count(*) FROM rank WHERE ord = ?1 AND level = 1", "i",
                       (int64_t)ORDER_LENGTH) > 1);
    for (n = 0; n < MANY; n += 331) {
        assert_true(rank_at(db, ORDER_LENGTH, n, RANK_ALL, &spot));
        assert_int_equal(rank_before(db, ORDER_LENGTH, &spot, RANK_ALL), n);
    }
    free(fresh);
    cache_close(&c);
}

CHECK(removing_what_is_not_there_changes_nothing)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct place p = {.id = 4, .ord = ORDER_DATE, .key = order_date("2020-01-01")};
    long all, unread;

    assert_true(cache_begin(c));
    assert_true(rank_insert(cache_db(c), &p, 1));
    p.id = 5;
    assert_true(rank_remove(cache_db(c), &p));
    rank_counts(cache_db(c), ORDER_DATE, &all, &unread);
    assert_int_equal(all, 1);
    cache_commit(c);
    cache_close(&c);
}

CHECK(keys_sort_as_people_expect)
{
    struct order_key newer = order_date("2021-03-01"), older = order_date("2020-12-31T23:59"),
                     none = order_date(NULL);
    struct order_key a = order_text("“Élan” vital", 24), b = order_text("elbow", 24);

    assert_true(order_compare(&newer, &older) < 0);
    assert_true(order_compare(&older, &none) < 0);
    assert_true(order_compare(&a, &b) < 0);
    a = order_number(12);
    b = order_number(3);
    assert_true(order_compare(&a, &b) < 0);
    b = order_number(-1);
    assert_true(order_compare(&a, &b) < 0);
    /* A folder's files before the file whose name goes on where the folder's ends. */
    a = order_file(1, "a\1z", 3, 1);
    b = order_file(1, "a-b", 3, 1);
    assert_true(order_compare(&a, &b) < 0);
    a = order_file(1, "a", 1, 2);
    b = order_file(1, "a", 1, 10);
    assert_true(order_compare(&a, &b) < 0);
}

CHECK_MAIN(T(agrees_with_a_sorted_array), T(numbers_hold_where_keys_are_shared),
           T(removing_what_is_not_there_changes_nothing),
           T(keys_sort_as_people_expect))
