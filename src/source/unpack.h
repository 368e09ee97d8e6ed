/* SPDX-License-Identifier: ISC */
/*
 * Compressed streams and archives: what lies in them, as units to be read.
 * Knows: libarchive; libzstd, because libarchive refuses windows over 128 MiB, which the dumps of Reddit
 * have.
 * Owns: nothing between calls. Fails: through the job, one fault where a unit breaks off.
 */
#ifndef SOURCE_UNPACK_H
#define SOURCE_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "source/job.h"
#include "source/stream.h"

enum unpack_kind { UNPACK_NONE, UNPACK_ZSTD, UNPACK_OTHER };

/* Whether the bytes that a unit begins with are compressed or an archive. */
enum unpack_kind unpack_kind(const char *head, size_t len);

/* Reads the unit in s: unpacks it as often as it was packed (up to a bound) and calls read for what is
 * inside, with the job's unit naming it: the same for a compressed file, "/" and the member's name for an
 * archive's. */
void unpack_read(struct stream *s, struct job *j, void (*read)(struct stream *s, struct job *j));

#endif
