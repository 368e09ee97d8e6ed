/* SPDX-License-Identifier: ISC */
#include "folder.h"

#define MESSAGE(id, subject, more, text)                                                                     \
    "From: Ann <a@y.example>\nDate: Sun, 13 Sep 2020 12:00:00 +0000\nSubject: " subject "\nMessage-ID: <" id \
    ">\n" more "\n" text "\n"

static void make(struct folder *f)
{
    folder_make(f);
    folder_mkdir(f, "inbox");
    folder_mkdir(f, "inbox/cur");
    folder_mkdir(f, "inbox/new");
    folder_mkdir(f, "inbox/tmp");
    folder_put_str(f, "inbox/cur/1600000000.1.host:2,S", MESSAGE("a@y", "The boat", "", "It is gone."));
    folder_put_str(f, "inbox/new/1600000100.2.host",
                   MESSAGE("b@y", "Re: The boat", "References: <a@y>\n", "Where?"));
    folder_put_str(f, "inbox/cur/1600000050.3.host:2,", MESSAGE("c@y", "Other", "", "Else."));
    folder_put_str(f, "inbox/tmp/half", "From: half a mess");
    folder_put_str(f, "note.txt", "a note");
}

static const char *const threads =
    "== inbox#1600000000.1.host\ntitle: The boat\ndate: 2020-09-13T12:00\nby: Ann\n"
    "It is gone.\n-- b@y < 0, Ann, 2020-09-13T12:00\nWhere?\n"
    "== inbox#1600000050.3.host\ntitle: Other\ndate: 2020-09-13T12:00\nby: Ann\nElse.\n";

CHECK(is_one_file_of_the_walk)
{
    struct folder f;
    struct heard h;
    struct err e = ERR_INIT;
    char *path;

    make(&f);
    heard_init(&h);
    assert_true(source_walk(f.path, heard_file, heard_fault, &h, &e));
    assert_true(source_walk(folder_path(&f, "inbox"), heard_file, heard_fault, &h, &e));
    assert_string_equal(h.lines.data, "inbox\nnote.txt\ninbox\n");
    path = source_path(f.path, "inbox");
    assert_string_equal(path, folder_path(&f, "inbox"));
    free(path);
    path = source_path(folder_path(&f, "inbox"), "inbox");
    assert_string_equal(path, folder_path(&f, "inbox"));
    free(path);
    assert_string_equal(h.faults.data, "");
    heard_release(&h);
    folder_remove(&f);
}

CHECK(gives_threads)
{
    struct folder f;

    make(&f);
    expect_whole_file(&f, "inbox", threads);
    folder_remove(&f);
}

CHECK(finds_a_thread_again)
{
    struct folder f;
    struct record r;
    struct err e = ERR_INIT;

    make(&f);
    record_init(&r);
    assert_true(source_find(f.path, "inbox#1600000050.3.host", &r, &e));
    assert_string_equal(r.title, "Other");
    assert_true(source_find(folder_path(&f, "inbox"), "inbox#1600000000.1.host", &r, &e));
    assert_int_equal(r.comment_count, 1);
    assert_false(source_find(f.path, "inbox#1", &r, &e));
    record_release(&r);
    folder_remove(&f);
}

CHECK(a_folder_with_less_is_none)
{
    struct folder f;
    struct heard h;
    struct err e = ERR_INIT;

    make(&f);
    folder_remove_all(folder_path(&f, "inbox/tmp"));
    heard_init(&h);
    assert_true(source_walk(f.path, heard_file, heard_fault, &h, &e));
    assert_string_equal(h.lines.data, "inbox/cur/1600000000.1.host:2,S\ninbox/cur/1600000050.3.host:2,\n"
                                      "inbox/new/1600000100.2.host\nnote.txt\n");
    heard_release(&h);
    folder_remove(&f);
}

/* One without a writer would be an empty message, one with a writer that waits would hold the reader up. */
CHECK(what_is_no_message_is_said)
{
    struct folder f;
    struct heard h;
    int writer;

    make(&f);
    heard_init(&h);
    assert_int_equal(mkfifo(folder_path(&f, "inbox/cur/1600000060.4.host:2,"), 0600), 0);
    writer = open(folder_path(&f, "inbox/cur/1600000060.4.host:2,"), O_RDWR);
    assert_int_equal(symlink("/dev/zero", folder_path(&f, "inbox/new/1600000070.5.host")), 0);
    assert_int_equal(symlink("1600000080.6.host", folder_path(&f, "inbox/new/1600000080.6.host")), 0);
    assert_true(heard_read(&h, &f, "inbox", 0));
    assert_string_equal(h.lines.data, "inbox#1600000000.1.host=It is gone.\ninbox#1600000050.3.host=Else.\n");
    assert_non_null(strstr(h.faults.data, "cur/1600000060.4.host:2,: not a regular file\n"));
    assert_non_null(strstr(h.faults.data, "new/1600000070.5.host: not a regular file\n"));
    assert_non_null(strstr(h.faults.data, "new/1600000080.6.host: Too many levels"));
    assert_int_equal(h.tally.faults, 3);
    close(writer);
    heard_release(&h);
    folder_remove(&f);
}

CHECK_MAIN(T(what_is_no_message_is_said), T(is_one_file_of_the_walk), T(gives_threads), T(finds_a_thread_again),
           T(a_folder_with_less_is_none))
