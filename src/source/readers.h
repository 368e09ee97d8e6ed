/* SPDX-License-Identifier: ISC */
/*
 * The readers as one part of the program that is loaded when a source is first read. They need libraries (mail, XML,
 * archives) that take longer to load than all else that stands between the command and the painted list of a known
 * corpus, for which no source is read.
 * Knows: source/source. Owns: nothing. Fails: where the part is missing, or is another version's, with a struct err.
 *
 * The program is linked with load.c, whose source_read, source_name and source_find load the part and call it; the
 * part, readers.so, is linked with read.c and all below it. Tests are linked with read.c itself.
 */
#ifndef SOURCE_READERS_H
#define SOURCE_READERS_H

#include "source/source.h"

/* What the part offers, under the name "source_readers". */
struct source_readers {
    const char *version; /* PACKAGE_VERSION: structs may differ in another one */
    void (*on_exhausted)(void (*restore)(void)); /* mem_on_exhausted of the part's own memory */
    bool (*read)(const char *path, const char *name, long from, struct record *r, source_record_fn *fn,
                 source_fault_fn *fault, void *ctx, struct source_tally *tally, struct err *e);
    bool (*name)(const char *field, const char *name, struct err *e);
    bool (*find)(const char *corpus, const char *locator, struct record *r, struct err *e);
};

#endif
