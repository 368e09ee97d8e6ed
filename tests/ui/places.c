/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "ui/places.h"

static struct places_place at(int64_t article)
{
    return (struct places_place){article, {0, 0}, true};
}

CHECK(goes_back_and_forth)
{
    static struct places p;
    struct places_place here, to;

    memset(&p, 0, sizeof p);
    for (int64_t i = 1; i <= 3; i++) {
        here = at(i);
        places_leave(&p, &here);
    }
    here = at(4);
    assert_true(places_go(&p, -1, &here, &to));
    assert_int_equal(to.article, 3);
    assert_true(places_go(&p, -1, &to, &to));
    assert_int_equal(to.article, 2);
    assert_true(places_go(&p, 1, &to, &to));
    assert_true(places_go(&p, 1, &to, &to));
    assert_int_equal(to.article, 4);
    assert_false(places_go(&p, 1, &to, &to));
    for (int64_t want = 3; want >= 1; want--) {
        assert_true(places_go(&p, -1, &to, &to));
        assert_int_equal(to.article, want);
    }
    assert_false(places_go(&p, -1, &to, &to));
}

CHECK(a_jump_after_going_back_forgets_what_lay_ahead)
{
    static struct places p;
    struct places_place here, to;

    memset(&p, 0, sizeof p);
    for (int64_t i = 1; i <= 3; i++) {
        here = at(i);
        places_leave(&p, &here);
    }
    here = at(4);
    assert_true(places_go(&p, -1, &here, &to));
    assert_true(places_go(&p, -1, &to, &to));
    places_leave(&p, &to); /* from 2 on to 9 */
    here = at(9);
    assert_false(places_go(&p, 1, &here, &to));
    assert_true(places_go(&p, -1, &here, &to));
    assert_int_equal(to.article, 2);
}

CHECK(keeps_the_newest)
{
    static struct places p;
    struct places_place here, to;
    int64_t oldest = 0;

    memset(&p, 0, sizeof p);
    for (int64_t i = 1; i <= 3 * PLACES_KEPT; i++) {
        here = at(i);
        places_leave(&p, &here);
    }
    here = at(9999);
    while (places_go(&p, -1, &here, &to))
        oldest = to.article;
    assert_int_equal(oldest, 2 * PLACES_KEPT + 2);
}

CHECK(marks_are_letters)
{
    static struct places p;

    memset(&p, 0, sizeof p);
    assert_non_null(places_mark(&p, 'a'));
    assert_ptr_not_equal(places_mark(&p, 'a'), places_mark(&p, 'A'));
    assert_ptr_equal(places_mark(&p, 'Z'), &p.marked[PLACES_MARKS - 1]);
    assert_null(places_mark(&p, '1'));
    assert_null(places_mark(&p, 0xE9));
}

CHECK_MAIN(T(goes_back_and_forth), T(a_jump_after_going_back_forgets_what_lay_ahead), T(keeps_the_newest),
           T(marks_are_letters))
