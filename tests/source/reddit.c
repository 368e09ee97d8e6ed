/* SPDX-License-Identifier: ISC */
#include "folder.h"

static const char submission[] =
    "{\"id\":\"abc\",\"title\":\"Bread &amp; butter\",\"selftext\":\"How do *you*?\",\"is_self\":true,\"author\":"
    "\"baker\",\"created_utc\":\"1600000000\",\"num_comments\":3,\"score\":12,\"subreddit\":\"bread\",\"permalink\":"
    "\"/r/bread/comments/abc/bread/\",\"url\":\"https://www.reddit.com/r/bread/comments/abc/bread/\"}\n";
static const char comments[] =
    "{\"id\":\"c2\",\"author\":\"[deleted]\",\"body\":\"[removed]\",\"created_utc\":1600000060,\"link_id\":\"t3_abc\","
    "\"parent_id\":\"t3_abc\",\"score\":1,\"subreddit\":\"bread\"}\n"
    "{\"id\":\"c3\",\"author\":\"x\",\"body\":\"&gt; quoted\\n\\nI do.\",\"created_utc\":1600000120.0,\"link_id\":"
    "\"t3_abc\",\"parent_id\":\"t1_c2\",\"score\":-4,\"subreddit\":\"bread\"}\n"
    "{\"id\":\"c9\",\"author\":\"y\",\"body\":\"late\",\"created_utc\":\"1600000180\",\"link_id\":\"t3_abc\","
    "\"parent_id\":\"t1_c8\",\"score\":2,\"subreddit\":\"bread\"}\n";
static const char thread[] =
    "-- t1_c8 < 0, ?, ?, removed\n[missing]\n"
    "-- t1_c9 < t1_c8, y, 2020-09-13T12:29, 2\nlate\n"
    "-- t1_c2 < 0, [deleted], 2020-09-13T12:27, 1, removed\n[removed]\n"
    "-- t1_c3 < t1_c2, x, 2020-09-13T12:28, -4\n> quoted\n\nI do.\n";
static const char opening[] = "title: Bread & butter\nsite: bread\n"
                              "url: https://www.reddit.com/r/bread/comments/abc/bread/\n"
                              "date: 2020-09-13T12:26\nby: baker\nHow do *you*?\n";

CHECK(both_in_one_file_in_either_order)
{
    struct buf dump, expected;
    int first;

    for (first = 0; first < 2; first++) {
        buf_init(&dump);
        buf_init(&expected);
        buf_add_str(&dump, first ? comments : submission);
        buf_add_str(&dump, first ? submission : comments);
        buf_add_fmt(&expected, "== f#abc\n%s%s", opening, thread);
        expect_whole(dump.data, expected.data);
        buf_release(&dump);
        buf_release(&expected);
    }
}

CHECK(in_two_files_side_by_side)
{
    struct folder f;
    struct buf expected;
    struct heard h;

    folder_make(&f);
    buf_init(&expected);
    folder_put_str(&f, "bread_submissions.jsonl", submission);
    folder_put_str(&f, "bread_comments.jsonl", comments);
    buf_add_fmt(&expected, "== bread_submissions.jsonl#abc\n%s%s", opening, thread);
    expect_whole_file(&f, "bread_submissions.jsonl", expected.data);
    heard_init(&h);
    assert_true(heard_read(&h, &f, "bread_comments.jsonl", 0));
    assert_int_equal(h.tally.records, 0);
    assert_int_equal(h.tally.skipped, 1);
    heard_release(&h);
    buf_release(&expected);
    folder_remove(&f);
}

CHECK(comments_alone)
{
    struct buf expected;

    buf_init(&expected);
    buf_add_fmt(&expected, "== f#t3_abc\nsite: bread\n[missing]\n%s", thread);
    expect_whole(comments, expected.data);
    buf_release(&expected);
}

CHECK_MAIN(T(both_in_one_file_in_either_order), T(in_two_files_side_by_side), T(comments_alone))
