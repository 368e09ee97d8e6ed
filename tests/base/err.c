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

/* é, over and over: longer than any message. */
static const char *long_name(void)
{
    static char name[601];

    for (size_t i = 0; i + 2 < sizeof name; i += 2)
        memcpy(name + i, "\xC3\xA9", 2);
    return name;
}

/* The message holds as many é from byte `at` on as there is room for before `end`. */
static void is_cut(const struct err *e, size_t at, const char *end)
{
    size_t whole = (sizeof e->text - 1 - at - strlen(end)) / 2;

    assert_int_equal(strlen(e->text), at + 2 * whole + strlen(end));
    assert_memory_equal(e->text + at, long_name(), 2 * whole);
    assert_string_equal(e->text + at + 2 * whole, end);
}

CHECK(long_messages_are_cut_at_a_character)
{
    struct err even = ERR_INIT, odd = ERR_INIT;

    err_set(&even, ERR_IO, "%s", long_name());
    is_cut(&even, 0, "");
    err_set(&odd, ERR_IO, "x%s", long_name());
    is_cut(&odd, 1, "");
}

CHECK(a_long_name_leaves_room_for_the_reason)
{
    struct err e = ERR_INIT;

    errno = ENOENT;
    err_sys(&e, "'%s'", long_name());
    is_cut(&e, 1, ": No such file or directory");
}

CHECK(a_message_that_fits_stays_whole)
{
    struct err e = ERR_INIT;
    size_t most = sizeof e.text - 1;

    err_set(&e, ERR_IO, "%.*s", (int)(most - most % 2), long_name());
    is_cut(&e, 0, "");
    err_clear(&e);
    err_set(&e, ERR_IO, "x%.*s", (int)(most - 1 - (most - 1) % 2), long_name());
    is_cut(&e, 1, "");
}

CHECK_MAIN(T(keeps_the_first_fault), T(adds_the_words_of_the_system), T(long_messages_are_cut_at_a_character),
           T(a_long_name_leaves_room_for_the_reason), T(a_message_that_fits_stays_whole))
