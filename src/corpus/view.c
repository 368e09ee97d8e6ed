/* SPDX-License-Identifier: ISC */
#include "corpus/inside.h"
#include "corpus/shift.h"
#include "corpus/view.h"

#include "base/mem.h"
#include "store/forms.h"
#include "store/parts.h"
#include "store/query.h"
#include "store/search.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    SPOTS = 256, /* rows shown lately: where they stand is known though they may have gone */
    NEAR = 64,   /* articles looked through for an unread one */
};

struct corpus_view {
    struct corpus *c;
    struct query *query;  /* NULL: all articles */
    struct search *found; /* what it found */
    bool begun;           /* it is searched for step by step */
    enum order ord;
    bool reverse;
    struct shift *hidden; /* of all articles those that are hidden though the caches count them */
    struct spot spots[SPOTS];
    size_t next;
};

const struct corpus_order_info *corpus_order_info(enum corpus_order o)
{
    static const struct corpus_order_info info[CORPUS_ORDER_COUNT] = {
        [CORPUS_BY_DATE] = {"date", "newest first"},
        [CORPUS_BY_SITE] = {"site", "by site, newest first"},
        [CORPUS_BY_TITLE] = {"title", "by headline"},
        [CORPUS_BY_LENGTH] = {"length", "longest first"},
        [CORPUS_BY_COMMENTS] = {"comments", "most comments first"},
        [CORPUS_BY_FILE] = {"file", "as the files stand"},
        [CORPUS_BY_RELEVANCE] = {"relevance", "the best matches first"},
        [CORPUS_BY_READ] = {"read", "those that were read, the last one first"},
        [CORPUS_BY_STARRED] = {"starred", "those that are starred, the last one first"},
    };

    assert(o >= 0 && o < CORPUS_ORDER_COUNT);
    return &info[o];
}

static enum order order_of(enum corpus_order o)
{
    static const enum order map[CORPUS_ORDER_COUNT] = {
        [CORPUS_BY_DATE] = ORDER_DATE,         [CORPUS_BY_SITE] = ORDER_SITE,
        [CORPUS_BY_TITLE] = ORDER_TITLE,       [CORPUS_BY_LENGTH] = ORDER_LENGTH,
        [CORPUS_BY_COMMENTS] = ORDER_COMMENTS, [CORPUS_BY_FILE] = ORDER_FILE,
        [CORPUS_BY_RELEVANCE] = ORDER_DATE,    [CORPUS_BY_READ] = ORDER_DATE,
        [CORPUS_BY_STARRED] = ORDER_DATE,
    };

    return map[o];
}

/* The order as a search has it. */
static int search_order_of(enum corpus_order o)
{
    return o == CORPUS_BY_RELEVANCE ? SEARCH_BY_RANK
           : o == CORPUS_BY_READ    ? SEARCH_BY_READ
           : o == CORPUS_BY_STARRED ? SEARCH_BY_STARRED
                                    : (int)order_of(o);
}

/* What all articles are in an order that holds only some of them. */
static const char *query_of(enum corpus_order o)
{
    return o == CORPUS_BY_READ ? "is:read" : o == CORPUS_BY_STARRED ? "is:starred" : NULL;
}

static void each_form(void *ctx, const char *folded, size_t len, const char *raw, size_t raw_len,
                      void (*add)(void *to, const char *form, size_t len), void *to)
{
    struct corpus *c = ctx;
    struct db *dbs[CATALOG_PARTS];
    int i, count = catalog_parts(c->list);

    for (i = 0; i < count; i++)
        dbs[i] = catalog_db(c->list, i);
    forms_each(dbs, count, folded, len, raw, raw_len, add, to);
}

bool corpus_view_new(struct corpus *c, const char *query, enum corpus_order order, bool reverse,
                     struct corpus_view **out, struct err *e)
{
    struct query *q = NULL;
    struct corpus_view *v;

