/* SPDX-License-Identifier: ISC */
/* Segments that are made in memory (store/segment, store/leaves), put into an index, and held against what FTS5 makes
 * of the same articles. */
#include "twin.h"

#include "store/graft.h"
#include "store/schema.h"
#include "store/segment.h"

static struct cache *open_one(const char *name)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), name));

    assert_true(graft_fits(cache_db(c)));
    return c;
}

/* Puts the segment into the index in steps of so many bytes. */
static bool graft(struct db *db, struct segment *s, size_t step)
{
    struct leaves *l = mem_alloc(sizeof *l);
    struct prefixes *p = prefixes_new();
    struct leaves_done done;
    struct graft g;
    bool more = true, ok;

    prefixes_begin(p, 0, 0);
    leaves_init(l);
    leaves_done_init(&done);
    segment_seal(s);
    ok = graft_begin(&g, db);
    while (ok && more) {
        more = segment_write(s, l, p, step);
        leaves_take(l, &done);
        ok = graft_pages(&g, &done);
    }
    ok = ok && graft_end(&g, l, s);
    segment_clear(s);
    leaves_done_release(&done);
    leaves_release(l);
    free(l);
    prefixes_free(&p);
    return ok;
}

/* Some articles into both, ours in their own order. */
static void add_some(struct db *a, struct db *b, struct segment *s, const struct twin *some, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        twin_run(a, &some[i], true);
    for (i = 0; i < count; i++) {
        const struct twin *t = &some[(i * 7 + 3) % count];

        segment_add(s, t->rowid, 0, t->packed.data, t->end);
    }
    assert_true(graft(b, s, 1 + twin_dice(100000)));
}

/* Many kinds of corpora, in one to five segments; then some articles go, and all is merged. */
CHECK(a_segment_is_what_fts5_makes_of_the_same_articles)
{
    enum { ROUNDS = 24, MOST = 701 };
    static const size_t lengths[] = {0, 3, 40, 400, 40, 4000};
    static const uint64_t vocabularies[] = {3, 60, 900, 40000};
    static struct twin all[MOST];
    struct segment *s = segment_new();
    int round;

    for (round = 0; round < ROUNDS; round++) {
        struct cache *x = open_one("x.db"), *y = open_one("y.db");
        struct db *a = cache_db(x), *b = cache_db(y);
        size_t length = lengths[round % 6], count = length > 1000 ? 31 : round % 5 == 4 ? MOST : 101, i, from, n;
        uint64_t vocabulary = vocabularies[round % 4];
        int64_t rowid = 0;

        twin_seed = (uint64_t)round + 1;
        for (i = 0; i < count; i++) {
            rowid += 1 + (int64_t)twin_dice(UINT64_C(1) << twin_dice(50));
            twin_make(&all[i], rowid, length, vocabulary);
        }
        assert_true(db_exec(a, "BEGIN") && db_exec(b, "BEGIN"));
        for (from = 0; from < count; from += n) {
            n = 1 + twin_dice(count - from);
            if (n % 7 == 0) /* the step that mixes them must have nothing in common with their number */
                n--;
            add_some(a, b, s, all + from, n);
        }
        assert_true(db_exec(a, "COMMIT") && db_exec(b, "COMMIT"));
        twin_same(a, b);
        twin_ask_all(a, b, vocabulary, 40);
        assert_true(db_exec(a, "BEGIN") && db_exec(b, "BEGIN"));
        for (i = round % 3; i < count; i += 3) {
            twin_run(a, &all[i], false);
            twin_run(b, &all[i], false);
        }
        assert_true(db_exec(a, "COMMIT") && db_exec(b, "COMMIT"));
        twin_ask_all(a, b, vocabulary, 16);
        assert_true(db_exec(b, round % 2 ? "INSERT INTO words(words) VALUES('optimize')"
                                         : "INSERT INTO words(words, rank) VALUES('merge', -3)"));
        twin_check(b);
        twin_ask_all(a, b, vocabulary, 16);
        assert_true(db_exec(a, "INSERT INTO words(words) VALUES('optimize')"));
        assert_true(db_exec(b, "INSERT INTO words(words) VALUES('optimize')"));
        twin_same(a, b);
        for (i = 0; i < count; i++)
            twin_release(&all[i]);
        cache_close(&x);
        cache_close(&y);
    }
    segment_free(&s);
}

