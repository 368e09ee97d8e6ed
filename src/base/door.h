/* SPDX-License-Identifier: ISC */
/*
 * The one door between foreign text and the terminal.
 * Knows: base/utf8, base/unicode. Owns: nothing. Fails: never.
 * What comes out is valid UTF-8 in which every character is safe to print: controls (C0, C1, DEL) stand as
 * visible pictures (U+2400 block), bidirectional embeddings, overrides and isolates, other invisible format
 * characters and private-use or unassigned code points as <U+XXXX>, bad bytes as <XX>. Joiners inside a
 * cluster, variation selectors and marks pass where they belong to a base character.
 */
#ifndef BASE_DOOR_H
#define BASE_DOOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum door_flag {
    DOOR_LINE = 0,      /* one line: tabs become a space, line ends too */
    DOOR_KEEP_TABS = 1, /* tabs pass: for plain output to files */
    DOOR_KEEP_ENDS = 2, /* line ends pass: for plain output of whole texts */
};

/* Adds the safe form of len bytes at s to out. */
void door_add(struct buf *out, const char *s, size_t len, unsigned flags);

/* Whether door_add would change nothing (so that the caller can use s itself). */
bool door_is_clean(const char *s, size_t len, unsigned flags);

/* Adds s, safe already, with each character that ASCII lacks replaced by a readable stand-in (“ by ", … by
 * ..., é by e, anything else by ?), for locales and terminals without UTF-8. */
void door_add_ascii(struct buf *out, const char *s, size_t len);

#endif
