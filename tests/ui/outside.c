/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "ui/outside.h"

static const char *address(const char *s)
{
    static char out[200];
    struct buf b;

    buf_init(&b);
    snprintf(out, sizeof out, "%s", outside_add_address(&b, s, strlen(s)) ? b.data : "(no)");
    buf_release(&b);
    return out;
}

/* What is foreign can be no option, no second word and no command of the program that it is given to. */
CHECK(addresses_are_made_harmless)
{
    assert_string_equal(address("https://example.org/a?b=c#d"), "https://example.org/a?b=c#d");
    assert_string_equal(address("www.example.org"), "https://www.example.org");
    assert_string_equal(address("HTTP://example.org"), "HTTP://example.org");
    assert_string_equal(address("mailto:me@example.org"), "mailto:me@example.org");
    assert_string_equal(address("--version"), "(no)");
    assert_string_equal(address("file:///etc/passwd"), "(no)");
    assert_string_equal(address("javascript:alert(1)"), "(no)");
    assert_string_equal(address(""), "(no)");
    assert_string_equal(address("http://"), "(no)");
    assert_string_equal(address("http://a b\033]0;x\007\n\xc3\xa9\"`"),
                        "http://a%20b%1B]0;x%07%0A%C3%A9%22%60");
}

CHECK_MAIN(T(addresses_are_made_harmless))
