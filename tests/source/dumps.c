/* SPDX-License-Identifier: ISC */
/*
 * Each format of dumps in its documented shape, made here, read whole, and every parent held against what was made.
 * 10 comments of each; with CUTTINGS_DUMPS=100000 in the environment so many.
 */
#include "folder.h"

#include <stdlib.h>
#include <string.h>

/* Comment i (from 1) answers comment parent_of(i); 0 is the opening. */
static long parent_of(long i)
{
    uint64_t x = (uint64_t)i * UINT64_C(0x9E3779B97F4A7C15);

    return i == 1 || i % 7 == 0 ? 0 : (long)(x >> 33) % i;
}

/* Only those divisible by three are answers to others; the rest are answers to the opening. */
static long flat_parent_of(long i)
{
    long p = parent_of(i);

    return i % 3 != 0 ? 0 : p % 3 != 0 ? p : 0;
}

static long size(void)
{
    const char *wanted = getenv("CUTTINGS_DUMPS");
    long n = wanted ? strtol(wanted, NULL, 10) : 0;

    return n > 0 ? n : 10;
}

struct checking {
    long (*parent)(long i);
    long wanted, records, comments, depth;
};

/* "c7 of 3" -> 7 and 3. */
static void read_text(const char *text, long *number, long *parent)
{
    assert_int_equal(sscanf(text, "c%ld of %ld", number, parent), 2);
}

static bool check_record(void *ctx, struct record *r)
{
    struct checking *k = ctx;
    const char **id = calloc((size_t)k->wanted + 1, sizeof *id);

    assert_non_null(id);
    k->records++;
    for (size_t i = 0; i < r->comment_count; i++) {
        const struct record_comment *c = &r->comments[i];
        long number, parent;

        read_text(c->text, &number, &parent);
        assert_in_range(number, 1, k->wanted);
        assert_null(id[number]);
        id[number] = c->id;
        assert_int_equal(parent, k->parent(number));
        if (parent == 0)
            assert_null(c->parent);
        else { /* a parent stands before what answers it */
            assert_non_null(id[parent]);
            assert_non_null(c->parent);
            assert_string_equal(c->parent, id[parent]);
        }
        k->comments++;
    }
    free(id);
    return true;
}

static void no_fault(void *ctx, const struct err *e)
{
    (void)ctx;
    fail_msg("%s", e->text);
}

static void read_whole(const struct folder *f, const char *name, long wanted, long (*parent)(long i))
{
    struct checking k = {.parent = parent, .wanted = wanted};
    struct source_tally tally = {0};
    struct record r;
    struct err e = ERR_INIT;

    record_init(&r);
    if (!source_read(folder_path(f, name), name, 0, &r, check_record, no_fault, &k, &tally, &e))
        fail_msg("%s", e.text);
    assert_int_equal(k.records, 1);
    assert_int_equal(k.comments, wanted);
    assert_int_equal(tally.faults, 0);
    record_release(&r);
}

/* Writes one file by fn and reads it. */
static void check_file(const char *name, void (*write)(FILE *out, long n), long (*parent)(long i))
{
    struct folder f;
    FILE *out;

    folder_make(&f);
    out = fopen(folder_path(&f, name), "w");
    assert_non_null(out);
    write(out, size());
    assert_int_equal(fclose(out), 0);
    read_whole(&f, name, size(), parent);
    folder_remove(&f);
}

/* ---- Hacker News ---- */

/* Rows of the table, the last first: each comes before what it answers. */
static void write_hn(FILE *out, long n)
{
    for (long i = n; i > 0; i--)
        fprintf(out,
                "{\"id\":%ld,\"type\":\"comment\",\"by\":\"u%ld\",\"parent\":%ld,\"time\":%ld,"
                "\"text\":\"c%ld of %ld\"}\n",
                1000 + i, i % 9, 1000 + parent_of(i), 1600000000 + i, i, parent_of(i));
    fputs("{\"id\":1000,\"type\":\"story\",\"by\":\"op\",\"time\":1600000000,\"title\":\"T\",\"text\":\"Why?\"}\n",
          out);
}

CHECK(hacker_news_rows)
{
    check_file("hn.jsonl", write_hn, parent_of);
}

/* ---- Reddit ---- */

