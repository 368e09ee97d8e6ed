/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "store/order.h"
#include "store/slot.h"

/* One and the next have nothing between them. */
static void follow(struct slot_span a, struct slot_span b)
{
    assert_true(a.from <= a.to);
    assert_true(b.from <= b.to);
    assert_true(a.to + 1 == b.from);
}

CHECK(minutes_of_a_day_lie_side_by_side_and_so_do_days)
{
    int64_t day = order_minutes("2016-03-28");

    for (int g = 0; g < SLOT_GENERATIONS; g++) {
        for (int64_t m = 0; m < 2 * 1440; m++)
            follow(slot_span(g, day + m), slot_span(g, day + m + 1));
    }
}

CHECK(who_tells_no_time_of_day_has_the_most_room)
{
    int64_t day = order_minutes("2016-03-28");
    struct slot_span all = slot_span(0, day), minute = slot_span(0, day + 1);

    assert_true(minute.to - minute.from + 1 == 256);
    assert_true(all.to - all.from + 1 == (1 << 20) - 1439 * 256);
}

CHECK(the_undated_come_below_all_days)
{
    for (int g = 0; g < SLOT_GENERATIONS; g++) {
        struct slot_span undated = slot_span(g, -1), first = slot_span(g, 0);

        assert_true(undated.from > 0);
        assert_true(undated.to < first.from);
    }
}

CHECK(each_generation_has_sixteen_times_the_room_of_the_one_before)
{
    int64_t minute = order_minutes("2016-03-28T12:30");

    for (int g = 1; g < SLOT_GENERATIONS; g++) {
        struct slot_span before = slot_span(g - 1, minute), span = slot_span(g, minute);

        assert_true(span.from > before.to);
        assert_true(span.to - span.from + 1 == 16 * (before.to - before.from + 1));
    }
}

CHECK(a_slot_tells_its_generation_place_and_rest)
{
    uint64_t random = 17;

    for (int i = 0; i < 5000; i++) {
        int g = (int)dice(&random, SLOT_GENERATIONS);
        int64_t minutes = order_minutes("1990-01-01") + (int64_t)dice(&random, 20000000);
        struct slot_span span = slot_span(g, minutes), minute;
        int64_t slot = span.from + (int64_t)dice(&random, (uint64_t)(span.to - span.from + 1));
        int64_t place = slot_place(slot);

        assert_int_equal(slot_generation(slot), g);
        assert_true(slot_span_places(g, place, place).from + (int64_t)slot_rest(slot) == slot);
        minute = slot_minute(place);
        assert_true(slot_span_places(g, minute.from, minute.to).from == span.from);
        assert_true(slot_span_places(g, minute.from, minute.to).to == span.to);
    }
}

/* The rows of several parts: the same slots, whichever number of parts stand beside each other. */
CHECK(a_row_has_the_newest_first_and_of_one_date_the_first_part)
{
    int64_t older = order_minutes("2016-03-28T12:30"), newer = older + 1;

    for (int parts = 2; parts <= SLOT_PARTS; parts += 29) {
        for (int part = 0; part < parts; part++) {
            uint64_t best = slot_row_number(parts, SLOT_GENERATIONS, part, slot_span(0, newer).to);
            uint64_t worst = slot_row_number(parts, SLOT_GENERATIONS, part, slot_span(0, newer).from);
            uint64_t later = slot_row_number(parts, SLOT_GENERATIONS, 0, slot_span(0, older).to);
            int back;

            assert_true(best < worst && worst < later);
            if (part > 0)
                assert_true(slot_row_number(parts, SLOT_GENERATIONS, part - 1, slot_span(0, newer).from) < best);
            assert_true(slot_row_slot(parts, SLOT_GENERATIONS, worst, &back) == slot_span(0, newer).from);
            assert_int_equal(back, part);
        }
    }
}

CHECK(a_generation_that_is_not_in_use_has_no_row)
{
    int64_t minute = order_minutes("2016-03-28T12:30");

    assert_true(slot_row_number(1, 1, 0, slot_span(0, minute).from) < UINT64_MAX);
    assert_true(slot_row_number(1, 1, 0, slot_span(1, minute).from) == UINT64_MAX);
}

CHECK_MAIN(T(minutes_of_a_day_lie_side_by_side_and_so_do_days), T(who_tells_no_time_of_day_has_the_most_room),
           T(the_undated_come_below_all_days), T(each_generation_has_sixteen_times_the_room_of_the_one_before),
           T(a_slot_tells_its_generation_place_and_rest), T(a_row_has_the_newest_first_and_of_one_date_the_first_part),
           T(a_generation_that_is_not_in_use_has_no_row))
