/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "base/buf.h"
#include "doc/record.h"
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

/* The words of a line are those that terms_next finds in it, wherever it lies in the windows that are looked at. */
CHECK(words_are_found_while_lines_are_split)
{
    static const char *const parts[] = {
        "one", " ", "Two2", "2020", ", ", "-", "s", "...", "\n", "\t", "eightlet", "\xFF", "\x1B[1m",
        "\303\234ber", "na\xC3\xAFve", "\xE2\x80\x99", "\xC2\xAD", "\xC2\xA0", "\xE2\x80\xA8", "\xEF\xBC\x91",
        "\xE6\xBC\xA2", "\xD0\x9C\xD0\xB8\xD1\x80", "12\xD9\xA3",
        "aVeryLongWordThatIsLongerThanAnyWindowOfSixtyFourBytesAndGoesOnAndOnBehindIt",
    };
    enum { PARTS = sizeof parts / sizeof parts[0] };
    uint64_t seed = 1;
    struct buf text;
    struct lines l;
    size_t i, k, at;

    buf_init(&text);
    for (i = 0; i < 20000; i++)
        buf_add_str(&text, parts[dice(&seed, PARTS)]);
    lines_init(&l);
    lines_split(&l, text.data, text.len);
    assert_true(l.count > 500);
    for (i = 0; i < l.count; i++) {
        const struct lines_line *line = &l.line[i];
        size_t len = line->end - line->start;
        struct terms_word w;

        for (k = 0, at = 0; terms_next(l.text + line->start, len, at, &w); k++, at = terms_end(&w)) {
            const struct terms_word *found = &l.word[line->first_word + k];

            assert_true(k < line->word_count);
            assert_int_equal(found->start, w.start);
            assert_int_equal(found->len, w.len);
            assert_int_equal(found->number, w.number);
            assert_true(found->hash == w.hash);
        }
        assert_int_equal(k, line->word_count);
    }
    lines_release(&l);
    buf_release(&text);
}

CHECK(numbers_are_told_from_words)
{
    struct lines l;

    lines_init(&l);
    split(&l, "THE the 12 12th \xD9\xA3 Stra\xC3\x9F" "e x");
    assert_int_equal(l.word_count, 7);
    assert_true(l.word[0].hash == l.word[1].hash);
    assert_false(l.word[1].number);
    assert_true(l.word[2].number);
    assert_false(l.word[3].number);
    assert_true(l.word[4].number);
    assert_false(l.word[5].number);
    assert_int_equal(l.word[5].len, 7);
    lines_release(&l);
}

CHECK(plain_words_are_told)
{
    static const bool plain[] = {true, true, true, true, false, false, false, true, false, true};
    struct lines l;
    size_t i;

    lines_init(&l);
    split(&l, "a The BBC constitutional McGee iPhone 5th I na\xC3\xAFve CONSTITUTIONAL\n");
    assert_int_equal(l.word_count, sizeof plain / sizeof plain[0]);
    for (i = 0; i < l.word_count; i++)
        assert_int_equal(l.word[i].plain, plain[i]);
    lines_release(&l);
}

/* A text of count lines: each `line`. */
static void make(struct buf *b, size_t count, const char *line)
{
    buf_clear(b);
    while (count--)
        buf_add_str(b, line);
}

CHECK(a_page_without_end_is_taken_apart_so_far)
{
    struct lines l;
    struct buf b;
    size_t i;

    buf_init(&b);
    lines_init(&l);
    make(&b, RECORD_LINES, "a\n\n");
    lines_split(&l, b.data, b.len);
    assert_int_equal(l.count, RECORD_LINES);
    assert_int_equal(l.len, b.len - 1); /* of blank lines nobody asks */
    buf_add_str(&b, "one more");
    lines_split(&l, b.data, b.len);
    assert_int_equal(l.count, RECORD_LINES);
    assert_int_equal(l.len, b.len - strlen("\none more"));
    make(&b, RECORD_BYTES / 8 + 5, "seven l\n");
    lines_split(&l, b.data, b.len);
    assert_int_equal(l.len, RECORD_LINES * 8);
    make(&b, RECORD_BYTES / 3 + 5, "\xE6\x97\xA5"); /* one line: cut between two characters */
    lines_split(&l, b.data, b.len);
    assert_int_equal(l.count, 1);
    assert_int_equal(l.len, RECORD_BYTES / 3 * 3);
    assert_int_equal(l.line[0].end, l.len);
    b.data[0] = b.data[1] = b.data[2] = 'x'; /* and so wherever in a character the bytes end */
    for (i = 1; i < 3; i++) {
        lines_split(&l, b.data + i, b.len - i);
        assert_int_equal((l.len + i) % 3, 0);
    }
    lines_release(&l);
    buf_release(&b);
}

CHECK_MAIN(T(every_kind_of_line_end_ends_a_line), T(blank_lines_are_counted_not_kept),
           T(shape_is_counted_in_characters), T(bad_bytes_are_symbols),
           T(words_are_found_while_lines_are_split), T(numbers_are_told_from_words),
           T(plain_words_are_told), T(a_page_without_end_is_taken_apart_so_far))
