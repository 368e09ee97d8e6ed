/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "conf/key.h"

static void reads_as(const char *notation, int count, uint32_t a, uint32_t b)
{
    struct key_sequence s;

    if (!key_parse(notation, &s))
        fail_msg("'%s' is not read", notation);
    assert_int_equal(s.count, count);
    assert_int_equal(s.key[0], a);
    if (count > 1)
        assert_int_equal(s.key[1], b);
}

CHECK(reads_single_keys)
{
    reads_as("j", 1, 'j', 0);
    reads_as("G", 1, 'G', 0);
    reads_as("Space", 1, ' ', 0);
    reads_as("^D", 1, 4, 0);
    reads_as("^d", 1, 4, 0);
    reads_as("^", 1, '^', 0);
    reads_as("M-x", 1, 'x' | KEY_ALT, 0);
    reads_as("M-Up", 1, KEY_ARROW_UP | KEY_ALT, 0);
    reads_as("F12", 1, KEY_FUNCTION + 12, 0);
    reads_as("é", 1, 0xE9, 0);
    reads_as("S-Tab", 1, KEY_BACK_TAB, 0);
}

CHECK(reads_sequences)
{
    reads_as("zo", 2, 'z', 'o');
    reads_as("[[", 2, '[', '[');
    reads_as("z Space", 2, 'z', ' ');
    reads_as("U p", 2, 'U', 'p');
    reads_as("^X^S", 2, 24, 19);
    reads_as("6F8", 3, '6', 'F'); /* a name is a whole word */
}

CHECK(takes_keys_that_terminals_confuse_as_one)
{
    reads_as("^I", 1, KEY_TABULATOR, 0);
    reads_as("^J", 1, KEY_RETURN, 0);
    reads_as("^M", 1, KEY_RETURN, 0);
    reads_as("^H", 1, KEY_RUBOUT, 0);
    reads_as("^[", 1, KEY_ESCAPE, 0);
}

CHECK(refuses_what_is_no_key)
{
    struct key_sequence s;

    assert_false(key_parse("", &s));
    assert_false(key_parse("  ", &s));
    assert_false(key_parse("abcde", &s));
    assert_false(key_parse("^@", &s));
    assert_false(key_parse("\x01", &s));
    assert_false(key_parse("\xff", &s));
    assert_false(key_parse("M-M-x", &s));
}

CHECK(writes_what_it_reads)
{
    static const char *const all[] = {"j", "zo", "[[", "z Space", "^D", "M-x", "M-^X", "S-Tab", "F10", "é", "U p",
                                      "^ D", "^ [", "Esc Esc", "M - x",
                                      "F 1", "Space F 6", "6F6", "z F8"};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct key_sequence s, again;
        struct buf out;

        buf_init(&out);
        assert_true(key_parse(all[i], &s));
        key_add_sequence(&out, &s);
        assert_string_equal(out.data, all[i]);
        assert_true(key_parse(out.data, &again));
        assert_int_equal(again.count, s.count);
        assert_memory_equal(again.key, s.key, sizeof s.key[0] * (size_t)s.count);
        buf_release(&out);
    }
}

CHECK_MAIN(T(reads_single_keys), T(reads_sequences), T(takes_keys_that_terminals_confuse_as_one),
           T(refuses_what_is_no_key), T(writes_what_it_reads))
