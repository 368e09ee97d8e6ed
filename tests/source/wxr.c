/* SPDX-License-Identifier: ISC */
#include "folder.h"

#define HEAD                                                                                                 \
    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- made by a test -->\n<rss version=\"2.0\" "            \
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "                                            \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                                         \
    "xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel><title>Harbour notes</title>\n"
#define COMMENT(id, parent, type, author, text, approved)                                                    \
    "<wp:comment><wp:comment_id>" id "</wp:comment_id><wp:comment_author><![CDATA[" author                   \
    "]]></wp:comment_author><wp:comment_date>2020-09-13 12:0" id ":00</wp:comment_date><wp:comment_content>" \
    "<![CDATA[" text "]]></wp:comment_content><wp:comment_approved>" approved "</wp:comment_approved>"       \
    "<wp:comment_type>" type "</wp:comment_type><wp:comment_parent>" parent                                  \
    "</wp:comment_parent></wp:comment>\n"

CHECK(posts_with_their_comments)
{
    expect_whole(
        HEAD
        "<item><title>Low tide</title><link>https://h.example/low</link><pubDate>Sun, 13 Sep 2020 10:00:00 "
        "+0000</pubDate><dc:creator><![CDATA[mira]]></dc:creator><content:encoded><![CDATA[One line\n"
        "still one.\n\n<em>Next</em> &amp; last.]]></content:encoded><wp:post_date>2020-09-13 12:00:00"
        "</wp:post_date><wp:post_type>post</wp:post_type>\n" COMMENT("2", "1", "comment", "Bo", "answer", "1")
            COMMENT("1", "0", "", "Ann", "first<br>two", "1") COMMENT("3", "0", "", "spammer", "buy", "spam")
                COMMENT("4", "0", "pingback", "Other blog", "[...]",
                        "1") "</item>\n<item><title>img</title><content:encoded>x</"
                             "content:encoded><wp:post_type>attachment"
                             "</wp:post_type></item>\n<item><title>Empty</title><wp:post_type>page</"
                             "wp:post_type></item>\n"
                             "<item><title>About</title><content:encoded><![CDATA[<p>Me.</p>]]></"
                             "content:encoded></item>\n"
                             "</channel></rss>\n",
        "== f#1\ntitle: Low tide\nsite: Harbour notes\nurl: https://h.example/low\ndate: 2020-09-13T12:00\n"
        "by: mira\nOne line\nstill one.\n\nNext & last.\n"
        "-- 1 < 0, Ann, 2020-09-13T12:01\nfirst\ntwo\n-- 2 < 1, Bo, 2020-09-13T12:02\nanswer\n"
        "-- 4 < 0, Other blog, 2020-09-13T12:04\n[...]\n"
        "== f#4\ntitle: About\nsite: Harbour notes\nMe.\n");
}

CHECK(other_rss_is_no_export)
{
    static const char feed[] = "<rss version=\"2.0\"><channel><title>x</title></channel></rss>\n";

    expect_records(feed, sizeof feed - 1,
                   "f=<rss version=\"2.0\"><channel><title>x</title></channel></rss>\n\n", 0, 0);
}

#define BODY(text) "<content:encoded>" text "</content:encoded>"

/* Items within items, and what breaks off at every byte: each record is found again by its name, and where reading goes
 * on from it. */
CHECK(what_is_given_is_found_again_however_broken)
{
    static const char whole[] =
        HEAD "<item><title>Outer</title>" BODY("one") "<item>" BODY("inner <b/>") "</item><wp:x><item>" BODY("deep")
            "</item></wp:x></item>\n<item><item>" BODY("two") "</item></item>\n<item>" BODY("three")
                COMMENT("1", "0", "", "Ann", "word", "1") "</item>\n<title>late</title><item><title>Last</title>"
                    BODY("four") "</item></channel></rss>\n";

    for (size_t len = sizeof whole - 1; len > strlen(HEAD); len--) {
        struct folder f;
        struct heard all;
        char *line, *next;
        long last = 0;

        folder_make(&f);
        heard_init(&all);
        folder_put(&f, "f", whole, len);
        heard_read(&all, &f, "f", 0);
        if (len == sizeof whole - 1)
            assert_string_equal(all.lines.data, "f#1=one\nf#3=three\nf#4=four\n");
        for (line = all.lines.data; *line; line = next) {
            struct err e = ERR_INIT;
            struct heard again;
            struct record r;
            long number = strtol(line + 2, &next, 10);
            char name[30];

            snprintf(name, sizeof name, "f#%ld", number);
            record_init(&r);
            heard_init(&again);
            assert_true(source_find(f.path, name, &r, &e));
            assert_int_equal(r.number, number);
            assert_memory_equal(r.text.data, next + 1, r.text.len);
            heard_read(&again, &f, "f", last + 1);
            assert_string_equal(again.lines.data, line);
            record_release(&r);
            heard_release(&again);
            last = number;
            next = strchr(next, '\n') + 1;
        }
        heard_release(&all);
        folder_remove(&f);
    }
}

CHECK_MAIN(T(posts_with_their_comments), T(other_rss_is_no_export), T(what_is_given_is_found_again_however_broken))
