/* SPDX-License-Identifier: ISC */
#include "folder.h"

static void expect_str(const char *bytes, const char *lines, long skipped, long faults)
{
    expect_records(bytes, strlen(bytes), lines, skipped, faults);
}

CHECK(one_object_a_line)
{
    expect_str("{\"text\": \"one\"}\n{\"text\": \"two\"}", "f#1=one\nf#2=two\n", 0, 0);
    expect_str("\xEF\xBB\xBF{\"text\": \"one\"}\r\n\r\n{\"text\": \"two\"}\r\n", "f#1=one\nf#3=two\n", 0, 0);
    expect_str("{\"text\": \"only\"}", "f#1=only\n", 0, 0);
}

CHECK(one_bad_line_costs_no_other)
{
    expect_str("{\"text\": \"one\"}\n{\"text\": \"cut\n{\"text\": \"three\"}\n[1]\nnull\n7\n{\"text\": \"seven\"}\n",
               "f#1=one\nf#3=three\nf#7=seven\n", 1, 3);
    expect_str("{\"text\": \"cut\n{\"text\": \"two\"}\n", "f#2=two\n", 0, 1);
    expect_str("null\nnull\n{\"text\": \"three\"}\n", "f#3=three\n", 2, 0);
}

CHECK(a_fault_says_where_and_why)
{
    struct folder f;
    struct heard h;

    folder_make(&f);
    heard_init(&h);
    folder_put_str(&f, "x.jsonl", "{\"text\": \"one\"}\n{\"text\": two}\n");
    assert_true(heard_read(&h, &f, "x.jsonl", 0));
    assert_non_null(strstr(h.faults.data, "/x.jsonl#2: not JSON at byte "));
    heard_release(&h);
    folder_remove(&f);
}

CHECK(many_faults_are_counted_and_not_all_told)
{
    struct folder f;
    struct heard h;
    struct buf lines;
    const char *at;
    int i, told = 0;

    buf_init(&lines);
    buf_add_str(&lines, "{\"text\": \"one\"}\n");
    for (i = 0; i < 1000; i++)
        buf_add_str(&lines, "bad\n");
    folder_make(&f);
    heard_init(&h);
    folder_put(&f, "x", lines.data, lines.len);
    assert_true(heard_read(&h, &f, "x", 0));
    for (at = h.faults.data; (at = strchr(at, '\n')); at++)
        told++;
    assert_int_equal(told, 101);
    assert_non_null(strstr(h.faults.data, "/x: 900 more faults\n"));
    assert_int_equal(h.tally.faults, 1000);
    heard_release(&h);
    folder_remove(&f);
    buf_release(&lines);
}

CHECK(what_is_almost_json_is_mended)
{
    expect_str("{\"text\": \"a\", \"author\": NaN, \"score\": -Infinity}\n", "f#1=a\n", 0, 0);
    expect_str("{\"text\": \"half \\ud83d end\"}\n", "f#1=half \xEF\xBF\xBD end\n", 0, 0);
    expect_str("{\"text\": \"whole \\ud83d\\ude42\", \"x\": NaN}\n", "f#1=whole \xF0\x9F\x99\x82\n", 0, 0);
    expect_str("{\"text\": \"caf\xE9\"}\n", "f#1=caf\xC3\xA9\n", 0, 0);
    expect_str("{\"text\": \"tab\there NaN\", \"n\": NaN}\n", "f#1=tab\there NaN\n", 0, 0);
    expect_records("{\"text\": \"nul\\u0000here\"}\n", 26, "f#1=nul\0here\n", 0, 0);
}

CHECK(objects_without_text_are_no_articles)
{
    expect_str("{\"text\": \"\"}\n{\"url\": \"https://x.org/\"}\n{}\n{\"text\": \"x\"}\n", "f#4=x\n", 3, 0);
}

CHECK(text_that_begins_with_a_brace_is_text)
{
    expect_str("{not json} at all\n", "f={not json} at all\n\n", 0, 0);
    expect_str("{\n  look, a poem\n}\n", "f={\n  look, a poem\n}\n\n", 0, 0);
}

CHECK(goes_on_from_a_line)
{
    struct folder f;
    struct heard h;

    folder_make(&f);
    heard_init(&h);
    folder_put_str(&f, "x", "{\"text\": \"one\"}\nbad\n\n{\"text\": \"four\"}\n{\"text\": \"five\"}\n");
    h.stop_after = 2;
    assert_false(heard_read(&h, &f, "x", 0));
    assert_int_equal(h.last, 4);
    assert_true(heard_read(&h, &f, "x", h.last + 1));
    assert_string_equal(h.lines.data, "x#1=one\nx#4=four\nx#5=five\n");
    assert_int_equal(h.tally.faults, 1);
    heard_release(&h);
    folder_remove(&f);
}

CHECK(a_very_long_line)
{
    size_t len = 20u << 20;
    struct buf line;
    struct folder f;
    struct record r;
    struct err e = ERR_INIT;

    buf_init(&line);
    buf_add_str(&line, "{\"text\": \"");
    while (line.len < len)
        buf_add_str(&line, "many words in one line, ");
    buf_add_str(&line, "end\"}\n{\"text\": \"next\"}\n");
    folder_make(&f);
    folder_put(&f, "x", line.data, line.len);
    record_init(&r);
    assert_true(source_find(f.path, "x#1", &r, &e));
    assert_true(r.text.len >= len - 10);
    assert_true(source_find(f.path, "x#2", &r, &e));
    assert_string_equal(r.text.data, "next");
    record_release(&r);
    folder_remove(&f);
    buf_release(&line);
}

CHECK_MAIN(T(one_object_a_line), T(one_bad_line_costs_no_other), T(a_fault_says_where_and_why),
           T(many_faults_are_counted_and_not_all_told),
           T(what_is_almost_json_is_mended), T(objects_without_text_are_no_articles),
           T(text_that_begins_with_a_brace_is_text), T(goes_on_from_a_line), T(a_very_long_line))
