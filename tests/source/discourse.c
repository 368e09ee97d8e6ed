/* SPDX-License-Identifier: ISC */
#include "folder.h"

CHECK(a_topic_with_its_posts)
{
    expect_whole(
        "{\n\"id\": 44, \"title\": \"Which sail?\", \"posts_count\": 4, \"post_stream\": {\"posts\": [\n"
        "{\"id\": 900, \"username\": \"ann\", \"created_at\": \"2020-09-13T12:00:00.000Z\", \"cooked\": "
        "\"<p>Red or white?</p>\", \"post_number\": 1, \"reply_to_post_number\": null},\n"
        "{\"id\": 903, \"username\": \"cy\", \"created_at\": \"2020-09-13T12:20:00.000Z\", \"cooked\": "
        "\"<blockquote><p>Red</p></blockquote><p>No.</p>\", \"post_number\": 3, \"reply_to_post_number\": 2},\n"
        "{\"id\": 902, \"username\": \"bo\", \"created_at\": \"2020-09-13T12:10:00.000Z\", \"raw\": \"Red\", "
        "\"cooked\": \"<p>Red</p>\", \"post_number\": 2, \"reply_to_post_number\": null, \"score\": 15.2, "
        "\"actions_summary\": [{\"id\": 8, \"count\": 9}, {\"id\": 2, \"count\": 3}]},\n"
        "{\"id\": 905, \"username\": \"di\", \"created_at\": \"2020-09-13T12:30:00.000Z\", \"cooked\": \"<p>Hm.</p>\", "
        "\"post_number\": 5, \"reply_to_post_number\": 4}\n], \"stream\": [900, 902, 903, 904, 905]}}\n",
        "== f#1\ntitle: Which sail?\ndate: 2020-09-13T12:00\nby: ann\nRed or white?\n"
        "-- 2 < 0, bo, 2020-09-13T12:10, 3\nRed\n-- 3 < 2, cy, 2020-09-13T12:20\n> Red\n\nNo.\n"
        "-- 4 < 0, ?, ?, removed\n[missing]\n-- 5 < 4, di, 2020-09-13T12:30\nHm.\n");
}

CHECK_MAIN(T(a_topic_with_its_posts))
