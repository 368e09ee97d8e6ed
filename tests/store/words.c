/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "store/words.h"

/* The words of text with "|" between them. */
static const char *cut(const char *text)
{
    static char out[4096];
    struct words w;
    struct word word;
    size_t at = 0;

    out[0] = 0;
    words_init(&w, text, strlen(text));
    while (words_next(&w, &word))
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s", at ? "|" : "", (int)word.len, word.text);
    words_release(&w);
    return out;
}

CHECK(words_are_runs_of_letters_and_digits)
{
    assert_string_equal(cut("The cat, sat. On 2 mats!"), "the|cat|sat|on|2|mats");
    assert_string_equal(cut("don't l'eau COVID-19"), "don|t|l|eau|covid|19");
    assert_string_equal(cut(""), "");
    assert_string_equal(cut(" \n\t—…"), "");
}

CHECK(case_accents_and_forms_fold)
{
    assert_string_equal(cut("Élan ELAN élan"), "elan|elan|elan");
    assert_string_equal(cut("Straße ﬁn"), "strasse|fin");
    assert_string_equal(cut("Ёлка ЙОД"), "елка|иод");
    assert_string_equal(cut("e\xCC\x81lan"), "elan");
    assert_string_equal(cut("Ｆｕｌｌ"), "full");
    assert_string_equal(cut("so\xC2\xAD"
                            "ft"),
                        "soft");
}

CHECK(unspaced_scripts_are_cut_in_pairs)
{
    assert_string_equal(cut("東京都"), "東京|京都|都");
    assert_string_equal(cut("abc東京"), "abc|東京|京");
    assert_string_equal(cut("東 x"), "東|x");
}

CHECK(bytes_that_are_no_text_are_no_words)
{
    assert_string_equal(cut("a\xFF\xFE"
                            "b"),
                        "a|b");
    assert_string_equal(cut("\x01\x02"), "");
}

CHECK(long_words_are_cut_at_a_character)
{
    char text[400];
    struct words w;
    struct word word;
    size_t i;

    for (i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "й", 2);
    words_init(&w, text, i);
    assert_true(words_next(&w, &word));
    assert_true(word.len <= WORDS_LONGEST && word.len % 2 == 0 && word.len > 0);
    assert_int_equal(word.end, i);
    assert_false(words_next(&w, &word));
    words_release(&w);
}

CHECK(offsets_are_of_the_source)
{
    static const char text[] = "Ça, élan!";
    struct words w;
    struct word word;

    words_init(&w, text, strlen(text));
    assert_true(words_next(&w, &word));
    assert_int_equal(word.start, 0);
    assert_int_equal(word.end, 3);
    assert_true(words_next(&w, &word));
    assert_int_equal(word.start, 5);
    assert_int_equal(word.end, 10);
    words_release(&w);
}

CHECK(packed_words_are_the_same_words)
{
    struct words w;
    struct buf out;

    words_init(&w, "", 0);
    buf_init(&out);
    words_pack(&w, "Big élan", strlen("Big élan"), &out);
    assert_int_equal(out.len, 1 + 3 + 1 + 4);
    assert_memory_equal(out.data, "\3big\4elan", out.len);
    buf_release(&out);
    words_release(&w);
}

/* Texts of all kinds of words, gaps and lengths, by chance: packed they are what one after the other is. */
CHECK(however_words_lie_they_are_packed_the_same)
{
    static const char *const parts[] = {
        "a",      "Bread", "2016", " ",          "-",       "\n\n", "élan",   "naïve",    "\xC2\xAD",
        "東京", "\xFF",  "_",    "xylophones", "O'Neil", "\xC3", "Straße", "0123456789abcdefghijklmnopqrstuvwxyz",
    };
    enum { PARTS = sizeof parts / sizeof parts[0], TURNS = 4000 };
    uint32_t dice = 7;
    struct buf text, out, want;
    struct words w;
    struct word word;
    int turn, n;

    buf_init(&text);
    buf_init(&out);
    buf_init(&want);
    words_init(&w, "", 0);
    for (turn = 0; turn < TURNS; turn++) {
        buf_clear(&text);
        buf_clear(&out);
        buf_clear(&want);
        for (n = turn % 60; n >= 0; n--) {
            dice = dice * 1664525 + 1013904223;
            buf_add_str(&text, parts[(dice >> 16) % (turn % 3 ? PARTS : 4)]);
        }
        words_reset(&w, text.data, text.len);
        while (words_next(&w, &word)) {
            buf_add_char(&want, (char)word.len);
            buf_add(&want, word.text, word.len);
        }
        words_pack(&w, text.data, text.len, &out);
        assert_int_equal(out.len, want.len);
        assert_memory_equal(out.data, want.data, want.len);
    }
    words_release(&w);
    buf_release(&text);
    buf_release(&out);
    buf_release(&want);
}

CHECK_MAIN(T(words_are_runs_of_letters_and_digits), T(case_accents_and_forms_fold),
           T(unspaced_scripts_are_cut_in_pairs), T(bytes_that_are_no_text_are_no_words),
           T(long_words_are_cut_at_a_character), T(offsets_are_of_the_source),
           T(packed_words_are_the_same_words), T(however_words_lie_they_are_packed_the_same))
