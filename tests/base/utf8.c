/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/utf8.h"

CHECK(decodes_what_it_encodes)
{
    uint32_t cp, back;
    char bytes[4];
    size_t len;

    for (cp = 0; cp <= 0x10FFFF; cp += 7) {
        len = utf8_encode(cp, bytes);
        assert_int_equal(utf8_next(bytes, len, &back), len);
        assert_int_equal(back, cp >= 0xD800 && cp <= 0xDFFF ? UTF8_BAD : cp);
        assert_int_equal(utf8_prev(bytes, len, &back), len);
    }
}

CHECK(takes_bad_bytes_one_at_a_time)
{
    static const char *const bad[] = {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                      "\xF8\x88\x80\x80\x80", "\xE2\x82", "\xFF"};
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint32_t cp;
        size_t at;

        assert_int_equal(utf8_next(bad[i], strlen(bad[i]), &cp), 1);
        assert_int_equal(cp, UTF8_BAD);
        assert_false(utf8_valid(bad[i], strlen(bad[i]), &at));
        assert_int_equal(at, 0);
    }
}

CHECK(finds_the_first_bad_byte_behind_long_ascii)
{
    size_t bad = 0;

    assert_false(utf8_valid("twelve bytes and more \xE9t\xE9", 26, &bad));
    assert_int_equal(bad, 22);
    assert_true(utf8_valid("plain ascii, then é and 漢字 and 😀", strlen("plain ascii, then é and 漢字 and 😀"), NULL));
}

CHECK(counts_characters)
{
    assert_int_equal(utf8_count("añ漢😀", strlen("añ漢😀")), 4);
    assert_int_equal(utf8_count("a\xFF\xFE", 3), 3);
}

CHECK(is_cut_between_characters)
{
    static const char s[] = "a漢é\xA9\xA9\xA9\xA9\xA9";
    static const struct {
        size_t at, before, behind;
    } cuts[] = {{0, 0, 0}, {1, 1, 1}, {2, 1, 4},    {3, 1, 4},   {4, 4, 4},
                {5, 4, 5}, {6, 4, 6}, {9, 9, 11}, {11, 11, 11}, {99, 11, 11}};

    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        print_message("%zu\n", cuts[i].at);
        assert_int_equal(utf8_floor(s, sizeof s - 1, cuts[i].at), cuts[i].before);
        assert_int_equal(utf8_ceil(s, sizeof s - 1, cuts[i].at), cuts[i].behind);
    }
}

CHECK_MAIN(T(is_cut_between_characters), T(decodes_what_it_encodes), T(takes_bad_bytes_one_at_a_time),
           T(finds_the_first_bad_byte_behind_long_ascii), T(counts_characters))
