/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "doc/anchor.h"

static const char *find(const char *text, struct anchor a)
{
    static char found[512];
    size_t start, end;

    if (!anchor_find(&a, text, strlen(text), &start, &end))
        return "(gone)";
    assert_true(start < end && end <= strlen(text));
    snprintf(found, sizeof found, "%zu %.*s", start, (int)(end - start), text + start);
    return found;
}

CHECK(what_has_not_moved_is_where_it_was)
{
    struct anchor a = {.words = "the tram", .before = "took ", .after = " home", .start = 8};

    assert_string_equal(find("We took the tram home.", a), "8 the tram");
    a.start = 8000;
    assert_string_equal(find("We took the tram home.", a), "8 the tram");
}

CHECK(other_white_space_is_no_other_passage)
{
    struct anchor a = {.words = "the long\nnight  tram", .start = 3};

    assert_string_equal(find("So the long night\n\n tram came", a), "3 the long night\n\n tram");
    assert_string_equal(find("the long night bus came", a), "0 the long night");
    a.words = "long";
    assert_string_equal(find("a bus", a), "(gone)");
}

CHECK(of_several_places_the_one_with_the_same_surroundings_is_meant)
{
    struct anchor a = {.words = "no comment", .before = "said the mayor: ", .after = ", twice", .start = 0};

    assert_string_equal(find("no comment. Said she: no comment; and said the mayor: no comment, twice", a),
                        "54 no comment");
    a.before = a.after = NULL;
    a.start = 30;
    assert_string_equal(find("no comment, and then again: no comment, and no comment", a), "28 no comment");
}

CHECK(a_few_changed_words_are_borne)
{
    struct anchor a = {.words = "the harbour library opens its night hall to all readers", .start = 0};

    assert_string_equal(find("News: the harbour library reopens its night hall to readers today.", a),
                        "6 the harbour library reopens its night hall to readers");
    assert_string_equal(find("the harbour library burned down, and its readers read at night in the hall", a),
                        "(gone)");
    a.words = "opens now";
    assert_string_equal(find("it opens today", a), "(gone)");
}

CHECK(a_passage_ends_with_a_whole_character)
{
    struct anchor a = {.words = "caf\xc3\xa9", .start = 5};

    assert_string_equal(find("un caf\xc3\xa9, deux", a), "3 caf\xc3\xa9");
    a.words = "un  \xd0\xbb\xd1\x83\xd0\xbd\xd0\xb0";
    assert_string_equal(find("un \xd0\xbb\xd1\x83\xd0\xbd\xd0\xb0.", a), "0 un \xd0\xbb\xd1\x83\xd0\xbd\xd0\xb0");
}

CHECK(no_text_and_no_words_are_no_passage)
{
    struct anchor a = {.words = "x", .start = 0};

    assert_string_equal(find("", a), "(gone)");
    a.words = "";
    a.start = 5;
    assert_string_equal(find("ab", a), "(gone)");
}

CHECK(the_surroundings_are_whole_characters)
{
    char text[81];
    struct buf b;

    for (int i = 0; i < 80; i++)
        text[i] = "\xd0\xbb"[i % 2];
    text[80] = '\0';
    buf_init(&b);
    anchor_add_before(&b, text, 80);
    assert_true(b.len >= ANCHOR_AROUND - 3 && b.len <= ANCHOR_AROUND && b.len % 2 == 0);
    buf_clear(&b);
    anchor_add_after(&b, text, 80, 2);
    assert_true(b.len >= ANCHOR_AROUND - 3 && b.len <= ANCHOR_AROUND && b.len % 2 == 0);
    buf_clear(&b);
    anchor_add_after(&b, text, 80, 80);
    anchor_add_before(&b, text, 0);
    assert_int_equal(b.len, 0);
    buf_release(&b);
}

CHECK_MAIN(T(what_has_not_moved_is_where_it_was), T(other_white_space_is_no_other_passage),
           T(of_several_places_the_one_with_the_same_surroundings_is_meant), T(a_few_changed_words_are_borne),
           T(a_passage_ends_with_a_whole_character), T(no_text_and_no_words_are_no_passage),
           T(the_surroundings_are_whole_characters))
