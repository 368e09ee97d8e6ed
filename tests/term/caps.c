/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "term/caps.h"

#include <errno.h>
#include <sys/resource.h>

CHECK(unknown_and_dumb_terminals_are_refused)
{
    struct caps caps;
    struct err e = ERR_INIT;

    assert_false(caps_init(&caps, "no-such-terminal", &e));
    assert_int_equal(e.status, ERR_USAGE);
    assert_non_null(strstr(e.text, "'no-such-terminal'"));
    err_clear(&e);
    assert_false(caps_init(&caps, "dumb", &e));
    assert_non_null(strstr(e.text, "cannot move its cursor"));
    err_clear(&e);
    assert_false(caps_init(&caps, "", &e));
    assert_int_equal(e.status, ERR_USAGE);
}

CHECK(what_keeps_terminfo_from_being_read_is_said)
{
    struct caps caps;
    struct err e = ERR_INIT;
    struct rlimit kept, none;

    assert_int_equal(getrlimit(RLIMIT_NOFILE, &kept), 0);
    none = kept;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    assert_false(caps_init(&caps, "vt100", &e));
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &kept), 0);
    assert_non_null(strstr(e.text, "'vt100'"));
    assert_non_null(strstr(e.text, strerror(EMFILE)));
}

CHECK(strings_come_without_padding_and_character_sets)
{
    struct caps caps;
    struct buf out;

    assert_true(caps_init(&caps, "vt100", NULL));
    assert_null(strstr(caps.text[CAP_CLEAR], "$<"));
    assert_null(strchr(caps.text[CAP_PLAIN], '\017'));
    buf_init(&out);
    caps_add(&caps, CAP_MOVE, 4, 9, &out);
    assert_string_equal(out.data, "\033[5;10H");
    buf_clear(&out);
    caps_add(&caps, CAP_COLUMN, 4, 0, &out); /* a vt100 has none */
    assert_string_equal(out.data, "");
    buf_release(&out);
    caps_release(&caps);
}

CHECK_MAIN(T(unknown_and_dumb_terminals_are_refused), T(what_keeps_terminfo_from_being_read_is_said),
           T(strings_come_without_padding_and_character_sets))
