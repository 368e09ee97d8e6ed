/* SPDX-License-Identifier: ISC */
#include "store/slot.h"

enum {
    GENERATION_BIT = 59,
    GROWTH_BITS = 4, /* by which a generation's minutes have more room than those of the one before */
    DAY_BITS = 20,
    MINUTE_ROOM = 256,
    DAY_MINUTES = 24 * 60,
    DAY_ROOM = (1 << DAY_BITS) - (DAY_MINUTES - 1) * MINUTE_ROOM, /* of the day's first minute */
    DAYS_BEFORE = 1 << 11, /* of which the undated have the room */
};

static int64_t first_of(int generation)
{
    return (int64_t)generation << GENERATION_BIT;
}

struct slot_span slot_span_places(int generation, int64_t first, int64_t last)
{
    int bits = GROWTH_BITS * generation;

    return (struct slot_span){first_of(generation) + (first << bits),
                              first_of(generation) + (((last + 1) << bits) - 1)};
}

struct slot_span slot_span(int generation, int64_t minutes)
{
    int64_t day, first, minute;

    if (minutes < 0) /* 0 is no rowid of an article */
        return slot_span_places(generation, 1, ((int64_t)DAYS_BEFORE << DAY_BITS) - 1);
    day = (minutes / DAY_MINUTES + DAYS_BEFORE) << DAY_BITS;
    minute = minutes % DAY_MINUTES;
    if (minute == 0)
        return slot_span_places(generation, day, day + DAY_ROOM - 1);
    first = day + DAY_ROOM + (minute - 1) * MINUTE_ROOM;
    return slot_span_places(generation, first, first + MINUTE_ROOM - 1);
}

int slot_generation(int64_t slot)
{
    return (int)(slot >> GENERATION_BIT);
}

int64_t slot_place(int64_t slot)
{
    return (slot - first_of(slot_generation(slot))) >> (GROWTH_BITS * slot_generation(slot));
}

uint64_t slot_rest(int64_t slot)
{
    return (uint64_t)slot & ((UINT64_C(1) << (GROWTH_BITS * slot_generation(slot))) - 1);
}
