/* SPDX-License-Identifier: ISC */
#include "store/lanes.h"

#include "base/mem.h"
#include "store/slot.h"

#include <stdlib.h>
#include <string.h>

enum { STEP_US = 1000 }; /* after which a window may be left */

void lanes_init(struct lanes *n, struct catalog *l, const struct query *q, struct state *state)
{
    int part, generation;

    *n = (struct lanes){.query = q, .parts = catalog_parts(l)};
    n->lane = mem_zalloc((size_t)n->parts, sizeof *n->lane);
    for (part = 0; part < n->parts; part++) {
        struct db *db = catalog_db(l, part);

        n->lane[part].filter = filter_new(db, q, catalog_lent(l, part), state);
        n->lane[part].matcher = matcher_new(query_match(q));
        generation = slot_generation(db_int(db, 0, "SELECT slot FROM article ORDER BY slot DESC LIMIT 1", ""));
        n->generations = generation >= n->generations ? generation + 1 : n->generations;
    }
}

void lanes_release(struct lanes *n)
{
    int part;

    for (part = 0; part < n->parts; part++) {
        filter_free(&n->lane[part].filter);
        matcher_free(&n->lane[part].matcher);
        free(n->lane[part].slots);
        free(n->lane[part].scores);
    }
    free(n->lane);
    free(n->among);
    memset(n, 0, sizeof *n);
}

void lanes_begin(struct lanes *n, bool upwards)
{
    int64_t first, last;

    n->left = false;
    filter_places(n->lane[0].filter, &first, &last);
    sweep_init(&n->sweep, n->parts, first, last, upwards);
}

/* The slots of the sweep's window in a part and generation; false where no article stands there, which of several parts
 * is sooner seen than the index is opened. */
static bool find_span(const struct lanes *n, struct db *db, int part, int generation, struct slot_span *span)
{
    *span = sweep_span(&n->sweep, part, generation);
    return span->from <= span->to &&
           (n->parts == 1 || db_int(db, 0, "SELECT 1 FROM article WHERE slot BETWEEN ?1 AND ?2 LIMIT 1", "ii",
                                    span->from, span->to));
}

static int by_slot(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* The slots, by rising number, of those among the numbers that stand in a span of a part. */
static struct slots find_among(struct lanes *n, const struct rising *among, int part, struct slot_span span)
{
    size_t i = rising_below(among, slot_row_number(n->parts, n->generations, part, span.to)), count = 0;
    size_t end = rising_below(among, slot_row_number(n->parts, n->generations, part, span.from) + 1);

    mem_grow(&n->among, &n->among_cap, end - i + 1, sizeof *n->among);
    for (; i < end; i++) {
        int in;
        int64_t slot = slot_row_slot(n->parts, n->generations, rising_at(among, i), &in);

        if (in == part && slot >= span.from && slot <= span.to)
            n->among[count++] = slot;
    }
    mem_sort(n->among, count, sizeof *n->among, by_slot);
    return (struct slots){n->among, count};
}

/* Adds what was found to a lane, in the order of the sweep. */
static void take(struct lane *lane, const struct matches *found, bool upwards)
{
    size_t i;

    mem_grow(&lane->slots, &lane->cap, lane->count + found->count, sizeof *lane->slots);
    mem_grow(&lane->scores, &lane->score_cap, lane->count + found->count, sizeof *lane->scores);
    for (i = 0; i < found->count; i++) {
        size_t from = upwards ? i : found->count - 1 - i;

        lane->scores[lane->count] = found->scores ? found->scores[from] : 0;
        lane->slots[lane->count++] = found->slots[from];
    }
}

/* When a window may be left. */
static int64_t patience(const struct lanes *n)
{
    return n->hurries ? sweep_clock() + STEP_US : INT64_MAX;
}

/* Goes on in a part; false where the window is left. */
static bool look_in(struct lanes *n, struct db *db, const struct score *score, const struct rising *among,
                    int64_t until)
{
    struct lane *lane = &n->lane[n->part];

    for (; n->generation < n->generations; n->generation++) {
        struct slot_span span;
        struct slots only;
        struct matches found;

        if (!find_span(n, db, n->part, n->generation, &span))
            continue;
        if (among)
            only = find_among(n, among, n->part, span);
        found = matcher_find(lane->matcher, db, span, among ? &only : NULL, score, until);
        if (found.half)
            return false;
        take(lane, &found, n->sweep.upwards);
    }
    n->generation = 0;
    return true;
}

/* Opens the next window, or the one that was left; false at the end. */
static bool open_window(struct lanes *n, struct catalog *l)
{
    if (n->left) {
        sweep_return(&n->sweep);
        n->left = false;
        return true;
    }
    n->part = n->generation = 0;
    n->lane[0].count = 0;
    return sweep_next(&n->sweep, l);
}

/* The time is over; true. */
static bool leave(struct lanes *n)
{
    n->left = true;
    sweep_leave(&n->sweep);
    return true;
}

bool lanes_look(struct lanes *n, struct catalog *l, const struct score *score, const struct rising *among,
                const struct lanes_taker *taker)
{
    int64_t until = patience(n);

    if (!open_window(n, l))
        return false;
    while (n->part < n->parts) {
        if (!look_in(n, catalog_db(l, n->part), score, among, until))
            return leave(n);
        taker->take(taker->ctx, n->part, &n->lane[n->part]);
        if (++n->part < n->parts)
            n->lane[n->part].count = 0;
    }
    sweep_took(&n->sweep);
    return true;
}

size_t lanes_match(struct lanes *n, struct catalog *l, int part, int64_t *slots, size_t count, size_t *read)
{
    struct lane *lane = &n->lane[part];
    struct db *db = catalog_db(l, part);
    struct slots only;
    struct matches found;

    mem_sort(slots, count, sizeof *slots, by_slot);
    count = filter_pass(lane->filter, db, slots, NULL, count, read);
    if (count == 0 || !query_has_words(n->query))
        return count;
    only = (struct slots){slots, count};
    found = matcher_find(lane->matcher, db, (struct slot_span){slots[0], slots[count - 1]}, &only, NULL, INT64_MAX);
    if (found.count == 0) /* nor are there any slots where the cache could not be read */
        return 0;
    memcpy(slots, found.slots, found.count * sizeof *slots);
    return found.count == count ? count : filter_pass(lane->filter, db, slots, NULL, found.count, read);
}

bool lanes_count(struct lanes *n, struct catalog *l, size_t phrase, long *count)
{
    int64_t until = patience(n);
    struct slot_span span;
    long here;

    if (!open_window(n, l))
        return false;
    for (; n->part < n->parts; n->part++) {
        struct db *db = catalog_db(l, n->part);

        for (; n->generation < n->generations; n->generation++) {
            if (!find_span(n, db, n->part, n->generation, &span))
                continue;
            here = matcher_count(n->lane[n->part].matcher, db, span, phrase, until);
            if (here < 0)
                return leave(n);
            *count += here;
        }
        n->generation = 0;
    }
    sweep_took(&n->sweep);
    return true;
}