/* A word all over: its places take many pages in each article, its articles many pages of the index of these, one
 * above the other. */
CHECK(a_word_may_take_any_number_of_pages)
{
    enum { ARTICLES = 1900, PLACES = 9000 };
    struct cache *x = open_one("x.db"), *y = open_one("y.db");
    struct db *a = cache_db(x), *b = cache_db(y);
    struct segment *s = segment_new();
    struct twin t = {0};
    int i, round;

    assert_true(db_exec(a, "BEGIN") && db_exec(b, "BEGIN"));
    for (i = 1; i <= ARTICLES; i++) {
        int places = i % 100 == 50 ? PLACES * 5 : i % 3 ? PLACES : 1;

        buf_init(&t.packed);
        t.rowid = ((int64_t)i << 51) - i;
        while (places-- > 0)
            twin_add_word(&t, "b", 1);
        if (i == ARTICLES / 2)
            twin_add_word(&t, "c", 1);
        for (round = 0; round < ENTRY_COLUMNS; round++)
            t.end[round] = t.packed.len;
        twin_run(a, &t, true);
        segment_add(s, t.rowid, 0, t.packed.data, t.end);
        twin_release(&t);
    }
    assert_true(graft(b, s, 50000));
    assert_true(db_exec(a, "COMMIT") && db_exec(b, "COMMIT"));
    /* There are pages of the index of articles (bit 36) and above them (bits 31 and on). */
    assert_true(db_int(b, 0, "SELECT count(*) FROM words_data WHERE id >> 36 & 1", "") > 2);
    assert_true(db_int(b, 0, "SELECT count(*) FROM words_data WHERE id >> 31 & 63 = 33", "") > 0);
    for (round = 0; round < 2; round++) {
        twin_check(b);
        twin_rows(a, b, "SELECT rowid FROM words WHERE words MATCH ?1", "\"\1b\" AND \"\1c\"");
        twin_rows(a, b, "SELECT rowid FROM words WHERE words MATCH ?1", "\"\1b\1b\1b\" AND \"\1c\"");
        for (i = 0; i < ARTICLES; i += 100) {
            char sql[200];

            snprintf(sql, sizeof sql, "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid %s %lld ORDER BY rowid %s"
                                      " LIMIT 3", i % 200 ? ">" : "<", (long long)i << 51, i % 200 ? "" : "DESC");
            assert_int_equal(twin_rows(a, b, sql, "\"\1b\""), i ? 3 : 0);
        }
        assert_int_equal(twin_rows(a, b, "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC", "\"\1b\""),
                         ARTICLES);
        assert_true(db_exec(b, "INSERT INTO words(words) VALUES('optimize')"));
    }
    segment_free(&s);
    cache_close(&x);
    cache_close(&y);
}

/* FTS5 and ours in one transaction, in turns: one article is deleted, and comes again with other words; every third
 * transaction is undone. */
