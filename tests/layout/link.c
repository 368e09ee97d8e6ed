/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "layout/link.h"

static void finds(const char *text, const char *address)
{
    size_t start, end;

    if (!link_find(text, strlen(text), 0, &start, &end)) {
        assert_null(address);
        return;
    }
    if (!address)
        fail_msg("'%.*s' found in '%s'", (int)(end - start), text + start, text);
    assert_int_equal(end - start, strlen(address));
    assert_memory_equal(text + start, address, end - start);
}

CHECK(finds_addresses)
{
    finds("see https://example.org/a?b=c&d=%20 there", "https://example.org/a?b=c&d=%20");
    finds("WWW.Example.org", "WWW.Example.org");
    finds("write to mailto:ann@example.org!", "mailto:ann@example.org");
    finds("“http://example.org/кот”", "http://example.org/кот");
    finds("(http://example.org/x_(y))", "http://example.org/x_(y)");
    finds("[1]: http://example.org/].", "http://example.org/");
    finds("http://example.org/、次", "http://example.org/");
    finds("http://example.org.", "http://example.org");
    finds("http://نامه\u200Cای.example/ه\u200D.", "http://نامه\u200Cای.example/ه\u200D");
    finds("http://example.org\u200C", "http://example.org");
}

CHECK(finds_nothing_else)
{
    finds("", NULL);
    finds("http", NULL);
    finds("http:// nothing", NULL);
    finds("http://localhost", NULL);
    finds("awww.cute.example", NULL);
    finds("www.", NULL);
    finds("however, mail whom", NULL);
}

/* Gone through once: of two megabytes, each of their beginnings would take hours otherwise. */
CHECK(long_rows_are_looked_at_once)
{
    enum { LONG = 2 << 20 };
    char *text = malloc(LONG);
    size_t start, end;

    memset(text, ')', LONG);
    memcpy(text, "http://a.b", 10);
    assert_true(link_find(text, LONG, 0, &start, &end));
    assert_int_equal(end, 10);
    for (size_t i = 0; i + 10 <= LONG; i += 10)
        memcpy(text + i, "http://a//", 10);
    text[LONG - 1] = '.';
    assert_false(link_find(text, LONG, 0, &start, &end));
    free(text);
}

CHECK(goes_on_from_where_it_is_told)
{
    const char *text = "www.a.org www.b.org";
    size_t start, end;

    assert_true(link_find(text, strlen(text), 0, &start, &end));
    assert_true(link_find(text, strlen(text), end, &start, &end));
    assert_int_equal(start, 10);
    assert_false(link_find(text, strlen(text), end, &start, &end));
}

CHECK_MAIN(T(finds_addresses), T(finds_nothing_else), T(long_rows_are_looked_at_once),
           T(goes_on_from_where_it_is_told))
