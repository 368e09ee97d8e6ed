/* SPDX-License-Identifier: ISC */
#include "folder.h"

CHECK(items_of_the_api_in_any_order)
{
    expect_whole(
        "{\"by\":\"c\",\"id\":12,\"parent\":11,\"time\":1600000200,\"text\":\"It&#x27;s <i>so</i><p>two\","
        "\"type\":\"comment\"}\n"
        "null\n"
        "{\"by\":\"b\",\"id\":11,\"kids\":[12],\"parent\":10,\"time\":1600000100,\"text\":\"first\","
        "\"type\":\"comment\"}\n"
        "{\"by\":\"a\",\"descendants\":2,\"id\":10,\"kids\":[11],\"score\":57,\"time\":1600000000,"
        "\"title\":\"A boat\",\"type\":\"story\",\"url\":\"https://boat.example/\"}\n",
        "== f#10\ntitle: A boat\nsite: Hacker News\nurl: https://boat.example/\ndate: 2020-09-13T12:26\n"
        "by: a\nA boat\n\nhttps://boat.example/\n"
        "-- 11 < 0, b, 2020-09-13T12:28\nfirst\n"
        "-- 12 < 11, c, 2020-09-13T12:30\nIt's so\n\ntwo\n");
}

CHECK(rows_of_tables_with_their_oddities)
{
    /* ids as floats and strings, 0 for no parent, flags as numbers, dates as words */
    expect_whole(
        "{\"id\":\"1\",\"parent\":0,\"deleted\":0,\"dead\":0,\"type\":\"story\",\"by\":\"a\",\"title\":"
        "\"Ask\",\"text\":\"Why?\",\"time\":\"2020-09-13 12:26:40\",\"score\":3.0}\n"
        "{\"id\":2.0,\"parent\":1.0,\"type\":\"comment\",\"by\":null,\"deleted\":1,\"text\":null,\"time\":"
        "\"1600000100\"}\n"
        "{\"id\":3,\"parent\":2,\"type\":\"comment\",\"by\":\"c\",\"text\":\"alive\",\"timestamp\":"
        "\"2020-09-13T12:30:00Z\"}\n",
        "== f#1\ntitle: Ask\nsite: Hacker News\ndate: 2020-09-13T12:26\nby: a\nWhy?\n"
        "-- 2 < 0, ?, 2020-09-13T12:28, removed\n[deleted]\n"
        "-- 3 < 2, c, 2020-09-13T12:30\nalive\n");
}

CHECK(hits_of_the_search_keep_the_thread_over_a_missing_comment)
{
    expect_whole(
        "{\"objectID\":\"5\",\"_tags\":[\"story\"],\"title\":\"T\",\"author\":\"a\",\"points\":9,"
        "\"created_at_i\":1600000000,\"story_text\":\"body\"}\n"
        "{\"objectID\":\"8\",\"_tags\":[\"comment\"],\"story_id\":5,\"parent_id\":7,\"author\":\"b\","
        "\"comment_text\":\"re: gone\",\"created_at\":\"2020-09-13T13:00:00Z\"}\n",
        "== f#5\ntitle: T\nsite: Hacker News\ndate: 2020-09-13T12:26\nby: a\nbody\n"
        "-- 7 < 0, ?, ?, removed\n[missing]\n"
        "-- 8 < 7, b, 2020-09-13T13:00\nre: gone\n");
}

CHECK(an_answer_of_the_search_in_one_object)
{
    expect_whole("{\"hits\":[{\"objectID\":\"8\",\"_tags\":[\"comment\"],\"story_id\":5,\"parent_id\":5,"
                 "\"author\":\"b\",\"comment_text\":\"re\"},{\"objectID\":\"5\",\"_tags\":[\"story\"],"
                 "\"title\":\"T\",\"author\":\"a\"}],\"nbHits\":2}\n",
                 "== f#5\ntitle: T\nsite: Hacker News\nby: a\nT\n-- 8 < 0, b, ?\nre\n");
}

CHECK(comments_on_a_story_that_is_not_there)
{
    expect_whole(
        "{\"id\":21,\"parent\":20,\"type\":\"comment\",\"by\":\"x\",\"text\":\"one\",\"time\":1600000000}\n"
        "{\"id\":22,\"parent\":20,\"type\":\"comment\",\"by\":\"y\",\"text\":\"two\",\"time\":1600000060}\n",
        "== f#20\nsite: Hacker News\n[missing]\n"
        "-- 21 < 0, x, 2020-09-13T12:26\none\n-- 22 < 0, y, 2020-09-13T12:27\ntwo\n");
}

