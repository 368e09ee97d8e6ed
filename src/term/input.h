/* SPDX-License-Identifier: ISC */
/*
 * From a terminal's bytes to keys: UTF-8, escape sequences, Alt, and pasted text apart from typed text.
 * Knows: conf/key; xterm's control sequences (ctlseqs, "PC-Style Function Keys"). Owns: the bytes not yet read.
 * Fails: never; a sequence that means nothing here is dropped whole.
 */
#ifndef TERM_INPUT_H
#define TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "term/caps.h"

/* A report of the mouse (SGR, mode 1006). */
struct input_mouse {
    int button; /* 0 left, 1 middle, 2 right; 64 wheel up, 65 down */
    bool down;  /* pressed, or held while it moves; else let go */
    bool moved;
    int row, column; /* from 0 */
};

struct input {
    const struct caps *caps; /* NULL: the sequences that nearly all terminals send are known still */
    struct buf bytes;
    size_t at;         /* first byte not decoded */
    bool pasting;      /* between the marks of pasted text */
    struct buf paste;  /* what was pasted */
    struct input_mouse mouse; /* the last report */
};

enum input_event {
    INPUT_NONE,    /* all bytes are read */
    INPUT_PARTIAL, /* what is left may be the start of a sequence, or Esc alone */
    INPUT_KEY,
    INPUT_PASTE,   /* i->paste holds pasted text, until the next call */
    INPUT_MOUSE,   /* i->mouse says what */
};

void input_init(struct input *i, const struct caps *caps);
void input_release(struct input *i);

void input_feed(struct input *i, const char *bytes, size_t len);

/* The next event. wait_over says that nothing more came in time: what is partial is then taken for what it is. */
enum input_event input_next(struct input *i, bool wait_over, uint32_t *key);

#endif
