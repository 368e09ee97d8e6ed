/* SPDX-License-Identifier: ISC */
#include "source/readers.h"

#include "base/mem.h"

/* The one symbol of the part. */
extern const struct source_readers source_readers;

__attribute__((visibility("default"))) const struct source_readers source_readers = {
    PACKAGE_VERSION,
    mem_on_exhausted,
    source_read,
    source_name,
    source_find,
};