    *out = NULL;
    if (!query || !*query)
        query = query_of(order);
    if (query) {
        const struct query_forms forms = {each_form, c};

        q = query_parse_forms(query, &forms, e);
        if (!q)
            return false;
    }
    marks_adopt(c->marks, c->list);
    v = mem_zalloc(1, sizeof *v);
    v->c = c;
    v->ord = order_of(order);
    v->reverse = reverse;
    if (q) {
        catalog_begin(c->list);
        v->found = search_new(c->list, q, marks_state(c->marks), search_order_of(order), reverse);
        catalog_end(c->list);
        corpus_heed(c);
        v->query = q;
    }
    if (!q && catalog_parts(c->list) > (c->live >= 0)) {
        catalog_begin(c->list);
        v->hidden = shift_new(c->marks, c->list, v->ord, true);
        catalog_end(c->list);
    }
    *out = v;
    return true;
}

bool corpus_view_is_broad(const char *query)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse(query, &e);
    bool broad = q && query_is_broad(q);

    query_free(&q);
    return broad;
}

void corpus_view_free(struct corpus_view **v)
{
    if (!*v)
        return;
    search_free(&(*v)->found);
    shift_free(&(*v)->hidden);
    query_free(&(*v)->query);
    free(*v);
    *v = NULL;
}

bool corpus_view_search(struct corpus_view *v, long rows, int ms)
{
    bool done;

    v->begun = true;
    if (!v->found || search_done(v->found))
        return true;
    catalog_begin(v->c->list);
    done = search_run(v->found, v->c->list, rows, ms);
    catalog_end(v->c->list);
    corpus_heed(v->c);
    return done;
}

/* Where nobody searches step by step, all is found at once. */
static struct search *found(struct corpus_view *v)
{
    if (v->found && !v->begun)
        corpus_view_search(v, LONG_MAX, -1);
    return v->found;
}

const struct query *corpus_view_query(const struct corpus_view *v)
{
    return v->query;
}

struct corpus *corpus_view_corpus(struct corpus_view *v)
{
    return v->c;
}

/* Articles of the whole list that are not hidden. */
static long count_all(struct corpus_view *v, long *unread)
{
    long total, less, ignored;

    parts_counts(v->c->list, v->ord, &total, unread);
    shift_before(v->hidden, NULL, &less, &ignored);
    return total + less;
}

void corpus_view_counts(struct corpus_view *v, long *total, long *unread)
{
    if (found(v)) {
        *total = search_count(v->found);
        *unread = *total - search_count_read(v->found);
        return;
    }
    catalog_begin(v->c->list);
    marks_refresh(v->c->marks, v->c->list);
    *total = count_all(v, unread);
    *unread += marks_unread(v->c->marks);
    catalog_end(v->c->list);
    corpus_heed(v->c);
}

static void remember(struct corpus_view *v, const struct spot *spot)
{
    size_t i;

    for (i = 0; i < SPOTS; i++) {
        if (v->spots[i].id == spot->id) {
            v->spots[i] = *spot;
            return;
        }
    }
    v->spots[v->next++ % SPOTS] = *spot;
}

/* Where an article stood when it was last shown, if that was lately. */
static bool recall(const struct corpus_view *v, int64_t id, struct spot *spot)
{
    size_t i;

    for (i = 0; i < SPOTS; i++) {
        if (v->spots[i].id == id && id != 0) {
            *spot = v->spots[i];
            return true;
        }
    }
    return false;
}

/* Where an article stands, or stood when it was last shown. */
static bool find_spot(struct corpus_view *v, int64_t id, struct spot *spot)
{
    return catalog_spot(v->c->list, v->ord, id, spot) || recall(v, id, spot);
}

/* Where a list goes on behind a row: where that was found, whatever the article itself says of its place. In a
 * catalogue whose places contradict its articles, which anybody may have made, it would else begin again and again. */
static bool find_row(struct corpus_view *v, int64_t id, struct spot *spot)
{
    return recall(v, id, spot) || catalog_spot(v->c->list, v->ord, id, spot);
}

/* Reads places from a spot on, those of hidden articles left out. */
static int fill(struct corpus_view *v, const struct spot *from, bool back, bool inclusive, struct spot *spots,
                int n)
{
    struct spot last;
    int filled = 0, asked, got, i;

    do {
        int read_to = filled;

        asked = n - filled;
        got = parts_from(v->c->list, v->ord, from, back != v->reverse, inclusive, spots + filled, asked);
        for (i = 0; i < got; i++) {
            last = spots[read_to + i];
            if (!shift_hides(v->hidden, &last))
                spots[filled++] = last;
        }
        from = &last;
        inclusive = false;
    } while (filled < n && got == asked);
    return filled;
}

