/* SPDX-License-Identifier: ISC */
#include "store/search.h"

#include "base/mem.h"
#include "store/known.h"
#include "store/sift.h"
#include "store/tags.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    FEW = 2000,          /* hits that are sorted at once instead of walked for */
    WALK = 256,          /* places read at a time */
    SCORED_MOST = 30000, /* hits that are all scored */
};

/* Ids in order from one end of the list, as far as anybody looked. */
struct stretch {
    int64_t *ids;
    size_t count, cap;
    struct spot last; /* where the walk stands */
    bool begun, done;
};

struct search {
    struct catalog *list;
    int ord;
    bool reverse;
    uint64_t *bits; /* one for each id below bit_count */
    size_t bit_count, word_cap;
    long count, read;
    struct stretch front, back; /* back: from the last row on */
};

static bool has(const struct search *s, int64_t id)
{
    return id > 0 && (size_t)id < s->bit_count && (s->bits[id / 64] >> (id % 64) & 1);
}

static void put(struct search *s, int64_t id, bool on)
{
    size_t words = (size_t)id / 64 + 1, old = s->word_cap;
    uint64_t bit = (uint64_t)1 << (id % 64);

    if (words * 64 > s->bit_count) {
        if (!on)
            return;
        mem_grow(&s->bits, &s->word_cap, words, sizeof *s->bits);
        memset(s->bits + old, 0, (s->word_cap - old) * sizeof *s->bits);
        s->bit_count = s->word_cap * 64;
    }
    if (on == has(s, id))
        return;
    s->bits[id / 64] ^= bit;
    s->count += on ? 1 : -1;
}

static struct db *db_of(struct search *s)
{
    return catalog_db(s->list);
}

static void find_hits(struct search *s, const struct query *q, const struct sift *f)
{
    struct sqlite3_stmt *st;
    size_t i;

    if (f->only && !query_has_words(q)) { /* the reader's marks name all that there can be */
        for (i = 0; i < f->in_count; i++)
            put(s, f->in[i], true);
        return;
    }
    st = db_query(db_of(s), "SELECT rowid FROM words WHERE words MATCH ?1", "t", query_match(q));
    while (db_row(db_of(s), st))
        put(s, sqlite3_column_int64(st, 0), true);
}

/* Keeps of the set what the reader's marks let through. */
static void filter_marks(struct search *s, const struct sift *f)
{
    struct search kept = {.list = s->list};
    size_t i;

    for (i = 0; i < f->out_count; i++) {
        if (has(s, f->out[i]))
            put(s, f->out[i], false);
    }
    if (!f->only)
        return;
    for (i = 0; i < f->in_count; i++) {
        if (has(s, f->in[i]))
            put(&kept, f->in[i], true);
    }
    free(s->bits);
    s->bits = kept.bits;
    s->bit_count = kept.bit_count;
    s->word_cap = kept.word_cap;
    s->count = kept.count;
}

/* Keeps of the set what stands under the path (or what does not). */
static void filter_path(struct search *s, const char *path, bool without)
{
    struct search under = {.list = s->list};
    struct sqlite3_stmt *st = db_query(db_of(s),
                                       "SELECT a.id FROM file f JOIN article a ON a.file = f.id"
                                       " WHERE substr(f.name, 1, length(?1)) = ?1",
                                       "t", path);
    size_t i;

    while (db_row(db_of(s), st))
        put(&under, sqlite3_column_int64(st, 0), true);
    s->count = 0;
    for (i = 0; i < s->bit_count / 64; i++) {
        uint64_t there = i < under.bit_count / 64 ? under.bits[i] : 0;

        s->bits[i] &= without ? ~there : there;
        s->count += __builtin_popcountll(s->bits[i]);
    }
    free(under.bits);
}

static void count_read(struct search *s, const struct sift *f)
{
    size_t i;

    for (i = 0; i < f->count; i++) {
        if (f->marks[i].flags & RANK_READ)
            s->read += has(s, f->marks[i].id);
    }
}

static void append(struct stretch *to, int64_t id)
{
    mem_grow(&to->ids, &to->cap, to->count + 1, sizeof *to->ids);
    to->ids[to->count++] = id;
}

static int by_place(const void *a, const void *b)
{
    return rank_compare(a, b);
}

/* All hits in order, when there are few. */
static void sort_few(struct search *s, enum order ord)
{
    struct spot *spots = mem_zalloc((size_t)s->count, sizeof *spots);
    size_t n = 0, i;
    int64_t id;

    for (id = 1; (size_t)id < s->bit_count; id++) {
        if (!has(s, id) || !catalog_spot(s->list, ord, id, &spots[n]))
            continue;
        n++;
    }
    qsort(spots, n, sizeof *spots, by_place);
    for (i = 0; i < n; i++)
        append(&s->front, spots[s->reverse ? n - 1 - i : i].id);
    s->count = (long)n;
    s->front.done = true;
    free(spots);
}

/* Walks on from one end until it holds more than n hits or has met the other. */
static void walk(struct search *s, struct stretch *to, bool from_back, size_t n)
{
    struct spot spots[WALK];
    enum order ord = s->ord == SEARCH_BY_RANK ? ORDER_DATE : (enum order)s->ord;
    int got, i;

    while (!to->done && to->count <= n) {
        got = rank_from(db_of(s), ord, to->begun ? &to->last : NULL, from_back != s->reverse, false, spots,
                        WALK);
        for (i = 0; i < got; i++) {
            if (has(s, spots[i].id))
                append(to, spots[i].id);
        }
        if (got > 0)
            to->last = spots[got - 1];
        to->begun = true;
        to->done = got < WALK;
    }
}

