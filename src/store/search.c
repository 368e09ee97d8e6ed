/* SPDX-License-Identifier: ISC */
#include "store/search.h"

#include "base/mem.h"
#include "store/best.h"
#include "store/lanes.h"
#include "store/parts.h"
#include "store/rising.h"
#include "store/score.h"
#include "store/slot.h"
#include "store/tags.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    PICKED_MOST = 4000,  /* articles that are looked up in the index one by one, where no others can be hits */
    PICK = 128,          /* of them at a time */
    FEW = 1500,          /* hits that are sorted by their keys instead of walked for */
    WALK = 256,          /* places read at a time */
    GATHER = 128,        /* hits whose keys are read at a time */
    PROBE = 16,          /* places looked up singly at a time */
    PROBE_MS = 6,        /* spent on that before the index is swept */
};

enum stage {
    STAGE_FIND,  /* sweeping for hits */
    STAGE_PICK,  /* looking up the few articles that can be hits, one by one */
    STAGE_COUNT, /* sweeping for each phrase alone, whose rarity is its weight */
    STAGE_SCORE, /* sweeping for scores */
    STAGE_SORT,  /* reading the keys of few hits */
    STAGE_WALK,  /* walking through an order */
    STAGE_DONE,
};

/* Ids in order from one end of the list, as far as anybody looked. */
struct stretch {
    int64_t *ids;
    size_t count, cap;
    struct spot last; /* where the walk stands */
    bool begun, done;
};

struct search {
    const struct query *query;
    struct state *state;
    struct lanes lanes;
    int ord;
    bool reverse;
    enum stage stage;
    struct rising hits; /* numbers (number_of) by date, or against it where the list is by date reversed */
    long read;

    struct stretch front, back; /* of the orders that are walked; back: from the last row on */
    struct spot *spots;         /* of few hits, to be sorted */
    size_t spot_count;

