/* SPDX-License-Identifier: ISC */
/*
 * Keys and their notation: one parser for the default bindings and the user's.
 * Knows: nothing of terminals. Owns: nothing. Fails: an unknown name is an answer.
 * A key is a Unicode character, or one of the named keys below, with the bits for Control and Alt. Notation:
 * "j", "G", "Space", "Enter", "Tab", "S-Tab", "Esc", "Backspace", "Delete", "Up", "PgDn", "F1", "^D" (Control),
 * "M-x" (Alt). A sequence is keys one after another: "zo", "[[", "z Space".
 */
#ifndef CONF_KEY_H
#define CONF_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
    KEY_BASE = 0x110000, /* named keys lie beyond Unicode */
    KEY_UP_ARROW = KEY_BASE,
    KEY_DOWN_ARROW,
    KEY_LEFT_ARROW,
    KEY_RIGHT_ARROW,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_HOME_END_FIRST,
    KEY_GO_HOME = KEY_HOME_END_FIRST,
    KEY_GO_END,
    KEY_INSERT_CHAR,
    KEY_DELETE_CHAR,
    KEY_BACK_TAB,
    KEY_F0, /* F1 is KEY_F0 + 1, up to F12 */
    KEY_LAST = KEY_F0 + 12,
    KEY_ALT = 1 << 24, /* bit: with Alt */
};

enum { KEY_SEQUENCE_MAX = 4 };

struct key_sequence {
    uint32_t key[KEY_SEQUENCE_MAX];
    int count;
};

/* Reads a whole notation; false where it is none or too long. */
bool key_parse(const char *notation, struct key_sequence *out);

/* Adds the notation of one key, in the form that key_parse reads and people know. */
void key_add_name(struct buf *out, uint32_t key);
void key_add_sequence(struct buf *out, const struct key_sequence *s);

#endif
