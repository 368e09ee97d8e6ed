/* SPDX-License-Identifier: ISC */
#include "store/search_inside.h"

#include "base/mem.h"
#include "store/search_rank.h"
#include "store/search_walk.h"
#include "store/slot.h"

#include <stdlib.h>
#include <string.h>

enum {
    PICKED_MOST = 4000, /* articles that are looked up in the index one by one, where no others can be hits */
    PICK = 128,         /* of them at a time */
    FEW = 1500,         /* hits that are sorted by their keys instead of walked for */
};

/* ---- slots as numbers that rise along the list ---- */

static bool is_upwards(const struct search *s)
{
    return s->reverse && s->ord == ORDER_DATE;
}

static uint64_t turned(const struct search *s, uint64_t number)
{
    return is_upwards(s) ? UINT64_MAX - number : number;
}

uint64_t search_number_of(const struct search *s, int part, int64_t slot)
{
    return turned(s, slot_row_number(s->lanes.parts, s->lanes.generations, part, slot));
}

static int64_t slot_of(const struct search *s, uint64_t number, int *part)
{
    return slot_row_slot(s->lanes.parts, s->lanes.generations, turned(s, number), part);
}

int64_t search_find_slot(struct catalog *l, int64_t id)
{
    return db_int(catalog_db(l, catalog_part(id)), 0, "SELECT slot FROM article WHERE id = ?1", "i",
                  catalog_local(id));
}

int64_t search_id_of(const struct search *s, struct catalog *l, uint64_t number)
{
    int part;
    int64_t slot = slot_of(s, number, &part);

    return catalog_id(part, db_int(catalog_db(l, part), 0, "SELECT id FROM article WHERE slot = ?1", "i", slot));
}

int search_by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

