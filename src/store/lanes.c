/* SPDX-License-Identifier: ISC */
#include "store/lanes.h"

#include "base/mem.h"
#include "store/slot.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    LOOK_AT_CLOCK = 128, /* hits between two looks at the clock */
    HANDFUL = 1024,      /* hits that are handed over at a time where no window's end is waited for */
};

void lanes_init(struct lanes *n, struct catalog *l, const struct query *q, struct state *state)
{
    int part, generation;

    *n = (struct lanes){.query = q, .parts = catalog_parts(l)};
    n->lane = mem_zalloc((size_t)n->parts, sizeof *n->lane);
    for (part = 0; part < n->parts; part++) {
        struct db *db = catalog_db(l, part);

        n->lane[part].filter = filter_new(db, q, catalog_lent(l, part), state);
        generation = slot_generation(db_int(db, 0, "SELECT slot FROM article ORDER BY slot DESC LIMIT 1", ""));
        n->generations = generation >= n->generations ? generation + 1 : n->generations;
    }
}

void lanes_release(struct lanes *n)
{
    int part;

    for (part = 0; part < n->parts; part++) {
        filter_free(&n->lane[part].filter);
        postings_free(&n->lane[part].postings);
        free(n->lane[part].slots);
        free(n->lane[part].scores);
    }
    free(n->lane);
    memset(n, 0, sizeof *n);
}

void lanes_read(struct lanes *n, const char *phrase)
{
    int part;

    for (part = 0; part < n->parts; part++)
        n->lane[part].postings = postings_new(phrase);
}

size_t lanes_alone(const struct lanes *n)
{
    size_t count = 0;
    int part;

    for (part = 0; part < n->parts; part++) {
        const struct sift *sift = filter_sift(n->lane[part].filter);

        if (!sift->only)
            return SIZE_MAX;
        count += sift->in_count;
    }
    return count;
}

void lanes_begin(struct lanes *n, bool upwards)
{
    int64_t first, last;

    filter_places(n->lane[0].filter, &first, &last);
    sweep_init(&n->sweep, n->parts, first, last, upwards);
}

/* Takes what no longer stands in the window out of a lane. */
static void clip(struct lanes *n, int part)
{
    struct lane *lane = &n->lane[part];
    struct slot_span here = sweep_span(&n->sweep, part, 0);
    size_t i, kept = 0;

    for (i = 0; i < lane->count; i++) {
        int64_t place = slot_place(lane->slots[i]);

        if (place < here.from || place > here.to)
            continue;
        lane->scores[kept] = lane->scores[i];
        lane->slots[kept++] = lane->slots[i];
    }
    lane->count = kept;
}

/* Cuts the window off before the place of its last hit, where that leaves any of it. */
static bool cut_off(struct lanes *n, int part)
{
    const struct lane *lane = &n->lane[part];
    int i;

    if (!sweep_cut(&n->sweep, slot_row_place(n->parts, part, slot_place(lane->slots[lane->count - 1]))))
        return false;
    for (i = 0; i <= part; i++)
        clip(n, i);
    return true;
}

static struct sqlite3_stmt *open_window(struct lanes *n, struct db *db, struct slot_span span,
                                        struct score *score)
{
    const char *match = query_match(n->query);
    struct sqlite3_stmt *st;

    if (!score)
        return db_query(db,
                        n->sweep.upwards ? "SELECT rowid, 0 FROM words WHERE words MATCH ?1"
                                           " AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid"
                                         : "SELECT rowid, 0 FROM words WHERE words MATCH ?1"
                                           " AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC",
                        "tii", match, span.from, span.to);
    st = db_query(db,
                  "SELECT rowid, cuttings_score(words, ?4) FROM words WHERE words MATCH ?1"
                  " AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC",
                  "tii", match, span.from, span.to);
    if (st)
        sqlite3_bind_pointer(st, 4, score, SCORE_POINTER, NULL);
    return st;
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

static void make_room(struct lane *lane, size_t hits)
{
    mem_grow(&lane->slots, &lane->cap, lane->count + hits, sizeof *lane->slots);
    mem_grow(&lane->scores, &lane->score_cap, lane->count + hits, sizeof *lane->scores);
}

static void add_hit(struct lane *lane, int64_t slot, double score)
{
    lane->slots[lane->count] = slot;
    lane->scores[lane->count++] = score;
}

/* Reads a part's hits in the sweep's window without FTS5; false where that cannot be done. They are read so fast that
 * the windows, whose size follows from the time they take, need no cutting. */
static bool read_in(struct lanes *n, struct db *db, int part, struct score *score)
{
    struct lane *lane = &n->lane[part];
    const struct posting *found;
    struct slot_span span;
    int generation;
    size_t count;

    lane->count = 0;
    for (generation = 0; generation < n->generations; generation++) {
        if (!find_span(n, db, part, generation, &span))
            continue;
        if (!postings_read(lane->postings, db, span, &found, &count))
            return false;
        make_room(lane, count);
        while (count-- > 0)
            add_hit(lane, found[count].slot,
                    score_alone(score, db, found[count].slot, found[count].frequency, found[count].least));
    }
    return true;
}

/* Reads a part's hits in the sweep's window; true where it took too long and the window was cut. */
static bool look_in(struct lanes *n, struct db *db, int part, struct score *score, const struct lanes_taker *taker)
{
    int64_t until = n->sweep.began + sweep_patience(&n->sweep);
    struct lane *lane = &n->lane[part];
    struct sqlite3_stmt *st;
    struct slot_span span;
    bool cut = false;
    int generation;

    lane->count = 0;
    for (generation = 0; generation < n->generations; generation++) {
        size_t seen = 0;

        st = find_span(n, db, part, generation, &span) ? open_window(n, db, span, score) : NULL;
        while (db_row(db, st)) {
            make_room(lane, 1);
            add_hit(lane, sqlite3_column_int64(st, 0), sqlite3_column_double(st, 1));
            if (++seen % LOOK_AT_CLOCK == 0 && sweep_clock() > until && cut_off(n, part)) {
                cut = true;
                db_done(st);
                break;
            }
            if (n->sweep.single && lane->count == HANDFUL) {
                taker->take(taker->ctx, part, lane);
                lane->count = 0;
            }
        }
    }
    return cut;
}

bool lanes_look(struct lanes *n, struct catalog *l, struct score *score, const struct lanes_taker *taker)
{
    bool cut = false;
    int part;

    if (!sweep_next(&n->sweep, l))
        return false;
    for (part = 0; part < n->parts; part++)
        if (!n->lane[part].postings || !score || !read_in(n, catalog_db(l, part), part, score))
            cut = look_in(n, catalog_db(l, part), part, score, taker) || cut;
    for (part = 0; part < n->parts; part++)
        taker->take(taker->ctx, part, &n->lane[part]);
    sweep_took(&n->sweep, cut);
    return true;
}

bool lanes_count(struct lanes *n, struct catalog *l, const char *phrase, long *count)
{
    struct slot_span span;
    int part, generation;

    if (!sweep_next(&n->sweep, l))
        return false;
    for (part = 0; part < n->parts; part++) {
        struct db *db = catalog_db(l, part);

        for (generation = 0; generation < n->generations; generation++) {
            if (find_span(n, db, part, generation, &span))
                *count += (long)db_int(
                    db, 0, "SELECT count(*) FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3", "tii",
                    phrase, span.from, span.to);
        }
    }
    sweep_took(&n->sweep, false);
    return true;
}