CHECK(fts5_goes_on_with_what_was_put_beside_its_own)
{
    enum { TRANSACTIONS = 12, STEPS = 3, EACH = 5, FRESH = STEPS * (EACH + 1) };
    static struct twin there[TRANSACTIONS * FRESH];
    struct cache *x = open_one("x.db"), *y = open_one("y.db");
    struct db *a = cache_db(x), *b = cache_db(y);
    struct segment *s = segment_new();
    size_t count = 0, t, step, i;
    int64_t rowid = 1;

    twin_seed = 9;
    for (t = 0; t < TRANSACTIONS; t++) {
        struct twin fresh[FRESH], *next = fresh;
        struct twin *gone = count ? &there[twin_dice(count)] : NULL;

        assert_true(db_exec(a, "BEGIN") && db_exec(b, "BEGIN"));
        for (step = 0; step < STEPS; step++) {
            twin_ask_all(a, b, 200, 8); /* so that FTS5 knows its segments by heart */
            if (gone && step == 1) {
                twin_run(a, gone, false);
                twin_run(b, gone, false);
            }
            for (i = 0; i < EACH + 1; i++)
                twin_make(&next[i], gone && step == 1 && i == 0 ? gone->rowid : rowid++, 30, 200);
            add_some(a, b, s, next, EACH);
            twin_run(a, &next[EACH], true);
            twin_run(b, &next[EACH], true);
            next += EACH + 1;
            twin_ask_all(a, b, 200, 8);
        }
        assert_true(db_exec(a, t % 3 == 2 ? "ROLLBACK" : "COMMIT"));
        assert_true(db_exec(b, t % 3 == 2 ? "ROLLBACK" : "COMMIT"));
        twin_same(a, b);
        for (i = 0; i < FRESH; i++) {
            if (t % 3 == 2) {
                twin_release(&fresh[i]);
            } else if (gone && i == EACH + 1) {
                twin_release(gone);
                *gone = fresh[i];
            } else {
                there[count++] = fresh[i];
            }
        }
    }
    while (count > 0)
        twin_release(&there[--count]);
    segment_free(&s);
    cache_close(&x);
    cache_close(&y);
}

/* Another connection, which has looked before, finds what came. */
CHECK(readers_find_a_segment_once_it_is_committed)
{
    const char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    struct err e = ERR_INIT;
    struct db *reader = db_open(path, DB_READ, &e);
    struct segment *s = segment_new();
    static const char count[] = "SELECT count(*) FROM words WHERE words MATCH '\"\1b\"'";
    struct twin t = {.rowid = 7};
    int i;

    schema_tune_reader(reader);
    assert_int_equal(db_int(reader, -1, count, ""), 0);
    buf_init(&t.packed);
    twin_add_word(&t, "b", 1);
    for (i = 0; i < ENTRY_COLUMNS; i++)
        t.end[i] = t.packed.len;
    assert_true(cache_begin(c));
    segment_add(s, t.rowid, 0, t.packed.data, t.end);
    assert_true(graft(cache_db(c), s, 1));
    assert_int_equal(db_int(cache_db(c), -1, count, ""), 1);
    assert_int_equal(db_int(reader, -1, count, ""), 0);
    assert_true(cache_commit(c));
    assert_int_equal(db_int(reader, -1, count, ""), 1);
    twin_release(&t);
    segment_free(&s);
    db_close(&reader);
    cache_close(&c);
}

/* What SQLite is not told to let stays shut. */
CHECK(the_index_is_not_written_by_hand_otherwise)
{
    struct cache *c = open_one("c.db");

    assert_false(db_exec(cache_db(c), "DELETE FROM words_data"));
    cache_close(&c);
}

CHECK(a_record_that_cannot_be_read_is_damage)
{
    static const char *const records[] = {"x'00'", "x'000000040101'", "x'0000000401010A00FF'", "x''"};
    struct segment *s = segment_new();
    struct twin t;
    size_t i;

    twin_seed = 1;
    twin_make(&t, 1, 30, 100);
    for (i = 0; i < sizeof records / sizeof records[0]; i++) {
        struct cache *c = open_one("c.db");
        char sql[100];

        snprintf(sql, sizeof sql, "UPDATE words_data SET block = %s WHERE id = 10", records[i]);
        twin_let(cache_db(c), true);
        assert_true(cache_begin(c) && db_exec(cache_db(c), sql));
        twin_let(cache_db(c), false);
        segment_add(s, t.rowid, 0, t.packed.data, t.end);
        assert_false(graft(cache_db(c), s, 1000));
        assert_int_equal(db_fault(cache_db(c)), DB_CORRUPT);
        assert_false(cache_commit(c));
        cache_close(&c);
    }
    twin_release(&t);
    segment_free(&s);
}

CHECK_MAIN(T(a_segment_is_what_fts5_makes_of_the_same_articles), T(a_word_may_take_any_number_of_pages),
           T(fts5_goes_on_with_what_was_put_beside_its_own), T(readers_find_a_segment_once_it_is_committed),
           T(the_index_is_not_written_by_hand_otherwise), T(a_record_that_cannot_be_read_is_damage))
