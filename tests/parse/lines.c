/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "parse/lines.h"

static void split(struct lines *l, const char *text)
{
    lines_split(l, text, strlen(text));
}

static void assert_line(const struct lines *l, size_t i, const char *expected)
{
    assert_true(i < l->count);
    assert_int_equal(l->line[i].end - l->line[i].start, strlen(expected));
    assert_memory_equal(l->text + l->line[i].start, expected, strlen(expected));
}

CHECK(every_kind_of_line_end_ends_a_line)
{
    struct lines l;

    lines_init(&l);
    split(&l, "one\ntwo\r\nthree\rfour\xC2\x85" "five\xE2\x80\xA8six\xE2\x80\xA9seven");
    assert_int_equal(l.count, 7);
    assert_line(&l, 1, "two");
    assert_line(&l, 3, "four");
    assert_line(&l, 6, "seven");
    assert_int_equal(l.line[2].blank_before, 0);
    lines_release(&l);
}

CHECK(blank_lines_are_counted_not_kept)
{
    struct lines l;

    lines_init(&l);
    split(&l, "\xEF\xBB\xBF\n \t\n  first \xC2\xA0\n\xE2\x80\x8B\n\xE3\x80\x80\n\tsecond  \n\n");
    assert_int_equal(l.count, 2);
    assert_line(&l, 0, "first");
    assert_int_equal(l.line[0].blank_before, 2);
    assert_int_equal(l.line[0].indent, 2);
    assert_line(&l, 1, "second");
    assert_int_equal(l.line[1].blank_before, 2);
    assert_int_equal(l.line[1].indent, 8);
    split(&l, " \n\t\n");
    assert_int_equal(l.count, 0);
    split(&l, "");
    assert_int_equal(l.count, 0);
    lines_release(&l);
}

CHECK(shape_is_counted_in_characters)
{
    const struct lines_line *line;
    struct lines l;

    lines_init(&l);
    split(&l, " Über 12 «Äpfel», dann | Ende. 漢字だ don't \t");
    line = &l.line[0];
    assert_int_equal(line->count[LINES_UPPER], 3);
    assert_int_equal(line->count[LINES_DIGIT], 2);
    assert_int_equal(line->count[LINES_QUOTE], 3);
    assert_int_equal(line->count[LINES_COMMA], 1);
    assert_int_equal(line->count[LINES_STOP], 1);
    assert_int_equal(line->count[LINES_BAR], 1);
    assert_int_equal(line->count[LINES_LETTER], 3);
    assert_int_equal(line->wide, 3);
    assert_int_equal(line->words, 7);
    assert_int_equal(line->capital, 3);
    assert_int_equal(line->chars, 39);
    lines_release(&l);
}

CHECK(bad_bytes_are_symbols)
{
    struct lines l;

    lines_init(&l);
    lines_split(&l, "a\xFF\xE2\x80\nb\0c", 8);
    assert_int_equal(l.count, 2);
    assert_int_equal(l.line[0].count[LINES_SYMBOL], 3);
    assert_int_equal(l.line[1].chars, 3);
    lines_release(&l);
}

CHECK_MAIN(T(every_kind_of_line_end_ends_a_line), T(blank_lines_are_counted_not_kept),
           T(shape_is_counted_in_characters), T(bad_bytes_are_symbols))
