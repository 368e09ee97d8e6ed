/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "base/mem.h"
#include "source/lift.h"

/* Reads json with its long strings lifted, and as it stands: the same comes out. Whether any were lifted. */
static bool same_either_way(const char *json, size_t len)
{
    json_error_t error;
    json_t *whole = json_loadb(json, len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error), *lifted = NULL;
    struct lift l;
    bool taken;

    lift_init(&l);
    taken = lift_take(&l, json, len);
    if (taken) {
        assert_true(l.rest.len < len);
        lifted = json_loadb(l.rest.data, l.rest.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
        if (lifted)
            lifted = lift_put(&l, lifted);
        assert_int_equal(whole != NULL, lifted != NULL);
        if (whole)
            assert_true(json_equal(whole, lifted));
    }
    lift_release(&l);
    json_decref(whole);
    json_decref(lifted);
    return taken;
}

/* before, a string's inside made of piece again and again until it is long, after. */
static bool with_string(const char *before, const char *piece, const char *after)
{
    struct buf json;
    bool taken;
    size_t i;

    buf_init(&json);
    buf_add_str(&json, before);
    buf_add_char(&json, '"');
    for (i = 0; i <= 300; i += strlen(piece))
        buf_add_str(&json, piece);
    buf_add_char(&json, '"');
    buf_add_str(&json, after);
    taken = same_either_way(json.data, json.len);
    buf_release(&json);
    return taken;
}

CHECK(long_strings_are_read_as_they_would_be)
{
    assert_true(with_string("", "abc def ", ""));
    assert_true(with_string(
        "{\"a\": 1, \"text\": ", "He said \\\"no\\\".\\n\\t\\/\\\\ \\u00e9\\ud83d\\ude00 ", ", \"b\": [2]}"));
    assert_true(with_string("[[{\"deep\": [", "день ", "]}], \"short\"]"));
    assert_true(with_string("{\"a\":", "x", "}"));
}

CHECK(several_are_told_apart)
{
    struct buf json;
    int i;

    buf_init(&json);
    buf_add_char(&json, '[');
    for (i = 0; i < 30; i++)
        buf_add_fmt(&json, "%s{\"n\": \"%d%0400d\", \"s\": \"%d\"}", i ? ", " : "", i, i, i);
    buf_add_char(&json, ']');
    assert_true(same_either_way(json.data, json.len));
    buf_release(&json);
}

CHECK(what_is_out_of_order_is_left_whole)
{
    assert_false(with_string("{\"a\": ", "raw \n control ", "}"));
    assert_false(with_string("{\"a\": ", "bad \\x escape ", "}"));
    assert_false(with_string("{\"a\": ", "half \\ud83d pair ", "}"));
    assert_false(with_string("{\"a\": ", "half \\ude00 pair ", "}"));
    assert_false(with_string("{\"a\": ", "no \\u12 digits ", "}"));
    assert_false(with_string("{\"a\": ", "bytes \xFF ", "}"));
    assert_false(with_string("{\"a\": ", "end \\u0000 ", "}"));
    assert_false(same_either_way("{\"a\": \"short\"}", 14));
    assert_false(same_either_way("\"no end", 7));
}

CHECK(a_mark_in_the_text_is_no_mark)
{
    assert_false(with_string("{\"z\": \"\\u00000\", \"a\": ", "long ", "}"));
    assert_false(with_string("{\"a\": ", "long ", ", \"z\": \"\\u00000\"}"));
    assert_true(with_string("{\"a\": ", "long ", ", \"z\": \"u00000\"}"));
}

CHECK(keys_stay_where_they_are)
{
    assert_false(with_string("{", "key ", ": 1}"));
    assert_false(with_string("{", "key ", " \n : 1}"));
    assert_true(with_string("{\"a\": {}, \"b\": ", "value ", "\n}"));
}

/* Any bytes at all: what is lifted and put back is what was there, or nothing was lifted. */
CHECK(whatever_is_there)
{
    static const char *const pieces[] = {"{",  "}",        "[",    "]",       ",",     ":",     "\"",
                                         "\\", "\\u",      "00e9", "\\u0000", "d83d",  "word ", " ",
                                         "\n", "\xC3\xA9", "\xFF", "\\\"",    "\"a\"", "1"};
    uint64_t seed = 7;
    struct buf json;
    int i, k, j;

    buf_init(&json);
    for (i = 0; i < 20000; i++) {
        buf_clear(&json);
        for (k = 0; k < 12; k++) {
            buf_add_str(&json, pieces[dice(&seed, sizeof pieces / sizeof pieces[0])]);
            for (j = 0; k % 4 == 1 && j < 40; j++)
                buf_add_str(&json, "filler");
        }
        same_either_way(json.data, json.len);
    }
    buf_release(&json);
}

CHECK_MAIN(T(long_strings_are_read_as_they_would_be), T(several_are_told_apart),
           T(what_is_out_of_order_is_left_whole), T(a_mark_in_the_text_is_no_mark), T(keys_stay_where_they_are),
           T(whatever_is_there))
