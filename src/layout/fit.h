/* SPDX-License-Identifier: ISC */
/*
 * Foreign text made fit for one line: through the door, its white space folded, cut to a width.
 * Knows: base/door, base/unicode. Owns: nothing. Fails: never.
 */
#ifndef LAYOUT_FIT_H
#define LAYOUT_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/* Adds the safe form of len raw bytes at s to out: one line, runs of white space as one space, none at the
 * ends; in ASCII where wanted. */
void fit_add(struct buf *out, const char *s, size_t len, bool ascii);

/* Words of our own, safe: utf8 itself, or in ASCII, where wanted, in the arena. */
const char *fit_words(struct arena *a, const char *utf8, bool ascii);

/* Cuts the bytes of out from `from` on to at most `columns` columns, at a cluster, the last of them an
 * ellipsis (`...` in ASCII, where there are more than three columns). Returns how many columns they take. */
int fit_cut(struct buf *out, size_t from, int columns, bool ascii);

/* The same, leaving out the middle: for file names, whose ends tell them apart. */
int fit_cut_middle(struct buf *out, size_t from, int columns, bool ascii);

#endif
