/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

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

CHECK(zero_bytes_hide_nothing)
{
    static const char text[] = "No\0w the\0tram";
    struct anchor a = {.words = "the tram", .start = 0};
    size_t start, end;

    assert_true(anchor_find(&a, text, sizeof text - 1, &start, &end));
    assert_true(start == 5 && end == sizeof text - 1);
}

static uint64_t chance;

static uint32_t pick(uint32_t n)
{
    return (uint32_t)dice(&chance, n);
}

/* Adds words made by chance, with white space of all kinds. */
static void add_words(struct buf *b, int count)
{
    static const char *const words[] = {"tram", "the", "harbour", "éclair", "луна", "of", "12"};
    static const char *const spaces[] = {" ", " ", " ", "\n", "\n\n", "  "};

    for (int i = 0; i < count; i++) {
        buf_add_str(b, words[pick(7)]);
        buf_add_str(b, spaces[pick(6)]);
    }
}

/* Whatever is put in, taken out and wrapped anew around a passage, it is found, and with words of its own it is found
 * where it is. */
CHECK(a_passage_is_found_whatever_happens_around_it)
{
    for (uint32_t run = 0; run < 300; run++) {
        struct buf text, after, words, around[2];
        struct anchor a;
        size_t start, end, at;

        chance = run * 77 + 1;
        buf_init(&text);
        buf_init(&after);
        buf_init(&words);
        buf_init(&around[0]);
        buf_init(&around[1]);
        add_words(&text, (int)pick(60));
        at = text.len;
        buf_add_fmt(&words, "run%u said ", run);
        add_words(&words, 1 + (int)pick(12));
        buf_add_str(&words, "so");
        buf_add(&text, words.data, words.len);
        add_words(&text, (int)pick(60));
        anchor_add_before(&around[0], text.data, at);
        anchor_add_after(&around[1], text.data, text.len, at + words.len);
        a = (struct anchor){words.data, around[0].data, around[1].data, at};
        assert_true(anchor_find(&a, text.data, text.len, &start, &end));
        assert_true(start == at && end == at + words.len);
        add_words(&after, (int)pick(60));
        at = after.len;
        buf_add(&after, words.data, words.len);
        buf_add_char(&after, ' ');
        add_words(&after, (int)pick(60));
        assert_true(anchor_find(&a, after.data, after.len, &start, &end));
        assert_true(start == at && end == at + words.len);
        buf_release(&around[1]);
        buf_release(&around[0]);
        buf_release(&words);
        buf_release(&after);
        buf_release(&text);
    }
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
           T(a_passage_ends_with_a_whole_character), T(a_passage_is_found_whatever_happens_around_it),
           T(no_text_and_no_words_are_no_passage), T(zero_bytes_hide_nothing),
           T(the_surroundings_are_whole_characters))
