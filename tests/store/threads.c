/* SPDX-License-Identifier: ISC */
#include "marked.h"

#include "store/threads.h"

CHECK(what_is_kept_of_a_thread_comes_back)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct state_id id = marked_id("text", "a.txt");
    uint32_t seen[] = {1, 77, 0xFFFFFFFF};
    struct threads_flagged flagged[] = {{3, THREADS_COLLAPSED}, {UINT64_C(0xFEDCBA9876543210), THREADS_HIDDEN}};
    struct threads_kept kept = {seen, 3, flagged, 2}, back;
    struct err e = ERR_INIT;

    assert_false(threads_get(s, &id, &back));
    assert_true(threads_put(s, &id, &kept, &e));
    state_close(&s);
    s = marked_open(path);
    assert_true(threads_get(s, &id, &back));
    assert_int_equal(back.seen_count, 3);
    assert_memory_equal(back.seen, seen, sizeof seen);
    assert_int_equal(back.flagged_count, 2);
    assert_true(back.flagged[1].key == flagged[1].key);
    assert_int_equal(back.flagged[0].flags, THREADS_COLLAPSED);
    assert_int_equal(back.flagged[1].flags, THREADS_HIDDEN);
    threads_release(&back);
    state_close(&s);
}

CHECK(a_visit_that_flagged_nothing_is_a_visit)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id id = marked_id("text", "a.txt");
    struct threads_kept none = {NULL, 0, NULL, 0}, back;
    struct err e = ERR_INIT;

    assert_true(threads_put(s, &id, &none, &e));
    assert_true(threads_get(s, &id, &back));
    assert_int_equal(back.seen_count, 0);
    assert_int_equal(back.flagged_count, 0);
    threads_release(&back);
    state_close(&s);
}

/* A dump that grew has other bytes in the same place: one row a thread, however often it grows. */
CHECK(a_thread_that_grew_is_found_where_it_stands)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct state_id first = marked_id("text", "a.json"), grown = marked_id("more text", "a.json"),
                    moved = marked_id("more text", "b.json"), other = marked_id("else", "c.json");
    uint32_t seen[] = {5}, more[] = {5, 6};
    struct threads_kept kept = {seen, 1, NULL, 0}, later = {more, 2, NULL, 0}, back;
    struct err e = ERR_INIT;
    struct db *db;

    assert_true(threads_put(s, &first, &kept, &e));
    assert_true(threads_get(s, &grown, &back));
    assert_int_equal(back.seen_count, 1);
    threads_release(&back);
    assert_true(threads_put(s, &grown, &later, &e));
    assert_true(threads_get(s, &moved, &back));
    assert_int_equal(back.seen_count, 2);
    threads_release(&back);
    assert_false(threads_get(s, &other, &back));
    state_close(&s);
    db = db_open(path, DB_READ, &e);
    assert_int_equal(db_int(db, 0, "SELECT count(*) FROM thread", ""), 1);
    db_close(&db);
}

CHECK(one_comment_is_flagged_and_the_others_stay)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct state_id first = marked_id("text", "a.txt"), grown = marked_id("more text", "a.txt");
    struct threads_flagged flagged[] = {{5, THREADS_COLLAPSED}, {9, THREADS_STARRED}};
    uint32_t seen[] = {1};
    struct threads_kept kept = {seen, 1, flagged, 2}, back;
    struct err e = ERR_INIT;

    assert_true(threads_put(s, &first, &kept, &e));
    assert_true(threads_flag(s, &first, 5, 0, &e));
    assert_true(threads_flag(s, &grown, 7, THREADS_HIDDEN, &e)); /* where the other stood: it has what that had */
    assert_true(threads_get(s, &grown, &back));
    assert_int_equal(back.seen_count, 1);
    assert_int_equal(back.flagged_count, 2);
    assert_true(back.flagged[0].key == 7 && back.flagged[0].flags == THREADS_HIDDEN);
    assert_true(back.flagged[1].key == 9 && back.flagged[1].flags == THREADS_STARRED);
    threads_release(&back);
    state_close(&s);
}

static void gather(void *ctx, const char *author)
{
    struct buf *b = ctx;

    buf_add_fmt(b, "%s;", author);
}

CHECK(authors_are_hidden_on_a_site)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct err e = ERR_INIT;
    struct buf b;

    buf_init(&b);
    assert_true(threads_hide_author(s, "a.example", "Bob", true, &e));
    assert_true(threads_hide_author(s, "a.example", "Bob", true, &e));
    assert_true(threads_hide_author(s, "a.example", "Ann", true, &e));
    assert_true(threads_hide_author(s, "", "Zoe", true, &e));
    threads_each_hidden(s, "a.example", gather, &b);
    assert_string_equal(b.data, "Ann;Bob;");
    assert_true(threads_hide_author(s, "a.example", "Bob", false, &e));
    buf_clear(&b);
    threads_each_hidden(s, "a.example", gather, &b);
    assert_string_equal(b.data, "Ann;");
    buf_release(&b);
    state_close(&s);
}

CHECK_MAIN(T(what_is_kept_of_a_thread_comes_back), T(a_visit_that_flagged_nothing_is_a_visit),
           T(a_thread_that_grew_is_found_where_it_stands), T(one_comment_is_flagged_and_the_others_stay),
           T(authors_are_hidden_on_a_site))
