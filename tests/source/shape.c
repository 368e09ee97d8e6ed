/* SPDX-License-Identifier: ISC */
/*
 * Files of a hostile size or shape: what is wrong with them is said, the rest is read, and memory stays within bounds.
 * SHAPE=2000 makes the longest lines of so many megabytes, where they are a little longer than what is read else.
 */
#include "pack.h"

#include <sys/resource.h>

enum { MEGABYTE = 1 << 20, ABOVE = 2, ROOM = 600 };

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

CHECK_MAIN(T(a_line_without_end_costs_no_other), T(an_object_without_end_costs_no_other),
           T(a_text_without_end_is_no_article), T(what_is_deeper_than_any_page_is_passed), T(a_bomb_is_given_up),
           T(a_file_may_change_while_it_is_read))
