/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/indent.h"

CHECK(counts_columns_before_a_line)
{
    static const char text[] = "a\n  b\n\tc\n  \td\n        e f";

    assert_int_equal(indent_of(text, 0), 0);
    assert_int_equal(indent_of(text, 4), 2);
    assert_int_equal(indent_of(text, 7), 8);
    assert_int_equal(indent_of(text, 12), 8);
    assert_int_equal(indent_of(text, 22), 8);
    assert_int_equal(indent_of(text, 24), 0);
}

CHECK(finds_the_line_that_stands_out)
{
    assert_int_equal(indent_least("", 0), 0);
    assert_int_equal(indent_least(" \n\t\n\r\n", 6), 0);
    assert_int_equal(indent_least("    a\n\n   b\n\tc", 15), 3);
    assert_int_equal(indent_least("    a\nb", 7), 0);
    assert_int_equal(indent_least("    a\nb", 5), 4);
}

CHECK_MAIN(T(counts_columns_before_a_line), T(finds_the_line_that_stands_out))
