/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "doc/record.h"

CHECK(bytes_are_decoded_with_their_places)
{
    struct record r;
    struct digest key = digest_of("caf\xE9 au lait", 12);

    record_init(&r);
    record_set_bytes(&r, CHARSET_LATIN1, "caf\xE9 au lait", 12);
    assert_string_equal(r.text.data, "caf\xC3\xA9 au lait");
    assert_int_equal(r.charset, CHARSET_LATIN1);
    assert_int_equal(r.source_len, 12);
    assert_memory_equal(&r.key, &key, sizeof key);
    assert_int_equal(charset_source(&r.map, 6), 5);
    record_release(&r);
}

CHECK(text_is_its_own_source)
{
    struct record r;

    record_init(&r);
    record_set_text(&r, "na\xC3\xAFve", 6);
    assert_string_equal(r.text.data, "na\xC3\xAFve");
    assert_int_equal(r.map.count, 0);
    assert_int_equal(r.source_len, 6);
    record_set_text(&r, "", 0); /* again, and shorter */
    assert_string_equal(r.text.data, "");
    assert_int_equal(r.source_len, 0);
    record_release(&r);
}

CHECK(a_reset_forgets_everything)
{
    struct record r, empty;

    record_init(&r);
    record_init(&empty);
    record_set_bytes(&r, CHARSET_WINDOWS_1251, "\xCF\xEE", 2);
    r.title = arena_strndup(&r.arena, "T", 1);
    r.given = RECORD_TITLE;
    r.number = 7;
    r.comment_count = 2;
    r.file_at = 9;
    record_reset(&r);
    assert_int_equal(r.text.len, 0);
    assert_string_equal(r.text.data, "");
    assert_int_equal(r.map.count, 0);
    assert_int_equal(r.given, 0);
    assert_null(r.title);
    assert_int_equal(r.number, 0);
    assert_int_equal(r.comment_count, 0);
    assert_int_equal(r.file_at, 0);
    assert_memory_equal(&r.key, &empty.key, sizeof r.key);
    record_release(&r);
    record_release(&empty);
}

CHECK_MAIN(T(bytes_are_decoded_with_their_places), T(text_is_its_own_source), T(a_reset_forgets_everything))