CHECK(rings_doubles_and_selves)
{
    expect_whole(
        "{\"id\":1,\"type\":\"story\",\"by\":\"a\",\"title\":\"T\",\"text\":\"t\",\"time\":1600000000}\n"
        "{\"id\":2,\"parent\":3,\"type\":\"comment\",\"by\":\"b\",\"text\":\"b\",\"time\":1600000060}\n"
        "{\"id\":3,\"parent\":2,\"type\":\"comment\",\"by\":\"c\",\"text\":\"c\",\"time\":1600000120}\n"
        "{\"id\":4,\"parent\":1,\"type\":\"comment\",\"by\":\"d\",\"text\":\"\",\"time\":1600000180}\n"
        "{\"id\":4,\"parent\":1,\"type\":\"comment\",\"by\":\"d\",\"text\":\"d\",\"time\":1600000180}\n"
        "{\"id\":1,\"type\":\"story\",\"by\":\"a\",\"title\":\"T\",\"text\":\"\",\"time\":1600000000}\n"
        "{\"id\":6,\"parent\":6,\"type\":\"story\",\"by\":\"e\",\"title\":\"S\",\"time\":1600000000}\n",
        "== f#1\ntitle: T\nsite: Hacker News\ndate: 2020-09-13T12:26\nby: a\nt\n"
        "-- 4 < 0, d, 2020-09-13T12:29\nd\n"
        "== f#2\nsite: Hacker News\ndate: 2020-09-13T12:27\nby: b\nb\n"
        "-- 3 < 0, c, 2020-09-13T12:28\nc\n"
        "== f#6\ntitle: S\nsite: Hacker News\ndate: 2020-09-13T12:26\nby: e\nS\n");
}

CHECK(a_bad_line_costs_no_other)
{
    struct folder f;
    struct heard h;

    folder_make(&f);
    heard_init(&h);
    folder_put_str(&f, "hn",
                   "{\"id\":1,\"type\":\"story\",\"by\":\"a\",\"title\":\"T\",\"text\":\"t\"}\n"
                   "{\"id\":2,\"parent\":1,\"type\":\"comm\n"
                   "{\"id\":3,\"type\":\"story\",\"by\":\"a\",\"title\":\"U\",\"text\":\"u\"}\n");
    assert_true(heard_read(&h, &f, "hn", 0));
    assert_string_equal(h.lines.data, "hn#1=t\nhn#3=u\n");
    assert_int_equal(h.tally.faults, 1);
    assert_non_null(strstr(h.faults.data, "/hn#2: not JSON"));
    buf_clear(&h.lines);
    assert_true(heard_read(&h, &f, "hn", 2)); /* going on gives the second story, and no fault again */
    assert_string_equal(h.lines.data, "hn#3=u\n");
    assert_int_equal(h.tally.faults, 1);
    heard_release(&h);
    folder_remove(&f);
}

/* A made-up dump in which comment number n answers one before it, written from the last to the first. */
CHECK(a_hundred_thousand_comments_backwards)
{
    enum { COUNT = 100000, STORIES = 100 };
    struct folder f;
    struct record r;
    struct buf dump;
    struct err e = ERR_INIT;
    size_t i;
    int n;

    buf_init(&dump);
    for (n = COUNT; n > 0; n--) {
        if (n <= STORIES)
            buf_add_fmt(&dump,
                        "{\"id\":%d,\"type\":\"story\",\"by\":\"a\",\"title\":\"S%d\",\"time\":1600000000}\n",
                        n, n);
        else
            buf_add_fmt(
                &dump,
                "{\"id\":%d,\"parent\":%d,\"type\":\"comment\",\"by\":\"u\",\"text\":\"c\",\"time\":%d}\n", n,
                n - STORIES, 1600000000 + n);
    }
    folder_make(&f);
    folder_put(&f, "hn", dump.data, dump.len);
    record_init(&r);
    assert_true(source_find(f.path, "hn#7", &r, &e));
    assert_string_equal(r.title, "S7");
    assert_int_equal(r.comment_count, COUNT / STORIES - 1);
    for (i = 0; i < r.comment_count; i++) { /* one chain, each below the one before */
        assert_int_equal(strtol(r.comments[i].id, NULL, 10), 7 + STORIES * (long)(i + 1));
        if (i == 0)
            assert_null(r.comments[i].parent);
        else
            assert_string_equal(r.comments[i].parent, r.comments[i - 1].id);
    }
    record_release(&r);
    folder_remove(&f);
    buf_release(&dump);
}

CHECK_MAIN(T(items_of_the_api_in_any_order), T(rows_of_tables_with_their_oddities),
           T(hits_of_the_search_keep_the_thread_over_a_missing_comment),
           T(an_answer_of_the_search_in_one_object),
           T(comments_on_a_story_that_is_not_there), T(rings_doubles_and_selves),
           T(a_bad_line_costs_no_other), T(a_hundred_thousand_comments_backwards))
