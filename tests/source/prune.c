/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "source/object.h"
#include "source/prune.h"

/* An object whose list "a" has count elements made of piece, the n-th with n in it, and behind it "last". */
static void make(struct buf *b, size_t count, const char *before, const char *after)
{
    buf_clear(b);
    buf_add_str(b, "{\"first\": \"[{\\\"\", \"a\": [");
    for (size_t n = 0; n < count; n++)
        buf_add_fmt(b, "%s%s%zu%s", n ? ",\n " : "", before, n, after);
    buf_add_str(b, "], \"last\": 7}");
}

CHECK(what_is_short_stays_as_it_is)
{
    struct buf json, out;
    size_t left_out;

    buf_init(&json);
    buf_init(&out);
    make(&json, 1000, "{\"n\":", "}");
    assert_false(prune(json.data, json.len, 10, &out, &left_out));
    assert_int_equal(left_out, 0);
    make(&json, PRUNE_FIRST - 1000, "{\"n\":", "}");
    assert_false(prune(json.data, json.len, 10, &out, &left_out));
    buf_release(&json);
    buf_release(&out);
}

/* Elements that stand as text are the same as those that do not, and what follows the list is there. */
CHECK(elements_are_read_when_their_turn_comes)
{
    enum { COUNT = PRUNE_FIRST + 5000 };
    static const char text[] = "{\"s\": \"\\\"}]\\n\\u00e9\", \"deep\": [1, {\"x\": [2]}], \"n\": ";
    struct err e = ERR_INIT;
    struct buf json;
    json_t *value, *list;
    size_t left_out, lost = 0, n;

    buf_init(&json);
    make(&json, COUNT, text, "}");
    value = object_load(json.data, json.len, &left_out, &e);
    assert_non_null(value);
    assert_int_equal(left_out, 0);
    assert_int_equal(json_integer_value(json_object_get(value, "last")), 7);
    assert_string_equal(json_string_value(json_object_get(value, "first")), "[{\"");
    list = json_object_get(value, "a");
    assert_int_equal(json_array_size(list), COUNT);
    assert_true(json_is_object(json_array_get(list, 0)));
    assert_true(json_is_string(json_array_get(list, COUNT - 1)));
    for (n = 0; n < COUNT; n += COUNT - 1) {
        json_t *one = object_element(list, n, &lost);

        assert_int_equal(json_integer_value(json_object_get(one, "n")), n);
        assert_string_equal(json_string_value(json_object_get(one, "s")), "\"}]\n\xC3\xA9");
        assert_int_equal(json_array_size(json_object_get(one, "deep")), 2);
        json_decref(one);
    }
    assert_true(json_is_null(json_array_get(list, COUNT - 1)));
    assert_int_equal(lost, 0);
    json_decref(value);
    buf_release(&json);
}

CHECK(what_is_too_much_is_left_out_and_counted)
{
    enum { MORE = 1000 };
    static const char *const pieces[][2] = {{"", ""}, {"\"s", "\""}, {"{\"n\":", "}"}, {"[", ", 1]"}};
    struct buf json, out;
    size_t left_out, kept, i;

    buf_init(&json);
    buf_init(&out);
    for (i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        json_error_t error;
        json_t *value;

        make(&json, PRUNE_MOST + MORE, pieces[i][0], pieces[i][1]);
        assert_true(prune(json.data, json.len, 500, &out, &left_out));
        value = json_loadb(out.data, out.len, JSON_ALLOW_NUL, &error);
        assert_non_null(value);
        kept = json_array_size(json_object_get(value, "a"));
        assert_int_equal(kept + left_out, PRUNE_MOST + MORE);
        assert_in_range(kept, i < 2 ? PRUNE_MOST - 10 : 10000, i < 2 ? PRUNE_MOST : PRUNE_FIRST + 500);
        assert_int_equal(json_integer_value(json_object_get(value, "last")), 7);
        json_decref(value);
    }
    /* Members too: an object may have as many. */
    buf_clear(&json);
    buf_add_str(&json, "{\"m0\": 0");
    for (i = 1; i < 2 * PRUNE_MOST + MORE; i++)
        buf_add_fmt(&json, ", \"m%zu\": {\"x\": [%zu]}", i, i);
    buf_add_str(&json, "}");
    assert_true(prune(json.data, json.len, 500, &out, &left_out));
    assert_int_equal(left_out, MORE - 1);
    buf_release(&json);
    buf_release(&out);
}

CHECK(what_is_broken_stays_broken)
{
    struct err e = ERR_INIT;
    struct buf json;
    size_t left_out;

    buf_init(&json);
    make(&json, PRUNE_FIRST + 10, "{\"n\":", "}");
    assert_null(object_load(json.data, json.len - 1, &left_out, &e));
    assert_int_equal(e.status, ERR_IO);
    json.data[json.len - 20] = '}';
    err_clear(&e);
    assert_null(object_load(json.data, json.len, &left_out, &e));
    buf_release(&json);
}

CHECK_MAIN(T(elements_are_read_when_their_turn_comes), T(what_is_broken_stays_broken), T(what_is_short_stays_as_it_is),
           T(what_is_too_much_is_left_out_and_counted))
