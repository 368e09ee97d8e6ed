/* SPDX-License-Identifier: ISC */
/* Searches of a few thousand articles, step by step, against what SQLite and a plain sort say of the same. */
#include "sample.h"
#include "../dice.h"

#include "store/catalog.h"
#include "store/search.h"
#include "store/slot.h"
#include "store/sweep.h"

#include <limits.h>
#include <sqlite3.h>

enum { ARTICLES = 2000, FILES = 5 };

static struct cache *cache;
static struct catalog *list;
static uint64_t seed = 11;

/* Frequent words and rare ones: the lower of three throws. */
static void add_words(struct buf *out, int count)
{
    while (count-- > 0) {
        uint32_t a = dice(&seed, 60), b = dice(&seed, 60), c = dice(&seed, 60), least = a < b ? a : b;

        buf_add_fmt(out, "w%uw ", (unsigned)(least < c ? least : c));
    }
}

/* Undated, of a day, of one crowded minute, or of any: more of one minute than a generation of slots has room for. */
static const char *make_date(char date[24])
{
    uint32_t kind = dice(&seed, 10);

    if (kind == 0)
        return NULL;
    if (kind < 4)
        snprintf(date, 24, "%04u-%02u-%02u", (unsigned)(2010 + dice(&seed, 3)), (unsigned)(1 + dice(&seed, 2)),
                 (unsigned)(1 + dice(&seed, 5)));
    else if (kind < 6)
        snprintf(date, 24, "2011-01-03T12:34");
    else
        snprintf(date, 24, "%04u-%02u-%02uT%02u:%02u", (unsigned)(2000 + dice(&seed, 20)),
                 (unsigned)(1 + dice(&seed, 12)), (unsigned)(1 + dice(&seed, 28)), (unsigned)dice(&seed, 24),
                 (unsigned)dice(&seed, 60));
    return date;
}

static int64_t put(int64_t file, long seq, int64_t replaces)
{
    struct buf title, body;
    char date[24];
    int64_t id;

    buf_init(&title);
    buf_init(&body);
    add_words(&title, 2 + (int)dice(&seed, 5));
    add_words(&body, (int)dice(&seed, 90));
    id = sample_put(cache, file, seq, title.data, make_date(date), body.data ? body.data : "", dice(&seed, 4),
                    replaces);
    buf_release(&title);
    buf_release(&body);
    return id;
}

/* One of the first so many articles that is still there. */
static int64_t *choose(int64_t *ids, int count)
{
    int64_t *id;

    do {
        id = &ids[dice(&seed, (uint32_t)count)];
    } while (!*id);
    return id;
}

/* Some are written anew, with another date and other words, and some removed. */
static void open_many(void)
{
    static const char *const names[FILES] = {"a", "b", "sub/a", "sub/b", "subway"};
    char *path = sample_path(sample_folder(), "c.db");
    int64_t files[FILES], ids[ARTICLES], *id;
    struct err e = ERR_INIT;
    int i;

    seed = 11;
    cache = sample_cache(path);
    for (i = 0; i < ARTICLES; i++) {
        if (i % 400 == 0)
            assert_true(cache_begin(cache));
        for (int f = 0; i == 0 && f < FILES; f++)
            files[f] = sample_file(cache, names[f]);
        ids[i] = put(files[i % FILES], i, 0);
        assert_true(ids[i] > 0);
        if (i % 7 == 6)
            assert_true(put(files[i % FILES], i, *choose(ids, i)) > 0);
        if (i % 11 == 10) {
            id = choose(ids, i);
            assert_true(cache_remove(cache, *id));
            *id = 0;
        }
        if (i % 400 == 399 || i == ARTICLES - 1)
            assert_true(cache_commit(cache));
    }
    list = catalog_open(path, false, &e);
    if (!list)
        fail_msg("%s", e.text);
}

static void close_many(void)
{
    catalog_close(&list);
    cache_close(&cache);
}

struct hit {
    struct spot spot;
    double score;
};

struct model {
    struct hit *hits;
    size_t count;
};

static int by_place(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;

    return rank_compare(&x->spot, &y->spot);
}

/* FTS5's scores are negative, the best the lowest; the newest first where they are equal. */
static int by_score(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;

    return x->score < y->score ? -1 : x->score > y->score ? 1 : by_place(a, b);
}

/* Filters are told in words of SQL. */
static struct model make_model(const struct query *q, const char *filter, int ord, bool reverse)
{
    struct model m = {.hits = mem_zalloc(ARTICLES + 1, sizeof *m.hits)};
    struct sqlite3_stmt *st;
    char sql[600];

