/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/arena.h"

#include <stdalign.h>

CHECK(blocks_are_aligned_zeroed_and_stay_where_they_are)
{
    struct arena a;
    char *block[300];
    size_t i, k;

    arena_init(&a);
    for (i = 0; i < 300; i++) {
        block[i] = arena_alloc(&a, i * 37 + 1);
        assert_int_equal((uintptr_t)block[i] % alignof(max_align_t), 0);
        for (k = 0; k < i * 37 + 1; k++)
            assert_int_equal(block[i][k], 0);
        memset(block[i], (int)(i & 0x3F) + 1, i * 37 + 1);
    }
    for (i = 0; i < 300; i++)
        for (k = 0; k < i * 37 + 1; k++)
            assert_int_equal(block[i][k], (i & 0x3F) + 1);
    arena_release(&a);
    assert_null(a.chunks);
}

CHECK(after_a_reset_blocks_are_zeroed_again)
{
    struct arena a;
    char *first, *again;
    int i;

    arena_init(&a);
    arena_reset(&a);
    first = arena_alloc(&a, 1000);
    memset(first, 'x', 1000);
    arena_reset(&a);
    again = arena_alloc(&a, 1000);
    assert_ptr_equal(again, first); /* the chunk was kept */
    for (i = 0; i < 1000; i++)
        assert_int_equal(again[i], 0);
    arena_release(&a);
}

CHECK(strings_and_large_blocks)
{
    struct arena a;
    char *s, *large;

    arena_init(&a);
    s = arena_strndup(&a, "newspaper", 4);
    large = arena_alloc(&a, 5 << 20);
    memset(large, 1, 5 << 20);
    assert_string_equal(s, "news");
    assert_string_equal(arena_strndup(&a, NULL, 0), "");
    arena_release(&a);
}

CHECK_MAIN(T(blocks_are_aligned_zeroed_and_stay_where_they_are), T(after_a_reset_blocks_are_zeroed_again),
           T(strings_and_large_blocks))