    bool scores;        /* hits are scored as they are found */
    struct score score;
    uint64_t *window;   /* the numbers of a window's hits */
    size_t window_count, window_cap;
    int picking;        /* the part whose articles are picked */
    int64_t *alone;     /* the slots of its articles that alone can be hits, and how many of them were looked up */
    size_t alone_count, alone_cap, looked;
    size_t next;        /* of the articles to be picked, the hits to be sorted */
    uint64_t *picked;   /* the numbers of those that are hits */
    size_t picked_count;
    size_t phrase;      /* the one being counted */
    long phrase_found;
    struct best best;
    uint64_t *best_row; /* their rows in the list by date, rising; NULL until all are scored */
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

static uint64_t number_of(const struct search *s, int part, int64_t slot)
{
    return turned(s, slot_row_number(s->lanes.parts, s->lanes.generations, part, slot));
}

static int64_t slot_of(const struct search *s, uint64_t number, int *part)
{
    return slot_row_slot(s->lanes.parts, s->lanes.generations, turned(s, number), part);
}

static int64_t find_slot(struct catalog *l, int64_t id)
{
    return db_int(catalog_db(l, catalog_part(id)), 0, "SELECT slot FROM article WHERE id = ?1", "i",
                  catalog_local(id));
}

/* The article of a number; 0 where it is gone. */
static int64_t id_of(const struct search *s, struct catalog *l, uint64_t number)
{
    int part;
    int64_t slot = slot_of(s, number, &part);

    return catalog_id(part, db_int(catalog_db(l, part), 0, "SELECT id FROM article WHERE slot = ?1", "i", slot));
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static int by_slot(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* ---- by relevance ---- */

static void finish_scores(struct search *s)
{
    size_t i;

    best_finish(&s->best);
    s->best_row = mem_zalloc(s->best.count + 1, sizeof *s->best_row);
    for (i = 0; i < s->best.count; i++)
        s->best_row[i] = rising_below(&s->hits, s->best.kept[i].number);
    mem_sort(s->best_row, s->best.count, sizeof *s->best_row, by_number);
    s->stage = STAGE_DONE;
}

static void take_scores(void *search, int part, struct lane *lane)
{
    struct search *s = search;
    size_t i;

    for (i = 0; i < lane->count; i++) {
        struct scored one = {lane->scores[i], number_of(s, part, lane->slots[i])};

        best_offer(&s->best, one);
    }
    s->score.floor = best_floor(&s->best);
}

static void score_window(struct search *s, struct catalog *l)
{
    const struct lanes_taker taker = {take_scores, s};

    if (!lanes_look(&s->lanes, l, &s->score, &s->hits, &taker))
        finish_scores(s);
}

/* The next phrase that is to be counted, from `from` on. */
static size_t next_phrase(const struct search *s, size_t from)
{
    const char *phrase;

    while (from < SCORE_PHRASES && (phrase = query_phrase(s->query, from)) && !*phrase)
        from++;
    return from;
}

/* How long an article is on the average is of all parts, as a phrase's weight is. */
static void begin_scores(struct search *s, struct catalog *l)
{
    double articles = 0, words = 0;
    int part;

    for (part = 0; part < s->lanes.parts; part++)
        score_extent(catalog_db(l, part), &articles, &words);
    s->score.average = articles > 0 && words > 0 ? words / articles : 1;
    best_init(&s->best, SEARCH_RANKED);
}

static bool is_phrase(const struct search *s, size_t n)
{
    return n < SCORE_PHRASES && query_phrase(s->query, n);
}

/* One phrase's weight is the same for all, so that its hits are scored when they are found. */
static void plan_scores(struct search *s, struct catalog *l)
{
    s->phrase = next_phrase(s, 0);
    if (!is_phrase(s, s->phrase) || is_phrase(s, next_phrase(s, s->phrase + 1)))
        return;
    s->score.idf[s->phrase] = 1;
    s->scores = s->stage == STAGE_FIND;
    begin_scores(s, l);
}

static void sweep_for_scores(struct search *s)
{
    lanes_begin(&s->lanes, false);
    s->stage = STAGE_SCORE;
}

/* All hits are known. */
static void rank(struct search *s)
{
    if (!is_phrase(s, s->phrase)) { /* nothing says what is better */
        s->stage = STAGE_DONE;
    } else if (s->scores) {
        finish_scores(s);
    } else if (s->score.idf[s->phrase] > 0) {
        sweep_for_scores(s);
    } else {
        lanes_begin(&s->lanes, false);
        s->stage = STAGE_COUNT;
    }
}

static void count_window(struct search *s, struct catalog *l)
{
    const char *phrase = s->phrase < SCORE_PHRASES ? query_phrase(s->query, s->phrase) : NULL;
    long all, unread;

    if (!phrase) {
        begin_scores(s, l);
        sweep_for_scores(s);
    } else if (!lanes_count(&s->lanes, l, s->phrase, &s->phrase_found)) {
        parts_counts(l, ORDER_DATE, &all, &unread);
        s->score.idf[s->phrase] = score_idf(all, s->phrase_found);
        s->phrase = next_phrase(s, s->phrase + 1);
        s->phrase_found = 0;
        lanes_begin(&s->lanes, false);
    }
}

/* ---- in the other orders ---- */

static bool is_walked(const struct search *s)
{
    return s->ord < ORDER_COUNT && s->ord != ORDER_DATE;
}

static bool is_recent(const struct search *s)
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
        is_hit[i] = kept > 0 && bsearch(&spots[i].slot, slots, kept, sizeof *slots, by_slot);
}

static void find_hits(struct search *s, struct catalog *l, const struct spot *spots, int count, bool *is_hit)
{
    int i, next;

    for (i = 0; i < count; i = next) {
        int part = catalog_part(spots[i].id);

        next = i + 1;
        if (s->stage > STAGE_PICK) {
            is_hit[i] = rising_has(&s->hits, number_of(s, part, spots[i].slot));
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

static void sort_step(struct search *s, struct catalog *l)
{
    size_t i, end = s->next + GATHER < s->hits.count ? s->next + GATHER : s->hits.count;

    for (; s->next < end; s->next++) {
        int64_t id = id_of(s, l, rising_at(&s->hits, s->next));

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
    int64_t slot = find_slot(r->l, id);
    uint64_t number = number_of(r->s, catalog_part(id), slot);

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

static void order_recent(struct search *s, struct catalog *l)
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
        plan_scores(s, l);
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
        rank(s);
    } else if (is_recent(s)) {
        order_recent(s, l);
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
        s->window[s->window_count++] = number_of(s, part, lane->slots[i]);
    if (s->scores)
        take_scores(s, part, lane);
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
        mem_sort(s->window, s->window_count, sizeof *s->window, by_number);
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
        int64_t slot = find_slot(l, catalog_id(s->picking, ids[s->next]));

        if (slot)
            s->alone[s->alone_count++] = slot;
    }
    if (s->next == count && s->alone_count > 1)
        mem_sort(s->alone, s->alone_count, sizeof *s->alone, by_slot);
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
        s->picked[s->picked_count++] = number_of(s, s->picking, slots[i]);
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
    mem_sort(s->picked, s->picked_count, sizeof *s->picked, by_number);
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
        count_window(s, l);
        break;
    case STAGE_SCORE:
        score_window(s, l);
        break;
    case STAGE_SORT:
        sort_step(s, l);
        break;
    case STAGE_WALK:
        walk_some(s, l, &s->front, false, WALK);
        if (s->front.done)
            s->stage = STAGE_DONE;
        break;
    case STAGE_DONE:
        break;
    }
    if (has_fault(l))
        s->stage = STAGE_DONE;
}

/* Looks up the first articles of a walked order in the index, one by one: of many hits the first stand near. */
static void probe(struct search *s, struct catalog *l, long rows, int64_t until)
{
    while (!s->front.done && s->front.count < (size_t)rows && sweep_clock() < until)
        walk_some(s, l, &s->front, false, PROBE);
}

bool search_run(struct search *s, struct catalog *l, long rows, int ms)
{
    int64_t now = sweep_clock(), until = now + (int64_t)ms * 1000, before;
    bool begins = s->stage == STAGE_FIND && s->lanes.sweep.row == 0;

    s->lanes.hurries = ms >= 0;
    if (begins && is_walked(s) && !query_is_broad(s->query) && rows <= WALK)
        probe(s, l, rows, ms < 0 || ms > PROBE_MS ? now + PROBE_MS * 1000 : until);
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
    return (long)(is_recent(s) ? s->front.count : s->hits.count);
}

long search_count_read(const struct search *s)
{
    return s->read;
}

long search_rows(const struct search *s)
{
    bool all = (!is_walked(s) && !is_recent(s)) || s->stage == STAGE_WALK || (s->stage == STAGE_DONE && !s->front.done);

    return (long)(all ? s->hits.count : s->front.count);
}

/* The row by date that is the n-th of those that were not ranked. */
static size_t unranked(const struct search *s, size_t n)
{
    size_t i;

    for (i = 0; i < s->best.count && s->best_row[i] <= n; i++)
        n++;
    return n;
}

static int64_t ranked_at(const struct search *s, struct catalog *l, size_t n)
{
    if (s->reverse)
        n = s->hits.count - 1 - n;
    if (s->best_row && n < s->best.count)
        return id_of(s, l, s->best.kept[n].number);
    return id_of(s, l, rising_at(&s->hits, s->best_row ? unranked(s, n - s->best.count) : n));
}

int64_t search_at(struct search *s, struct catalog *l, long n)
{
    long from_end = search_rows(s) - 1 - n;

    if (n < 0 || from_end < 0)
        return 0;
    if (s->ord == SEARCH_BY_RANK)
        return ranked_at(s, l, (size_t)n);
    if (s->ord == ORDER_DATE)
        return id_of(s, l, rising_at(&s->hits, (size_t)n));
    if (is_recent(s))
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

static long walked_row(struct search *s, struct catalog *l, int64_t id)
{
    long at = find_in(&s->back, 0, id);
    size_t from;

    if (at >= 0)
        return search_rows(s) - 1 - at;
    at = find_in(&s->front, 0, id);
    if (at >= 0 && is_recent(s) && s->reverse)
        return search_rows(s) - 1 - at;
    while (at < 0 && !s->front.done && s->stage == STAGE_WALK) {
        from = s->front.count;
        walk(s, l, &s->front, false, from);
        at = find_in(&s->front, from, id);
    }
    return at;
}

static long ranked_row(const struct search *s, uint64_t number)
{
    size_t row = rising_below(&s->hits, number), n, before = 0;

    for (n = 0; n < s->best.count && s->best_row && s->best.kept[n].number != number; n++)
        before += s->best_row[n] < row;
    if (s->best_row)
        row = n < s->best.count ? n : s->best.count + row - before;
    return (long)(s->reverse ? s->hits.count - 1 - row : row);
}

long search_row(struct search *s, struct catalog *l, int64_t id)
{
    int64_t slot = id > 0 && catalog_part(id) < s->lanes.parts ? find_slot(l, id) : 0;
    uint64_t number = slot ? number_of(s, catalog_part(id), slot) : 0;
    bool is_there = slot && rising_has(&s->hits, number);

    if (is_walked(s) || is_recent(s))
        return is_there || (slot && s->stage <= STAGE_PICK) ? walked_row(s, l, id) : -1;
    if (!is_there)
        return -1;
    return s->ord == ORDER_DATE ? (long)rising_below(&s->hits, number) : ranked_row(s, number);
}
