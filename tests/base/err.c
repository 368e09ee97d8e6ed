/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/err.h"

#include <errno.h>

CHECK(keeps_the_first_fault)
{
    struct err e = ERR_INIT;

    assert_false(err_set(&e, ERR_USAGE, "no command '%s'", "x"));
    assert_false(err_set(&e, ERR_IO, "later"));
    assert_int_equal(e.status, ERR_USAGE);
    assert_string_equal(e.text, "no command 'x'");
    err_clear(&e);
    assert_int_equal(e.status, ERR_NONE);
    assert_string_equal(e.text, "");
    assert_false(err_set(NULL, ERR_IO, "nobody listens"));
}

CHECK(adds_the_words_of_the_system)
{
    struct err e = ERR_INIT;

    errno = ENOENT;
    assert_false(err_sys(&e, "cannot open '%s'", "f"));
    assert_int_equal(e.status, ERR_IO);
    assert_string_equal(e.text, "cannot open 'f': No such file or directory");
    errno = EACCES;
    err_sys(&e, "later");
    assert_string_equal(e.text, "cannot open 'f': No such file or directory");
    assert_false(err_sys(NULL, "nobody"));
}

CHECK(long_messages_are_cut_at_a_character)
{
    struct err e = ERR_INIT;
    char name[600];
    size_t i;

    for (i = 0; i + 2 < sizeof name; i += 2)
        memcpy(name + i, "\xC3\xA9", 2);
    name[i] = '\0';
    err_set(&e, ERR_IO, "x%s", name);
    assert_true(strlen(e.text) < sizeof e.text);
    for (i = 1; e.text[i]; i += 2)
        assert_memory_equal(e.text + i, "\xC3\xA9", 2);
}

CHECK_MAIN(T(keeps_the_first_fault), T(adds_the_words_of_the_system), T(long_messages_are_cut_at_a_character))
