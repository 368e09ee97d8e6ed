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
    AT_A_TIME = 64, /* runs that are read between two looks at the clock */
    GONE = -1, /* as least: an article has the word no more, whatever older segments say */
};

struct postings {
    struct buf packed;
    bool begins;
    int column;
    double weight[ENTRY_COLUMNS]; /* of an occurrence; NOT_WANTED: in this column it is none */
    struct run_list runs;
    int version; /* of the segments that they are of */
    long turn;   /* the one that was begun last, how many runs were read in it, and whether all is done */
    size_t next;
    bool done;
    int64_t bound; /* where the span began that was read last: of each run the last article before it is known */
    bool skips;    /* and the one that is read lies before it, so that runs with no article there can be left out */
    struct posting_list list, other;
    size_t *ends; /* in list, of stretches that rise */
    size_t end_count, end_cap;
    size_t pair; /* the stretch that is to be put together with the next one */
    struct buf places;
};

/* ---- words ---- */

/* Calls for each word, packed one after the other with signs that they stand at one place. */
static bool each_word(const struct postings *p, bool (*fn)(void *ctx, const char *word, size_t len), void *ctx)
{
    size_t at = 0, len;
    bool good = true;

    while (at < p->packed.len && good) {
        at += (unsigned char)p->packed.data[at] == TOKENIZER_SAME_PLACE;
        len = at < p->packed.len ? (unsigned char)p->packed.data[at++] : 0;
        good = len > 0 && len <= p->packed.len - at && len <= RUNS_WORD_MOST;
        good = good && fn(ctx, p->packed.data + at, len);
        at += len;
    }
    return good;
}

static bool is_word(void *ctx, const char *word, size_t len)
{
    (void)ctx, (void)word, (void)len;
    return true;
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
    if (!each_word(p, is_word, NULL))
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

struct finding {
    struct postings *p;
    const struct postings_from *from;
};

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

static bool find_word(void *ctx, const char *word, size_t len)
{
    struct finding *f = ctx;
    struct run_list *runs = &f->p->runs;
    size_t before = runs->count;

    if (!runs_find(f->from->runs, f->from->db, word, len, f->p->begins, runs))
        return false;
    if (is_found(runs, before))
        runs->count = before;
    return true;
}

static bool find_runs(struct postings *p, const struct postings_from *from)
{
    struct finding f = {p, from};
    bool good;

    if (p->version == from->runs->version)
        return true;
    p->runs.count = 0;
    good = each_word(p, find_word, &f);
    p->version = good ? from->runs->version : 0;
    return good;
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

static bool read_run(struct postings *p, struct run_reader *r, struct run *run, const struct postings_from *from,
                     enum postings_want want)
{
    struct wanted wanted = {.only = from->only};
    size_t before = p->list.count;
    bool end = false;

    if (p->skips && run->before < from->span.from)
        return true;
    run_begin(r, from->runs, run, from->span.from);
    run->before = r->leaf.page == run->page ? 0 : INT64_MAX; /* none, or not known */
    while (!end && run_next(r) && r->slot <= from->span.to) {
        if (r->slot < from->span.from)
            run->before = r->slot;
        else if (is_wanted(&wanted, r, &end))
            take(p, r, want);
    }
    end_stretch(p, before);
    return !r->bad && p->places.len <= UINT32_MAX / 2;
}

/* ---- lists ---- */

/* Puts two stretches of the list together in the other one. Of what is equal the first goes first. */
static void merge_two(struct postings *p, size_t i, size_t middle, size_t end)
{
    size_t k = middle;

    while (i < middle || k < end) {
        bool second = i == middle || (k < end && stands_before(&p->list.at[k], &p->list.at[i]));

        p->other.at[p->other.count++] = p->list.at[second ? k++ : i++];
    }
}

/* Puts two stretches in order, and so all two by two until one is left; false where it is. */
static bool merge_some(struct postings *p)
{
    size_t i = p->pair, from = i > 0 ? p->ends[i / 2 - 1] : 0, to;
    struct posting_list was = p->list;

    if (p->end_count < 2)
        return false;
    if (i == 0) {
        mem_grow(&p->other.at, &p->other.cap, p->list.count, sizeof *p->other.at);
        p->other.count = 0;
    }
    to = p->ends[i + 1 < p->end_count ? i + 1 : i];
    merge_two(p, from, p->ends[i], to);
    p->ends[i / 2] = to;
    p->pair += 2;
    if (p->pair >= p->end_count) {
        p->list = p->other;
        p->other = was;
        p->end_count = (p->end_count + 1) / 2;
        p->pair = 0;
    }
    return true;
}

/* Leaves of each word in an article what its newest segment says, and of each article one posting, unless its words are
 * to stand apart. */
static void settle(struct posting_list *l, bool apart)
{
    const struct posting *before = NULL;
    struct posting was;
    size_t i, kept = 0;

    for (i = 0; i < l->count; i++) {
        struct posting one = l->at[i], *last = kept > 0 ? &l->at[kept - 1] : NULL;
        bool again = before && before->slot == one.slot && before->word == one.word;

        was = one;
        before = &was;
        if (again || one.least == GONE)
            continue;
        if (!apart && last && last->slot == one.slot) {
            last->frequency += one.frequency;
            last->least = one.least > last->least ? one.least : last->least;
        } else {
            l->at[kept++] = one;
        }
    }
    l->count = kept;
}

static void begin_turn(struct postings *p, const struct postings_from *from)
{
    p->skips = p->done && p->version == from->runs->version && from->span.to < p->bound;
    p->list.count = p->end_count = p->next = p->pair = 0;
    buf_clear(&p->places);
    p->turn = from->turn;
    p->done = false;
}

/* Reads some runs. */
static bool read_some(struct postings *p, const struct postings_from *from, enum postings_want want)
{
    size_t end = p->runs.count - p->next < AT_A_TIME ? p->runs.count : p->next + AT_A_TIME;
    struct run_reader r;
    bool good = true;

    run_init(&r, from->db);
    for (; p->next < end && good; p->next++)
        good = read_run(p, &r, &p->runs.at[p->next], from, want);
    run_release(&r);
    return good;
}

bool postings_late(const struct postings_from *from)
{
    return from->until < INT64_MAX && sweep_clock() > from->until;
}

enum postings_state postings_read(struct postings *p, const struct postings_from *from, enum postings_want want,
                                  const struct posting_list **found)
{
    *found = &p->list;
    if (from->only && from->only->count == 0) {
        p->list.count = 0;
        return POSTINGS_READ;
    }
    if (p->turn != from->turn)
        begin_turn(p, from);
    if (p->done)
        return POSTINGS_READ;
    if (!find_runs(p, from))
        return POSTINGS_BAD;
    while (p->next < p->runs.count || merge_some(p)) {
        if (p->next < p->runs.count && !read_some(p, from, want))
            return POSTINGS_BAD;
        if (postings_late(from))
            return POSTINGS_HALF;
    }
    settle(&p->list, want == POSTINGS_PLACES);
    p->done = true;
    p->bound = from->span.from;
    return db_fault(from->db) == DB_FINE ? POSTINGS_READ : POSTINGS_BAD;
}
