/* SPDX-License-Identifier: ISC */
#include "pack.h"
#include "../dice.h"

static const int filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD,
                              ARCHIVE_FILTER_LZIP, ARCHIVE_FILTER_LZ4};
enum { FILTERS = sizeof filters / sizeof filters[0] };

static const struct pack_member members[] = {
    {"./dir/a.txt", "first article"},
    {"dir/._a.txt", "hidden"},
    {"dir/b.jsonl", "{\"text\": \"one\"}\n{\"text\": \"two\"}\n"},
    {"\xC3\xA9.txt", "last article"},
};
static const char *const in_order = "f/dir/a.txt=first article\nf/dir/b.jsonl#1=one\nf/dir/b.jsonl#2=two\n"
                                    "f/\xC3\xA9.txt=last article\n";

CHECK(compressed_text_by_its_content)
{
    int i;

    for (i = 0; i < FILTERS; i++) {
        struct buf packed;

        pack_bytes(&packed, filters[i], "an article", 10);
        expect_records(packed.data, packed.len, "f=an article\n", 0, 0);
        buf_release(&packed);
    }
}

CHECK(several_members_of_gzip_and_frames_of_zstd)
{
    int i;

    for (i = 0; i < FILTERS - 2; i++) {
        struct buf packed, second;

        pack_bytes(&packed, filters[i], "{\"text\": \"one\"}\n{\"te", 20);
        pack_bytes(&second, filters[i], "xt\": \"two\"}\n", 12);
        buf_add(&packed, second.data, second.len);
        expect_records(packed.data, packed.len, "f#1=one\nf#2=two\n", 0, 0);
        buf_release(&packed);
        buf_release(&second);
    }
}

CHECK(zstd_with_a_long_window)
{
    struct buf packed;

    pack_zstd_long(&packed, 30, "{\"text\": \"from a dump\"}\n", 24);
    expect_records(packed.data, packed.len, "f#1=from a dump\n", 0, 0);
    buf_release(&packed);
}

CHECK(members_of_tar_and_zip)
{
    static const int formats[][2] = {
        {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE}, {ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FILTER_ZSTD},
        {ARCHIVE_FORMAT_TAR_GNUTAR, ARCHIVE_FILTER_GZIP}, {ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE},
        {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ},
    };
    size_t i;

    for (i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct buf packed;

        pack_archive(&packed, formats[i][0], formats[i][1], members, 4);
        expect_records(packed.data, packed.len, in_order, 0, 0);
        buf_release(&packed);
    }
}

CHECK(packed_within_packed)
{
    struct buf inner, outer;
    struct pack_member member = {"shard.jsonl.gz", NULL};
    struct archive *a = archive_write_new();
    struct archive_entry *entry = archive_entry_new();

    pack_bytes(&inner, ARCHIVE_FILTER_GZIP, "{\"text\": \"deep\"}\n", 17);
    buf_init(&outer);
    archive_write_set_format_pax_restricted(a);
    archive_write_open(a, &outer, NULL, pack_write, NULL);
    archive_entry_set_pathname(entry, member.name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)inner.len);
    archive_write_header(a, entry);
    archive_write_data(a, inner.data, inner.len);
    archive_entry_free(entry);
    archive_write_close(a);
    archive_write_free(a);
    expect_records(outer.data, outer.len, "f/shard.jsonl.gz#1=deep\n", 0, 0);
    buf_release(&inner);
    buf_release(&outer);
}

CHECK(packed_too_often_is_a_fault)
{
    struct buf packed, outer;
    int i;

    pack_bytes(&packed, ARCHIVE_FILTER_GZIP, "text", 4);
    for (i = 0; i < 7; i++) {
        pack_zstd_long(&outer, 20, packed.data, packed.len);
        buf_release(&packed);
        packed = outer;
    }
    expect_records(packed.data, packed.len, "", 0, 1);
    buf_release(&packed);
}

