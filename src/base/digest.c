/* SPDX-License-Identifier: ISC */
#include "base/digest.h"

#include <string.h>

#include <xxhash.h>

struct digest digest_of(const void *bytes, size_t len)
{
    XXH128_canonical_t canonical;
    struct digest d;

    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, len));
    memcpy(d.byte, canonical.digest, sizeof d.byte);
    return d;
}

uint64_t digest_short(const void *bytes, size_t len)
{
    return XXH3_64bits(bytes, len);
}
