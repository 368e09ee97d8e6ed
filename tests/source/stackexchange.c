/* SPDX-License-Identifier: ISC */
#include "folder.h"

static const char posts[] =
    "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<posts>\n"
    "  <row Id=\"2\" PostTypeId=\"2\" ParentId=\"1\" CreationDate=\"2020-09-13T12:30:00.123\" Score=\"5\" "
    "Body=\"&lt;p&gt;Use &lt;code&gt;tar&lt;/code&gt;.&lt;/p&gt;&#xA;&lt;pre&gt;&lt;code&gt;tar "
    "x&#xA;&lt;/code&gt;"
    "&lt;/pre&gt;\" OwnerUserId=\"9\" CommentCount=\"1\" />\n"
    "  <row Id=\"1\" PostTypeId=\"1\" AcceptedAnswerId=\"2\" CreationDate=\"2020-09-13T12:00:00.000\" "
    "Score=\"3\" "
    "Body=\"&lt;p&gt;How?&lt;/p&gt;\" OwnerDisplayName=\"Ann\" Title=\"Unpacking\" Tags=\"&lt;tar&gt;\" />\n"
    "</posts>\n";
static const char comments[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<comments>\n"
    "  <row Id=\"7\" PostId=\"2\" Score=\"0\" Text=\"Thanks!\" CreationDate=\"2020-09-13T12:40:00.000\" "
    "UserId=\"3\" />\n"
    "  <row Id=\"8\" PostId=\"1\" Score=\"2\" Text=\"Which one?\" CreationDate=\"2020-09-13T12:10:00.000\" "
    "UserDisplayName=\"Bo\" />\n</comments>\n";
static const char question[] =
    "title: Unpacking\nsite: Stack Exchange\ndate: 2020-09-13T12:00\nby: Ann\nHow?\n";

CHECK(questions_with_answers_and_comments)
{
    struct folder f;
    struct buf expected;
    struct heard h;

    folder_make(&f);
    buf_init(&expected);
    folder_put_str(&f, "Posts.xml", posts);
    buf_add_fmt(&expected, "== Posts.xml#1\n%s-- p2 < 0, user9, 2020-09-13T12:30, 5\nUse tar.\n\n    tar x\n",
                question);
    expect_whole_file(&f, "Posts.xml", expected.data);
    buf_clear(&expected);
    folder_put_str(&f, "Comments.xml", comments);
    buf_add_fmt(&expected,
                "== Posts.xml#1\n%s-- c8 < 0, Bo, 2020-09-13T12:10, 2\nWhich one?\n"
                "-- p2 < 0, user9, 2020-09-13T12:30, 5\nUse tar.\n\n    tar x\n"
                "-- c7 < p2, user3, 2020-09-13T12:40, 0\nThanks!\n",
                question);
    expect_whole_file(&f, "Posts.xml", expected.data);
    heard_init(&h);
    assert_true(heard_read(&h, &f, "Comments.xml", 0));
    assert_int_equal(h.tally.skipped, 1);
    heard_release(&h);
    buf_release(&expected);
    folder_remove(&f);
}

CHECK(comments_alone)
{
    expect_whole(
        comments,
        "== f#p2\nsite: Stack Exchange\n[missing]\n-- c7 < 0, user3, 2020-09-13T12:40, 0\nThanks!\n"
        "== f#p1\nsite: Stack Exchange\n[missing]\n-- c8 < 0, Bo, 2020-09-13T12:10, 2\nWhich one?\n");
}

CHECK(an_attribute_without_end_is_said)
{
    enum { LONG = 11000000 };
    struct folder f;
    struct heard h;
    struct buf b;

    buf_init(&b);
    buf_add_str(&b, "<posts>\n<row Id=\"1\" PostTypeId=\"1\" Title=\"Ferry\" Body=\"It runs.\"/>\n"
                    "<row Id=\"2\" PostTypeId=\"1\" Title=\"Long\" Body=\"");
    buf_reserve(&b, LONG);
    memset(b.data + b.len, 'a', LONG);
    b.len += LONG;
    buf_add_str(&b, "\"/>\n</posts>\n");
    folder_make(&f);
    heard_init(&h);
    folder_put(&f, "Posts.xml", b.data, b.len);
    assert_true(heard_read(&h, &f, "Posts.xml", 0));
    assert_string_equal(h.lines.data, "Posts.xml#1=It runs.\n");
    assert_non_null(strstr(h.faults.data, "Posts.xml: line 3: more than 10 MB in one element or attribute; "
                                          "what stands behind it is not read\n"));
    heard_release(&h);
    folder_remove(&f);
    buf_release(&b);
}

CHECK_MAIN(T(questions_with_answers_and_comments), T(comments_alone), T(an_attribute_without_end_is_said))