CHECK(finds_members_again_and_goes_on_from_one)
{
    struct folder f;
    struct buf packed;
    struct record r;
    struct err e = ERR_INIT;
    struct heard h;

    folder_make(&f);
    pack_archive(&packed, ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_ZSTD, members, 4);
    folder_put(&f, "d.tar.zst", packed.data, packed.len);
    record_init(&r);
    assert_true(source_find(f.path, "d.tar.zst/dir/b.jsonl#2", &r, &e));
    assert_string_equal(r.text.data, "two");
    assert_int_equal(r.number, 2); /* b.jsonl's first was passed over unread with the rest of the tar */
    assert_true(source_find(f.path, "d.tar.zst/dir/a.txt", &r, &e));
    assert_int_equal(r.mtime, 1600000000);
    assert_false(source_find(f.path, "d.tar.zst/dir/c.txt", &r, &e));
    heard_init(&h);
    assert_true(heard_read(&h, &f, "d.tar.zst", 3));
    assert_string_equal(h.lines.data, "d.tar.zst/dir/b.jsonl#2=two\nd.tar.zst/\xC3\xA9.txt=last article\n");
    assert_int_equal(h.last, 4);
    heard_release(&h);
    record_release(&r);
    buf_release(&packed);
    folder_remove(&f);
}

CHECK(office_documents_are_no_archives_of_articles)
{
    static const struct pack_member epub[] = {{"mimetype", "application/epub+zip"}, {"a.xhtml", "<p>x</p>"}};
    struct buf packed;

    pack_archive(&packed, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, epub, 2);
    expect_records(packed.data, packed.len, "", 1, 0);
    buf_release(&packed);
}

/* Many lines that do not compress well, so that cutting leaves whole blocks before the cut. */
static void fill_lines(struct buf *text, int count)
{
    uint64_t seed = 7;
    int i, k;

    buf_init(text);
    for (i = 1; i <= count; i++) {
        buf_add_fmt(text, "{\"text\": \"%06d ", i);
        for (k = 0; k < 90; k++)
            buf_add_char(text, (char)('a' + dice(&seed, 26)));
        buf_add_str(text, "\"}\n");
    }
}

CHECK(a_cut_file_gives_what_came_before_and_one_fault)
{
    struct buf text, packed;
    int i;

    fill_lines(&text, 20000);
    for (i = 0; i < FILTERS; i++) {
        struct folder f;
        struct heard h;

        pack_bytes(&packed, filters[i], text.data, text.len);
        folder_make(&f);
        heard_init(&h);
        folder_put(&f, "cut", packed.data, packed.len * 9 / 10);
        assert_true(heard_read(&h, &f, "cut", 0));
                assert_int_equal(h.tally.faults, 1);
        assert_int_equal(h.tally.skipped, 0);
        if (filters[i] != ARCHIVE_FILTER_LZ4) /* whose one block is 4 MiB */
            assert_in_range(h.tally.records, 10000, 19000);
        assert_int_equal(h.tally.records, h.last);
        heard_release(&h);
        folder_remove(&f);
        buf_release(&packed);
    }
    buf_release(&text);
}

CHECK(a_damaged_file_is_not_read_as_if_nothing_were)
{
    struct buf text, packed;
    int i;

    fill_lines(&text, 20000);
    for (i = 0; i < FILTERS; i++) {
        struct folder f;
        struct heard h;

        pack_bytes(&packed, filters[i], text.data, text.len);
        memset(packed.data + packed.len * 9 / 10, 0x55, 64);
        folder_make(&f);
        heard_init(&h);
        folder_put(&f, "bad", packed.data, packed.len);
        assert_true(heard_read(&h, &f, "bad", 0));
        assert_true(h.tally.records <= 20000);
        if (filters[i] != ARCHIVE_FILTER_ZSTD) /* written without a checksum: only letters change */
            assert_true(h.tally.faults >= 1);
        heard_release(&h);
        folder_remove(&f);
        buf_release(&packed);
    }
    buf_release(&text);
}

