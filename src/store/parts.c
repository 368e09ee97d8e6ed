/* SPDX-License-Identifier: ISC */
#include "store/parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 32,     /* places read of a part at a time */
    NEAR = 256,     /* so far the rest of a way is walked */
    PLACE_BYTES = 6 /* as order_place writes them */
};

/* ---- keys ---- */

/*
 * By date, what has one date has slots of its own in each part, which say nothing of one another: the key of the whole
 * begins with the last place of that date, then the part. By file it begins with the part. In the other orders keys
 * mean the same in all parts, and ids, in which the part is, tell equals apart.
 */
static size_t prefix_of(enum order ord)
{
    return ord == ORDER_DATE ? PLACE_BYTES + 1 : ord == ORDER_FILE ? 1 : 0;
}

/* The date of a key, or of one's beginning, by date. */
static struct slot_span date_of(const uint8_t *bytes)
{
    uint64_t n = 0;
    int i;

    for (i = 0; i < PLACE_BYTES; i++)
        n = n << 8 | bytes[i];
    return slot_minute(n > SLOT_LAST ? 0 : (int64_t)(SLOT_LAST - n));
}

struct order_key parts_key(const struct catalog *l, enum order ord, int part, const struct order_key *key)
{
    size_t prefix = prefix_of(ord);
    struct order_key k = {.len = 0};

    if (catalog_parts(l) == 1 || prefix == 0)
        return *key;
    if (ord == ORDER_DATE)
        k = order_place(date_of(key->bytes).to);
    k.bytes[k.len++] = (uint8_t)part;
    memcpy(k.bytes + prefix, key->bytes, key->len);
    k.len = (uint8_t)(prefix + key->len);
    return k;
}

static void set_end(struct spot *spot)
{
    memset(spot->key.bytes, 0xFF, ORDER_KEY_MAX);
    spot->key.len = ORDER_KEY_MAX;
    spot->id = INT64_MAX;
}

/* Where in a part all begins that the order holds for equal to a spot of the whole; end: where it ends. */
static struct spot equal_in(enum order ord, const struct spot *spot, bool end)
{
    struct slot_span date;
    struct spot local = {.id = 0};

    if (ord == ORDER_DATE) {
        date = date_of(spot->key.bytes);
        if (end && date.from == 0)
            set_end(&local);
        else
            local.key = order_place(end ? date.from - 1 : date.to);
    } else if (ord != ORDER_FILE) {
        local.key = spot->key;
        local.id = end ? INT64_MAX : 0;
    } else if (end) {
        set_end(&local);
    }
    return local;
}

/* Where in a part all begins that does not stand before a spot of the whole. */
static struct spot bound_in(const struct catalog *l, enum order ord, int part, const struct spot *spot)
{
    size_t prefix = prefix_of(ord);
    struct spot local = {.id = catalog_local(spot->id)};
    int there = prefix ? spot->key.bytes[prefix - 1] : catalog_part(spot->id);

    if (catalog_parts(l) == 1)
        return *spot;
    if (part != there)
        return equal_in(ord, spot, part < there);
    local.key.len = (uint8_t)(spot->key.len - prefix);
    memcpy(local.key.bytes, spot->key.bytes + prefix, local.key.len);
    return local;
}

static void lift(const struct catalog *l, enum order ord, int part, struct spot *spot)
{
    spot->key = parts_key(l, ord, part, &spot->key);
    spot->id = catalog_id(part, spot->id);
}

/* ---- counts ---- */

void parts_counts(struct catalog *l, enum order ord, long *all, long *unread)
{
    long here, unread_here;
    int i;

    *all = *unread = 0;
    for (i = 0; i < catalog_parts(l); i++) {
        rank_counts(catalog_db(l, i), ord, &here, &unread_here);
        *all += here;
        *unread += unread_here;
    }
}

static long before_in(struct catalog *l, enum order ord, int part, const struct spot *spot, enum rank_what what)
{
    struct spot bound = bound_in(l, ord, part, spot);

    return rank_before(catalog_db(l, part), ord, &bound, what);
}

long parts_before(struct catalog *l, enum order ord, const struct spot *spot, enum rank_what what)
{
    long sum = 0;
    int i;

    for (i = 0; i < catalog_parts(l); i++)
        sum += before_in(l, ord, i, spot, what);
    return sum;
}