static void write_reddit(FILE *out, long n)
{
    for (long i = n; i > 0; i--) {
        long p = parent_of(i);

        fprintf(out,
                "{\"id\":\"k%ld\",\"link_id\":\"t3_s1\",\"parent_id\":\"%s%s%ld\",\"author\":\"u%ld\",\"body\":"
                "\"c%ld of %ld\",\"created_utc\":\"%ld\",\"score\":%ld,\"subreddit\":\"boats\"}\n",
                i, p ? "t1_" : "t3_", p ? "k" : "s", p ? p : 1, i % 9, i, p, 1600000000 + i, i % 5);
    }
    fputs("{\"id\":\"s1\",\"name\":\"t3_s1\",\"title\":\"T\",\"selftext\":\"Why?\",\"author\":\"op\",\"created_utc\":"
          "1600000000,\"subreddit\":\"boats\",\"is_self\":true,\"num_comments\":3,\"score\":2}\n",
          out);
}

CHECK(reddit_submissions_and_comments)
{
    check_file("reddit.jsonl", write_reddit, parent_of);
}

/* ---- WordPress ---- */

static void write_wxr(FILE *out, long n)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" xmlns:content=\""
          "http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\""
          "http://wordpress.org/export/1.2/\">\n<channel><title>Blog</title><wp:wxr_version>1.2</wp:wxr_version>\n"
          "<item><title>T</title><link>https://b.example/t</link><dc:creator><![CDATA[op]]></dc:creator>"
          "<content:encoded><![CDATA[<p>Why?</p>]]></content:encoded><wp:post_id>5</wp:post_id>"
          "<wp:post_date>2020-09-13 12:00:00</wp:post_date><wp:post_type>post</wp:post_type>"
          "<wp:status>publish</wp:status>\n",
          out);
    for (long i = n; i > 0; i--)
        fprintf(out,
                "<wp:comment><wp:comment_id>%ld</wp:comment_id><wp:comment_author><![CDATA[u%ld]]>"
                "</wp:comment_author><wp:comment_date>2020-09-13 13:00:00</wp:comment_date><wp:comment_content>"
                "<![CDATA[c%ld of %ld]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
                "<wp:comment_type></wp:comment_type><wp:comment_parent>%ld</wp:comment_parent></wp:comment>\n",
                100 + i, i % 9, i, parent_of(i), parent_of(i) ? 100 + parent_of(i) : 0);
    fputs("</item></channel></rss>\n", out);
}

CHECK(wordpress_exports)
{
    check_file("blog.xml", write_wxr, parent_of);
}

/* ---- Disqus ---- */

static void write_disqus(FILE *out, long n)
{
    fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<disqus xmlns=\"http://disqus.com\" xmlns:dsq=\""
          "http://disqus.com/disqus-internals\">\n<category dsq:id=\"1\"><forum>h</forum></category>\n"
          "<thread dsq:id=\"7\"><forum>h</forum><link>https://h.example/t</link><title>T</title><message/>"
          "<createdAt>2020-09-13T12:00:00Z</createdAt></thread>\n",
          out);
    for (long i = 1; i <= n; i++) {
        fprintf(out,
                "<post dsq:id=\"%ld\"><message><![CDATA[<p>c%ld of %ld</p>]]></message><createdAt>2020-09-13T13:00:00Z"
                "</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>u%ld</name></author>"
                "<thread dsq:id=\"7\"/>",
                100 + i, i, parent_of(i), i % 9);
        if (parent_of(i))
            fprintf(out, "<parent dsq:id=\"%ld\"/>", 100 + parent_of(i));
        fputs("</post>\n", out);
    }
    fputs("</disqus>\n", out);
}

CHECK(disqus_exports)
{
    check_file("disqus.xml", write_disqus, parent_of);
}

/* ---- Discourse ---- */

static void write_discourse(FILE *out, long n)
{
    fputs("{\"id\":77,\"title\":\"T\",\"slug\":\"t\",\"created_at\":\"2020-09-13T12:00:00.000Z\",\"posts_count\":3,"
          "\"post_stream\":{\"posts\":[{\"id\":1,\"post_number\":1,\"username\":\"op\",\"created_at\":"
          "\"2020-09-13T12:00:00.000Z\",\"cooked\":\"<p>Why?</p>\",\"topic_id\":77,\"reply_to_post_number\":null}",
          out);
    for (long i = 1; i <= n; i++) {
        fprintf(out,
                ",{\"id\":%ld,\"post_number\":%ld,\"username\":\"u%ld\",\"created_at\":\"2020-09-13T13:00:00.000Z\","
                "\"cooked\":\"<p>c%ld of %ld</p>\",\"topic_id\":77,\"reply_to_post_number\":",
                500 + i, i + 1, i % 9, i, parent_of(i));
        if (parent_of(i))
            fprintf(out, "%ld}", parent_of(i) + 1);
        else
            fputs("null}", out);
    }
    fputs("],\"stream\":[1]}}\n", out);
}

