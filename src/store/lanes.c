/* SPDX-License-Identifier: ISC */
#include "store/lanes.h"

#include "base/mem.h"
#include "store/phrases.h"
#include "store/slot.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    LOOK_AT_CLOCK = 128, /* hits between two looks at the clock */
    HANDFUL = 1024,      /* hits that are handed over at a time where no window's end is waited for */
    RARE = 64,           /* fewer than one of so many articles have the word */
};

static void free_words(struct lanes *n, struct lane *lane)
{
    size_t w;

    for (w = 0; w < n->words && lane->words; w++)
        postings_free(&lane->words[w]);
    free(lane->words);
    lane->words = NULL;
}

/* Readies the reading of the query's words in a part, where they are all that it asks of the index. */
static void ready_words(struct lanes *n, struct lane *lane)
{
    size_t w;

    lane->words = mem_zalloc(n->words + 1, sizeof *lane->words);
    for (w = 0; w < n->words; w++) {
        lane->words[w] = postings_new(query_phrase(n->query, w));
        if (!lane->words[w])
            break;
    }
    if (w < n->words) {
        free_words(n, lane);
        n->words = 0;
    }
}

void lanes_init(struct lanes *n, struct catalog *l, const struct query *q, struct state *state)
{
    int part, generation;

    *n = (struct lanes){.query = q, .parts = catalog_parts(l)};
    n->lane = mem_zalloc((size_t)n->parts, sizeof *n->lane);
    while (phrases_all(query_match(q)) && query_phrase(q, n->words))
        n->words++;
    n->words = n->words > SCORE_PHRASES ? 0 : n->words;
    for (part = 0; part < n->parts; part++) {
        struct db *db = catalog_db(l, part);

        n->lane[part].filter = filter_new(db, q, catalog_lent(l, part), state);
        ready_words(n, &n->lane[part]);
        generation = slot_generation(db_int(db, 0, "SELECT slot FROM article ORDER BY slot DESC LIMIT 1", ""));
        n->generations = generation >= n->generations ? generation + 1 : n->generations;
    }
}

void lanes_release(struct lanes *n)
{
    int part;

    for (part = 0; part < n->parts; part++) {
        filter_free(&n->lane[part].filter);
        free_words(n, &n->lane[part]);
        free(n->lane[part].slots);
        free(n->lane[part].scores);
    }
    free(n->lane);
    memset(n, 0, sizeof *n);
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

/* What a window has of each word: the articles by rising slot, and how many are left of them. */
struct found {
    const struct posting *at[SCORE_PHRASES];
    size_t left[SCORE_PHRASES];
};

/* Reads the words in a span, the rarest one first; false where they cannot be read or FTS5 is quicker. */
static bool read_words(struct lanes *n, struct lane *lane, struct db *db, struct slot_span span, bool weights,
                       struct found *f)
{
    size_t i, w;

    for (i = 0; i < n->words; i++) {
        w = i == 0 ? n->rarest : i - (i <= n->rarest);
        if (!postings_read(lane->words[w], db, span, weights, &f->at[w], &f->left[w]))
            return false;
        n->leaps = i == 0 && n->words > 1 && f->left[w] < (size_t)(n->sweep.rows / n->parts / RARE);
        if (n->leaps)
            return false;
    }
    for (w = 0; w < n->words; w++)
        n->rarest = f->left[w] < f->left[n->rarest] ? w : n->rarest;
    return true;
}

/* Goes on to the newest article that has all words; false where there is none left. */
static bool next_common(const struct lanes *n, struct found *f)
{
    size_t w, same = 0;
    int64_t slot = INT64_MAX;

    for (w = 0; same < n->words; w = w + 1 < n->words ? w + 1 : 0) {
        while (f->left[w] > 0 && f->at[w][f->left[w] - 1].slot > slot)
            f->left[w]--;
        if (f->left[w] == 0)
            return false;
        same = f->at[w][f->left[w] - 1].slot == slot ? same + 1 : 1;
        slot = f->at[w][f->left[w] - 1].slot;
    }
    return true;
}

/* Takes the newest article of each word, which is the same one, as a hit. */
static void take_common(const struct lanes *n, struct lane *lane, struct db *db, const struct score *score,
                        struct found *f)
{
    int64_t slot = f->at[0][f->left[0] - 1].slot;
    double frequency[SCORE_PHRASES];
    int least = 0;
    size_t w;

    for (w = 0; w < n->words; w++) {
        const struct posting *one = &f->at[w][--f->left[w]];

        frequency[w] = one->frequency;
        least = one->least > least ? one->least : least;
    }
    add_hit(lane, slot, score ? score_words(score, db, slot, frequency, n->words, least) : 0);
}

static void turn_round(struct lane *lane, size_t from)
{
    size_t i, k;

    for (i = from, k = lane->count; i + 1 < k; i++, k--) {
        int64_t slot = lane->slots[i];

        lane->slots[i] = lane->slots[k - 1];
        lane->slots[k - 1] = slot;
    }
}

/* Reads a part's hits in the sweep's window without FTS5; false where that cannot be done or is no gain. They are read
 * so fast that the windows, whose size follows from the time they take, need no cutting. */
static bool read_in(struct lanes *n, struct db *db, int part, const struct score *score)
{
    struct lane *lane = &n->lane[part];
    struct slot_span span;
    struct found f;
    int generation;

    lane->count = 0;
    for (generation = 0; generation < n->generations; generation++) {
        size_t before = lane->count;

        if (!find_span(n, db, part, generation, &span))
            continue;
        if (!read_words(n, lane, db, span, score != NULL, &f))
            return false;
        make_room(lane, f.left[n->rarest]);
        while (next_common(n, &f))
            take_common(n, lane, db, score, &f);
        if (n->sweep.upwards)
            turn_round(lane, before);
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
        if (n->words == 0 || n->leaps || !read_in(n, catalog_db(l, part), part, score))
            cut = look_in(n, catalog_db(l, part), part, score, taker) || cut;
    for (part = 0; part < n->parts; part++)
        taker->take(taker->ctx, part, &n->lane[part]);
    sweep_took(&n->sweep, cut);
    return true;
}

/* How many articles of a span have a phrase. */
static long count_in(struct lanes *n, struct db *db, int part, size_t phrase, struct slot_span span)
{
    const struct posting *found;
    size_t count;

    if (n->words > 0 && postings_read(n->lane[part].words[phrase], db, span, false, &found, &count))
        return (long)count;
    return (long)db_int(db, 0, "SELECT count(*) FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3", "tii",
                        query_phrase(n->query, phrase), span.from, span.to);
}

bool lanes_count(struct lanes *n, struct catalog *l, size_t phrase, long *count)
{
    struct slot_span span;
    int part, generation;

    if (!sweep_next(&n->sweep, l))
        return false;
    for (part = 0; part < n->parts; part++) {
        for (generation = 0; generation < n->generations; generation++) {
            if (find_span(n, catalog_db(l, part), part, generation, &span))
                *count += count_in(n, catalog_db(l, part), part, phrase, span);
        }
    }
    sweep_took(&n->sweep, false);
    return true;
}
