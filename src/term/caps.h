/* SPDX-License-Identifier: ISC */
/*
 * What the terminal can do and the bytes that make it do so: the one file that knows curses (its terminfo part).
 * Knows: terminfo(5). Owns: copies of the strings, without padding. Fails: with a struct err where the terminal
 * is unknown or cannot move its cursor.
 */
#ifndef TERM_CAPS_H
#define TERM_CAPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "conf/style.h"

enum cap {
    CAP_MOVE,          /* cup: row, column */
    CAP_COLUMN,        /* hpa: column */
    CAP_RIGHT,         /* cuf: count */
    CAP_UP,            /* cuu1 */
    CAP_CLEAR,         /* clear */
    CAP_CLEAR_LINE,    /* el */
    CAP_REGION,        /* csr: first, last */
    CAP_SCROLL_UP,     /* ind */
    CAP_SCROLL_DOWN,   /* ri */
    CAP_SCROLL_UP_N,   /* indn: count */
    CAP_SCROLL_DOWN_N, /* rin: count */
    CAP_PLAIN,         /* sgr0, without its change of character set */
    CAP_BOLD,
    CAP_DIM,
    CAP_ITALIC,
    CAP_UNDERLINE,
    CAP_REVERSE,
    CAP_FOREGROUND,    /* setaf: colour */
    CAP_BACKGROUND,    /* setab: colour */
    CAP_ENTER,         /* smcup */
    CAP_LEAVE,         /* rmcup */
    CAP_KEYPAD,        /* smkx */
    CAP_NO_KEYPAD,     /* rmkx */
    CAP_SHOW_CURSOR,   /* cnorm */
    CAP_HIDE_CURSOR,   /* civis */
    CAP_PASTE,         /* BE: pasted text comes between marks */
    CAP_NO_PASTE,      /* BD */
    CAP_SYNC,          /* Sync: 1 holds the picture, 2 shows it */
    CAP_CLIPBOARD,     /* Ms: selection, base64 */
    CAP_MOUSE,         /* buttons, and motion while one is held, are reported in the form of SGR (1006) */
    CAP_NO_MOUSE,
    CAP_COUNT
};

/* A key as the terminal sends it. */
struct caps_key {
    char *bytes;
    uint32_t key; /* conf/key */
};

enum { CAPS_KEYS = 32 };

struct caps {
    char *text[CAP_COUNT]; /* NULL where it cannot */
    bool margin_wraps;     /* am without xenl: the last cell cannot be written without scrolling */
    bool titles;           /* its window has a title, set as xterm does */
    bool links;            /* addresses of OSC 8 are known to be clickable */
    int colors;            /* 0 for none */
    struct caps_key keys[CAPS_KEYS];
    int key_count;
};

/* Reads the entry of terminal type `type` (NULL: none is set). Release with caps_release. */
bool caps_init(struct caps *c, const char *type, struct err *e);
void caps_release(struct caps *c);

/* Adds the bytes of a capability with up to two numbers filled in; nothing where the terminal lacks it. */
void caps_add(const struct caps *c, enum cap cap, int a, int b, struct buf *out);

/* Which of a style's attributes (enum style_attr bits) it has, and the bytes that turn them on. */
unsigned caps_attributes(const struct caps *c);
void caps_add_attributes(const struct caps *c, unsigned attr, struct buf *out);

/* Adds the bytes that put text, base64 of something, into the clipboard. */
void caps_add_clipboard(const struct caps *c, const char *base64, struct buf *out);

#endif
