/* SPDX-License-Identifier: ISC */
/*
 * Keys and their notation: one parser for the default bindings and the user's.
 * Knows: nothing of terminals. Owns: nothing. Fails: an unknown name is an answer.
 * A key is a Unicode character, or one of the named keys below, with the bits for Control and Alt. Notation:
 * "j", "G", "Space", "Enter", "Tab", "S-Tab", "Esc", "Backspace", "Delete", "Up", "PgDn", "F1", "^D" (Control),
 * "M-x" (Alt). What terminals cannot tell apart is one key: ^I is Tab, ^M and ^J are Enter, ^H is Backspace,
 * ^[ is Esc. A sequence is keys one after another: "zo", "[[", "z Space".
 */
#ifndef CONF_KEY_H
#define CONF_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
    KEY_TABULATOR = '\t',
    KEY_RETURN = '\r',
    KEY_ESCAPE = 0x1B,
    KEY_RUBOUT = 0x7F,
    KEY_BEYOND = 0x110000, /* named keys lie beyond Unicode */
    KEY_ARROW_UP = KEY_BEYOND,
    KEY_ARROW_DOWN,
    KEY_ARROW_LEFT,
    KEY_ARROW_RIGHT,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_GO_HOME,
    KEY_GO_END,
    KEY_INSERT,
    KEY_DELETE,
    KEY_BACK_TAB,
    KEY_FUNCTION,                    /* F1 is KEY_FUNCTION + 1, up to F12 */
    KEY_LAST = KEY_FUNCTION + 12,
    KEY_ALT = 1 << 24,               /* bit: with Alt */
};

/* The key of a letter held with Control. */
#define KEY_CONTROL(letter) ((uint32_t)(letter) & 0x1Fu)

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