int search_by_slot(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* ---- the search ---- */

/* How many articles alone can be hits; SIZE_MAX where all can. */
static size_t count_alone(const struct search *s)
{
    const int64_t *ids;
    size_t count = 0, here;
    int part;

    for (part = 0; part < s->lanes.parts; part++) {
        if (!filter_alone(s->lanes.lane[part].filter, &ids, &here))
            return SIZE_MAX;
        count += here;
    }
    return count;
}

struct search *search_new(struct catalog *l, const struct query *q, struct state *state, int ord, bool reverse)
{
    struct search *s = mem_zalloc(1, sizeof *s);
    size_t few;

    s->query = q;
    s->state = state;
    s->ord = ord;
    s->reverse = reverse;
    rising_init(&s->hits);
    lanes_init(&s->lanes, l, q, state);
    lanes_begin(&s->lanes, is_upwards(s));
    few = count_alone(s);
    if (few < SIZE_MAX && (few <= PICKED_MOST || !query_has_words(q))) {
        s->picked = mem_zalloc(few + 1, sizeof *s->picked);
        s->stage = STAGE_PICK;
    }
    if (ord == SEARCH_BY_RANK)
        search_plan_scores(s, l);
    return s;
}

void search_free(struct search **s)
{
    if (!*s)
        return;
    lanes_release(&(*s)->lanes);
    rising_release(&(*s)->hits);
    free((*s)->front.ids);
    free((*s)->back.ids);
    free((*s)->spots);
    free((*s)->alone);
    free((*s)->picked);
    free((*s)->window);
    best_release(&(*s)->best);
    free((*s)->best_row);
    free(*s);
    *s = NULL;
}

/* All hits are known: what is done with them follows from the order. */
static void found_all(struct search *s, struct catalog *l)
{
    s->next = 0;
    if (s->hits.count == 0 || s->ord == ORDER_DATE) {
        s->stage = STAGE_DONE;
        s->front.done = true;
    } else if (s->ord == SEARCH_BY_RANK) {
        search_rank(s);
    } else if (search_is_recent(s)) {
        search_order_recent(s, l);
    } else if (s->hits.count <= FEW || filter_sift(s->lanes.lane[0].filter)->hidden) {
        /* Hidden articles have no places to walk along. */
        s->spots = mem_zalloc(s->hits.count, sizeof *s->spots);
        s->stage = STAGE_SORT;
    } else {
        s->stage = STAGE_WALK;
    }
}

/* What hits are taken for. */
struct finding {
    struct search *s;
    struct catalog *l;
};

/* Takes what passes the filters of a part. */
static void take_hits(void *finding, int part, struct lane *lane)
{
    struct finding *f = finding;
    struct search *s = f->s;
    size_t i, read;

    lane->count = filter_pass(lane->filter, catalog_db(f->l, part), lane->slots, lane->scores, lane->count, &read);
    s->read += (long)read;
    mem_grow(&s->window, &s->window_cap, s->window_count + lane->count, sizeof *s->window);
    for (i = 0; i < lane->count; i++)
        s->window[s->window_count++] = search_number_of(s, part, lane->slots[i]);
    if (s->scores)
        search_take_scores(s, part, lane);
}

static void find_window(struct search *s, struct catalog *l)
{
    struct finding f = {s, l};
    const struct lanes_taker taker = {take_hits, &f};
    size_t i;

    if (!lanes_look(&s->lanes, l, s->scores ? &s->score : NULL, NULL, &taker)) {
        found_all(s, l);
        return;
    }
    if (s->lanes.left)
        return;
    if (s->window_count > 1 && (s->lanes.generations > 1 || s->lanes.parts > 1))
        mem_sort(s->window, s->window_count, sizeof *s->window, search_by_number);
    for (i = 0; i < s->window_count; i++)
        rising_add(&s->hits, s->window[i]);
    s->window_count = 0;
}

/* Finds where some of the articles stand that alone can be hits; false where that is known of all. */
static bool place_some(struct search *s, struct catalog *l)
{
    const int64_t *ids;
    size_t count, end;

    filter_alone(s->lanes.lane[s->picking].filter, &ids, &count);
    if (s->next == count)
        return false;
    mem_grow(&s->alone, &s->alone_cap, count, sizeof *s->alone);
    for (end = count - s->next < PICK ? count : s->next + PICK; s->next < end; s->next++) {
        int64_t slot = search_find_slot(l, catalog_id(s->picking, ids[s->next]));

        if (slot)
            s->alone[s->alone_count++] = slot;
    }
    if (s->next == count && s->alone_count > 1)
        mem_sort(s->alone, s->alone_count, sizeof *s->alone, search_by_slot);
    return true;
}

/* Looks up some of them that stand close together; false where all were. Where many words begin alike, all of these are
 * read each time. */
static bool pick_some(struct search *s, struct catalog *l)
{
    size_t left = s->alone_count - s->looked, most = query_is_broad(s->query) ? left : PICK, found, read, i;
    int64_t *slots;

    if (left == 0)
        return false;
    slots = s->alone + s->looked;
    most = left < most ? left : most;
    s->looked += most;
    found = lanes_match(&s->lanes, l, s->picking, slots, most, &read);
    for (i = 0; i < found; i++)
        s->picked[s->picked_count++] = search_number_of(s, s->picking, slots[i]);
    s->read += (long)read;
    return true;
}

static void pick_step(struct search *s, struct catalog *l)
{
    size_t i;

    if (place_some(s, l) || pick_some(s, l))
        return;
    s->alone_count = s->looked = 0;
    s->next = 0;
    if (++s->picking < s->lanes.parts)
        return;
    mem_sort(s->picked, s->picked_count, sizeof *s->picked, search_by_number);
    for (i = 0; i < s->picked_count; i++) {
        if (i == 0 || s->picked[i] != s->picked[i - 1])
            rising_add(&s->hits, s->picked[i]);
    }
    found_all(s, l);
}

static bool has_fault(struct catalog *l)
{
    int part;

    for (part = 0; part < catalog_parts(l); part++) {
        if (db_fault(catalog_db(l, part)) != DB_FINE)
            return true;
    }
    return false;
}

static void step(struct search *s, struct catalog *l)
{
    switch (s->stage) {
    case STAGE_FIND:
        find_window(s, l);
        break;
    case STAGE_PICK:
        pick_step(s, l);
        break;
    case STAGE_COUNT:
        search_count_window(s, l);
        break;
    case STAGE_SCORE:
        search_score_window(s, l);
        break;
    case STAGE_SORT:
        search_sort_step(s, l);
        break;
    case STAGE_WALK:
        search_walk_step(s, l);
        break;
    case STAGE_DONE:
        break;
    }
    if (has_fault(l))
        s->stage = STAGE_DONE;
}

bool search_run(struct search *s, struct catalog *l, long rows, int ms)
{
    int64_t now = sweep_clock(), until = now + (int64_t)ms * 1000, before;
    bool begins = s->stage == STAGE_FIND && s->lanes.sweep.row == 0;

    s->lanes.hurries = ms >= 0;
    if (begins && search_is_walked(s))
        search_probe(s, l, rows, ms < 0 ? INT64_MAX : until);
    now = sweep_clock();
    while (s->stage != STAGE_DONE && search_rows(s) < rows) {
        step(s, l);
        before = now;
        now = sweep_clock();
        if (ms >= 0 && now + (now - before) > until) /* the next one may take as long */
            break;
    }
    return s->stage == STAGE_DONE;
}

bool search_done(const struct search *s)
{
    return s->stage == STAGE_DONE;
}

long search_count(const struct search *s)
{
    return (long)(search_is_recent(s) ? s->front.count : s->hits.count);
}

long search_count_read(const struct search *s)
{
    return s->read;
}

long search_rows(const struct search *s)
{
    bool all = s->stage == STAGE_WALK || (s->stage == STAGE_DONE && !s->front.done);

    all = all || (!search_is_walked(s) && !search_is_recent(s));
    return (long)(all ? s->hits.count : s->front.count);
}

int64_t search_at(struct search *s, struct catalog *l, long n)
{
    long from_end = search_rows(s) - 1 - n;

    if (n < 0 || from_end < 0)
        return 0;
    if (s->ord == SEARCH_BY_RANK)
        return search_ranked_at(s, l, (size_t)n);
    if (s->ord == ORDER_DATE)
        return search_id_of(s, l, rising_at(&s->hits, (size_t)n));
    return search_walked_at(s, l, n);
}

long search_row(struct search *s, struct catalog *l, int64_t id)
{
    int64_t slot = id > 0 && catalog_part(id) < s->lanes.parts ? search_find_slot(l, id) : 0;
    uint64_t number = slot ? search_number_of(s, catalog_part(id), slot) : 0;
    bool is_there = slot && rising_has(&s->hits, number);

    if (search_is_walked(s) || search_is_recent(s))
        return is_there || (slot && s->stage <= STAGE_PICK) ? search_walked_row(s, l, id) : -1;
    if (!is_there)
        return -1;
    return s->ord == ORDER_DATE ? (long)rising_below(&s->hits, number) : search_ranked_row(s, number);
}
