/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "store/best.h"

enum { OFFERS = 400 };

static int better_first(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Many have the same score. */
static void try_most(uint64_t *random, size_t most)
{
    struct scored all[OFFERS];
    struct best b;
    size_t i, expected = most < OFFERS ? most : OFFERS;

    best_init(&b, most);
    for (i = 0; i < OFFERS; i++) {
        all[i] = (struct scored){(double)dice(random, 50), i * 7919 % OFFERS};
        best_offer(&b, all[i]);
    }
    qsort(all, OFFERS, sizeof all[0], better_first);
    if (most <= OFFERS)
        assert_true(best_floor(&b) == all[most - 1].score);
    best_finish(&b);
    assert_int_equal(b.count, expected);
    for (i = 0; i < expected; i++)
        assert_true(b.kept[i].score == all[i].score && b.kept[i].number == all[i].number);
    best_release(&b);
}

CHECK(keeps_the_best_of_all_and_in_order)
{
    uint64_t random = 11;

    for (size_t most = 1; most < OFFERS + 20; most += 1 + most / 5)
        try_most(&random, most);
}

CHECK(wants_what_it_would_keep)
{
    const struct scored same_but_later = {2, 30}, same_but_earlier = {2, 10}, better = {3, 99}, worse = {1, 1};
    struct best b;

    best_init(&b, 2);
    assert_true(best_wants(&b, &worse));
    best_offer(&b, (struct scored){5, 1});
    assert_true(best_wants(&b, &worse));
    best_offer(&b, (struct scored){2, 20});
    assert_false(best_wants(&b, &worse));
    assert_false(best_wants(&b, &same_but_later));
    assert_true(best_wants(&b, &same_but_earlier));
    assert_true(best_wants(&b, &better));
    best_release(&b);
}

CHECK_MAIN(T(keeps_the_best_of_all_and_in_order), T(wants_what_it_would_keep))