bool parts_unread(struct catalog *l, enum order ord, const struct spot *spot, bool back, struct spot *out)
{
    struct spot found;
    bool any = false;
    long n;
    int i;

    for (i = 0; i < catalog_parts(l); i++) {
        struct db *db = catalog_db(l, i);

        n = before_in(l, ord, i, spot, RANK_UNREAD) - back;
        if (!rank_at(db, ord, n, RANK_UNREAD, &found))
            continue;
        lift(l, ord, i, &found);
        if (!back && rank_compare(&found, spot) == 0) {
            if (!rank_at(db, ord, n + 1, RANK_UNREAD, &found))
                continue;
            lift(l, ord, i, &found);
        }
        if (!any || (rank_compare(&found, out) < 0) != back)
            *out = found;
        any = true;
    }
    return any;
}

/* ---- windows ---- */

/* The next places of one part, as far as they were read. */
struct run {
    struct spot spots[CHUNK];
    int at, count;
    bool ended;
};

struct merge {
    struct catalog *l;
    enum order ord;
    bool back;
    int chunk;
    struct run *run;
};

static void fill(struct merge *s, int part, const struct spot *from, bool inclusive)
{
    struct run *run = &s->run[part];
    int i;

    run->at = 0;
    run->count = rank_from(catalog_db(s->l, part), s->ord, from, s->back, inclusive, run->spots, s->chunk);
    run->ended = run->count < s->chunk;
    for (i = 0; i < run->count; i++)
        lift(s->l, s->ord, part, &run->spots[i]);
}

static void begin(struct merge *s, const struct spot *spot, bool inclusive)
{
    int i;

    for (i = 0; i < catalog_parts(s->l); i++) {
        struct spot bound = {.id = 0};

        if (spot)
            bound = bound_in(s->l, s->ord, i, spot);
        /* A bound in a part that is not the spot's is no place there. */
        fill(s, i, spot ? &bound : NULL, inclusive);
    }
}

/* The nearest place of all runs; false where all have ended. */
static bool take(struct merge *s, struct spot *out)
{
    const struct spot *best = NULL;
    struct run *run;
    int part = 0, i;

    for (i = 0; i < catalog_parts(s->l); i++) {
        run = &s->run[i];
        if (run->at < run->count && (!best || (rank_compare(&run->spots[run->at], best) < 0) != s->back)) {
            best = &run->spots[run->at];
            part = i;
        }
    }
    if (!best)
        return false;
    *out = *best;
    run = &s->run[part];
    if (++run->at == run->count && !run->ended) {
        struct spot last = bound_in(s->l, s->ord, part, out);

        s->chunk = CHUNK;
        fill(s, part, &last, false);
    }
    return true;
}

int parts_from(struct catalog *l, enum order ord, const struct spot *spot, bool back, bool inclusive,
               struct spot *spots, int n)
{
    int parts = catalog_parts(l), each = n / parts + 2, got = 0;
    struct merge s = {.l = l, .ord = ord, .back = back, .chunk = each < CHUNK ? each : CHUNK};

    if (parts == 1)
        return rank_from(catalog_db(l, 0), ord, spot, back, inclusive, spots, n);
    s.run = mem_zalloc((size_t)parts, sizeof *s.run);
    begin(&s, spot, inclusive);
    while (got < n && take(&s, &spots[got]))
        got++;
    free(s.run);
    return got;
}

/* ---- the n-th ---- */

/* Of each part the places that may be meant: from low up to high. */
struct span {
    long low, high, before;
};

static long sum_of(const struct span *spans, int parts, long *low)
{
    long left = 0;
    int i;

    *low = 0;
    for (i = 0; i < parts; i++) {
        *low += spans[i].low;
        left += spans[i].high - spans[i].low;
    }
    return left;
}

/* Walks from the place that has `stands` before it to the n-th. */
static bool walk(struct catalog *l, enum order ord, const struct spot *from, long stands, long n, struct spot *out)
{
    long way = n < stands ? stands - n : n - stands;
    struct spot spots[NEAR + 1];
    int got = parts_from(l, ord, from, n < stands, true, spots, (int)way + 1);

    if (got <= way)
        return false;
    *out = spots[way];
    return true;
}

/* A place of a part that may be near the n-th. */
struct guess {
    struct spot spot;
    int part;
    long number, weight;
};

static int by_place(const void *a, const void *b)
{
    return rank_compare(&((const struct guess *)a)->spot, &((const struct guess *)b)->spot);
}

/* How the parts may lie to one another. */
enum lie {
    MIXED,   /* like cards that were shuffled: the n-th stands at the same share of each */
    APART,   /* one after the other */
    ANYHOW,
    LIES,
};

