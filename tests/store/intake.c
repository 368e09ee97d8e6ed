/* SPDX-License-Identifier: ISC */
#include "twin.h"

#include "store/intake.h"

enum { SLOTS = 60 };

/* What is in the index, by slot: an article without words is none. */
struct model {
    struct twin at[SLOTS];
};

static void release_model(struct model *m)
{
    for (int i = 0; i < SLOTS; i++)
        twin_release(&m->at[i]);
}

static void copy_model(struct model *to, const struct model *from)
{
    for (int i = 0; i < SLOTS; i++) {
        to->at[i] = from->at[i];
        buf_init(&to->at[i].packed);
        buf_add(&to->at[i].packed, from->at[i].packed.data, from->at[i].packed.len);
    }
}

/* Comes, goes, or comes again with other words. */
static void change(struct model *m, struct db *a, struct intake *q, size_t length)
{
    struct twin *t = &m->at[twin_dice(SLOTS)];
    int64_t slot = 1 + (t - m->at);
    bool comes = !t->rowid || twin_dice(3) > 0;

    if (t->rowid) {
        twin_run(a, t, false);
        assert_true(intake_put(q, t->rowid, false, 0, t->packed.data, t->end));
    }
    twin_release(t);
    *t = (struct twin){0};
    buf_init(&t->packed);
    if (!comes)
        return;
    twin_make(t, slot, length, 300);
    twin_run(a, t, true);
    assert_true(intake_put(q, t->rowid, true, 0, t->packed.data, t->end));
}

/* Random changes in transactions of all sizes, some of which are undone, against FTS5, to which the same is done one
 * by one. Long articles make turns in which others are still in the segment. */
static void compare(bool fits)
{
    enum { TRANSACTIONS = 16 };
    struct cache *x = sample_cache(sample_path(sample_folder(), "x.db"));
    struct cache *y = sample_cache(sample_path(sample_folder(), "y.db"));
    struct db *a = cache_db(x), *b = cache_db(y);
    struct begins_log *log = begins_log_new();
    struct intake *q = intake_new(b, log);
    static struct model now, before;
    int n, i;

    twin_seed = 5;
    now = (struct model){0};
    for (i = 0; i < SLOTS; i++)
        buf_init(&now.at[i].packed);
    for (n = 0; n < TRANSACTIONS; n++) {
        bool undo = n % 5 == 2;

        intake_clear(q);
        assert_true(db_exec(a, "BEGIN") && db_exec(b, "BEGIN"));
        /* FTS5 has read it by now, and does not look again in this transaction. */
        twin_ask_all(a, b, 300, 8);
        if (!fits) {
            twin_let(b, true);
            assert_true(db_exec(b, "UPDATE words_config SET v = 9 WHERE k = 'version'"));
            twin_let(b, false);
        }
        copy_model(&before, &now);
        for (i = 1 << n % 8; i > 0; i--)
            change(&now, a, q, n % 8 >= 6 ? 9000 : 20);
        assert_true(undo || intake_finish(q));
        if (!fits) {
            twin_let(b, true);
            assert_true(db_exec(b, "UPDATE words_config SET v = 4 WHERE k = 'version'"));
            twin_let(b, false);
        }
        if (undo)
            intake_clear(q);
        assert_true(db_exec(a, undo ? "ROLLBACK" : "COMMIT") && db_exec(b, undo ? "ROLLBACK" : "COMMIT"));
        release_model(undo ? &now : &before);
        if (undo)
            now = before;
        twin_same(a, b);
        twin_ask_all(a, b, 300, 8);
    }
    release_model(&now);
    intake_free(&q);
    begins_log_free(&log);
    cache_close(&x);
    cache_close(&y);
}

CHECK(what_comes_and_goes_is_there_and_gone)
{
    compare(true);
}

/* An index in a form that is not known here. */
CHECK(fts5_does_it_by_itself_where_its_form_is_another)
{
    compare(false);
}

/* So many segments as there are small transactions would make each search look into all of them. */
CHECK(segments_are_merged_when_they_are_many)
{
    enum { TRANSACTIONS = 100 };
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct db *db = cache_db(c);
    struct begins_log *log = begins_log_new();
    struct intake *q = intake_new(db, log);
    struct twin t;
    int i;

    twin_seed = 2;
    for (i = 1; i <= TRANSACTIONS; i++) {
        intake_clear(q);
        assert_true(db_exec(db, "BEGIN"));
        twin_make(&t, i, 200, 1000);
        assert_true(intake_put(q, i, true, 0, t.packed.data, t.end) && intake_finish(q));
        assert_true(db_exec(db, "COMMIT"));
        twin_release(&t);
    }
    assert_in_range(db_int(db, 0, "SELECT count(DISTINCT segid) FROM words_idx", ""), 2, 32);
    assert_int_equal(db_int(db, 0, "SELECT count(*) FROM words_docsize", ""), TRANSACTIONS);
    twin_check(db);
    intake_free(&q);
    begins_log_free(&log);
    cache_close(&c);
}

CHECK_MAIN(T(what_comes_and_goes_is_there_and_gone), T(fts5_does_it_by_itself_where_its_form_is_another),
           T(segments_are_merged_when_they_are_many))