    snprintf(sql, sizeof sql,
             "WITH w AS MATERIALIZED (SELECT rowid AS slot, bm25(words, 8.0, 1.0, 0.5, 3.0, 2.0, 0.0) AS score"
             " FROM words WHERE words MATCH ?1) SELECT a.id, w.score FROM w JOIN article a ON a.slot = w.slot"
             " JOIN file f ON f.id = a.file WHERE %s",
             filter);
    if (sqlite3_prepare_v2(db_handle(catalog_db(list, 0)), sql, -1, &st, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db_handle(catalog_db(list, 0))));
    sqlite3_bind_text(st, 1, query_match(q), -1, SQLITE_STATIC);
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct hit *hit = &m.hits[m.count++];

        assert_true(catalog_spot(list, ord == SEARCH_BY_RANK ? ORDER_DATE : (enum order)ord,
                                 sqlite3_column_int64(st, 0), &hit->spot));
        hit->score = sqlite3_column_double(st, 1);
    }
    sqlite3_finalize(st);
    qsort(m.hits, m.count, sizeof *m.hits, ord == SEARCH_BY_RANK ? by_score : by_place);
    for (size_t i = 0; reverse && i < m.count / 2; i++) {
        struct hit was = m.hits[i];

        m.hits[i] = m.hits[m.count - 1 - i];
        m.hits[m.count - 1 - i] = was;
    }
    return m;
}

/* Runs it in the smallest steps, or in one; what is there by date is there for good. */
static void compare_with(const struct model *m, const struct query *q, int ord, bool reverse, bool steps)
{
    struct search *s = search_new(list, q, NULL, ord, reverse);
    long n, rows;

    do {
        search_run(s, list, LONG_MAX, steps ? 0 : SEARCH_FOR_EVER);
        rows = search_rows(s);
        if (ord == ORDER_DATE && rows > 0)
            assert_int_equal(search_at(s, list, rows - 1), m->hits[rows - 1].spot.id);
    } while (!search_done(s));
    assert_int_equal(search_count(s), m->count);
    assert_int_equal(search_rows(s), m->count);
    for (n = 0; n < (long)m->count; n++) {
        /* Only the best are ranked. */
        if (ord == SEARCH_BY_RANK && n == SEARCH_RANKED)
            break;
        if (search_at(s, list, n) != m->hits[n].spot.id)
            fail_msg("row %ld of %s is %ld and not %ld", n, query_match(q), (long)search_at(s, list, n),
                     (long)m->hits[n].spot.id);
        assert_int_equal(search_row(s, list, m->hits[n].spot.id), n);
    }
    for (; n < (long)m->count; n += 17)
        assert_int_equal(search_row(s, list, search_at(s, list, n)), n);
    assert_int_equal(search_at(s, list, (long)m->count), 0);
    search_free(&s);
}

static const struct {
    const char *query, *filter;
} searches[] = {
    {"w0w", "1"},
    {"w3w", "1"},
    {"w50w", "1"},
    {"w0w w1w", "1"},
    {"w0w AND (w1w w2w)", "1"},
    {"w55w w0w", "1"},
    {"title:w0w w1w", "1"},
    {"title:w1w body:w0w w2w is:unread", "(a.flags & 1) = 0"},
    {"w0w w0w", "1"},
    {"nowhere w0w", "1"},
    {"w2w OR w30w", "1"},
    {"w1w -w0w", "1"},
    {"\"w0w w1w\"", "1"},
    {"title:w1w w5w NEAR/3 w6w", "1"},
    {"date:2010..2011-01 w2w", "a.published >= '2010' AND substr(a.published, 1, 7) <= '2011-01'"},
    {"date:2011-01-03", "substr(a.published, 1, 10) = '2011-01-03'"},
    {"date:1990", "0"},
    {"(date:2010..2011-01) w2w", "a.published >= '2010' AND substr(a.published, 1, 7) <= '2011-01'"},
    {"(date:2010..2011-01 OR w1w) w2w", "1"},
    {"-date:2010-01..2030 w1w", "1"},
    {"nowhere", "1"},
    {"title:w1* w2w", "1"},
    {"w50w* w2w", "1"},
    {"is:unread", "(a.flags & 1) = 0"},
    {"is:starred w1w", "(a.flags & 2) = 2"},
    {"-is:starred is:read w1w OR w2w", NULL}, /* a fault of the query */
    {"w50w* OR w1w w2w", "1"},
    {"w1w OR \"w0w w2\"*", "1"},
    {"(w1w OR w2w w3w) -\"w0w w1w\"", "1"},
    {"title:\"w0w w1w\" OR (w30w -w1w)", "1"},
    {"in:sub w1w OR w3w", NULL},
    {"in:sub w20w w1w", "f.name GLOB 'sub*'"},
    {"in:sub w1w", "f.name GLOB 'sub*'"},
    {"in:sub/ w1w", "f.name GLOB 'sub/*'"},
    {"in:/corpus/sub/a", "f.name = 'sub/a'"},
    {"-in:sub w1w is:unread", "f.name NOT GLOB 'sub*' AND (a.flags & 1) = 0"},
    {"in:elsewhere", "0"},
};

