/* SPDX-License-Identifier: ISC */
#include "store/slot.h"

#include <assert.h>

enum {
    GENERATION_BIT = 59,
    GENERATION_LAST = 7, /* far beyond what has room */
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
    /* Unsigned: of a catalogue that another program wrote, places may be any numbers. */
    uint64_t all = (uint64_t)first_of(generation);
    int bits = GROWTH_BITS * generation;

    return (struct slot_span){(int64_t)(all + ((uint64_t)first << bits)),
                              (int64_t)(all + (((uint64_t)last + 1) << bits) - 1)};
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
    int64_t generation = slot >> GENERATION_BIT;

    /* A catalogue may hold anything. */
    return generation < 0 ? 0 : generation > GENERATION_LAST ? GENERATION_LAST : (int)generation;
}

int64_t slot_place(int64_t slot)
{
    return (slot - first_of(slot_generation(slot))) >> (GROWTH_BITS * slot_generation(slot));
}

uint64_t slot_rest(int64_t slot)
{
    return (uint64_t)slot & ((UINT64_C(1) << (GROWTH_BITS * slot_generation(slot))) - 1);
}

/* ---- rows of several parts ---- */

struct slot_span slot_minute(int64_t place)
{
    int64_t day = place & ~(((int64_t)1 << DAY_BITS) - 1), rest = place - day - DAY_ROOM;

    if (place >> DAY_BITS < DAYS_BEFORE)
        return (struct slot_span){0, ((int64_t)DAYS_BEFORE << DAY_BITS) - 1};
    if (rest < 0)
        return (struct slot_span){day, day + DAY_ROOM - 1};
    day += DAY_ROOM + rest / MINUTE_ROOM * MINUTE_ROOM;
    return (struct slot_span){day, day + MINUTE_ROOM - 1};
}

uint64_t slot_row_place(int parts, int part, int64_t place)
{
    struct slot_span minute = slot_minute(place);
    uint64_t room = (uint64_t)(minute.to - minute.from + 1);

    assert(part >= 0 && part < parts && parts <= SLOT_PARTS);
    return (SLOT_LAST - (uint64_t)minute.to) * (uint64_t)parts + (uint64_t)part * room +
           (uint64_t)(minute.to - place);
}

/* The part and the place that a number stands for. */
static int64_t place_of(int parts, uint64_t number, int *part)
{
    struct slot_span minute = slot_minute((int64_t)(SLOT_LAST - number / (uint64_t)parts));
    uint64_t room = (uint64_t)(minute.to - minute.from + 1);
    uint64_t in = number - (SLOT_LAST - (uint64_t)minute.to) * (uint64_t)parts;

    *part = in / room < (uint64_t)parts ? (int)(in / room) : parts - 1;
    return minute.to - (int64_t)(in % room);
}

int64_t slot_row_reach(int parts, int part, uint64_t number)
{
    int there;
    int64_t place;
    struct slot_span minute;

    if (number >= (SLOT_LAST + 1) * (uint64_t)parts)
        return -1;
    place = place_of(parts, number, &there);
    minute = slot_minute(place);
    return part == there ? place : part > there ? minute.to : minute.from - 1;
}

/* How many slots of the generations below this one share a place. */
static uint64_t room_below(int generation)
{
    return ((UINT64_C(1) << (GROWTH_BITS * generation)) - 1) / ((1 << GROWTH_BITS) - 1);
}

uint64_t slot_row_number(int parts, int generations, int part, int64_t slot)
{
    int generation = slot_generation(slot);
    uint64_t room = UINT64_C(1) << (GROWTH_BITS * generation);

    if (generation >= generations)
        return UINT64_MAX;
    return slot_row_place(parts, part, slot_place(slot)) * room_below(generations) + room_below(generation) +
           (room - 1 - slot_rest(slot));
}

int64_t slot_row_slot(int parts, int generations, uint64_t number, int *part)
{
    uint64_t in = number % room_below(generations);
    int64_t place = place_of(parts, number / room_below(generations), part);
    int generation = 0;

    while (in >= room_below(generation + 1))
        generation++;
    return slot_span_places(generation, place, place).to - (int64_t)(in - room_below(generation));
}
