/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "source/mail.h"

static void expect_text(const char *message, const char *text)
{
    struct arena arena;
    struct mail m;

    arena_init(&arena);
    mail_read(message, strlen(message), &arena, &m);
    assert_string_equal(m.text, text);
    arena_release(&arena);
}

CHECK(fields)
{
    static const char message[] =
        "From: =?utf-8?q?J=C3=B6rg_M?= <jm@x.example>\nTo: l@x.example\nSubject: =?iso-8859-1?q?Re:_caf=E9?=\n"
        "Date: Sun, 13 Sep 2020 14:26:40 +0200\nMessage-ID: <c@x>\nIn-Reply-To: <b@x>\n"
        "References: <a@x>\n <b@x>\nList-Id: \"Harbour talk\" <h.x.example>\n\nHello.\n";
    struct arena arena;
    struct mail m;

    arena_init(&arena);
    mail_read(message, sizeof message - 1, &arena, &m);
    assert_string_equal(m.id, "c@x");
    assert_string_equal(m.author, "Jörg M");
    assert_string_equal(m.subject, "Re: café");
    assert_string_equal(m.published, "2020-09-13T14:26");
    assert_string_equal(m.list, "Harbour talk");
    assert_int_equal(m.reference_count, 2);
    assert_string_equal(m.references[0], "a@x");
    assert_string_equal(m.references[1], "b@x");
    assert_string_equal(m.text, "Hello.");
    arena_release(&arena);
}

CHECK(encodings_of_text)
{
    expect_text("Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
                "caf=C3=A9 =\nau lait\n",
                "café au lait");
    expect_text("Subject: x\nContent-Type: text/plain; charset=iso-8859-2\nContent-Transfer-Encoding: base64\n\n"
                "s/NrYQ==\n",
                "łóka");
    expect_text("Subject: x\n\ncaf\xE9 without a word on it\n", "café without a word on it");
    expect_text("Subject: x\nContent-Type: text/plain; charset=no-such-set\n\nplain\n", "plain");
    expect_text("Subject: x\nContent-Type: text/html; charset=utf-8\n\n<p>one</p><p>two</p>\n", "one\n\ntwo");
    expect_text("Subject: x\nContent-Type: text/plain; format=flowed\n\none \ntwo\n> three \n> four\n\n  five\n",
                "one two\n> three \n> four\n\n five");
}

CHECK(parts)
{
    expect_text("Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                "Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nplain\n--c\n"
                "Content-Type: text/html\n\n<p>html</p>\n--c--\n--b\nContent-Type: image/png\n"
                "Content-Transfer-Encoding: base64\n\niVBORw0K\n--b\nContent-Type: text/plain\n"
                "Content-Disposition: attachment; filename=a.txt\n\nattached\n--b\nContent-Type: text/plain\n\nfooter\n"
                "--b--\n",
                "plain\n\nfooter");
    expect_text("Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                "Content-Type: text/plain\n\nnever ended",
                "never ended");
}

CHECK(bare_subjects)
{
    assert_string_equal(mail_bare_subject("Re: AW: re:  The boat"), "The boat");
    assert_string_equal(mail_bare_subject("Regarding: boats"), "Regarding: boats");
    assert_string_equal(mail_bare_subject("Re:"), "");
}

CHECK(knows_messages_from_text)
{
    static const char message[] = "From: a@x\nDate: Sun, 13 Sep 2020 14:26:40 +0200\nSubject: x\n\nHi: there\n";
    static const char text[] = "Note: this is\nNot: mail\nSubject: none\n";

    assert_true(mail_is(message, sizeof message - 1));
    assert_false(mail_is(text, sizeof text - 1));
    assert_false(mail_is("", 0));
}

CHECK_MAIN(T(fields), T(encodings_of_text), T(parts), T(bare_subjects), T(knows_messages_from_text))
