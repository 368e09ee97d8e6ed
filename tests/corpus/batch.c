/* SPDX-License-Identifier: ISC */
#include "../store/sample.h"

#include "corpus/batch.h"

enum { FIRST = 100, MB = 1 << 20, MEGABYTES = 20 };

/* Takes records that are there already, a megabyte each, of a file of which so much is told to be unread; into at the
 * places in the file, in megabytes, at which commits were made. */
static int commits(struct cache *c, uint64_t unread, int at[MEGABYTES])
{
    struct batch *b = batch_new(c, NULL);
    struct batch_counts n = {0};
    struct job same = {.kind = JOB_SAME, .opens = true, .fresh = true};
    int i, count = 0;

    assert_true(cache_begin(c));
    same.file.id = sample_file(c, "f");
    assert_true(cache_commit(c));
    for (i = 0; i < FIRST; i++) {
        assert_true(batch_take(b, &same, &n));
        same.opens = false;
    }
    assert_true(n.committed);
    batch_expect(b, unread);
    for (i = 1; i <= MEGABYTES; i++) {
        same.len = MB;
        same.file_at = (uint64_t)i * MB;
        n.committed = false;
        assert_true(batch_take(b, &same, &n));
        if (n.committed)
            at[count++] = i;
    }
    assert_true(batch_commit(b, &n));
    batch_free(&b);
    return count;
}

static void little_is_left_for_the_last_commit(void **state)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "cache.db"));
    int at[MEGABYTES];

    (void)state;
    /* Each has two thirds of what is there, or more. */
    assert_int_equal(commits(c, (uint64_t)MEGABYTES * MB, at), 2);
    assert_in_range(at[0], MEGABYTES * 2 / 3, MEGABYTES - 5);
    assert_in_range(at[1], at[0] + (MEGABYTES - at[0]) * 2 / 3, MEGABYTES - 1);
    /* A corpus that goes on, one that nobody knows the end of, and one that is longer than was thought. */
    assert_int_equal(commits(c, (uint64_t)8 * MEGABYTES * MB, at), 0);
    assert_int_equal(commits(c, 0, at), 0);
    assert_int_equal(commits(c, 3 * MB, at), 1);
    cache_close(&c);
}

/* One job opens a file, is its article and closes it. */
static void a_file_of_one_article_counts_once(void **state)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "cache.db"));
    struct batch *b = batch_new(c, NULL);
    struct batch_counts n = {0};
    struct job job = {.kind = JOB_SAME, .opens = true, .fresh = true, .closes = true, .done = true, .steady = true};
    struct file left;
    int i;

    (void)state;
    assert_true(cache_begin(c));
    job.file.id = sample_file(c, "f");
    assert_true(cache_commit(c));
    job.file.size = 7;
    for (i = 0; i < FIRST; i++) {
        assert_false(n.committed);
        assert_true(batch_take(b, &job, &n));
    }
    assert_true(n.committed);
    assert_int_equal(n.files, FIRST);
    assert_int_equal(n.records, FIRST);
    assert_int_equal(n.bytes, 7 * FIRST);
    assert_int_equal(files_next(cache_db(c), 0, &left, 1), 0);
    batch_free(&b);
    cache_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(little_is_left_for_the_last_commit),
        cmocka_unit_test(a_file_of_one_article_counts_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