CHECK(a_damaged_member_costs_no_other_one)
{
    struct buf packed, text;
    struct folder f;
    struct heard h;
    struct pack_member three[] = {{"a", "before"}, {"b", NULL}, {"c", "after"}};

    fill_lines(&text, 2000);
    three[1].bytes = text.data;
    pack_archive(&packed, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, three, 3);
    packed.data[packed.len / 2] ^= 0x20; /* one bit inside b */
    folder_make(&f);
    heard_init(&h);
    folder_put(&f, "f.zip", packed.data, packed.len);
    assert_true(heard_read(&h, &f, "f.zip", 0));
    assert_non_null(strstr(h.lines.data, "f.zip/a=before\n"));
    assert_non_null(strstr(h.lines.data, "f.zip/c=after\n"));
    assert_true(h.tally.faults >= 1);
    heard_release(&h);
    folder_remove(&f);
    buf_release(&packed);
    buf_release(&text);
}

/* Puts another size into the tar header at `at`, and the sum that belongs to it. */
static void put_size(struct buf *tar, size_t at, const char *size)
{
    char *head = tar->data + at;
    unsigned sum = 0;

    memcpy(head + 124, size, 12);
    memset(head + 148, ' ', 8);
    for (int i = 0; i < 512; i++)
        sum += (unsigned char)head[i];
    snprintf(head + 148, 8, "%06o", sum);
}

CHECK(sizes_that_a_header_claims_are_not_believed)
{
    static const char *const sizes[] = {"77777777777", "\x80\0\0\0\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
                                        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", "zzzzzzzzzzz"};
    static const struct pack_member two[] = {{"a.txt", "first article"}, {"b.txt", "second article"}};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct folder f;
        struct heard h;
        struct buf tar;

        pack_archive(&tar, ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, two, 2);
        put_size(&tar, 1024, sizes[i]);
        folder_make(&f);
        heard_init(&h);
        folder_put(&f, "f", tar.data, tar.len);
        assert_true(heard_read(&h, &f, "f", 0));
        assert_ptr_equal(strstr(h.lines.data, "f/a.txt=first article\n"), h.lines.data);
        assert_true(h.tally.records <= 2);
        assert_true(h.tally.faults + h.tally.records + h.tally.skipped > 1);
        heard_release(&h);
        folder_remove(&f);
        buf_release(&tar);
    }
}

/* The sizes in the local headers of a zip, and the method by which the first member is packed. */
CHECK(what_a_zip_claims_is_not_believed)
{
    static const struct {
        size_t at, len;
        const char *bytes;
    } lies[] = {{18, 4, "\xFF\xFF\xFF\x7F"}, {18, 4, "\1\0\0"}, {22, 4, "\xFF\xFF\xFF\xFF"}, {22, 4, "\0\0\0"},
                {18, 8, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"}, {26, 2, "\xFF\xFF"}, {28, 2, "\xFF\xFF"},
                {8, 2, "\x63\0"}, {6, 2, "\xFF\xFF"}};
    static const struct pack_member two[] = {{"a.txt", "first article"}, {"b.txt", "second article"}};

    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++)
        for (int second = 0; second < 2; second++) {
            struct folder f;
            struct heard h;
            struct buf zip;
            size_t at = 0;

            pack_archive(&zip, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, two, 2);
            for (at = (size_t)second; memcmp(zip.data + at, "PK\3\4", 4) != 0; at++)
                assert_true(at + 4 < zip.len);
            memcpy(zip.data + at + lies[i].at, lies[i].bytes, lies[i].len);
            folder_make(&f);
            heard_init(&h);
            folder_put(&f, "f", zip.data, zip.len);
            assert_true(heard_read(&h, &f, "f", 0));
            if (second)
                assert_ptr_equal(strstr(h.lines.data, "f/a.txt=first article\n"), h.lines.data);
            assert_true(h.tally.records <= 2);
            assert_true(h.tally.faults + h.tally.records + h.tally.skipped >= 1);
            heard_release(&h);
            folder_remove(&f);
            buf_release(&zip);
        }
}

