/* SPDX-License-Identifier: ISC */
/* What is read from the pages of the full-text index, against what FTS5 says of the same. What is near each other is
 * held against the places of the words instead: there FTS5 3.40 reads memory that it has given back. */
#include "sample.h"
#include "../dice.h"

#include "store/catalog_parts.h"
#include "store/entry.h"
#include "store/matcher.h"
#include "store/query.h"
#include "store/score.h"

#include <math.h>
#include <sqlite3.h>

enum { ARTICLES = 1500, COMMIT = 100 };

static struct cache *cache;
static struct catalog *list;
static char *path;
static uint64_t seed;

/* Frequent words and rare ones; now and then one that nothing else has. */
static void add_words(struct buf *out, uint32_t count)
{
    while (count-- > 0) {
        uint32_t a = dice(&seed, 60), b = dice(&seed, 60), least = a < b ? a : b;

        if (dice(&seed, 40) == 0)
            buf_add_fmt(out, "x%u ", (unsigned)dice(&seed, 100000));
        else
            buf_add_fmt(out, "w%u ", (unsigned)least);
    }
}

/* Most are short, some so long that one word's places fill several pages. */
static int64_t put(int64_t file, long seq, int64_t replaces)
{
    struct buf title, body;
    char date[24];
    int64_t id;

    buf_init(&title);
    buf_init(&body);
    buf_add_str(&body, "");
    add_words(&title, 2 + dice(&seed, 5));
    add_words(&body, dice(&seed, 100) == 0 ? 20000 : dice(&seed, 120));
    for (uint32_t n = dice(&seed, 200) == 0 ? 30000 : 0; n > 0; n--)
        buf_add_str(&body, "w0 ");
    snprintf(date, sizeof date, "%04u-%02u-%02uT%02u:%02u", (unsigned)(2000 + dice(&seed, 20)),
             (unsigned)(1 + dice(&seed, 12)), (unsigned)(1 + dice(&seed, 28)), (unsigned)dice(&seed, 24),
             (unsigned)dice(&seed, 60));
    id = sample_put_thread(cache, file, seq, title.data, date, body.data, 0, replaces, (int)dice(&seed, 4), "w1 w2");
    buf_release(&title);
    buf_release(&body);
    return id;
}

/* In many pieces, of which some are put together and some half so; articles are written anew, and removed. */
static void open_many(uint32_t with)
{
    int64_t file = 0, *ids = mem_zalloc(ARTICLES, sizeof *ids);
    struct err e = ERR_INIT;

    seed = with;
    path = sample_path(sample_folder(), "c.db");
    cache = sample_cache(path);
    for (int i = 0; i < ARTICLES; i++) {
        if (i % COMMIT == 0)
            assert_true(cache_begin(cache));
        file = i == 0 ? sample_file(cache, "f") : file;
        ids[i] = put(file, i, 0);
        if (i % 7 == 6)
            assert_true(put(file, i, ids[dice(&seed, (uint32_t)i)]) > 0);
        if (i % 11 == 10)
            cache_remove(cache, ids[dice(&seed, (uint32_t)i)]);
        if (i % COMMIT == COMMIT - 1) {
            assert_true(cache_commit(cache));
            if (dice(&seed, 4) == 0)
                cache_merge(cache, 1 + (int)dice(&seed, 30));
        }
    }
    free(ids);
    list = catalog_open(path, false, &e);
    if (!list)
        fail_msg("%s", e.text);
}

static void close_many(void)
{
    catalog_close(&list);
    cache_close(&cache);
}

/* As the search sets it up, for all phrases of a query. */
static struct score score_for(struct db *db, const struct query *q)
{
    struct score s = {.floor = 0};
    double articles = 0, words = 0;
    const char *phrase;

    score_extent(db, &articles, &words);
    s.average = words / articles;
    for (size_t i = 0; i < SCORE_PHRASES && (phrase = query_phrase(q, i)); i++) {
        if (*phrase)
            s.idf[i] = score_idf((long)articles, (long)db_int(db, 0, "SELECT count(*) FROM words WHERE words MATCH ?1",
                                                              "t", phrase));
    }
    return s;
}