static void turn_round(struct stretch *list)
{
    size_t i;

    for (i = 0; i < list->count / 2; i++) {
        int64_t swap = list->ids[i];

        list->ids[i] = list->ids[list->count - 1 - i];
        list->ids[list->count - 1 - i] = swap;
    }
}

/* The best by BM25, then what is left by date. Of very many hits only those with a match in the headline are
 * scored: a word weighs eight times as much there, and FTS5 takes more than a microsecond for each hit. */
static void rank_hits(struct search *s, const struct query *q)
{
    struct buf match;
    struct sqlite3_stmt *st;
    struct stretch rest = {.count = 0};
    struct search ranked = {.list = s->list};
    size_t i;

    buf_init(&match);
    if (s->count > SCORED_MOST)
        buf_add_fmt(&match, "title : (%s)", query_match(q));
    else
        buf_add_str(&match, query_match(q));
    st = db_query(db_of(s),
                  "SELECT rowid FROM words WHERE words MATCH ?1"
                  " ORDER BY bm25(words, 8.0, 1.0, 0.5, 3.0, 2.0, 0.0), rowid DESC LIMIT ?2",
                  "ti", (const char *)match.data, (int64_t)SEARCH_RANKED);
    while (db_row(db_of(s), st)) {
        int64_t id = sqlite3_column_int64(st, 0);

        if (!has(s, id))
            continue;
        put(&ranked, id, true);
        append(&s->front, id);
    }
    if (s->count > ranked.count) {
        walk(s, &rest, false, (size_t)s->count);
        for (i = 0; i < rest.count; i++) {
            if (!has(&ranked, rest.ids[i]))
                append(&s->front, rest.ids[i]);
        }
    }
    if (s->reverse)
        turn_round(&s->front);
    s->count = (long)s->front.count;
    s->front.done = true;
    buf_release(&match);
    free(rest.ids);
    free(ranked.bits);
}

struct recent {
    struct search *s;
    struct search taken; /* its bits: those that are in the list already */
};

static void take_recent(void *ctx, int64_t id)
{
    struct recent *r = ctx;

    if (!has(r->s, id) || has(&r->taken, id))
        return;
    put(&r->taken, id, true);
    append(&r->s->front, id);
}

static void on_recent(void *ctx, const struct digest *d)
{
    struct recent *r = ctx;

    known_each_digest(db_of(r->s), d, take_recent, r);
}

/* The hits that were read or starred, in the order in which that was done last. */
static void order_recent(struct search *s, struct state *state)
{
    struct recent r = {.s = s};

    if (state && s->ord == SEARCH_BY_READ)
        tags_each_read(state, SEARCH_RECENT, on_recent, &r);
    else if (state)
        tags_each_starred(state, on_recent, &r);
    free(s->bits);
    s->bits = r.taken.bits;
    s->bit_count = r.taken.bit_count;
    s->word_cap = r.taken.word_cap;
    s->count = r.taken.count;
    s->front.done = true;
    if (s->reverse)
        turn_round(&s->front);
}

struct search *search_new(struct catalog *l, const struct query *q, struct state *state, int ord, bool reverse)
{
    struct search *s = mem_zalloc(1, sizeof *s);
    struct sift f;
    const char *path;
    bool without;
    size_t i;

    s->list = l;
    s->ord = ord;
    s->reverse = reverse;
    sift_init(&f, l, state, q);
    find_hits(s, q, &f);
    filter_marks(s, &f);
    for (i = 0; (path = query_path(q, i, &without)); i++)
        filter_path(s, path, without);
    if (ord == SEARCH_BY_READ || ord == SEARCH_BY_STARRED)
        order_recent(s, state);
    count_read(s, &f);
    if (s->count == 0)
        s->front.done = true;
    else if (f.hidden && !s->front.done) /* they have no places to walk along */
        sort_few(s, ord < ORDER_COUNT ? (enum order)ord : ORDER_DATE);
    else if (ord == SEARCH_BY_RANK)
        rank_hits(s, q);
    else if (s->count <= FEW && !s->front.done)
        sort_few(s, (enum order)ord);
    sift_release(&f);
    return s;
}

void search_free(struct search **s)
{
    if (!*s)
        return;
    free((*s)->bits);
    free((*s)->front.ids);
    free((*s)->back.ids);
    free(*s);
    *s = NULL;
}

long search_count(const struct search *s)
{
    return s->count;
}

long search_count_read(const struct search *s)
{
    return s->read;
}

int64_t search_at(struct search *s, long n)
{
    long from_end = s->count - 1 - n;

    if (n < 0 || n >= s->count)
        return 0;
    if (!s->front.done && (size_t)n >= s->front.count && from_end < n) {
        walk(s, &s->back, true, (size_t)from_end);
        return (size_t)from_end < s->back.count ? s->back.ids[from_end] : 0;
    }
    walk(s, &s->front, false, (size_t)n);
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

long search_row(struct search *s, int64_t id)
{
    long at = -1;
    size_t from;

    if (!has(s, id))
        return -1;
    at = find_in(&s->back, 0, id);
    if (at >= 0)
        return s->count - 1 - at;
    at = find_in(&s->front, 0, id);
    while (at < 0 && !s->front.done) {
        from = s->front.count;
        walk(s, &s->front, false, from);
        at = find_in(&s->front, from, id);
    }
    return at;
}
