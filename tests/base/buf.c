/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/buf.h"

CHECK(starts_as_an_empty_string)
{
    struct buf b;

    buf_init(&b);
    assert_string_equal(b.data, "");
    assert_int_equal(b.len, 0);
    buf_release(&b);
}

CHECK(adds_bytes_strings_and_formats)
{
    struct buf b;

    buf_init(&b);
    buf_add(&b, "ab\0c", 4);
    buf_add_str(&b, "de");
    buf_add_fmt(&b, "%d-%s", 42, "x");
    buf_add_cp(&b, 0x20AC);
    buf_add_cp(&b, 0xD800);
    assert_int_equal(b.len, 4 + 2 + 4 + 3 + 3);
    assert_memory_equal(b.data, "ab\0cde42-x\xE2\x82\xAC\xEF\xBF\xBD", b.len + 1);
    buf_release(&b);
}

CHECK(grows_over_many_appends)
{
    struct buf b;
    int i;

    buf_init(&b);
    for (i = 0; i < 100000; i++)
        buf_add_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.len, 100000);
    assert_int_equal(b.data[99999], 'a' + 99999 % 26);
    assert_int_equal(b.data[100000], 0);
    buf_release(&b);
}

CHECK(truncates_clears_and_hands_over)
{
    struct buf b;
    char *mine;

    buf_init(&b);
    buf_add_str(&b, "newspaper");
    buf_truncate(&b, 4);
    assert_string_equal(b.data, "news");
    mine = buf_steal(&b);
    assert_string_equal(mine, "news");
    assert_string_equal(b.data, "");
    free(mine);
    mine = buf_steal(&b);
    assert_string_equal(mine, "");
    free(mine);
    buf_release(&b);
}

CHECK(reserving_keeps_the_zero_byte)
{
    struct buf b;

    buf_init(&b);
    buf_reserve(&b, 100);
    assert_int_equal(b.data[0], 0);
    buf_release(&b);
}

CHECK_MAIN(T(reserving_keeps_the_zero_byte), T(starts_as_an_empty_string),
           T(adds_bytes_strings_and_formats), T(grows_over_many_appends),
           T(truncates_clears_and_hands_over))