/* Whether a slot is one of those that alone are asked for. */
static bool is_asked(const struct slots *only, int64_t slot)
{
    for (size_t i = 0; only && i < only->count; i++) {
        if (only->at[i] == slot)
            return true;
    }
    return !only;
}

static int halves;

/* The same comes out where the time is over at every look at the clock. */
static void compare_steps(struct matcher *m, struct db *db, struct slot_span span, const struct slots *only)
{
    struct matches at_once = matcher_find(m, db, span, only, NULL, INT64_MAX), found;
    int64_t *slots = mem_zalloc(at_once.count + 1, sizeof *slots);
    size_t count = at_once.count;

    if (count > 0)
        memcpy(slots, at_once.slots, count * sizeof *slots);
    do {
        found = matcher_find(m, db, span, only, NULL, 0);
        halves += found.half;
    } while (found.half);
    assert_int_equal(found.count, count);
    if (count > 0)
        assert_memory_equal(found.slots, slots, count * sizeof *slots);
    free(slots);
}

/* In an OR within an AND within an OR, FTS5 may leave out a phrase that is there. */
static bool is_deep;

/* Reads from..to, and compares each article and its score with FTS5's. Returns how many there are. */
static size_t compare(struct db *db, const struct query *q, struct matcher *m, int64_t from, int64_t to,
                      const struct slots *only)
{
    struct score s = score_for(db, q);
    struct slot_span span = {from, to};
    struct matches found = matcher_find(m, db, span, only, &s, INT64_MAX);
    struct sqlite3_stmt *st;
    size_t n = 0;

    st = db_query(db,
                  "SELECT rowid, bm25(words, 8.0, 1.0, 0.5, 3.0, 2.0, 0.0) FROM words WHERE words MATCH ?1"
                  " AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid",
                  "tii", query_match(q), from, to);
    while (db_row(db, st)) {
        double score = -sqlite3_column_double(st, 1);
        int64_t slot = sqlite3_column_int64(st, 0);

        if (!is_asked(only, slot))
            continue;
        assert_true(n < found.count);
        assert_int_equal(found.slots[n], slot);
        if (found.scores[n] < score - 1e-9 * (1 + score) || (!is_deep && found.scores[n] > score + 1e-9 * (1 + score)))
            fail_msg("%s: score of %lld is %g and not %g", query_match(q), (long long)slot, found.scores[n], score);
        if (!is_deep && dice(&seed, 50) == 0) { /* what is said of the length must not keep an article out */
            const struct slots one = {&slot, 1};
            struct score floor = s;
            struct matches alone;

            floor.floor = score * (1 - 1e-12);
            alone = matcher_find(m, db, span, &one, &floor, INT64_MAX);
            assert_int_equal(alone.count, 1);
            assert_true(score <= 0 || alone.scores[0] > 0);
            found = matcher_find(m, db, span, only, &s, INT64_MAX);
        }
        n++;
    }
    assert_int_equal(n, found.count);
    compare_steps(m, db, span, only);
    return n;
}

/* Thirds of all, the newest first and the time over at every look at the clock, come to what all comes to at once. */
static void compare_thirds(struct matcher *m, struct db *db)
{
    enum { ROOM = 2 * ARTICLES };
    int64_t *slots = mem_zalloc(ROOM, sizeof *slots), from, to = INT64_MAX;
    struct matches found;
    size_t at = ROOM;

    for (int third = 2; third >= 0; third--, to = from - 1) {
        from = db_int(db, 1, "SELECT slot FROM article ORDER BY slot LIMIT 1 OFFSET ?1", "i",
                      (int64_t)(third * ARTICLES / 3));
        do {
            found = matcher_find(m, db, (struct slot_span){from, to}, NULL, NULL, 0);
            halves += found.half;
        } while (found.half);
        assert_true(found.count <= at);
        at -= found.count;
        if (found.count > 0)
            memcpy(slots + at, found.slots, found.count * sizeof *slots);
    }
    found = matcher_find(m, db, (struct slot_span){1, INT64_MAX}, NULL, NULL, INT64_MAX);
    assert_int_equal(found.count, ROOM - at);
    if (found.count > 0)
        assert_memory_equal(found.slots, slots + at, found.count * sizeof *slots);
    free(slots);
}

