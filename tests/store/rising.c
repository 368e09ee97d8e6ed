/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "store/best.h"
#include "store/rising.h"

#include <stdlib.h>

static uint64_t seed = 3;

/* Against a plain array, with steps from one to more than a byte's worth of bits can say. */
CHECK(rising_numbers_are_those_that_were_added)
{
    enum { COUNT = 5000 };
    static uint64_t model[COUNT];
    struct rising r;
    uint64_t next = 0;
    size_t i;

    rising_init(&r);
    assert_int_equal(rising_below(&r, 7), 0);
    assert_false(rising_has(&r, 0));
    for (i = 0; i < COUNT; i++) {
        next += 1 + dice(&seed, (uint64_t)1 << dice(&seed, 45));
        model[i] = next;
        rising_add(&r, next);
    }
    assert_int_equal(r.count, COUNT);
    for (i = 0; i < COUNT; i++) {
        assert_true(rising_at(&r, i) == model[i]);
        assert_int_equal(rising_below(&r, model[i]), i);
        assert_int_equal(rising_below(&r, model[i] + 1), i + 1);
        assert_true(rising_has(&r, model[i]));
        assert_int_equal(rising_has(&r, model[i] + 1), i + 1 < COUNT && model[i + 1] == model[i] + 1);
    }
    assert_int_equal(rising_below(&r, 0), 0);
    assert_int_equal(rising_below(&r, UINT64_MAX), COUNT);
    assert_false(rising_has(&r, UINT64_MAX));
    rising_release(&r);
}

static int best_first(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

CHECK(the_best_are_kept_and_the_lower_number_where_they_are_equal)
{
    enum { COUNT = 3000, MOST = 100 };
    static struct scored all[COUNT];
    struct best b;
    size_t i;

    for (size_t offered = 0; offered <= COUNT; offered += 750) {
        best_init(&b, MOST);
        for (i = 0; i < offered; i++) {
            all[i] = (struct scored){(double)dice(&seed, 200), i * 7919 % COUNT};
            best_offer(&b, all[i]);
            assert_true(b.count < MOST ? best_floor(&b) == 0 : best_floor(&b) == b.kept[0].score);
        }
        qsort(all, offered, sizeof all[0], best_first);
        best_finish(&b);
        assert_int_equal(b.count, offered < MOST ? offered : MOST);
        for (i = 0; i < b.count; i++) {
            assert_true(b.kept[i].score == all[i].score);
            assert_int_equal(b.kept[i].number, all[i].number);
        }
        best_release(&b);
    }
}

CHECK_MAIN(T(rising_numbers_are_those_that_were_added),
           T(the_best_are_kept_and_the_lower_number_where_they_are_equal))
