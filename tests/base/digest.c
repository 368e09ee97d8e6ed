/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/digest.h"

/* The values that xxHash's own documents give: digests stand in caches, and must be the same everywhere. */
CHECK(is_the_same_on_every_machine)
{
    static const uint8_t empty[16] = {0x99, 0xAA, 0x06, 0xD3, 0x01, 0x47, 0x98, 0xD8,
                                      0x60, 0x01, 0xC3, 0x24, 0x46, 0x8D, 0x49, 0x7F};
    struct digest d = digest_of("", 0);

    assert_memory_equal(d.byte, empty, 16);
    assert_true(digest_short("", 0) == 0x2D06800538D394C2u);
}

CHECK(tells_bytes_apart)
{
    struct digest a = digest_of("a\0b", 3), b = digest_of("a\0c", 3), c = digest_of("a", 1);

    assert_memory_not_equal(a.byte, b.byte, 16);
    assert_memory_not_equal(a.byte, c.byte, 16);
    assert_true(digest_short("a\0b", 3) != digest_short("a\0c", 3));
}

CHECK_MAIN(T(is_the_same_on_every_machine), T(tells_bytes_apart))