/* Every word has w3 and w59 as forms. */
static void add_forms(void *ctx, const char *folded, size_t len, const char *raw, size_t raw_len,
                      void (*add)(void *to, const char *form, size_t len), void *to)
{
    (void)ctx, (void)folded, (void)len, (void)raw, (void)raw_len;
    add(to, "w3", 2);
    add(to, "w59", 3);
}

/* In all articles, and in some spans, also of some articles alone. */
static void compare_spans(struct db *db, const struct query *q, int times)
{
    int64_t last = db_int(db, 0, "SELECT max(slot) FROM article", ""), from, to, *some;
    struct matcher *m = matcher_new(query_match(q));
    size_t count = 0;
    struct sqlite3_stmt *st;
    struct slots only;

    some = mem_zalloc(2 * ARTICLES, sizeof *some);
    st = db_query(db, "SELECT slot FROM article ORDER BY slot", "");
    while (db_row(db, st)) {
        some[count] = sqlite3_column_int64(st, 0);
        count += dice(&seed, 40) < 3;
    }
    only = (struct slots){some, count};
    compare(db, q, m, 1, INT64_MAX, NULL);
    compare_thirds(m, db);
    while (times-- > 0) {
        from = db_int(db, 0, "SELECT slot FROM article ORDER BY slot LIMIT 1 OFFSET ?1", "i",
                      (int64_t)dice(&seed, ARTICLES / 2)) + (int64_t)dice(&seed, 2);
        to = from + (int64_t)((double)(last - from) / (double)(1 + dice(&seed, 50)));
        compare(db, q, m, from, to, dice(&seed, 2) ? &only : NULL);
    }
    matcher_free(&m);
    free(some);
}

static void compare_all(void)
{
    static const char *const queries[] = {
        "w0", "w1", "w2", "w40", "w58", "nowhere", "x17", "title:w0", "comment:w1", "comment:w2", "comment:w7",
        "body:w3", "author:w0", "w1*", "x1*", "title:w1*", "\"w0 w1\"", "\"w1 w1\"", "\"w0 w0 w0\"", "\"w0 w1 w\"*",
        "\"w30 w\"*", "title:\"w0 w1\"", "w1-w2", "lang:xx OR w40",
    };
    const struct query_forms forms = {add_forms, NULL};
    struct db *db = catalog_db(list, 0);

    for (size_t i = 0; i < 2 * sizeof queries / sizeof queries[0]; i++) {
        struct err e = ERR_INIT;
        struct query *q = query_parse_forms(queries[i / 2], i % 2 ? &forms : NULL, &e);

        assert_non_null(q);
        compare_spans(db, q, 4);
        query_free(&q);
    }
}

/* Words, beginnings, phrases and columns, put together at random. */
static void add_any(struct buf *out, int depth)
{
    static const char *const joins[] = {" ", " OR ", " -"}, *const fields[] = {"", "", "title:", "body:", "comment:"};
    uint64_t a = dice(&seed, 60), b = dice(&seed, 12), kind = dice(&seed, 8);
    const char *field = fields[dice(&seed, 5)];

    if (depth > 0 && dice(&seed, 3)) {
        buf_add_str(out, "(");
        add_any(out, depth - 1);
        kind = dice(&seed, 3);
        buf_add_str(out, joins[kind]);
        add_any(out, kind == 2 ? 0 : depth - 1); /* FTS5 may count what must not be there in what must not be */
        buf_add_str(out, ")");
    } else if (kind == 0) {
        buf_add_fmt(out, "%s\"w%u w%u\"", field, (unsigned)(a % 12), (unsigned)b);
    } else if (kind == 1) {
        buf_add_fmt(out, "%s\"w%u w%u\"*", field, (unsigned)b, (unsigned)(a % 6));
    } else {
        buf_add_fmt(out, "%sw%u%s", field, (unsigned)a, kind == 2 ? "*" : "");
    }
}