static void turn_round(struct spot *spots, int n)
{
    int i;

    for (i = 0; i < n / 2; i++) {
        struct spot swap = spots[i];

        spots[i] = spots[n - 1 - i];
        spots[n - 1 - i] = swap;
    }
}

/* The number-th place of the view, 1 for the first. */
static bool numbered(struct corpus_view *v, long number, struct spot *spot)
{
    long unread, n = v->reverse ? count_all(v, &unread) - number : number - 1, at = n, less, next;

    for (;; at = next) {
        if (!parts_at(v->c->list, v->ord, at, spot))
            return false;
        shift_before(v->hidden, spot, &less, &unread);
        next = n - less + shift_hides(v->hidden, spot);
        if (next <= at)
            return true;
    }
}

/* The rows of a search's list that a window of n rows has: from *row up to the one returned. */
static long found_rows(struct corpus_view *v, enum corpus_from from, int64_t id, int n, long *row)
{
    long total = search_rows(v->found);

    switch (from) {
    case CORPUS_FIRST:
        *row = 0;
        break;
    case CORPUS_LAST:
        *row = total > n ? total - n : 0;
        break;
    case CORPUS_NUMBER:
        *row = (long)id - 1;
        break;
    default:
        *row = search_row(v->found, v->c->list, id);
        if (*row < 0)
            return *row = 0;
        if (from == CORPUS_BEFORE) {
            total = *row;
            *row = total > n ? total - n : 0;
        }
        *row += from == CORPUS_AFTER;
    }
    return *row < 0 || total - *row < n ? total : *row + n;
}

/* Articles that are gone since are passed over. */
static int find_window_found(struct corpus_view *v, enum corpus_from from, int64_t id, struct spot *spots, int n)
{
    long row, end = found_rows(v, from, id, n, &row);
    int got = 0;

    for (; row >= 0 && row < end; row++) {
        spots[got].id = search_at(v->found, v->c->list, row);
        got += spots[got].id != 0;
    }
    return got;
}

static int find_window(struct corpus_view *v, enum corpus_from from, int64_t id, struct spot *spots, int n)
{
    struct spot at;
    int got;

    switch (from) {
    case CORPUS_FIRST:
        return fill(v, NULL, false, true, spots, n);
    case CORPUS_LAST:
        got = fill(v, NULL, true, true, spots, n);
        turn_round(spots, got);
        return got;
    case CORPUS_AT:
        return find_spot(v, id, &at) ? fill(v, &at, false, true, spots, n) : 0;
    case CORPUS_AFTER:
        return find_row(v, id, &at) ? fill(v, &at, false, false, spots, n) : 0;
    case CORPUS_BEFORE:
        got = find_row(v, id, &at) ? fill(v, &at, true, false, spots, n) : 0;
        turn_round(spots, got);
        return got;
    case CORPUS_NUMBER:
        return numbered(v, (long)id, &at) ? fill(v, &at, false, true, spots, n) : 0;
    }
    return 0;
}

int corpus_view_rows(struct corpus_view *v, enum corpus_from from, int64_t id, struct corpus_row *rows, int n)
{
    struct spot *spots;
    struct catalog_row row;
    int i, got, filled = 0;

    if (n <= 0)
        return 0;
    found(v);
    spots = mem_zalloc((size_t)n, sizeof *spots);
    catalog_begin(v->c->list);
    marks_refresh(v->c->marks, v->c->list);
    got = v->found ? find_window_found(v, from, id, spots, n) : find_window(v, from, id, spots, n);
    for (i = 0; i < got; i++) {
        if (!v->found)
            remember(v, &spots[i]);
        if (catalog_row(v->c->list, spots[i].id, &row))
            corpus_row_take(v->c, &rows[filled++], &row);
    }
    catalog_end(v->c->list);
    corpus_heed(v->c);
    free(spots);
    return filled;
}