static void search_all(int ord, bool reverse)
{
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++) {
        struct err e = ERR_INIT;
        struct query *q = query_parse(searches[i].query, &e);
        struct model m;

        assert_int_equal(q == NULL, searches[i].filter == NULL);
        if (!q)
            continue;
        m = make_model(q, searches[i].filter, ord, reverse);
        compare_with(&m, q, ord, reverse, true);
        compare_with(&m, q, ord, reverse, false);
        free(m.hits);
        query_free(&q);
    }
}

CHECK(by_date)
{
    open_many();
    search_all(ORDER_DATE, false);
    search_all(ORDER_DATE, true);
    close_many();
}

CHECK(by_what_else_the_list_is_ordered_by)
{
    open_many();
    search_all(ORDER_TITLE, false);
    search_all(ORDER_TITLE, true);
    search_all(ORDER_LENGTH, false);
    search_all(ORDER_FILE, false);
    close_many();
}

/* FTS5's own function scores every hit; what is left out here must not have been among the best. */
CHECK(by_relevance_as_every_hit_scored_says)
{
    open_many();
    search_all(SEARCH_BY_RANK, false);
    close_many();
}

/* The first rows of an order stay what they are; but on a machine that is so slow that it sweeps at once, they are
 * found before the index is swept. */
CHECK(first_rows_first)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse("w0w", &e);
    struct search *s;
    int64_t first[20];
    long n;

    open_many();
    s = search_new(list, q, NULL, ORDER_TITLE, false);
    search_run(s, list, 20, 1000);
    assert_true(search_rows(s) >= 20);
    for (n = 0; n < 20; n++)
        first[n] = search_at(s, list, n);
    assert_true(search_run(s, list, LONG_MAX, SEARCH_FOR_EVER));
    for (n = 0; n < 20; n++)
        assert_int_equal(search_at(s, list, n), first[n]);
    search_free(&s);
    query_free(&q);
    close_many();
}

/* Whatever is typed is either a fault that says where and why, or a search that FTS5 can do. */
CHECK(anything_typed_is_understood_or_said_to_be_wrong)
{
    static const char *const pieces[] = {"w1w",    "w2w ",   " ",      "\"",     "*",      "(",     ")",       "-",
                                         " AND ",  " OR ",   " NOT ",  " NEAR ",  "NEAR/2", ":",     "title:",  "body:",
                                         "date:",  "2010",   "..",     "2011-01", "lang:",  "en",    "in:",     "sub",
                                         "is:",    "unread", "é",      "灯台",    "'",      "\t",    "\xFF",    "has:",
                                         "w5*",    "{",      "^w1w",   "+",       "facts:", "=a",    "comments"};
    int understood = 0, wrong = 0;

    open_many();
    for (int n = 0; n < 1500; n++) {
        struct err e = ERR_INIT;
        struct buf text;
        struct query *q;
        struct search *s;
        long where = 0;

        buf_init(&text);
        buf_add_str(&text, "");
        for (int left = (int)dice(&seed, 9); left >= 0; left--)
            buf_add_str(&text, pieces[dice(&seed, sizeof pieces / sizeof pieces[0])]);
        q = query_parse(text.data, &e);
        if (!q) {
            assert_int_equal(sscanf(e.text, "at character %ld of the query: ", &where), 1);
            assert_true(where >= 1 && where <= (long)text.len + 1);
            assert_true(strlen(e.text) > 30);
            wrong++;
        } else {
            s = search_new(list, q, NULL, ORDER_DATE, false);
            search_run(s, list, LONG_MAX, SEARCH_FOR_EVER);
            if (catalog_fault(list, &e) != DB_FINE)
                fail_msg("'%s' became '%s': %s", text.data, query_match(q), e.text);
            search_free(&s);
            understood++;
        }
        query_free(&q);
        buf_release(&text);
    }
    assert_true(understood > 200 && wrong > 200);
    close_many();
}

