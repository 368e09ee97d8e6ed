/* SPDX-License-Identifier: ISC */
#include "store/intake.h"

#include "base/mem.h"
#include "base/way.h"
#include "store/graft.h"
#include "store/prefixes.h"
#include "store/segment.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    TURN_BYTES = 2 << 20, /* words that make a turn */
    LITTLE = 1 << 16,     /* so few are not worth a thread */
    SEGMENT_MOST = 64 << 20,
    PAGES_AT_ONCE = 1 << 20, /* bytes of pages that are made while as many are written */
    MERGE_LEAST = 64, /* pages */
};

/* The words of one article. */
struct pending {
    int64_t slot, id;
    size_t number; /* the first of what is done to one slot is done first */
    bool add;
    char *bytes; /* owned */
    size_t end[ENTRY_COLUMNS];
};

struct queue {
    struct pending *list;
    size_t count, cap, bytes;
};

struct intake {
    struct db *db;
    struct begins_log *log;
    struct queue waiting, turn;
    struct segment *segment; /* these are NULL until they are needed */
    struct leaves *leaves;
    struct prefixes *prefixes;

    /* What the thread does; nothing else here is touched meanwhile. */
    pthread_t thread;
    bool running, threaded;
    void (*work)(struct intake *q);
    bool more; /* pages of the segment are to be made */

    bool sealed; /* the segment takes no more words, and its pages are being made */
    bool little; /* it is not worth a thread */
};

struct intake *intake_new(struct db *db, struct begins_log *log)
{
    struct intake *q = mem_zalloc(1, sizeof *q);

    q->db = db;
    q->log = log;
    return q;
}

static void *run(void *ctx)
{
    struct intake *q = ctx;

    q->work(q);
    return NULL;
}

static void start(struct intake *q, void (*work)(struct intake *q), bool little)
{
    q->work = work;
    q->threaded = !little && pthread_create(&q->thread, NULL, run, q) == 0;
    q->running = true;
    if (!q->threaded)
        work(q);
}

static void wait_for_work(struct intake *q)
{
    if (q->running && q->threaded)
        pthread_join(q->thread, NULL);
    q->running = false;
}

static void queue_clear(struct queue *q)
{
    for (size_t i = 0; i < q->count; i++)
        free(q->list[i].bytes);
    q->count = q->bytes = 0;
}

void intake_clear(struct intake *q)
{
    wait_for_work(q);
    queue_clear(&q->waiting);
    queue_clear(&q->turn);
    if (q->segment)
        segment_clear(q->segment);
    q->sealed = false;
}

static void shrink(struct intake *q)
{
    segment_free(&q->segment);
    prefixes_free(&q->prefixes);
    if (q->leaves)
        leaves_release(q->leaves);
    free(q->leaves);
    q->leaves = NULL;
}

void intake_free(struct intake **q)
{
    if (!*q)
        return;
    intake_clear(*q);
    shrink(*q);
    free((*q)->waiting.list);
    free((*q)->turn.list);
    free(*q);
    *q = NULL;
}

/* ---- the segment into the index ---- */

static void make_pages(struct intake *q)
{
    q->more = segment_write(q->segment, q->leaves, q->prefixes, PAGES_AT_ONCE);
}

static void begin_prefixes(struct intake *q)
{
    int64_t low = INT64_MAX, high = 0;
    size_t count, i;
    const struct segment_article *a = segment_articles(q->segment, &count);

    for (i = 0; i < count; i++) {
        high = a[i].id > high ? a[i].id : high;
        low = a[i].id && a[i].id < low ? a[i].id : low;
    }
    prefixes_begin(q->prefixes, low, high);
}

static void begin_pages(struct intake *q)
{
    segment_seal(q->segment);
    leaves_reset(q->leaves);
    begin_prefixes(q);
    make_pages(q);
}

/* Merging sixteen segments writes as many pages as they have: it goes on by as many as come in. */
static bool merge(struct db *db, int64_t pages)
{
    return db_run(db, "INSERT INTO words(words, rank) VALUES('merge', ?1)", "i",
                  pages > MERGE_LEAST ? pages : (int64_t)MERGE_LEAST);
}

static void seal(struct intake *q)
{
    wait_for_work(q);
    q->sealed = q->segment && segment_count(q->segment) > 0;
    if (!q->sealed)
        return;
    q->little = segment_size(q->segment) < PAGES_AT_ONCE;
    start(q, begin_pages, q->little);
}

/* While pages are written, the next ones are made. */
static bool save_segment(struct intake *q)
{
    struct leaves_done done;
    struct graft g;
    bool more = true, ok;

    if (!q->sealed)
        seal(q);
    if (!q->sealed)
        return true;
    leaves_done_init(&done);
    ok = graft_begin(&g, q->db);
    while (more && ok) {
        wait_for_work(q);
        more = q->more;
        leaves_take(q->leaves, &done);
        if (more)
            start(q, make_pages, q->little);
        ok = graft_pages(&g, &done);
    }
    wait_for_work(q);
    ok = ok && graft_end(&g, q->leaves, q->segment) && (!g.crowded || merge(q->db, leaves_count(q->leaves))) &&
         prefixes_save(q->prefixes, q->db);
    segment_clear(q->segment);
    q->sealed = false;
    leaves_done_release(&done);
    if (q->little)
        shrink(q);
    return ok;
}

