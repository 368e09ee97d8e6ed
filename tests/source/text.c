/* SPDX-License-Identifier: ISC */
#include "folder.h"

CHECK(a_file_is_a_record)
{
    expect_records("Headline\r\n\r\nBody\rold\n", 21, "f=Headline\r\n\r\nBody\rold\n\n", 0, 0);
}

CHECK(encodings_come_out_as_utf8)
{
    expect_records("\xFF\xFEh\0i\0", 6, "f=\xEF\xBB\xBFhi\n", 0, 0);
    expect_records("caf\xE9", 4, "f=caf\xC3\xA9\n", 0, 0);
    expect_records("\xCF\xEE\xE3\xEE\xE4\xE0", 6, "f=Погода\n", 0, 0);
}

CHECK(empty_and_binary_files_are_skipped)
{
    char zeros[4096] = "";

    expect_records("", 0, "", 1, 0);
    expect_records(" \r\n\t\n", 5, "", 1, 0);
    expect_records(zeros, sizeof zeros, "", 1, 0);
    expect_records("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0", 24, "", 1, 0);
}

CHECK(scripts_are_programs_and_no_articles)
{
    expect_records("#!/bin/sh\necho no article\n", 26, "", 1, 0);
    expect_records("#! /usr/bin/env python3\n", 24, "", 1, 0);
}

CHECK(nuls_stay_in_the_text)
{
    struct folder f;
    struct record r;
    struct err e = ERR_INIT;

    folder_make(&f);
    folder_put(&f, "n.txt", "one\0two and more text", 21);
    record_init(&r);
    assert_true(source_find(f.path, "n.txt", &r, &e));
    assert_int_equal(r.text.len, 21);
    assert_memory_equal(r.text.data, "one\0two and more text", 21);
    assert_int_equal(r.source_len, 21);
    record_release(&r);
    folder_remove(&f);
}

CHECK(a_line_of_fifty_megabytes)
{
    size_t len = 50u << 20;
    char *bytes = malloc(len);
    struct folder f;
    struct record r;
    struct err e = ERR_INIT;

    memset(bytes, 'x', len);
    bytes[len - 1] = '!';
    folder_make(&f);
    folder_put(&f, "long.txt", bytes, len);
    record_init(&r);
    assert_true(source_find(f.path, "long.txt", &r, &e));
    assert_int_equal(r.text.len, len);
    assert_memory_equal(r.text.data, bytes, len);
    record_release(&r);
    folder_remove(&f);
    free(bytes);
}

CHECK_MAIN(T(a_file_is_a_record), T(encodings_come_out_as_utf8), T(empty_and_binary_files_are_skipped),
           T(scripts_are_programs_and_no_articles),
           T(nuls_stay_in_the_text), T(a_line_of_fifty_megabytes))
