/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/word.h"

#include <stdbool.h>

CHECK(looks_at_every_byte)
{
    char all[256 + WORD_WINDOW] = {0};
    struct word_window w, plain;
    size_t at, i;

    for (i = 0; i < 256; i++)
        all[i] = (char)i;
    for (at = 0; at < 256; at += 13) {
        size_t len = at % WORD_WINDOW + 1;

        word_look(all + at, len, &w);
        word_look_plain(all + at, len, &plain);
        assert_int_equal(w.width, len);
        for (i = 0; i < WORD_WINDOW; i++) {
            unsigned char c = (unsigned char)all[at + i];
            bool inside = i < len;

            assert_int_equal(w.lower >> i & 1, inside && c >= 'a' && c <= 'z');
            assert_int_equal(w.upper >> i & 1, inside && c >= 'A' && c <= 'Z');
            assert_int_equal(w.digit >> i & 1, inside && c >= '0' && c <= '9');
            assert_int_equal(w.high >> i & 1, inside && c >= 0x80);
            assert_int_equal(w.apostrophe >> i & 1, inside && c == '\'');
            assert_int_equal(w.space >> i & 1, inside && c == ' ');
            assert_int_equal(w.control >> i & 1, inside && c < ' ');
        }
        assert_memory_equal(&w, &plain, sizeof w);
    }
}

CHECK(counts_bits)
{
    assert_int_equal(word_count(0), 0);
    assert_int_equal(word_count(~UINT64_C(0)), 64);
    assert_int_equal(word_count(UINT64_C(0x8000000000000001)), 2);
    assert_int_equal(word_count(UINT64_C(0xF0F)), 8);
}

CHECK(runs_end_where_they_do)
{
    assert_int_equal(word_run(word_between(word_load("abcdefgh", 8), 'a', 'z')), 8);
    assert_int_equal(word_run(word_between(word_load("abc defg", 8), 'a', 'z')), 3);
    assert_int_equal(word_run(word_between(word_load("abc", 3), 'a', 'z')), 3);
    assert_int_equal(word_run(word_between(word_load("\xE1" "bc", 3), 'a', 'z')), 0);
    assert_int_equal(word_run(word_between(word_load("z`{", 3), 'a', 'z')), 1);
}

/* However a word is cut, its hash is the same; and it is another one where its bytes are. */
CHECK(hashes_do_not_know_the_cuts)
{
    static const char text[] = "bundesverfassungsgericht";
    size_t len = sizeof text - 1, first, second;
    struct word_hash whole = {0, 0, 0};

    word_add(&whole, word_load(text, 8), 8);
    word_add(&whole, word_load(text + 8, 8), 8);
    word_add(&whole, word_load(text + 16, 8), 8);
    for (first = 0; first <= 8; first++) {
        for (second = 0; second <= 8; second++) {
            struct word_hash h = {0, 0, 0};
            size_t at = first + second;

            word_add(&h, word_low(word_load(text, len), first), first);
            word_add(&h, word_low(word_load(text + first, len - first), second), second);
            for (; at < len; at++)
                word_add(&h, (unsigned char)text[at], 1);
            assert_true(word_hashed(&h) == word_hashed(&whole));
            assert_true(word_hash_of(text, len) == word_hashed(&whole));
            word_add(&h, 0, 1);
            assert_true(word_hashed(&h) != word_hashed(&whole));
        }
    }
}

CHECK_MAIN(T(looks_at_every_byte), T(counts_bits), T(runs_end_where_they_do), T(hashes_do_not_know_the_cuts))
