/* SPDX-License-Identifier: ISC */
/*
 * Files of a hostile size or shape: what is wrong with them is said, the rest is read, and memory stays within bounds.
 * SHAPE=2000 makes the longest lines of so many megabytes, where they are a little longer than what is read else.
 */
#include "pack.h"

#include <sys/resource.h>

#if CHECK_SANITIZED
enum { ROOM = 1500 }; /* what was freed is held back there, and all of it is fenced */
#else
enum { ROOM = 600 };
#endif

enum { MEGABYTE = 1 << 20, ABOVE = 2 };

static size_t longest(void)
{
    const char *wish = getenv("SHAPE");

    return (size_t)(wish ? strtol(wish, NULL, 10) : 128 + ABOVE) * MEGABYTE;
}

/* Megabytes that the program has held at most. */
static long held(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1024;
}

/* A file of `before`, a hole of so many bytes, and `after`. */
static void put_hole(const struct folder *f, const char *name, const char *before, size_t hole, const char *after)
{
    FILE *file = fopen(folder_path(f, name), "wb");

    assert_non_null(file);
    assert_true(fputs(before, file) >= 0);
    assert_int_equal(fseek(file, (long)hole, SEEK_CUR), 0);
    assert_true(fputs(after, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Reads the file f of a new folder that has a hole in it. */
static void expect_hole(const char *before, const char *after, const char *lines, const char *fault)
{
    struct folder f;
    struct heard h;

    folder_make(&f);
    heard_init(&h);
    put_hole(&f, "f", before, longest(), after);
    assert_true(heard_read(&h, &f, "f", 0));
    assert_string_equal(h.lines.data, lines);
    assert_non_null(strstr(h.faults.data, fault));
    assert_int_equal(h.tally.faults, 1);
    heard_release(&h);
    folder_remove(&f);
    assert_in_range(held(), 1, ROOM);
}

CHECK(a_line_without_end_costs_no_other)
{
    expect_hole("{\"text\": \"one\"}\n{\"text\": \"", "\"}\n{\"text\": \"three\"}\n", "f#1=one\nf#3=three\n",
                "f#2: a record of more than 128 MiB\n");
}

/* The same of formats whose lines are parts of records; the third message is of a thread of its own. */
CHECK(a_row_without_end_costs_no_other)
{
    expect_hole("{\"id\": 1, \"type\": \"story\", \"by\": \"x\", \"text\": \"one\"}\n{\"id\": \"",
                "\"}\n{\"id\": 3, \"type\": \"story\", \"by\": \"x\", \"text\": \"three\"}\n", "f#1=one\nf#3=three\n",
                "f#2: a record of more than 128 MiB\n");
}

CHECK(a_message_without_end_costs_no_other)
{
    static const char begin[] = "From x Thu Jan  2 10:00:00 2020\nFrom: x <x@x.example>\nTo: y\nSubject: ";
    char before[400], after[400];

    snprintf(before, sizeof before, "%sa\n\none\n\n%sb\n\n", begin, begin);
    snprintf(after, sizeof after, "z\n\n%sc\n\nthree\n", begin);
    expect_hole(before, after, "f#1=one\nf#3=three\n", "f#2: a record of more than 128 MiB\n");
}

CHECK(a_page_of_an_archive_without_end_costs_no_other)
{
    static const char form[] = "WARC/1.0\r\nWARC-Type: conversion\r\n"
                               "Content-Type: text/plain\r\nContent-Length: %zu\r\n\r\n";
    char before[600], after[400], one[200], long_one[200];

    snprintf(one, sizeof one, form, (size_t)3);
    snprintf(long_one, sizeof long_one, form, longest() + 3);
    snprintf(before, sizeof before, "%sone\r\n\r\n%sabc", one, long_one);
    snprintf(after, sizeof after, "\r\n\r\n%stwo\r\n\r\n", one);
    expect_hole(before, after, "f#1=one\nf#3=two\n", "f#2: a record of more than 128 MiB\n");
}

CHECK(an_object_without_end_costs_no_other)
{
    expect_hole("[\n{\n\"text\": \"one\"},\n{\"text\": \"", "\"},\n{\"text\": \"three\"}]\n", "f#1=one\nf#3=three\n",
                "f#2: a record of more than 128 MiB\n");
}

CHECK(a_text_without_end_is_no_article)
{
    char text[9000];

    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    expect_hole(text, "z", "", "f: a record of more than 128 MiB\n");
}

CHECK(what_is_deeper_than_any_page_is_passed)
{
    enum { DEEP = 1000000 };
    static const char *const openings[] = {"[", "{\"a\":", "{\"comments\":[", NULL};
    struct folder f;
    struct heard h;
    struct buf b;

    buf_init(&b);
    for (size_t i = 0; openings[i]; i++) {
        for (int n = 0; n < DEEP; n++)
            buf_add_str(&b, openings[i]);
        buf_add_char(&b, '\n');
    }
    buf_add_str(&b, "{\"text\": \"last\"}\n");
    folder_make(&f);
    heard_init(&h);
    folder_put_str(&f, "f.jsonl", "{\"text\": \"first\"}\n");
    folder_put(&f, "g.jsonl", b.data, b.len);
    assert_true(heard_read(&h, &f, "f.jsonl", 0));
    assert_true(heard_read(&h, &f, "g.jsonl", 0));
    assert_non_null(strstr(h.lines.data, "f.jsonl#1=first\n"));
    heard_release(&h);
    heard_init(&h);
    buf_clear(&b);
    buf_add_str(&b, "{\"text\": \"first\"}\n");
    for (int n = 0; n < DEEP; n++)
        buf_add_str(&b, "{\"a\":[");
    buf_add_str(&b, "\n{\"text\": \"last\"}\n");
    folder_put(&f, "h.jsonl", b.data, b.len);
    assert_true(heard_read(&h, &f, "h.jsonl", 0));
    assert_string_equal(h.lines.data, "h.jsonl#1=first\nh.jsonl#3=last\n");
    assert_non_null(strstr(h.faults.data, "h.jsonl#2: not JSON"));
    buf_release(&b);
    heard_release(&h);
    folder_remove(&f);
}

/* What is packed: an article, and a member that nobody reads of more than any text shrinks to. */
CHECK(a_bomb_is_given_up)
{
    enum { UNPACKED = 300 };
    static const char *const hidden[] = {".hidden", "shown.txt"};

    for (size_t i = 0; i < 2; i++) {
        struct archive *a = archive_write_new();
        struct archive_entry *entry = archive_entry_new();
        char *block = calloc(1, MEGABYTE);
        struct folder f;
        struct heard h;
        struct buf b;

        buf_init(&b);
        folder_make(&f);
        heard_init(&h);
        assert_int_equal(archive_write_set_format_ustar(a), ARCHIVE_OK);
        assert_int_equal(archive_write_add_filter_zstd(a), ARCHIVE_OK);
        assert_int_equal(archive_write_open(a, &b, NULL, pack_write, NULL), ARCHIVE_OK);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_pathname(entry, "a.txt");
        archive_entry_set_size(entry, 7);
        assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(a, "article", 7), 7);
        archive_entry_set_pathname(entry, hidden[i]);
        archive_entry_set_size(entry, (la_int64_t)UNPACKED * MEGABYTE);
        assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
        for (int n = 0; n < UNPACKED; n++)
            assert_int_equal(archive_write_data(a, block, MEGABYTE), MEGABYTE);
        assert_int_equal(archive_write_close(a), ARCHIVE_OK);
        archive_write_free(a);
        archive_entry_free(entry);
        folder_put(&f, "f", b.data, b.len);
        assert_true(heard_read(&h, &f, "f", 0));
        assert_string_equal(h.lines.data, "f/a.txt=article\n");
        assert_non_null(strstr(h.faults.data, "unpacks to more than 250 times its size, and is given up"));
        assert_in_range(held(), 1, ROOM);
        free(block);
        buf_release(&b);
        heard_release(&h);
        folder_remove(&f);
    }
}

struct changing {
    struct heard heard; /* first: what heard_record is given */
    const char *path;
    long size; /* that the file gets once its first record is read */
};

static bool change(void *ctx, struct record *r)
{
    struct changing *c = ctx;

    if (c->heard.tally.records == 1 && truncate(c->path, c->size) != 0)
        return false;
    return heard_record(&c->heard, r);
}

/* A file of many records that becomes another size while it is read: what is left of it is read. */
static void expect_changing(long size, long least, long most)
{
    enum { RECORDS = 20000 };
    struct changing c = {.size = size};
    struct err e = ERR_INIT;
    struct folder f;
    struct record r;
    struct buf b;

    buf_init(&b);
    for (int i = 0; i < RECORDS; i++)
        buf_add_fmt(&b, "{\"text\": \"number %d and some words more to make it longer\"}\n", i);
    folder_make(&f);
    heard_init(&c.heard);
    record_init(&r);
    folder_put(&f, "f", b.data, b.len);
    c.path = folder_path(&f, "f");
    source_read(c.path, "f", 0, &r, change, heard_fault, &c, &c.heard.tally, &e);
    assert_in_range(c.heard.tally.records, least, most);
    assert_true(c.heard.tally.faults <= 1);
    record_release(&r);
    heard_release(&c.heard);
    folder_remove(&f);
    buf_release(&b);
}

CHECK(a_file_may_change_while_it_is_read)
{
    expect_changing(0, 1, 10000);
    expect_changing(600001, 5000, 15000);
    expect_changing(200l * MEGABYTE, 20000, 20000);
}

/* A thread of one format: what opens it, each comment, what is behind it and the article after it. */
static const struct long_thread {
    const char *before, *comment, *comment_end, *after; /* a number stands between comment and comment_end */
} long_threads[] = {
    {"{\"text\": \"first\", \"comments\": [{\"id\": 0, \"text\": \"n\"}",
     ", {\"id\": ", ", \"parent\": 0, \"text\": \"c\"}",
     "], \"title\": \"late\"}\n{\"text\": \"after\"}\n"},
    {"{\"title\": \"late\", \"post_stream\": {\"posts\": [{\"post_number\": 1, \"cooked\": \"first\"}",
     ", {\"post_number\": ", ", \"cooked\": \"c\"}", "]}}\n{\"text\": \"after\"}\n"},
    {"<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">"
     "<channel><item><content:encoded>first</content:encoded>\n",
     "<wp:comment><wp:comment_id>", "</wp:comment_id><wp:comment_content>c</wp:comment_content></wp:comment>\n",
     "<title>late</title></item><item><content:encoded>after</content:encoded></item></channel></rss>"},
    {"{\"id\": \"n\", \"type\": \"comment\", \"by\": \"x\", \"parent\": \"o\", \"text\": \"c\"}\n",
     "{\"id\": ", ", \"type\": \"comment\", \"by\": \"x\", \"parent\": \"o\", \"text\": \"c\"}\n",
     "{\"id\": \"o\", \"type\": \"story\", \"by\": \"x\", \"title\": \"late\", \"text\": \"first\"}\n"
     "{\"id\": \"p\", \"type\": \"story\", \"by\": \"x\", \"title\": \"t\", \"text\": \"after\"}\n"},
    {"From x Thu Jan  2 10:00:00 2020\nFrom: x <x@x.example>\nMessage-ID: <o>\nSubject: late\n\nfirst\n\n",
     "From x Thu Jan  2 10:00:00 2020\nFrom: x <x@x.example>\nMessage-ID: <",
     ">\nReferences: <o>\nSubject: re\n\nc\n\n",
     "From x Thu Jan  2 10:00:00 2020\nFrom: x <x@x.example>\nMessage-ID: <p>\nSubject: t\n\nafter\n\n"},
};

static bool count_comments(void *ctx, struct record *r)
{
    struct heard *h = ctx;

    buf_add_fmt(&h->lines, "%s: %.5s, %zu of %zu\n", r->title && strcmp(r->title, "late") == 0 ? "late" : "-",
                r->text.data, r->comment_count, r->comment_count + r->left_out);
    return true;
}

CHECK(a_page_without_end_is_told)
{
    static const struct {
        const char *line;
        bool told;
    } pages[] = {{"a\n", true}, {"a\r\n", true}, {"\n", false}};

    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct folder f;
        struct heard h;
        struct buf b;

        folder_make(&f);
        heard_init(&h);
        buf_init(&b);
        buf_add_str(&b, "A page\n");
        for (int n = 0; n < RECORD_LINES + 10; n++)
            buf_add_str(&b, pages[i].line);
        buf_add_str(&b, "b");
        folder_put(&f, "f", b.data, b.len);
        assert_true(heard_read(&h, &f, "f", 0));
        assert_int_equal(h.tally.records, 1);
        assert_int_equal(h.tally.faults, pages[i].told);
        assert_int_equal(strstr(h.faults.data, "f: a page of more than 200000 lines") != NULL, pages[i].told);
        buf_release(&b);
        heard_release(&h);
        folder_remove(&f);
    }
}

CHECK(a_thread_without_end_is_cut_and_the_rest_read)
{
    enum { MORE = 3000, COUNT = RECORD_COMMENTS + MORE };

    for (size_t i = 0; i < sizeof long_threads / sizeof long_threads[0]; i++) {
        const struct long_thread *t = &long_threads[i];
        struct err e = ERR_INIT;
        struct folder f;
        struct heard h;
        struct record r;
        struct buf b, said;
        size_t kept;

        folder_make(&f);
        heard_init(&h);
        record_init(&r);
        buf_init(&b);
        buf_init(&said);
        buf_add_str(&b, t->before);
        for (int n = 1; n <= COUNT; n++) {
            buf_add_fmt(&b, "%s%d%s", t->comment, n + 1, t->comment_end);
        }
        buf_add_str(&b, t->after);
        folder_put(&f, "f", b.data, b.len);
        assert_true(source_read(folder_path(&f, "f"), "f", 0, &r, count_comments, heard_fault, &h, &h.tally, &e));
        kept = RECORD_COMMENTS - (i >= 3); /* the opening is a post too */
        buf_add_fmt(&said, "late: first, %zu of %zu\n-: after, 0 of 0\n", kept, (size_t)COUNT + (i == 0 || i == 3));
        assert_string_equal(h.lines.data, said.data);
        buf_clear(&said);
        buf_add_fmt(&said, ": %zu comments or other parts are left out", COUNT + (i == 0 || i == 3) - kept);
        assert_non_null(strstr(h.faults.data, said.data));
        assert_int_equal(h.tally.faults, 1);
        assert_in_range(held(), 1, ROOM);
        buf_release(&b);
        buf_release(&said);
        record_release(&r);
        heard_release(&h);
        folder_remove(&f);
    }
}

CHECK_MAIN(T(a_line_without_end_costs_no_other), T(an_object_without_end_costs_no_other),
           T(a_text_without_end_is_no_article), T(what_is_deeper_than_any_page_is_passed), T(a_bomb_is_given_up),
           T(a_file_may_change_while_it_is_read), T(a_thread_without_end_is_cut_and_the_rest_read),
           T(a_page_without_end_is_told), T(a_row_without_end_costs_no_other), T(a_message_without_end_costs_no_other),
           T(a_page_of_an_archive_without_end_costs_no_other))