static long number_of(struct corpus_view *v, int64_t id)
{
    struct spot spot;
    long before, less, unread;

    if (v->found)
        return search_row(v->found, v->c->list, id) + 1;
    if (!catalog_spot(v->c->list, v->ord, id, &spot))
        return 0;
    if (shift_hides(v->hidden, &spot))
        return 0;
    shift_before(v->hidden, &spot, &less, &unread);
    before = parts_before(v->c->list, v->ord, &spot, RANK_ALL) + less;
    return v->reverse ? count_all(v, &unread) - before : before + 1;
}

long corpus_view_number(struct corpus_view *v, int64_t id)
{
    long number;

    found(v);
    catalog_begin(v->c->list);
    number = number_of(v, id);
    catalog_end(v->c->list);
    corpus_heed(v->c);
    return number;
}

static bool is_unread(const struct corpus_view *v, const struct spot *spot)
{
    return !(marks_flags(v->c->marks, spot->id, spot->flags) & (RANK_READ | RANK_HIDDEN));
}

/* The first unread article of those next to a spot; *end is the last of them that was looked at. */
static bool look_near(struct corpus_view *v, const struct spot *from, bool forward, struct spot *end)
{
    struct spot near[NEAR];
    int i, got = parts_from(v->c->list, v->ord, from, !forward, false, near, NEAR);

    for (i = 0; i < got; i++) {
        *end = near[i];
        if (is_unread(v, end))
            return true;
    }
    return false;
}

/* The nearest article in a direction that the cache calls unread and the reader's newest marks do not call
 * read. Where they do, what follows is looked through: what was read stands together. */
static bool find_unread(struct corpus_view *v, const struct spot *from, bool forward, struct spot *found)
{
    struct spot at = *from;

    while (parts_unread(v->c->list, v->ord, &at, !forward, found)) {
        if (is_unread(v, found))
            return true;
        at = *found;
        if (look_near(v, &at, forward, found))
            return true;
        at = *found;
    }
    return false;
}

struct again {
    struct corpus_view *v;
    struct spot from, best;
    bool forward, any;
};

/* Takes an article that the cache calls read and the reader does not, where it is nearer. */
static void take_again(void *ctx, int64_t id, bool hidden, long unread)
{
    struct again *a = ctx;
    struct spot spot;

    (void)hidden;
    if (unread <= 0 || !catalog_spot(a->v->c->list, a->v->ord, id, &spot) ||
        rank_compare(&spot, &a->from) * (a->forward ? 1 : -1) <= 0)
        return;
    if (!a->any || rank_compare(&spot, &a->best) * (a->forward ? 1 : -1) < 0)
        a->best = spot;
    a->any = true;
}

/* The nearest unread one of a list that is no search's. */
static int64_t unread_listed(struct corpus_view *v, int64_t id, bool forward)
{
    struct again a = {.v = v, .forward = forward};

    if (!find_spot(v, id, &a.from))
        return 0;
    a.any = look_near(v, &a.from, a.forward, &a.best);
    if (!a.any) {
        a.any = find_unread(v, &a.from, a.forward, &a.best);
        marks_each(v->c->marks, take_again, &a);
    }
    return a.any ? a.best.id : 0;
}

/* The nearest unread one of a search's list. */
static int64_t unread_found(struct corpus_view *v, int64_t id, int direction)
{
    long row = search_row(v->found, v->c->list, id);
    unsigned flags;
    int64_t next;

    while (row >= 0 && (row += direction) >= 0 && row < search_rows(v->found)) {
        next = search_at(v->found, v->c->list, row);
        if (next && catalog_flags(v->c->list, next, &flags) &&
            !(marks_flags(v->c->marks, next, flags) & RANK_READ))
            return next;
    }
    return 0;
}

int64_t corpus_view_unread(struct corpus_view *v, int64_t id, int direction)
{
    int64_t unread;

    found(v);
    catalog_begin(v->c->list);
    marks_refresh(v->c->marks, v->c->list);
    unread = v->found ? unread_found(v, id, direction) : unread_listed(v, id, (direction > 0) != v->reverse);
    catalog_end(v->c->list);
    corpus_heed(v->c);
    return unread;
}