static void compare_any(int times)
{
    const struct query_forms forms = {add_forms, NULL};
    struct err e = ERR_INIT;
    struct buf text;

    buf_init(&text);
    while (times-- > 0) {
        struct query *q;

        buf_clear(&text);
        is_deep = times % 2;
        add_any(&text, is_deep ? 3 : 1);
        q = query_parse_forms(text.data, times % 3 ? NULL : &forms, &e);
        if (!q)
            fail_msg("%s: %s", text.data, e.text);
        compare_spans(catalog_db(list, 0), q, 2);
        query_free(&q);
    }
    is_deep = false;
    buf_release(&text);
}

CHECK(as_fts5_says)
{
    for (uint32_t with = 1; with <= 3; with++) {
        open_many(with);
        compare_all();
        compare_any(24);
        close_many();
    }
    assert_true(halves > 1000);
}

/* A place of one of the words w0..w9, as FTS5 lists them. */
struct stands {
    int64_t slot, place;
    int column, word;
};

static size_t read_places(struct db *db, struct stands **out)
{
    struct sqlite3_stmt *st;
    size_t count = 0, cap = 0;

    assert_true(db_exec(db, "CREATE VIRTUAL TABLE temp.each USING fts5vocab(main, words, instance)"));
    st = db_query(db,
                  "SELECT doc, offset, CASE col WHEN 'title' THEN 0 WHEN 'body' THEN 1 ELSE 2 END,"
                  " substr(term, 2) FROM temp.each WHERE length(term) = 2 AND term GLOB 'w[0-9]'"
                  " ORDER BY doc, 3, offset",
                  "");
    while (db_row(db, st)) {
        mem_grow(out, &cap, count + 1, sizeof **out);
        (*out)[count++] = (struct stands){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
                                          sqlite3_column_int(st, 2), sqlite3_column_int(st, 3)};
    }
    assert_true(db_exec(db, "DROP TABLE temp.each"));
    return count;
}

/* Whether three words stand within so many of one another somewhere between two entries of one article. */
static bool is_near(const struct stands *all, size_t from, size_t to, const int words[3], int64_t within)
{
    for (size_t i = from; i < to; i++) {
        bool has[3] = {false, false, false};

        for (size_t k = i; k < to && all[k].column == all[i].column && all[k].place <= all[i].place + within + 1; k++) {
            for (int w = 0; w < 3; w++)
                has[w] = has[w] || all[k].word == words[w];
        }
        if (has[0] && has[1] && has[2])
            return true;
    }
    return false;
}

CHECK(near_is_what_stands_near)
{
    struct stands *all = NULL;
    size_t count, some = 0;
    struct db *db;

    open_many(6);
    db = catalog_db(list, 0);
    count = read_places(cache_db(cache), &all);
    assert_true(count > 10000);
    for (int times = 0; times < 40; times++) {
        int words[3] = {(int)dice(&seed, 10), (int)dice(&seed, 10), 0};
        int64_t within = 1 + (int64_t)dice(&seed, 12);
        struct err e = ERR_INIT;
        struct matches found;
        struct matcher *m;
        struct query *q;
        char text[80];
        size_t n = 0, next;

        words[2] = times % 2 ? words[1] : (int)dice(&seed, 10);
        if (times % 2)
            snprintf(text, sizeof text, "w%d NEAR/%d w%d", words[0], (int)within, words[1]);
        else
            snprintf(text, sizeof text, "w%d NEAR/1 w%d NEAR/%d w%d", words[0], words[1], (int)within, words[2]);
        q = query_parse(text, &e);
        assert_non_null(q);
        m = matcher_new(query_match(q));
        found = matcher_find(m, db, (struct slot_span){1, INT64_MAX}, NULL, NULL, INT64_MAX);
        for (size_t i = 0; i < count; i = next) {
            for (next = i; next < count && all[next].slot == all[i].slot; next++)
                ;
            if (!is_near(all, i, next, words, within))
                continue;
            if (n == found.count || found.slots[n] != all[i].slot)
                fail_msg("%s does not find %lld", text, (long long)all[i].slot);
            n++;
        }
        assert_int_equal(found.count, n);
        compare_steps(m, db, (struct slot_span){1, INT64_MAX}, NULL);
        some += n > 0 && n < ARTICLES / 2;
        matcher_free(&m);
        query_free(&q);
    }
    assert_true(some > 10);
    free(all);
    close_many();
}

