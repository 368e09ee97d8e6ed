/* SPDX-License-Identifier: ISC */
#include "store/search_walk.h"

#include "base/mem.h"
#include "store/parts.h"
#include "store/tags.h"

#include <stdlib.h>

enum {
    WALK = 256,   /* places read at a time */
    GATHER = 128, /* hits whose keys are read at a time */
    PROBE = 16,   /* places looked up singly at a time */
    PROBE_MS = 6, /* spent on that before the index is swept */
};

bool search_is_walked(const struct search *s)
{
    return s->ord < ORDER_COUNT && s->ord != ORDER_DATE;
}

bool search_is_recent(const struct search *s)
{
    return s->ord == SEARCH_BY_READ || s->ord == SEARCH_BY_STARRED;
}

static void append(struct stretch *to, int64_t id)
{
    mem_grow(&to->ids, &to->cap, to->count + 1, sizeof *to->ids);
    to->ids[to->count++] = id;
}

/* Which of the places read, all of one part, are hits: is_hit[i] for spots[i]. */
static void look_up(struct search *s, struct catalog *l, const struct spot *spots, int count, bool *is_hit)
{
    int part = catalog_part(spots[0].id), i;
    int64_t slots[WALK];
    size_t kept, read;

    for (i = 0; i < count; i++)
        slots[i] = spots[i].slot;
    kept = lanes_match(&s->lanes, l, part, slots, (size_t)count, &read);
    for (i = 0; i < count; i++)
        is_hit[i] = kept > 0 && bsearch(&spots[i].slot, slots, kept, sizeof *slots, search_by_slot);
}

static void find_hits(struct search *s, struct catalog *l, const struct spot *spots, int count, bool *is_hit)
{
    int i, next;

    for (i = 0; i < count; i = next) {
        int part = catalog_part(spots[i].id);

        next = i + 1;
        if (s->stage > STAGE_PICK) {
            is_hit[i] = rising_has(&s->hits, search_number_of(s, part, spots[i].slot));
            continue;
        }
        while (next < count && catalog_part(spots[next].id) == part)
            next++;
        look_up(s, l, spots + i, next - i, is_hit + i);
    }
}

/* Walks on by some places. */
static void walk_some(struct search *s, struct catalog *l, struct stretch *to, bool from_back, int places)
{
    struct spot spots[WALK];
    bool is_hit[WALK];
    int got, i;

    got = parts_from(l, (enum order)s->ord, to->begun ? &to->last : NULL, from_back != s->reverse, false, spots,
                     places);
    find_hits(s, l, spots, got, is_hit);
    for (i = 0; i < got; i++) {
        if (is_hit[i])
            append(to, spots[i].id);
    }
    if (got > 0) {
        to->last = spots[got - 1];
        to->begun = true;
    }
    to->done = got < places;
}

/* Walks on until it holds more than n hits or has met the other end. */
static void walk(struct search *s, struct catalog *l, struct stretch *to, bool from_back, size_t n)
{
    while (!to->done && to->count <= n)
        walk_some(s, l, to, from_back, WALK);
}

static int by_place(const void *a, const void *b)
{
    return rank_compare(a, b);
}

void search_sort_step(struct search *s, struct catalog *l)
{
    size_t i, end = s->next + GATHER < s->hits.count ? s->next + GATHER : s->hits.count;

    for (; s->next < end; s->next++) {
        int64_t id = search_id_of(s, l, rising_at(&s->hits, s->next));

        if (id && catalog_spot(l, (enum order)s->ord, id, &s->spots[s->spot_count]))
            s->spot_count++;
    }
    if (s->next < s->hits.count)
        return;
    mem_sort(s->spots, s->spot_count, sizeof *s->spots, by_place);
    s->front.count = 0;
    for (i = 0; i < s->spot_count; i++)
        append(&s->front, s->spots[s->reverse ? s->spot_count - 1 - i : i].id);
    s->front.done = true;
    s->stage = STAGE_DONE;
}

/* ---- by when they were read or starred ---- */

struct recent {
    struct search *s;
    struct catalog *l;
    bool *taken; /* by row in the list by date */
};

static unsigned flags_of(const struct search *s, int64_t id)
{
    return sift_flags(filter_sift(s->lanes.lane[catalog_part(id)].filter), catalog_local(id));
}

static void take_recent(void *ctx, int64_t id)
{
    struct recent *r = ctx;
    int64_t slot = search_find_slot(r->l, id);
    uint64_t number = search_number_of(r->s, catalog_part(id), slot);

    if (!slot || !rising_has(&r->s->hits, number) || r->taken[rising_below(&r->s->hits, number)])
        return;
    r->taken[rising_below(&r->s->hits, number)] = true;
    append(&r->s->front, id);
    r->s->read += (flags_of(r->s, id) & RANK_READ) != 0;
}

static void on_recent(void *ctx, const struct digest *d)
{
    struct recent *r = ctx;

    catalog_each_digest(r->l, d, take_recent, r);
}

void search_order_recent(struct search *s, struct catalog *l)
{
    struct recent r = {.s = s, .l = l, .taken = mem_zalloc(s->hits.count + 1, sizeof *r.taken)};

    s->read = 0;
    if (s->state && s->ord == SEARCH_BY_READ)
        tags_each_read(s->state, SEARCH_RECENT, on_recent, &r);
    else if (s->state)
        tags_each_starred(s->state, on_recent, &r);
    free(r.taken);
    s->front.done = true;
    s->stage = STAGE_DONE;
}

/* Of many hits the first stand near. */
void search_probe(struct search *s, struct catalog *l, long rows, int64_t until)
{
    int64_t most = sweep_clock() + PROBE_MS * 1000;

    if (query_is_broad(s->query) || rows > WALK)
        return;
    while (!s->front.done && s->front.count < (size_t)rows && sweep_clock() < (until < most ? until : most))
        walk_some(s, l, &s->front, false, PROBE);
}

void search_walk_step(struct search *s, struct catalog *l)
{
    walk_some(s, l, &s->front, false, WALK);
    if (s->front.done)
        s->stage = STAGE_DONE;
}

int64_t search_walked_at(struct search *s, struct catalog *l, long n)
{
    long from_end = search_rows(s) - 1 - n;

    if (search_is_recent(s))
        return s->front.ids[s->reverse ? from_end : n];
    if (!s->front.done && (size_t)n >= s->front.count && from_end < n) {
        walk(s, l, &s->back, true, (size_t)from_end);
        return (size_t)from_end < s->back.count ? s->back.ids[from_end] : 0;
    }
    walk(s, l, &s->front, false, (size_t)n);
    return (size_t)n < s->front.count ? s->front.ids[n] : 0;
}

static long find_in(const struct stretch *in, size_t from, int64_t id)
{
    size_t i;

    for (i = from; i < in->count; i++) {
        if (in->ids[i] == id)
            return (long)i;
    }
    return -1;
}

long search_walked_row(struct search *s, struct catalog *l, int64_t id)
{
    long at = find_in(&s->back, 0, id);
    size_t from;

    if (at >= 0)
        return search_rows(s) - 1 - at;
    at = find_in(&s->front, 0, id);
    if (at >= 0 && search_is_recent(s) && s->reverse)
        return search_rows(s) - 1 - at;
    while (at < 0 && !s->front.done && s->stage == STAGE_WALK) {
        from = s->front.count;
        walk(s, l, &s->front, false, from);
        at = find_in(&s->front, from, id);
    }
    return at;
}
