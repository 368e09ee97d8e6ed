/* SPDX-License-Identifier: ISC */
#include "folder.h"

CHECK(threads_with_their_posts)
{
    expect_whole(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<disqus xmlns=\"http://disqus.com\" "
        "xmlns:dsq=\"http://disqus.com/disqus-internals\">\n<category "
        "dsq:id=\"1\"><forum>h</forum></category>\n"
        "<thread dsq:id=\"7\"><forum>harbour</forum><link>https://h.example/low</link><title>Low tide</title>"
        "<message/><createdAt>2020-09-13T12:00:00Z</createdAt><author><name>Mira</name></author></thread>\n"
        "<thread dsq:id=\"8\"><forum>harbour</forum><title>Unread</title></thread>\n"
        "<post dsq:id=\"20\"><message><![CDATA[<p>Mud, "
        "<b>mostly</b>.</p>]]></message><createdAt>2020-09-13T13:00:00Z"
        "</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ann</name></author>"
        "<thread dsq:id=\"7\"/></post>\n"
        "<post "
        "dsq:id=\"21\"><message><![CDATA[<p>gone</p>]]></message><createdAt>2020-09-13T13:05:00Z</createdAt>"
        "<isDeleted>true</isDeleted><author><name>Bo</name></author><thread dsq:id=\"7\"/><parent "
        "dsq:id=\"20\"/></post>\n"
        "<post dsq:id=\"22\"><message>buy</message><isSpam>true</isSpam><thread dsq:id=\"7\"/></post>\n"
        "<post dsq:id=\"23\"><message>re: nobody</message><createdAt>2020-09-13T14:00:00Z</createdAt>"
        "<author><name>Cy</name></author><thread dsq:id=\"7\"/><parent dsq:id=\"99\"/></post>\n</disqus>\n",
        "== f#7\ntitle: Low tide\nsite: harbour\nurl: https://h.example/low\ndate: 2020-09-13T12:00\nby: "
        "Mira\n"
        "Low tide\n\nhttps://h.example/low\n"
        "-- p99 < 0, ?, ?, removed\n[missing]\n-- p23 < p99, Cy, 2020-09-13T14:00\nre: nobody\n"
        "-- p20 < 0, Ann, 2020-09-13T13:00\nMud, mostly.\n-- p21 < p20, Bo, 2020-09-13T13:05, removed\ngone\n"
        "== f#8\ntitle: Unread\nsite: harbour\nUnread\n");
}

CHECK_MAIN(T(threads_with_their_posts))
