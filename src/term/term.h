/* SPDX-License-Identifier: ISC */
/*
 * The terminal: taken at the start, given back at every way out, read and painted in between.
 * Knows: POSIX terminals and signals, term/caps, term/input, term/screen. Owns: the terminal's modes; one at a
 * time. Fails: term_open with a struct err; later a terminal that goes away is an event.
 * Where the environment variable CUTTINGS_IDLE_FD names a descriptor, one byte is written to it each time that
 * all input is read and all output written, before waiting: how many bytes of input there were since the program began,
 * modulo 256. Rests (term_next with a time) then end at once.
 */
#ifndef TERM_TERM_H
#define TERM_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "term/input.h"
#include "term/screen.h"

struct term;

/* Takes the terminal of standard input and output (of /dev/tty where standard input is something else) in the
 * locale's encoding. Asks the terminal nothing. Give it back with term_close. */
bool term_open(struct term **out, struct err *e);
void term_close(struct term **t);

/* What is known of the terminal, the locale and the environment. */
struct term_facts {
    bool ascii; /* only ASCII should be shown: the locale's encoding is not UTF-8 */
    bool links; /* addresses of OSC 8 are known to be clickable */
    int colors; /* how many it has; 0 for none, or where NO_COLOR is set */
};

/* Valid as long as the terminal is taken. */
const struct term_facts *term_facts(const struct term *t);

void term_size(const struct term *t, int *rows, int *columns);

/* How a style looks from now on: what the terminal has of the attributes, the style's fallback for those that it
 * lacks; colours by number, -1 for the terminal's own. */
void term_set_look(struct term *t, enum style style, unsigned attr, int foreground, int background);

/* The picture; its size follows the terminal's. */
struct screen *term_screen(struct term *t);

/* Shows the picture, in one write. */
void term_update(struct term *t, int cursor_row, int cursor_column);

enum term_event {
    TERM_NOTHING, /* the time is over, nothing came */
    TERM_KEY,
    TERM_MOUSE,   /* a button or the wheel: term_mouse */
    TERM_PASTE,   /* text was pasted: term_pasted */
    TERM_RESIZED, /* the size may be another; the picture is blank */
    TERM_WAKE,    /* a byte came on the wake descriptor */
    TERM_END,     /* the terminal is gone or the program was told to end */
};

/* The next thing that happens. Waits at most wait ms, for ever where it is negative, not at all at 0. wake is a
 * descriptor to be watched, -1 for none. */
enum term_event term_next(struct term *t, int wait, int wake, uint32_t *key);

/* What was pasted, valid until the next term_next. */
const char *term_pasted(const struct term *t, size_t *len);

/* What the mouse did, valid until the next term_next. */
const struct input_mouse *term_mouse(const struct term *t);

/* Lets the terminal report its mouse, or leaves it to the terminal's own selecting; false where it cannot. */
bool term_set_mouse(struct term *t, bool on);

/* Gives the terminal to the shell until the program is continued; the picture is then to be drawn anew. */
void term_suspend(struct term *t);

/* Gives the terminal to another program for a while, and takes it back. */
void term_leave(struct term *t);
void term_enter(struct term *t);

#endif
