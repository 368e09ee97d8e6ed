/* SPDX-License-Identifier: ISC */
/* What is read from the pages of the full-text index, against what FTS5 says of the same. */
#include "sample.h"
#include "../dice.h"

#include "store/catalog_parts.h"
#include "store/entry.h"
#include "store/postings.h"
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

static double score_of(const struct score *s, struct db *db, const struct posting *one)
{
    return score_words(s, db, one->slot, &one->frequency, 1, one->least);
}

/* Reads a phrase from..to, and compares each article and its score with FTS5's. Returns how many there are. */
static size_t compare(struct db *db, const struct query *q, struct postings *p, int64_t from, int64_t to)
{
    struct score s = {.idf = {1}};
    const struct posting *found = NULL;
    size_t count = 0, n = 0;
    double articles = 0, words = 0, idf;
    struct sqlite3_stmt *st;

    score_extent(db, &articles, &words);
    s.average = words / articles;
    idf = score_idf((long)articles,
                    (long)db_int(db, 0, "SELECT count(*) FROM words WHERE words MATCH ?1", "t", query_match(q)));
    assert_true(postings_read(p, db, (struct slot_span){from, to}, true, &found, &count));
    st = db_query(db,
                  "SELECT rowid, bm25(words, 8.0, 1.0, 0.5, 3.0, 2.0, 0.0) FROM words WHERE words MATCH ?1"
                  " AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid",
                  "tii", query_match(q), from, to);
    for (; db_row(db, st); n++) {
        double score = -sqlite3_column_double(st, 1) / idf;

        assert_true(n < count);
        assert_int_equal(found[n].slot, sqlite3_column_int64(st, 0));
        if (fabs(score_of(&s, db, &found[n]) - score) > 1e-9)
            fail_msg("%s: score of %lld is %g and not %g", query_match(q), (long long)found[n].slot,
                     score_of(&s, db, &found[n]), score);
        /* What is said of the length must not keep an article out. */
        s.floor = score * (1 - 1e-12);
        assert_true(score_of(&s, db, &found[n]) > 0);
        s.floor = 0;
    }
    assert_int_equal(n, count);
    assert_true(postings_read(p, db, (struct slot_span){from, to}, false, &found, &count));
    assert_int_equal(n, count);
    return count;
}

/* Every word has w3 and w59 as forms. */
static void add_forms(void *ctx, const char *folded, size_t len, const char *raw, size_t raw_len,
                      void (*add)(void *to, const char *form, size_t len), void *to)
{
    (void)ctx, (void)folded, (void)len, (void)raw, (void)raw_len;
    add(to, "w3", 2);
    add(to, "w59", 3);
}

static void compare_all(void)
{
    static const char *const queries[] = {"w0",      "w1",         "w2",        "w40",       "w58",    "nowhere", "x17",
                                          "title:w0", "comment:w1", "comment:w2", "comment:w7", "body:w3", "author:w0"};
    const struct query_forms forms = {add_forms, NULL};
    struct db *db = catalog_db(list, 0);
    int64_t last = db_int(db, 0, "SELECT max(slot) FROM article", ""), from, to;

    for (size_t i = 0; i < 2 * sizeof queries / sizeof queries[0]; i++) {
        struct err e = ERR_INIT;
        struct query *q = query_parse_forms(queries[i / 2], i % 2 ? &forms : NULL, &e);
        struct postings *p = postings_new(query_phrase(q, 0));

        assert_non_null(p);
        compare(db, q, p, 1, INT64_MAX);
        for (int k = 0; k < 20; k++) {
            from = db_int(db, 0, "SELECT slot FROM article ORDER BY slot LIMIT 1 OFFSET ?1", "i",
                          (int64_t)dice(&seed, ARTICLES / 2)) + dice(&seed, 2);
            to = from + (int64_t)((double)(last - from) / (1 + dice(&seed, 50)));
            compare(db, q, p, from, to);
        }
        postings_free(&p);
        query_free(&q);
    }
}

CHECK(as_fts5_says)
{
    for (uint32_t with = 1; with <= 3; with++) {
        open_many(with);
        compare_all();
        close_many();
    }
}

/* Another connection may put pieces together between two readings. */
CHECK(follows_what_is_written)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse("w1", &e);
    struct postings *p = postings_new(query_phrase(q, 0));
    int64_t file;
    size_t before;

    open_many(4);
    before = compare(catalog_db(list, 0), q, p, 1, INT64_MAX);
    assert_true(before > ARTICLES / 3);
    while (cache_merge(cache, 1000))
        ;
    assert_int_equal(compare(catalog_db(list, 0), q, p, 1, INT64_MAX), before);
    assert_true(cache_begin(cache));
    file = sample_file(cache, "g");
    sample_put(cache, file, 1, "w1", "2021-01-01", "w1", 0, 0);
    assert_true(cache_commit(cache));
    assert_int_equal(compare(catalog_db(list, 0), q, p, 1, INT64_MAX), before + 1);
    postings_free(&p);
    query_free(&q);
    close_many();
}

CHECK(what_is_more_than_a_word_is_left_to_fts5)
{
    static const char *const queries[] = {"\"w1 w2\"", "w1*", "title:w1*", "w1-w2"};

    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        struct err e = ERR_INIT;
        struct query *q = query_parse(queries[i], &e);
        const char *phrase = query_phrase(q, 0);
        struct postings *p = postings_new(phrase ? phrase : "");

        assert_null(p);
        query_free(&q);
    }
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
    struct query *q = query_parse("w1", &e);
    const struct posting *found;
    int64_t keys[512];
    size_t count = 0, got;
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
        struct postings *p = postings_new(query_phrase(q, 0));
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
        refused += !postings_read(p, catalog_db(list, 0), (struct slot_span){1, INT64_MAX}, true, &found, &got);
        db_clear(catalog_db(list, 0));
        set_leaf(raw, key, was.data, (int)was.len);
        postings_free(&p);
        buf_release(&was);
        buf_release(&now);
    }
    assert_true(refused > 50);
    sqlite3_close(raw);
    query_free(&q);
    close_many();
}

CHECK_MAIN(T(as_fts5_says), T(follows_what_is_written), T(what_is_more_than_a_word_is_left_to_fts5),
           T(damaged_pages_are_an_answer))
