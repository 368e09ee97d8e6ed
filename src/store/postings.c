/* SPDX-License-Identifier: ISC */
#include "store/postings.h"

#include "base/mem.h"
#include "store/run.h"
#include "store/score.h"
#include "store/sweep.h"
#include "store/tokenizer.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

enum {
    NOT_WANTED = -1,
    AT_A_TIME = 256, /* articles that are read, or put in order, between two looks at the clock */
    GONE = -1, /* as least: an article has the word no more, whatever older segments say */
};

struct postings {
    struct buf packed;
    bool begins;
    int column;
    double weight[ENTRY_COLUMNS]; /* of an occurrence; NOT_WANTED: in this column it is none */
    struct run_list runs;
    int version; /* of the segments that they are of */
    size_t word, word_runs; /* in packed, the word whose runs are looked for, and how many runs those before it have */
    struct runs_place place;
    long turn;   /* the one that was begun last, how many runs were read in it, and whether all is done */
    size_t next;
    int64_t on;  /* the slot from which the next run is read on; 0: it was not begun */
    bool done;
    int64_t bound; /* where the span began that was read last: of each run the last article before it is known */
    bool skips;    /* and the one that is read lies before it, so that runs with no article there can be left out */
    struct posting_list list, other;
    size_t *ends; /* in list, of stretches that rise */
    size_t end_count, end_cap;
    size_t pair; /* the stretch that is to be put together with the next one, and how much of both was */
    size_t pair_first, pair_second;
    size_t settled, kept; /* of list, once it is one stretch, and what the last one settled was of */
    int64_t last_slot;
    uint64_t last_word;
    struct buf places;
};

/* ---- words ---- */

bool postings_late(const struct postings_from *from)
{
    return from->until < INT64_MAX && sweep_clock() > from->until;
}

/* The word that is packed at *at, which becomes what is behind it; false where it is longer than any in the index. */
static bool next_word(const struct postings *p, size_t *at, const char **word, size_t *len)
{
    *at += (unsigned char)p->packed.data[*at] == TOKENIZER_SAME_PLACE;
    *len = *at < p->packed.len ? (unsigned char)p->packed.data[(*at)++] : 0;
    *word = p->packed.data + *at;
    *at += *len;
    return *len > 0 && *at <= p->packed.len && *len <= RUNS_WORD_MOST;
}

static bool has_good_words(const struct postings *p)
{
    const char *word;
    size_t at = 0, len;
    bool good = true;

    while (at < p->packed.len && good)
        good = next_word(p, &at, &word, &len);
    return good;
}

struct postings *postings_new(const char *packed, size_t len, bool begins, int column)
{
    struct postings *p = mem_zalloc(1, sizeof *p);
    int i;

    buf_init(&p->packed);
    buf_init(&p->places);
    buf_add(&p->packed, packed, len);
    p->begins = begins;
    p->column = column;
    for (i = 0; i < ENTRY_COLUMNS; i++)
        p->weight[i] = column == ENTRY_COLUMNS || column == i ? score_weight(i) : NOT_WANTED;
    if (!has_good_words(p))
        postings_free(&p);
    return p;
}

void postings_free(struct postings **p)
{
    if (!*p)
        return;
    buf_release(&(*p)->packed);
    buf_release(&(*p)->places);
    free((*p)->runs.at);
    free((*p)->list.at);
    free((*p)->other.at);
    free((*p)->ends);
    free(*p);
    *p = NULL;
}

/* A form that is given twice is one. */
static bool is_found(const struct run_list *runs, size_t from)
{
    size_t i;

    for (i = 0; i < from && from < runs->count; i++) {
        if (runs->at[i].word == runs->at[from].word)
            return true;
    }
    return false;
}

/* Finds runs on one more leaf. */
static bool find_some(struct postings *p, const struct postings_from *from)
{
    const char *word;
    size_t at = p->word, len;

    next_word(p, &at, &word, &len);
    if (!runs_find(from->runs, from->db, word, len, p->begins, &p->place, &p->runs))
        return false;
    if (p->place.segment < from->runs->count)
        return true;
    if (is_found(&p->runs, p->word_runs))
        p->runs.count = p->word_runs;
    p->word = at;
    p->word_runs = p->runs.count;
    p->place = (struct runs_place){.segment = 0};
    return true;
}