/* ---- a turn ---- */

static int by_slot(const void *a, const void *b)
{
    const struct pending *x = a, *y = b;

    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Of what is done to one slot only the last counts that is added, and the first that is taken out, where that was not
 * added before: the rest was never in the index. */
static void settle(struct queue *q)
{
    size_t i, from = 0, kept = 0;

    mem_sort(q->list, q->count, sizeof *q->list, by_slot);
    for (i = 0; i < q->count; i++) {
        bool first = i == from, last = i + 1 == q->count || q->list[i + 1].slot != q->list[i].slot;

        if ((first && !q->list[i].add) || (last && q->list[i].add))
            q->list[kept++] = q->list[i];
        else
            free(q->list[i].bytes);
        if (last)
            from = i + 1;
    }
    q->count = kept;
}

static bool pass_to_fts5(struct db *db, const struct pending *p)
{
    const char *sql = p->add ? "INSERT INTO words(rowid, title, body, comment, author, site, facts)"
                               " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                             : "INSERT INTO words(words, rowid, title, body, comment, author, site, facts)"
                               " VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    const size_t *end = p->end;
    const char *s = p->bytes;

    return db_run(db, sql, "issssss", p->slot, (const void *)s, end[0], (const void *)(s + end[0]), end[1] - end[0],
                  (const void *)(s + end[1]), end[2] - end[1], (const void *)(s + end[2]), end[3] - end[2],
                  (const void *)(s + end[3]), end[4] - end[3], (const void *)(s + end[4]), end[5] - end[4]);
}

/* Whether any article that is to be taken out is in the segment. */
static bool takes_from_segment(const struct intake *q)
{
    const struct queue *turn = &q->turn;
    size_t count = 0, i, low, high;
    const struct segment_article *a = q->segment ? segment_articles(q->segment, &count) : NULL;

    for (i = 0; i < count; i++) {
        for (low = 0, high = turn->count; low < high;) {
            size_t middle = low + (high - low) / 2;

            if (turn->list[middle].slot < a[i].rowid)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < turn->count && turn->list[low].slot == a[i].rowid && !turn->list[low].add)
            return true;
    }
    return false;
}

static void log_beginnings(struct intake *q, const struct pending *p)
{
    struct begins now, none;

    begins_init(&now);
    begins_init(&none);
    begins_add(&now, p->bytes, p->end[ENTRY_FACTS - 1]);
    begins_log_put(q->log, p->id, &now, &none);
    begins_release(&now);
}

static bool take_out(struct intake *q, bool add_too)
{
    const struct queue *turn = &q->turn;
    bool ok = true, any = false;
    size_t i;

    for (i = 0; i < turn->count && !any; i++)
        any = !turn->list[i].add;
    if (any && takes_from_segment(q))
        ok = save_segment(q);
    for (i = 0; i < turn->count && ok; i++) {
        if (add_too || !turn->list[i].add)
            ok = pass_to_fts5(q->db, &turn->list[i]);
        if (add_too && turn->list[i].id)
            log_beginnings(q, &turn->list[i]);
    }
    return ok;
}

static void add_words(struct intake *q)
{
    for (size_t i = 0; i < q->turn.count; i++) {
        const struct pending *p = &q->turn.list[i];

        if (p->add)
            segment_add(q->segment, p->slot, p->id, p->bytes, p->end);
        way_let();
    }
}

static bool take_turn(struct intake *q)
{
    struct queue empty;
    bool ok = true, fits;

    wait_for_work(q);
    queue_clear(&q->turn);
    if (q->segment && segment_size(q->segment) >= SEGMENT_MOST)
        ok = save_segment(q);
    empty = q->turn;
    q->turn = q->waiting;
    q->waiting = empty;
    settle(&q->turn);
    fits = graft_fits(q->db);
    if (!ok || !take_out(q, !fits))
        return false;
    if (fits) {
        if (!q->segment) {
            q->segment = segment_new();
            q->leaves = mem_alloc(sizeof *q->leaves);
            leaves_init(q->leaves);
            q->prefixes = prefixes_new();
        }
        start(q, add_words, q->turn.bytes < LITTLE);
    }
    return true;
}

bool intake_put(struct intake *q, int64_t slot, bool add, int64_t id, const char *packed,
                const size_t end[ENTRY_COLUMNS])
{
    struct queue *w = &q->waiting;
    size_t len = end[ENTRY_COLUMNS - 1];
    struct pending *p;

    assert(!q->sealed);
    mem_grow(&w->list, &w->cap, w->count + 1, sizeof *w->list);
    p = &w->list[w->count];
    *p = (struct pending){
        .slot = slot, .id = id, .number = w->count++, .add = add, .bytes = mem_alloc(len + 1)};
    memcpy(p->bytes, packed, len);
    memcpy(p->end, end, sizeof p->end);
    w->bytes += len;
    return w->bytes < TURN_BYTES || take_turn(q);
}

bool intake_seal(struct intake *q)
{
    if (q->waiting.count > 0 && !take_turn(q))
        return false;
    seal(q);
    return true;
}

bool intake_finish(struct intake *q)
{
    return (q->sealed || intake_seal(q)) && save_segment(q);
}