CHECK(discourse_topics)
{
    check_file("topic.json", write_discourse, parent_of);
}

/* ---- Stack Exchange: answers in one file, what is said to them in the other ---- */

static void write_posts(FILE *out, long n)
{
    fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<posts>\n  <row Id=\"1\" PostTypeId=\"1\" "
          "CreationDate=\"2020-09-13T12:00:00.000\" Score=\"3\" Body=\"&lt;p&gt;Why?&lt;/p&gt;\" Title=\"T\" />\n",
          out);
    for (long i = 1; i <= n; i++)
        if (i % 3 != 0)
            fprintf(out,
                    "  <row Id=\"%ld\" PostTypeId=\"2\" ParentId=\"1\" CreationDate=\"2020-09-13T12:30:00.123\" "
                    "Score=\"5\" Body=\"&lt;p&gt;c%ld of 0&lt;/p&gt;\" OwnerDisplayName=\"u%ld\" />\n",
                    100 + i, i, i % 9);
    fputs("</posts>\n", out);
}

static void write_remarks(FILE *out, long n)
{
    fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<comments>\n", out);
    for (long i = 1; i <= n; i++)
        if (i % 3 == 0)
            fprintf(out,
                    "  <row Id=\"%ld\" PostId=\"%ld\" Score=\"0\" Text=\"c%ld of %ld\" "
                    "CreationDate=\"2020-09-13T12:40:00.000\" UserDisplayName=\"u%ld\" />\n",
                    i, flat_parent_of(i) ? 100 + flat_parent_of(i) : 1, i, flat_parent_of(i), i % 9);
    fputs("</comments>\n", out);
}

CHECK(stack_exchange_posts_and_comments)
{
    struct folder f;
    FILE *out;

    folder_make(&f);
    out = fopen(folder_path(&f, "Posts.xml"), "w");
    write_posts(out, size());
    fclose(out);
    out = fopen(folder_path(&f, "Comments.xml"), "w");
    write_remarks(out, size());
    fclose(out);
    read_whole(&f, "Posts.xml", size(), flat_parent_of);
    folder_remove(&f);
}

/* ---- mail ---- */

static void write_message(FILE *out, long i)
{
    fprintf(out,
            "From: u%ld <u@y.example>\nDate: Sun, 13 Sep 2020 12:00:%02ld +0000\nSubject: %sT\n"
            "Message-ID: <m%ld@y>\n",
            i % 9, i % 60, i ? "Re: " : "", i);
    if (i) {
        fputs("References: <m0@y>", out);
        if (parent_of(i))
            fprintf(out, "\n <m%ld@y>", parent_of(i));
        fprintf(out, "\n\nc%ld of %ld\n\n", i, parent_of(i));
    } else {
        fputs("\nWhy?\n\n", out);
    }
}

static void write_mbox(FILE *out, long n)
{
    for (long i = n; i >= 0; i--) {
        fputs("From u@y.example Sun Sep 13 12:00:00 2020\n", out);
        write_message(out, i);
    }
}

CHECK(mailboxes)
{
    check_file("harbour.mbox", write_mbox, parent_of);
}

CHECK(maildir_folders)
{
    long n = size() < 20000 ? size() : 20000; /* a file each */
    struct folder f;
    char name[64];
    FILE *out;

    folder_make(&f);
    folder_mkdir(&f, "box");
    folder_mkdir(&f, "box/cur");
    folder_mkdir(&f, "box/new");
    folder_mkdir(&f, "box/tmp");
    for (long i = 0; i <= n; i++) {
        snprintf(name, sizeof name, "box/%s/%ld.h", i % 2 ? "cur" : "new", n - i);
        out = fopen(folder_path(&f, name), "w");
        assert_non_null(out);
        write_message(out, i);
        fclose(out);
    }
    read_whole(&f, "box", n, parent_of);
    folder_remove(&f);
}

CHECK_MAIN(T(hacker_news_rows), T(reddit_submissions_and_comments), T(wordpress_exports), T(disqus_exports),
           T(discourse_topics), T(stack_exchange_posts_and_comments), T(mailboxes), T(maildir_folders))
