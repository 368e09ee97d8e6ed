/* SPDX-License-Identifier: ISC */
/*
 * What may go to a terminal, byte by byte: printable characters, the control sequences that terminfo names for its
 * type, and the documented forms of OSC 2 (its window's name), 8 (addresses) and 52 (its clipboard).
 * Knows: terminfo, the C library's characters. Owns: what it has seen to be right. Fails: says what is wrong and where.
 */
#ifndef TESTS_UI_WIRE_H
#define TESTS_UI_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct wire;

/* For a terminal type; the locale must be of UTF-8. NULL where terminfo does not know it. */
struct wire *wire_new(const char *type);
void wire_free(struct wire **w);

/* Whether len bytes, which begin and end between two sequences, are all allowed; where not, why says so. */
bool wire_check(struct wire *w, const char *bytes, size_t len, struct buf *why);

#endif
