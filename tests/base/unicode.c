/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "base/unicode.h"

static void folds_to(const char *in, const char *out)
{
    struct buf b;

    buf_init(&b);
    unicode_fold(in, strlen(in), &b);
    assert_string_equal(b.data, out);
    buf_release(&b);
}

CHECK(measures_clusters)
{
    assert_int_equal(unicode_columns("abc", 3), 3);
    assert_int_equal(unicode_columns("漢字", strlen("漢字")), 4);
    assert_int_equal(unicode_columns("e\xCC\x81", 3), 1);
    assert_int_equal(unicode_columns("👩👧", strlen("👩👧")), 4);
    assert_int_equal(unicode_columns("🇩🇪", strlen("🇩🇪")), 2);
    assert_int_equal(unicode_columns("\xE2\x80\x8B", 3), 0);
    assert_int_equal(unicode_columns("น้ำ", strlen("น้ำ")), 2);
    assert_int_equal(unicode_columns("a\tb\x7F\xFF", 5), 3);
}

CHECK(keeps_clusters_together)
{
    assert_int_equal(unicode_cluster("e\xCC\x81x", 4), 3);
    assert_int_equal(unicode_cluster("ab", 2), 1);
    assert_int_equal(unicode_cluster("\r\n", 2), 2);
    assert_int_equal(unicode_cluster("ကါx", 7), 6);
    assert_int_equal(unicode_cluster("\xE2\x97\x8C\xE1\x85\xA1x", 7), 6);
    /* a vowel that libunistring leaves apart takes the joiner behind it along */
    assert_int_equal(unicode_cluster("\xE2\x90\x80\xE1\x82\x83\xE2\x80\x8Cx", 10), 9);
    assert_int_equal(unicode_cluster("\xFF\xCC\x81", 3), 1);
    /* No cell holds more than two columns: emoji that are joined, and letters and tone marks of Hangul. */
    assert_int_equal(unicode_cluster("👩‍👩‍👧!", strlen("👩‍👩‍👧!")), strlen("👩‍"));
    assert_int_equal(unicode_cluster("\xE1\x84\x80\xE1\x84\x80", 6), 3);
    assert_int_equal(unicode_cluster("a\xE3\x80\xAE", 4), 1);
}

/* Whatever stands around it, a cluster is found as if all the text after it were looked at. */
CHECK(finds_the_same_clusters_in_any_company)
{
    static const char *pieces[] = {"a", "é", "e\xCC\x81", "漢", "か", "\xE3\x82\x99", "한", "\xE1\x86\xA8", "ก", "ำ",
                                   "ب", "क", "्", "ि", "👍", "🏽", "\xE2\x80\x8D", "🇩", " ", "Ж", "“", "\xD8\x80"};
    const size_t kinds = sizeof pieces / sizeof pieces[0];
    uint64_t seed = 7;
    int round, k;

    for (round = 0; round < 20000; round++) {
        struct buf b, alone;
        size_t step;

        buf_init(&b);
        buf_init(&alone);
        for (k = 0; k < 6; k++)
            buf_add_str(&b, pieces[dice(&seed, kinds)]);
        step = unicode_cluster(b.data, b.len);
        buf_add(&alone, b.data, step);
        if (unicode_cluster(alone.data, alone.len) != step)
            fail_msg("'%s' is cut after %zu", b.data, step);
        /* A mark never begins what follows. */
        if (step < b.len)
            assert_false(strncmp(b.data + step, "\xCC\x81", 2) == 0 ||
                         strncmp(b.data + step, "\xE3\x82\x99", 3) == 0);
        buf_release(&alone);
        buf_release(&b);
    }
}

CHECK(finds_line_breaks_around_bad_bytes)
{
    uint8_t breaks[16];

    unicode_line_breaks("ab cd\xFF" "ef g", 11, breaks);
    assert_int_equal(breaks[3], 1);
    assert_int_equal(breaks[1], 0);
    assert_int_equal(breaks[9], 1);
}

CHECK(folds_case_accents_and_forms)
{
    folds_to("Newspaper", "newspaper");
    folds_to("Élan ÉLAN élan", "elan elan elan");
    folds_to("Straße", "strasse");
    folds_to("Ёлка", "елка");
    folds_to("ﬁn Ｗｉｄｅ", "fin wide");
    folds_to("a\xFF", "a\xEF\xBF\xBD");
    folds_to("นี้", "นี้");
}

CHECK(tells_classes_and_scripts)
{
    assert_int_equal(unicode_class('A'), UNICODE_UPPER);
    assert_int_equal(unicode_class(0x416), UNICODE_UPPER);
    assert_int_equal(unicode_class(0x6F22), UNICODE_LETTER);
    assert_int_equal(unicode_class(0x2014), UNICODE_PUNCT);
    assert_int_equal(unicode_class(0xA0), UNICODE_SPACE);
    assert_int_equal(unicode_class(0x663), UNICODE_DIGIT);
    assert_int_equal(unicode_script(0x416), UNICODE_CYRILLIC);
    assert_int_equal(unicode_script(0x6F22), UNICODE_HAN);
    assert_int_equal(unicode_script(0x5D0), UNICODE_HEBREW);
    assert_int_equal(unicode_script('!'), UNICODE_COMMON);
    assert_true(unicode_is_space(0xFEFF));
    assert_true(unicode_is_joint(0xAD) && unicode_is_joint(0x200D) && unicode_is_joint(0x2060));
    assert_false(unicode_is_joint('-') || unicode_is_joint(0x200B) || unicode_is_joint(0x301));
}

CHECK_MAIN(T(measures_clusters), T(keeps_clusters_together), T(finds_the_same_clusters_in_any_company),
           T(finds_line_breaks_around_bad_bytes), T(folds_case_accents_and_forms),
           T(tells_classes_and_scripts))
