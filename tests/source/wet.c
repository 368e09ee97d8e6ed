/* SPDX-License-Identifier: ISC */
#include "pack.h"

static const char info[] = "WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
                           "Content-Length: 6\r\n\r\na: b\r\n\r\n\r\n";

static void add_page(struct buf *out, const char *url, const char *language, const char *text)
{
    buf_add_fmt(out,
                "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: %s\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
                "WARC-Identified-Content-Language: %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n"
                "%s\r\n\r\n",
                url, language, strlen(text), text);
}

CHECK(pages_by_their_stated_length)
{
    struct buf wet;

    buf_init(&wet);
    buf_add_str(&wet, info);
    add_page(&wet, "https://a.org/1", "eng,fra", "First\nWARC/1.0\r\nWARC-Type: conversion\r\n\r\nstill the first");
    add_page(&wet, "https://a.org/2", "xxx", "Вторая");
    expect_whole(wet.data,
                 "== f#2\nurl: https://a.org/1\nlang: en\nFirst\nWARC/1.0\r\nWARC-Type: conversion\r\n\r\n"
                 "still the first\n== f#3\nurl: https://a.org/2\nВторая\n");
    buf_release(&wet);
}

CHECK(one_gzip_member_a_record)
{
    struct buf page, packed, all;
    int i;

    buf_init(&all);
    for (i = 0; i < 3; i++) {
        buf_init(&page);
        add_page(&page, "https://a.org/", "eng", i == 1 ? "two" : "other");
        pack_bytes(&packed, ARCHIVE_FILTER_GZIP, page.data, page.len);
        buf_add(&all, packed.data, packed.len);
        buf_release(&page);
        buf_release(&packed);
    }
    expect_records(all.data, all.len, "f#1=other\nf#2=two\nf#3=other\n", 0, 0);
    buf_release(&all);
}

CHECK(a_broken_record_costs_no_other)
{
    struct buf wet;

    buf_init(&wet);
    add_page(&wet, "https://a.org/1", "eng", "one");
    buf_add_str(&wet, "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: many\r\n\r\nlost\r\n\r\n");
    add_page(&wet, "https://a.org/3", "eng", "three");
    buf_add_str(&wet, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n");
    add_page(&wet, "https://a.org/5", "eng", "five");
    expect_records(wet.data, wet.len, "f#1=one\nf#3=three\nf#5=five\n", 1, 1);
    expect_records(wet.data, wet.len - 6, "f#1=one\nf#3=three\n", 1, 2);
    buf_release(&wet);
}

CHECK_MAIN(T(pages_by_their_stated_length), T(one_gzip_member_a_record), T(a_broken_record_costs_no_other))