static bool set_guess(struct catalog *l, enum order ord, struct guess *g, int part, long number)
{
    g->part = part;
    g->number = number;
    if (!rank_at(catalog_db(l, part), ord, number, RANK_ALL, &g->spot))
        return false;
    lift(l, ord, part, &g->spot);
    return true;
}

/* Where the n-th of what is left may stand. Of each part one place is looked at; of these the one is taken that has its
 * share of what is left before it, if each stands for its part. */
static bool choose(struct catalog *l, enum order ord, const struct span *spans, enum lie lie, long n, long left,
                   struct guess *out)
{
    struct guess guesses[CATALOG_PARTS];
    double share = lie == MIXED ? (double)n / (double)left : 0.5;
    long sought = lie == ANYHOW ? left / 2 : n, passed = 0;
    int count = 0, i;

    for (i = 0; i < catalog_parts(l); i++) {
        guesses[count].weight = spans[i].high - spans[i].low;
        if (guesses[count].weight > 0 &&
            set_guess(l, ord, &guesses[count], i, spans[i].low + (long)(share * (double)guesses[count].weight)))
            count++;
    }
    if (count == 0)
        return false;
    mem_sort(guesses, (size_t)count, sizeof guesses[0], by_place);
    for (i = 0; i < count - 1 && passed + guesses[i].weight <= sought; i++)
        passed += guesses[i].weight;
    *out = guesses[i];
    sought -= passed;
    return lie != APART || sought >= out->weight ||
           set_guess(l, ord, out, out->part, spans[out->part].low + sought);
}

/* Finds the n-th where the order holds it for equal to the place of a guess: there one part follows the other. */
static bool find_equal(struct catalog *l, enum order ord, const struct guess *g, long n, struct spot *out)
{
    struct spot begin = equal_in(ord, &g->spot, false), end = equal_in(ord, &g->spot, true);
    long first[CATALOG_PARTS], count[CATALOG_PARTS], before = 0;
    int part;

    for (part = 0; part < catalog_parts(l); part++) {
        first[part] = rank_before(catalog_db(l, part), ord, &begin, RANK_ALL);
        count[part] = rank_before(catalog_db(l, part), ord, &end, RANK_ALL) - first[part];
        before += first[part];
    }
    if (n < before)
        return false;
    for (n -= before, part = 0; part < catalog_parts(l); n -= count[part++]) {
        if (n >= count[part])
            continue;
        if (!rank_at(catalog_db(l, part), ord, first[part] + n, RANK_ALL, out))
            return false;
        lift(l, ord, part, out);
        return true;
    }
    return false;
}

static void narrow(struct span *spans, int parts, const struct guess *g, bool behind)
{
    int i;

    for (i = 0; i < parts; i++) {
        if (behind && spans[i].before > spans[i].low)
            spans[i].low = spans[i].before;
        else if (!behind && spans[i].before < spans[i].high)
            spans[i].high = spans[i].before;
    }
    if (behind)
        spans[g->part].low = g->number + 1;
}

/*
 * Counts what stands before a place that may be near in all parts, and narrows each part's span by it until the rest of
 * the way can be walked. One guess of three takes nothing for granted but leaves at most three quarters of whatever
 * there is.
 */
bool parts_at(struct catalog *l, enum order ord, long n, struct spot *out)
{
    struct span spans[CATALOG_PARTS] = {{0}};
    int parts = catalog_parts(l), i, turn;
    long low, left, unread;
    struct guess g;

    if (parts == 1)
        return rank_at(catalog_db(l, 0), ord, n, RANK_ALL, out);
    for (i = 0; i < parts; i++)
        rank_counts(catalog_db(l, i), ord, &spans[i].high, &unread);
    for (turn = MIXED; (left = sum_of(spans, parts, &low)) > 0 && n >= low && n < low + left; turn++) {
        long stands = 0;

        if (!choose(l, ord, spans, (enum lie)(turn % LIES), n - low, left, &g))
            return false;
        for (i = 0; i < parts; i++)
            stands += spans[i].before = i == g.part ? g.number : before_in(l, ord, i, &g.spot, RANK_ALL);
        if (labs(n - stands) <= NEAR)
            return walk(l, ord, &g.spot, stands, n, out);
        if (find_equal(l, ord, &g, n, out))
            return true;
        narrow(spans, parts, &g, stands < n);
    }
    return false;
}
