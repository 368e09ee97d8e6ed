/* SPDX-License-Identifier: ISC */
/*
 * The one door between foreign text and the terminal.
 * Knows: base/utf8, base/unicode. Owns: nothing. Fails: never.
 * What comes out is valid UTF-8 in which every character is safe to print and takes as many columns as
 * unicode_columns and the C library's wcwidth say:
 * - controls stand as pictures (U+2400 block), C1 controls, bidirectional embeddings, overrides and isolates,
 *   other format characters, private-use and unassigned code points as <U+XXXX>, bad bytes as <XX>;
 * - white space of one line is a space, and CR LF is one line end;
 * - what is invisible and only says where letters join, lines break or directions turn is dropped: soft
 *   hyphen, zero-width space, word joiner, byte order mark, direction marks, and joiners outside of the
 *   scripts (Arabic, Indic, ...) whose letters they shape, where they pass;
 * - variation selectors, skin tints after an emoji and the joiners between emoji are dropped, so that emoji
 *   stand one after another, as wide as each is;
 * - a mark that has neither a base nor columns of its own gets a dotted circle, and of a heap of marks four pass.
 * Right-to-left text passes in its logical order.
 */
#ifndef BASE_DOOR_H
#define BASE_DOOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum door_flag {
    DOOR_LINE = 0,      /* one line: tabs become a space, line ends too */
    DOOR_KEEP_TABS = 1, /* tabs pass: for plain output to files */
    DOOR_KEEP_ENDS = 2, /* line ends pass, as LF: for plain output of whole texts */
};

/* The door between two characters: what the next one depends on. All zero at the start of a text. */
struct door {
    uint32_t last; /* the last character that went in and was not dropped */
    int marks;     /* how many marks stand on it so far; -1 where it cannot carry one */
};

/* Takes one character at s, of which len > 0 bytes are left, adds its safe form (which may be nothing) to
 * out, and returns how many bytes it took. */
size_t door_next(struct door *d, struct buf *out, const char *s, size_t len, unsigned flags);

/* Adds the safe form of len bytes at s to out. */
void door_add(struct buf *out, const char *s, size_t len, unsigned flags);

/* Whether door_add would change nothing (so that the caller can use s itself). */
bool door_is_clean(const char *s, size_t len, unsigned flags);

/* One line that may be shown. Only base/door makes one, and what paints takes nothing else; tests/house/floors.sh sees
 * to it that no other file builds one by hand. */
struct shown {
    const char *bytes;
    size_t len;
};

/* len bytes at s as they may be shown: themselves where the door would change nothing, else their safe form, put into
 * room in place of what it held. Valid as long as s and room are as they were. */
struct shown door_show(struct buf *room, const char *s, size_t len);

/* Adds s, safe already, with each character that ASCII lacks replaced by a readable stand-in (“ by ", … by
 * ..., é by e, Greek and Cyrillic letters by Latin ones, anything else by ?), for locales and terminals without
 * UTF-8. */
void door_add_ascii(struct buf *out, const char *s, size_t len);

#endif