/* As one that holds itself unpacks: in each archive an article, and the next archive. */
CHECK(archives_within_archives_end)
{
    static const int formats[] = {ARCHIVE_FORMAT_ZIP, ARCHIVE_FORMAT_TAR_USTAR};
    enum { LEVELS = 9, READ = 5 };

    for (size_t i = 0; i < 2; i++) {
        struct buf inner, outer;
        struct folder f;
        struct heard h;

        buf_init(&inner);
        buf_add_str(&inner, "the innermost");
        for (int level = 0; level < LEVELS; level++) {
            struct archive *a = archive_write_new();
            struct archive_entry *entry = archive_entry_new();
            struct {
                const char *name, *bytes;
                size_t len;
            } of[] = {{"a.txt", "article", 7}, {"b", inner.data, inner.len}, {"c.txt", "another", 7}};

            buf_init(&outer);
            assert_int_equal(archive_write_set_format(a, formats[i]), ARCHIVE_OK);
            archive_write_open(a, &outer, NULL, pack_write, NULL);
            for (size_t m = 0; m < 3; m++) {
                archive_entry_set_pathname(entry, of[m].name);
                archive_entry_set_filetype(entry, AE_IFREG);
                archive_entry_set_size(entry, (la_int64_t)of[m].len);
                assert_true(archive_write_header(a, entry) >= ARCHIVE_WARN);
                archive_write_data(a, of[m].bytes, of[m].len);
            }
            archive_entry_free(entry);
            archive_write_close(a);
            archive_write_free(a);
            buf_release(&inner);
            inner = outer;
        }
        folder_make(&f);
        heard_init(&h);
        folder_put(&f, "f", inner.data, inner.len);
        assert_true(heard_read(&h, &f, "f", 0));
        assert_int_equal(h.tally.records, 2 * READ);
        assert_int_equal(h.tally.faults, 1);
        assert_non_null(strstr(h.lines.data, "f/b/b/b/b/a.txt=article\n"));
        assert_non_null(strstr(h.lines.data, "f/c.txt=another\n"));
        assert_non_null(strstr(h.faults.data, "/b/b/b/b/b: packed more than 5 times"));
        heard_release(&h);
        folder_remove(&f);
        buf_release(&inner);
    }
}

CHECK(empty_files_within)
{
    static const struct pack_member empty[] = {{"a.txt", ""}, {"b.txt", "b"}};
    struct buf packed;

    pack_archive(&packed, ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, empty, 2);
    expect_records(packed.data, packed.len, "f/b.txt=b\n", 1, 0);
    buf_release(&packed);
    pack_bytes(&packed, ARCHIVE_FILTER_GZIP, "", 0);
    expect_records(packed.data, packed.len, "", 1, 0);
    buf_release(&packed);
}

CHECK(text_that_only_begins_like_an_archive)
{
    expect_records("BZh is not a word", 17, "f=BZh is not a word\n", 0, 0);
    expect_records("PK is a name", 12, "f=PK is a name\n", 0, 0);
}

CHECK_MAIN(T(compressed_text_by_its_content), T(several_members_of_gzip_and_frames_of_zstd),
           T(zstd_with_a_long_window), T(members_of_tar_and_zip), T(packed_within_packed),
           T(packed_too_often_is_a_fault), T(finds_members_again_and_goes_on_from_one),
           T(office_documents_are_no_archives_of_articles), T(a_cut_file_gives_what_came_before_and_one_fault),
           T(a_damaged_file_is_not_read_as_if_nothing_were), T(a_damaged_member_costs_no_other_one),
           T(sizes_that_a_header_claims_are_not_believed), T(what_a_zip_claims_is_not_believed),
           T(archives_within_archives_end),
           T(empty_files_within), T(text_that_only_begins_like_an_archive))