static enum postings_state find_runs(struct postings *p, const struct postings_from *from)
{
    if (p->version != from->runs->version) {
        p->version = from->runs->version;
        p->runs.count = p->word = p->word_runs = 0;
        p->place = (struct runs_place){.segment = 0};
    }
    while (p->word < p->packed.len) {
        if (!find_some(p, from)) {
            p->version = 0;
            return POSTINGS_BAD;
        }
        if (postings_late(from))
            return POSTINGS_HALF;
    }
    return POSTINGS_READ;
}

/* ---- places ---- */

/* An article's places are added up. */
struct tally {
    const struct postings *p;
    double weight, frequency;
    uint64_t places, last, least; /* in this column; words of the columns before it at least */
    bool any, column_follows;
};

static void begin_column(struct tally *t, uint64_t column)
{
    double weight = column < ENTRY_COLUMNS ? t->p->weight[column] : NOT_WANTED;

    if (t->places > 0 && t->weight >= 0) {
        t->frequency += t->weight * (double)t->places;
        t->least += t->last + 1;
        t->any = true;
    }
    t->places = t->last = 0;
    t->weight = weight;
}

static inline uint64_t load8(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

/* Adds up places as long as each is one byte, eight at a time. */
static const uint8_t *tally_short(struct tally *t, const uint8_t *at, const uint8_t *end)
{
    const uint64_t highest = UINT64_C(0x8080808080808080), twos = UINT64_C(0x0202020202020202);
    const uint64_t odd = UINT64_C(0x00FF00FF00FF00FF), ones = UINT64_C(0x0001000100010001);
    const uint8_t *begin = at;
    uint64_t sum = 0, x, other = 0;
    int n;

    for (; end - at >= 8 && !other; at += n) {
        x = load8(at);
        other = (x | (x - twos)) & highest; /* right as far as the first one, which is all that is asked for */
        n = other ? __builtin_ctzll(other) / 8 : 8;
        x = n < 8 ? x & ((UINT64_C(1) << 8 * n) - 1) : x;
        sum += ((x & odd) + (x >> 8 & odd)) * ones >> 48;
    }
    for (; !other && at < end && *at >= 2 && *at < 0x80; at++)
        sum += *at;
    t->places += (uint64_t)(at - begin);
    t->last += sum - 2 * (uint64_t)(at - begin);
    return at;
}

static bool tally_bytes(struct tally *t, const uint8_t *at, const uint8_t *end)
{
    uint64_t n;
    size_t len;

    while (at < end) {
        len = varint_get(at, end, &n);
        at += len;
        if (len == 0)
            return false;
        if (t->column_follows) {
            begin_column(t, n);
            t->column_follows = false;
        } else if (n == 1) {
            t->column_follows = true;
            continue;
        } else {
            t->last += n - 2;
            t->places++;
        }
        at = tally_short(t, at, end);
    }
    begin_column(t, ENTRY_COLUMNS);
    return true;
}

const uint8_t *postings_places(const struct postings *p, const struct posting *one)
{
    return (const uint8_t *)p->places.data + one->at;
}

/* ---- articles ---- */

static inline void append(struct posting_list *to, const struct posting *one)
{
    if (to->count == to->cap)
        mem_grow(&to->at, &to->cap, to->count + 1, sizeof *to->at);
    to->at[to->count++] = *one;
}

/* Takes what a run says of an article: also that it has the word no more, or in no column that counts. */
static void take(struct postings *p, struct run_reader *r, enum postings_want want)
{
    struct posting one = {.slot = r->slot, .word = r->run->word, .least = r->gone ? GONE : 0};
    struct tally t = {.p = p, .weight = p->weight[ENTRY_TITLE]};
    const uint8_t *places;
    size_t len;

    if (!r->gone && (want > POSTINGS_ARTICLE || p->column != ENTRY_COLUMNS)) {
        places = run_places(r, &len);
        if (!places)
            return;
        if (want == POSTINGS_PLACES) {
            one.at = (uint32_t)p->places.len;
            one.len = (uint32_t)len;
            buf_add(&p->places, places, len);
        } else {
            r->bad = !tally_bytes(&t, places, places + len);
            one.frequency = (float)t.frequency;
            one.least = t.any ? (int32_t)t.least : GONE;
        }
    }
    append(&p->list, &one);
}

/* The first of the slots, from i on, that is not below one; it is looked for near i first. */
static size_t slots_from(const struct slots *all, size_t i, int64_t slot)
{
    size_t step = 1, end;

    while (i + step < all->count && all->at[i + step] < slot) {
        i += step;
        step *= 2;
    }
    end = i + step < all->count ? i + step : all->count;
    while (i < end) {
        size_t middle = i + (end - i) / 2;

        if (all->at[middle] < slot)
            i = middle + 1;
        else
            end = middle;
    }
    return i;
}

/* Passes what is not wanted: where a leaf had none of it, the leaf with the next one is looked for. */
struct wanted {
    const struct slots *only;
    size_t at;
    int64_t page; /* the last leaf that was looked at, and whether it had one */
    bool any;
};

/* Whether the article is wanted; *end: nor are those behind it. */
static bool is_wanted(struct wanted *w, struct run_reader *r, bool *end)
{
    const struct slots *only = w->only;

    if (!only)
        return true;
    w->at = slots_from(only, w->at, r->slot);
    *end = w->at == only->count;
    if (!*end && only->at[w->at] == r->slot) {
        w->any = true;
        return true;
    }
    if (!*end && r->first && r->leaf.page != w->page) {
        if (!w->any && w->page > 0)
            run_leap(r, only->at[w->at]);
        w->page = r->leaf.page;
        w->any = false;
    }
    return false;
}

static inline bool stands_before(const struct posting *a, const struct posting *b)
{
    return a->slot < b->slot || (a->slot == b->slot && a->word < b->word);
}

/* Notes where a stretch of the list ends that began at `from`, unless the one before only goes on. */
static void end_stretch(struct postings *p, size_t from)
{
    const struct posting *at = p->list.at;

    if (p->list.count == from)
        return;
    if (p->end_count == 0 || !stands_before(&at[from - 1], &at[from])) {
        mem_grow(&p->ends, &p->end_cap, p->end_count + 1, sizeof *p->ends);
        p->end_count++;
    }
    p->ends[p->end_count - 1] = p->list.count;
}

/* Begins the next run, or goes on with it. */
static void begin_run(struct postings *p, struct run_reader *r, const struct postings_from *from)
{
    struct run *run = &p->runs.at[p->next];
    bool goes_on = p->on > 0;

    run_begin(r, from->runs, run, goes_on ? p->on : from->span.from);
    p->on = goes_on ? p->on : from->span.from;
    if (!goes_on)
        run->before = r->leaf.page == run->page ? 0 : INT64_MAX; /* none, or not known */
}

/* Reads the next run until it ends or the time is over. */
static enum postings_state read_run(struct postings *p, struct run_reader *r, const struct postings_from *from,
                                    enum postings_want want)
{
    struct wanted wanted = {.only = from->only};
    size_t before = p->list.count, read = 0;
    bool end = false, late = false;

    begin_run(p, r, from);
    while (!end && !late && run_next(r) && r->slot <= from->span.to) {
        if (r->slot < from->span.from)
            p->runs.at[p->next].before = r->slot;
        else if (r->slot >= p->on && is_wanted(&wanted, r, &end))
            take(p, r, want);
        late = ++read % AT_A_TIME == 0 && r->slot >= p->on && postings_late(from);
    }
    end_stretch(p, before);
    p->on = late ? r->slot + 1 : 0;
    if (r->bad || p->places.len > UINT32_MAX / 2)
        return POSTINGS_BAD;
    p->next += !late;
    return late || postings_late(from) ? POSTINGS_HALF : POSTINGS_READ;
}

/* ---- lists ---- */

/* Puts some of two stretches of the list, what ends at `middle` and at `end`, together in the other one; false where
 * nothing was left. Of what is equal the first goes first. */
static bool merge_two(struct postings *p, size_t middle, size_t end)
{
    size_t i = p->pair_first, k = p->pair_second, left = AT_A_TIME;
    const struct posting *from = p->list.at;
    struct posting *to = p->other.at + p->other.count;

    for (; left > 0 && (i < middle || k < end); left--) {
        bool second = i == middle || (k < end && stands_before(&from[k], &from[i]));

        *to++ = from[second ? k++ : i++];
    }
    p->other.count += AT_A_TIME - left;
    p->pair_first = i;
    p->pair_second = k;
    return left < AT_A_TIME;
}

/* Turns to the two stretches from the pair's first one on. */
static void begin_pair(struct postings *p, size_t pair)
{
    p->pair = pair;
    p->pair_first = pair > 0 ? p->ends[pair / 2 - 1] : 0;
    p->pair_second = p->ends[pair];
}

/* The list is what was put together. */
static void turn_lists(struct postings *p)
{
    struct posting_list was = p->list;

    p->list = p->other;
    p->other = was;
    p->other.count = 0;
    p->end_count = (p->end_count + 1) / 2;
    begin_pair(p, 0);
}

/* Puts some more of two stretches in order, and so all two by two until one is left; false where it is. */
static bool merge_some(struct postings *p)
{
    size_t i = p->pair, to;

    if (p->end_count < 2)
        return false;
    if (i == 0 && p->other.count == 0) {
        mem_grow(&p->other.at, &p->other.cap, p->list.count, sizeof *p->other.at);
        begin_pair(p, 0);
    }
    to = p->ends[i + 1 < p->end_count ? i + 1 : i];
    if (merge_two(p, p->ends[i], to))
        return true;
    p->ends[i / 2] = to;
    if (i + 2 < p->end_count)
        begin_pair(p, i + 2);
    else
        turn_lists(p);
    return true;
}

/* Leaves of some more, word by word, in an article what its newest segment says, and of each article one posting,
 * unless its words are to stand apart; false where nothing was left. */
static bool settle_some(struct postings *p, bool apart)
{
    struct posting *at = p->list.at;
    size_t i = p->settled, kept = p->kept, end = p->list.count - i < AT_A_TIME ? p->list.count : i + AT_A_TIME;

    for (; i < end; i++) {
        struct posting one = at[i], *last = kept > 0 ? &at[kept - 1] : NULL;
        bool again = p->last_slot == one.slot && p->last_word == one.word;

        p->last_slot = one.slot;
        p->last_word = one.word;
        if (again || one.least == GONE)
            continue;
        if (!apart && last && last->slot == one.slot) {
            last->frequency += one.frequency;
            last->least = one.least > last->least ? one.least : last->least;
        } else {
            at[kept++] = one;
        }
    }
    p->kept = kept;
    if (p->settled == end)
        return false;
    p->settled = end;
    return true;
}

static void begin_turn(struct postings *p, const struct postings_from *from)
{
    p->skips = p->done && p->version == from->runs->version && from->span.to < p->bound;
    p->list.count = p->other.count = p->end_count = p->next = p->pair = p->settled = p->kept = 0;
    p->on = p->last_slot = 0;
    buf_clear(&p->places);
    p->turn = from->turn;
    p->done = false;
}

/* Reads runs until there are no more, or the time is over. */
static enum postings_state read_runs(struct postings *p, const struct postings_from *from, enum postings_want want)
{
    enum postings_state state = POSTINGS_READ;
    struct run_reader r;

    run_init(&r, from->db);
    while (p->next < p->runs.count && state == POSTINGS_READ) {
        if (p->skips && p->on == 0 && p->runs.at[p->next].before < from->span.from)
            p->next++;
        else
            state = read_run(p, &r, from, want);
    }
    run_release(&r);
    return state;
}

/* Puts what was read in order. */
static enum postings_state arrange(struct postings *p, const struct postings_from *from, bool apart)
{
    while (merge_some(p) || settle_some(p, apart)) {
        if (postings_late(from))
            return POSTINGS_HALF;
    }
    p->list.count = p->kept;
    return POSTINGS_READ;
}

enum postings_state postings_read(struct postings *p, const struct postings_from *from, enum postings_want want,
                                  const struct posting_list **found)
{
    enum postings_state state;

    *found = &p->list;
    if (from->only && from->only->count == 0) {
        p->list.count = 0;
        return POSTINGS_READ;
    }
    if (p->turn != from->turn)
        begin_turn(p, from);
    if (p->done)
        return POSTINGS_READ;
    state = find_runs(p, from);
    state = state == POSTINGS_READ ? read_runs(p, from, want) : state;
    state = state == POSTINGS_READ ? arrange(p, from, want == POSTINGS_PLACES) : state;
    if (state != POSTINGS_READ)
        return state;
    p->done = true;
    p->bound = from->span.from;
    return db_fault(from->db) == DB_FINE ? POSTINGS_READ : POSTINGS_BAD;
}