/* Another connection may put pieces together between two readings. */
CHECK(follows_what_is_written)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse("w1", &e);
    struct matcher *m = matcher_new(query_match(q));
    int64_t file;
    size_t before;

    open_many(4);
    before = compare(catalog_db(list, 0), q, m, 1, INT64_MAX, NULL);
    assert_true(before > ARTICLES / 3);
    while (cache_merge(cache, 1000))
        ;
    assert_int_equal(compare(catalog_db(list, 0), q, m, 1, INT64_MAX, NULL), before);
    assert_true(cache_begin(cache));
    file = sample_file(cache, "g");
    sample_put(cache, file, 1, "w1", "2021-01-01", "w1", 0, 0);
    assert_true(cache_commit(cache));
    assert_int_equal(compare(catalog_db(list, 0), q, m, 1, INT64_MAX, NULL), before + 1);
    matcher_free(&m);
    query_free(&q);
    close_many();
}

static void set_leaf(sqlite3 *raw, int64_t key, const void *bytes, int len)
{
    sqlite3_stmt *st;

    assert_int_equal(sqlite3_prepare_v2(raw, "UPDATE words_data SET block = ?2 WHERE id = ?1", -1, &st, NULL),
                     SQLITE_OK);
    sqlite3_bind_int64(st, 1, key);
    sqlite3_bind_blob(st, 2, bytes, len, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(st), SQLITE_DONE);
    sqlite3_finalize(st);
}

/* Whatever the pages hold, reading them comes to an end, and touches nothing else (which sanitizers watch). */
CHECK(damaged_pages_are_an_answer)
{
    struct err e = ERR_INIT;
    static const char *const queries[] = {"w1", "w4*", "\"w0 w1\"", "w1 NEAR w2"};
    int64_t keys[512];
    size_t count = 0;
    int refused = 0;
    struct sqlite3_stmt *st;
    sqlite3 *raw;

    open_many(5);
    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    sqlite3_exec(raw, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
    st = db_query(catalog_db(list, 0), "SELECT id FROM words_data WHERE id >= 10 LIMIT 512", "");
    while (db_row(catalog_db(list, 0), st))
        keys[count++] = sqlite3_column_int64(st, 0);
    for (int i = 0; i < 1500; i++) {
        int64_t key = dice(&seed, 5) == 0 ? 10 : keys[dice(&seed, (uint32_t)count)];
        struct query *q = query_parse(queries[i % 4], &e);
        struct matcher *m = matcher_new(query_match(q));
        struct buf was, now;

        buf_init(&was);
        buf_init(&now);
        st = db_query(catalog_db(list, 0), "SELECT block FROM words_data WHERE id = ?1", "i", key);
        assert_true(db_row(catalog_db(list, 0), st));
        buf_add(&was, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0));
        db_done(st);
        buf_add(&now, was.data, was.len);
        for (uint32_t n = dice(&seed, 8); n > 0 && now.len > 0; n--)
            now.data[dice(&seed, dice(&seed, 3) || now.len < 12 ? now.len : 12)] = (char)dice(&seed, 256);
        now.len = dice(&seed, 4) ? now.len : dice(&seed, now.len + 1);
        set_leaf(raw, key, now.data, (int)now.len);
        matcher_find(m, catalog_db(list, 0), (struct slot_span){1, INT64_MAX}, NULL, NULL, INT64_MAX);
        refused += db_fault(catalog_db(list, 0)) == DB_CORRUPT;
        db_clear(catalog_db(list, 0));
        set_leaf(raw, key, was.data, (int)was.len);
        matcher_free(&m);
        query_free(&q);
        buf_release(&was);
        buf_release(&now);
    }
    assert_true(refused > 50);
    sqlite3_close(raw);
    close_many();
}

CHECK_MAIN(T(as_fts5_says), T(near_is_what_stands_near), T(follows_what_is_written), T(damaged_pages_are_an_answer))
