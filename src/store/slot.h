/* SPDX-License-Identifier: ISC */
/*
 * Slots: the numbers by which the full-text index knows the articles. They rise with the date of publication, so
 * that FTS5, which gives its hits by number from whichever end is asked for, gives them newest first, and the
 * first screen of a search costs what stands on it, however many hits there are.
 * Knows: nothing. Owns: nothing. Fails: never.
 *
 * A day has 2^20 places: the first ones for articles that tell no time of day, then 256 for each minute. The
 * undated come below all days. Where a minute is full, a further generation of slots, whose minutes have sixteen
 * times the room of the one before, takes what comes. Dense numbers cost the index a byte an occurrence less
 * than a time and an id in 64 bits would.
 */
#ifndef STORE_SLOT_H
#define STORE_SLOT_H

#include <stdint.h>

enum { SLOT_GENERATIONS = 5, SLOT_UNDATED = 0, SLOT_PARTS = 60 };

#define SLOT_LAST ((UINT64_C(1) << 42) - 1) /* the highest place */

/* The slots of a generation that have one date: from..to, both in it. minutes as order_minutes counts them,
 * -1 for the undated. Those who come first take the highest. */
struct slot_span {
    int64_t from, to;
};

struct slot_span slot_span(int generation, int64_t minutes);

/* The generation, the place in time, and what is left: by place falling, generation rising, rest falling slots
 * are in the order of the list by date. */
int slot_generation(int64_t slot);
int64_t slot_place(int64_t slot);
uint64_t slot_rest(int64_t slot); /* below 65536 */

/* The slots of a generation that stand at the places first..last. */
struct slot_span slot_span_places(int generation, int64_t first, int64_t last);

/* The places, first to last, that have the date of this one. */
struct slot_span slot_minute(int64_t place);

/* The slots of several caches ("parts", up to SLOT_PARTS) as one row, the newest first: of one date all of the first
 * part come before those of the second, as if all had been put into one cache in this order. A place of a part has a
 * number in it, and so has a slot, UINT64_MAX where its generation is not in use. */
uint64_t slot_row_place(int parts, int part, int64_t place);
uint64_t slot_row_number(int parts, int generations, int part, int64_t slot);
int64_t slot_row_slot(int parts, int generations, uint64_t number, int *part);

/* The first, which is the highest, place of a part that stands at a place's number or behind it; -1 for none. */
int64_t slot_row_reach(int parts, int part, uint64_t number);

#endif
