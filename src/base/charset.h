/* SPDX-License-Identifier: ISC */
/*
 * From bytes of an unknown encoding to UTF-8.
 * Knows: BOMs, UTF-8, UTF-16, windows-1252, windows-1251, KOI8-R, ISO 8859-1, and UTF-8 that was encoded
 * twice.
 * Owns: nothing; results go to the caller. Fails: never. Bad bytes in UTF-8 stay as they are (every reader of
 * UTF-8 here takes them one at a time); what the other encodings cannot mean becomes U+FFFD.
 */
#ifndef BASE_CHARSET_H
#define BASE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum charset {
    CHARSET_UTF8,
    CHARSET_UTF16LE,
    CHARSET_UTF16BE,
    CHARSET_WINDOWS_1252,
    CHARSET_WINDOWS_1251,
    CHARSET_KOI8_R,
    CHARSET_LATIN1,
    CHARSET_COUNT
};

/* The character that byte stands for in the single-byte set c, 0 where the set has none there. */
uint32_t charset_of_byte(enum charset c, unsigned char byte);

/* The likeliest encoding of the bytes: a byte order mark decides; then whether every second byte makes them
 * UTF-16; then whether they are valid UTF-8 (a few bad bytes in much valid text are still UTF-8); then what
 * letters stand beside each other in the single-byte sets (letter frequencies of Russian, pairs, case). */
enum charset charset_guess(const char *bytes, size_t len);

/* Whether the bytes look like a binary file: controls other than white space and ESC, or NULs outside
 * UTF-16, in more than a few of the first 8 KiB. */
bool charset_is_binary(const char *bytes, size_t len);

/* Where decoded text and its source part ways: from text on, every text_step bytes of text stand for
 * source_step bytes of the source, until the next mark. */
struct charset_mark {
    size_t text, source;
    unsigned char text_step, source_step;
};

struct charset_map {
    struct charset_mark *marks; /* by rising text; empty where both are the same everywhere */
    size_t count, cap;
};

/* Adds the bytes to out as UTF-8. A byte order mark at the start and line ends stay as they are, so that
 * every source byte has its place. Runs of doubly encoded UTF-8 ("â€™") are undone. map (which may be NULL)
 * takes the marks; release it with charset_map_release. */
void charset_decode(enum charset c, const char *bytes, size_t len, struct buf *out, struct charset_map *map);

/* The source offset of text offset t, which lies at a character. */
size_t charset_source(const struct charset_map *map, size_t t);

void charset_map_release(struct charset_map *map);

#endif
