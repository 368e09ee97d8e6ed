/* SPDX-License-Identifier: ISC */
#include "folder.h"

#define FROM(n) "From x@y.example Sun Sep 13 12:0" n ":00 2020\n"
#define HEAD(n, from, subject)                                                                               \
    "From: " from " <x@y.example>\nDate: Sun, 13 Sep 2020 12:0" n ":00 +0000\nSubject: " subject "\n"

CHECK(threads_by_their_references)
{
    expect_whole(
        FROM("3")
            HEAD("3", "Cy",
                 "Re: The boat") "Message-ID: <c@y>\nReferences: <a@y> <b@y>\n\n> I saw "
                                 "it.\n\nWhere?\n\n" FROM("1")
                                     HEAD("1", "Ann",
                                          "The boat") "Message-ID: <a@y>\nList-Id: Harbour <h.y>\n\nIt is "
                                                      "gone.\n\n"
                                                      ">From here on, nothing.\n\n" FROM("2") HEAD(
                                                          "2", "Bo",
                                                          "Re: The boat") "Message-ID: <b@y>\nIn-Reply-To: "
                                                                          "<a@y>\n\nI saw it.\n\n" FROM("4")
                                                                              HEAD(
                                                                                  "4", "Di",
                                                                                  "Other") "Message-ID: "
                                                                                           "<d@y>\n\nElse.\n",
        "== f#2\ntitle: The boat\nsite: Harbour\ndate: 2020-09-13T12:01\nby: Ann\nIt is gone.\n\n"
        "From here on, nothing.\n"
        "-- b@y < 0, Bo, 2020-09-13T12:02\nI saw it.\n"
        "-- c@y < b@y, Cy, 2020-09-13T12:03\n> I saw it.\n\nWhere?\n"
        "== f#4\ntitle: Other\ndate: 2020-09-13T12:04\nby: Di\nElse.\n");
}

CHECK(a_missing_message_keeps_the_thread_together)
{
    expect_whole(
        FROM("1") HEAD("1", "Ann", "The boat") "Message-ID: <a@y>\n\none\n\n" FROM("3") HEAD(
            "3", "Cy", "Re: The boat") "Message-ID: <c@y>\nReferences: <a@y> <b@y>\n\nthree\n\n" FROM("4")
            HEAD("4", "Di", "Re: The boat") "Message-ID: <d@y>\nReferences: <a@y> <b@y> <c@y>\n\nfour\n",
        "== f#1\ntitle: The boat\ndate: 2020-09-13T12:01\nby: Ann\none\n"
        "-- c@y < 0, Cy, 2020-09-13T12:03\nthree\n-- d@y < c@y, Di, 2020-09-13T12:04\nfour\n");
}

CHECK(answers_without_references_go_by_their_subject)
{
    expect_whole(FROM("1") HEAD("1", "Ann", "The Boat") "Message-ID: <a@y>\n\none\n\n" FROM("2")
                     HEAD("2", "Bo", "The boat") "Message-ID: <b@y>\n\nanother\n\n" FROM("3")
                         HEAD("3", "Cy", "AW: Re: the boat") "Message-ID: <c@y>\n\nthree\n",
                 "== f#1\ntitle: The Boat\ndate: 2020-09-13T12:01\nby: Ann\none\n"
                 "-- c@y < 0, Cy, 2020-09-13T12:03\nthree\n"
                 "== f#2\ntitle: The boat\ndate: 2020-09-13T12:02\nby: Bo\nanother\n");
}

CHECK(a_message_of_a_maildir)
{
    expect_whole(HEAD("1", "Ann", "The boat") "Message-ID: <a@y>\n\nOne: two\n",
                 "== f\ntitle: The boat\ndate: 2020-09-13T12:01\nby: Ann\nOne: two\n");
}

CHECK(text_that_begins_with_from_is_text)
{
    expect_records("From the harbour at 12:00\nit is 2020 miles\n", 43,
                   "f=From the harbour at 12:00\nit is 2020 miles\n\n", 0, 0);
}

CHECK_MAIN(T(threads_by_their_references), T(a_missing_message_keeps_the_thread_together),
           T(answers_without_references_go_by_their_subject), T(a_message_of_a_maildir),
           T(text_that_begins_with_from_is_text))