/* Short beginnings are answered beside the index as it would answer them itself. */
CHECK(beginnings_as_the_index_has_them)
{
    static const char *const pairs[][2] = {
        {"w5*", "w5* OR nowhere"},
        {"w1* w2w", "(w1* OR nowhere) w2w"},
        {"w2w -w3*", "w2w -(w3*)"},
        {"-w3*", "-(w3*)"},
        {"w2w (w1* -w3*)", "w2w (w1* OR nowhere) -(w3*)"},
    };

    open_many();
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct search *s[2];
        struct query *q[2];
        uint64_t key;
        bool without;

        for (int k = 0; k < 2; k++) {
            struct err e = ERR_INIT;

            q[k] = query_parse(pairs[i][k], &e);
            assert_int_equal(query_beginning(q[k], 0, &key, &without), k == 0);
            s[k] = search_new(list, q[k], NULL, ORDER_DATE, false);
            assert_true(search_run(s[k], list, LONG_MAX, SEARCH_FOR_EVER));
        }
        assert_true(search_count(s[0]) > 0);
        assert_int_equal(search_count(s[0]), search_count(s[1]));
        for (long n = 0; n < search_count(s[0]); n++)
            assert_int_equal(search_at(s[0], list, n), search_at(s[1], list, n));
        for (int k = 0; k < 2; k++) {
            search_free(&s[k]);
            query_free(&q[k]);
        }
    }
    close_many();
}

/* Every article has a slot of its own, and falling slots are the list by date, whatever their generation. */
CHECK(slots_rise_with_the_date)
{
    struct sqlite3_stmt *st;
    int64_t last_place = INT64_MAX, last_id = 0;
    int generations = 0;
    struct order_key last = {.len = 0};
    struct spot at, *from = NULL, spots[64];
    int n;

    open_many();
    while ((n = rank_from(catalog_db(list, 0), ORDER_DATE, from, false, false, spots, 64)) > 0) {
        for (int i = 0; i < n; i++) {
            struct order_key key = order_slot(spots[i].slot);
            struct slot_span span;

            assert_memory_equal(key.bytes, spots[i].key.bytes, key.len);
            assert_true(order_compare(&last, &key) < 0);
            assert_true(slot_place(spots[i].slot) <= last_place);
            assert_int_not_equal(spots[i].id, last_id);
            span = slot_span_places(slot_generation(spots[i].slot), slot_place(spots[i].slot),
                                    slot_place(spots[i].slot));
            assert_int_equal(span.from + (int64_t)slot_rest(spots[i].slot), spots[i].slot);
            if (slot_generation(spots[i].slot) > generations)
                generations = slot_generation(spots[i].slot);
            last = key;
            last_id = spots[i].id;
            last_place = slot_place(spots[i].slot);
        }
        at = spots[n - 1];
        from = &at;
    }
    assert_int_equal(generations, 1);
    st = db_query(catalog_db(list, 0),
                  "SELECT a.published FROM place p JOIN article a ON a.id = p.id WHERE p.ord = 0 ORDER BY p.key", "");
    for (char before[24] = "9999"; db_row(catalog_db(list, 0), st);) {
        const char *date = (const char *)sqlite3_column_text(st, 0);
        char now[24];

        snprintf(now, sizeof now, "%s%s", date ? date : "", date && strlen(date) == 10 ? "T00:00" : "");
        assert_true(strcmp(before, now) >= 0);
        memcpy(before, now, sizeof now);
    }
    close_many();
}

CHECK(spans_of_slots_do_not_meet)
{
    static const int64_t minutes[] = {-1, 0, 1, 2, 1439, 1440, 1441, 2879, 2880, 44640 * 24, 5348160000};
    size_t n = sizeof minutes / sizeof minutes[0];

    for (int g = 0; g < SLOT_GENERATIONS; g++) {
        for (size_t i = 0; i < n; i++) {
            struct slot_span span = slot_span(g, minutes[i]);

            assert_true(span.from > 0 && span.from <= span.to);
            assert_int_equal(slot_generation(span.from), g);
            assert_int_equal(slot_generation(span.to), g);
            assert_true((uint64_t)slot_place(span.to) <= SLOT_LAST);
            if (i + 1 < n)
                assert_true(span.to < slot_span(g, minutes[i + 1]).from);
        }
    }
}

CHECK_MAIN(T(by_date), T(by_what_else_the_list_is_ordered_by), T(by_relevance_as_every_hit_scored_says),
           T(first_rows_first), T(anything_typed_is_understood_or_said_to_be_wrong),
           T(beginnings_as_the_index_has_them), T(slots_rise_with_the_date),
           T(spans_of_slots_do_not_meet))
