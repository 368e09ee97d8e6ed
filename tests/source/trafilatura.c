/* SPDX-License-Identifier: ISC */
#include "folder.h"

static const char doc[] =
    "<doc sitename=\"The Post\" title=\"A &amp; B\" author=\"Ann Lee; Bo Fox\" date=\"2020-02-03\" "
    "url=\"https://post.org/a\" hostname=\"post.org\" description=\"What happened\" language=\"en\">\n"
    "  <main><head rend=\"h2\">Part one</head><p>First <hi rend=\"#b\">bold</hi> words<lb/>and more.</p>"
    "<list rend=\"ul\"><item>one</item><item>two</item></list><quote>said so</quote>"
    "<p>See <ref target=\"https://x.org/\">this</ref>.</p></main>\n  <comments><p>I agree.</p></comments>\n</doc>\n";
static const char said[] = "title: A & B\nsite: The Post\nurl: https://post.org/a\ndate: 2020-02-03\nlang: en\n"
                           "lead: What happened\nby: Ann Lee\nby: Bo Fox\nPart one\n\nFirst bold words\nand more.\n\n"
                           "- one\n- two\n\n> said so\n\nSee this (https://x.org/).\n-- 1 < 0, ?, ?\nI agree.\n";

CHECK(one_document)
{
    struct buf expected;

    buf_init(&expected);
    buf_add_fmt(&expected, "== f#1\n%s", said);
    expect_whole(doc, expected.data);
    buf_release(&expected);
}

CHECK(several_documents_and_a_broken_end)
{
    struct buf bytes, expected;
    struct folder f;
    struct heard h;

    buf_init(&bytes);
    buf_init(&expected);
    buf_add_fmt(&bytes, "<?xml version=\"1.0\"?>\n<corpus>%s%s</corpus>", doc, doc);
    buf_add_fmt(&expected, "== f#1\n%s== f#2\n%s", said, said);
    expect_whole(bytes.data, expected.data);
    folder_make(&f);
    heard_init(&h);
    folder_put(&f, "f", bytes.data, bytes.len - strlen(doc) / 2);
    assert_true(heard_read(&h, &f, "f", 0));
    assert_true(h.tally.records >= 1);
    assert_int_equal(h.tally.faults, 1);
    heard_release(&h);
    folder_remove(&f);
    buf_release(&bytes);
    buf_release(&expected);
}

CHECK(what_follows_a_broken_one_is_found_again)
{
    static const char broken[] = "<doc><doc>words";
    struct err e = ERR_INIT;
    struct folder f;
    struct heard h;
    struct record r;

    folder_make(&f);
    heard_init(&h);
    record_init(&r);
    folder_put(&f, "f", broken, strlen(broken));
    heard_read(&h, &f, "f", 0);
    assert_int_equal(h.tally.records, 1);
    assert_true(source_find(f.path, "f#2", &r, &e));
    assert_string_equal(r.text.data, "words");
    record_release(&r);
    heard_release(&h);
    folder_remove(&f);
}

CHECK_MAIN(T(one_document), T(several_documents_and_a_broken_end), T(what_follows_a_broken_one_is_found_again))
