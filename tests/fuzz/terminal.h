/* SPDX-License-Identifier: ISC */
/*
 * A terminal of memory below the program's own terminal code: what that asks of descriptors 0 and 1, of the clock of
 * poll and of the signals is answered here (by the linker's --wrap), without a pty, a process or a thread.
 * Knows: libvterm, tests/ui/wire. Owns: one terminal at a time. Fails: what the program may not do ends it (MUST).
 *
 * What is typed is any bytes, dealt out a few at a time, the next ones each time that the program waits for ever:
 *   FF r c   the terminal gets another size
 *   FE       the whole screen is asked for anew: it must be what stands there
 *   FD b     the next b % 64 bytes come all at once
 *   other    this byte and up to 11 more, as its value says; with FC before, while the program is still at work
 * Behind it the program rests, on a stack of its own, until more is typed or the terminal is closed: then that hangs
 * up, or the program is told to end.
 */
#ifndef TESTS_FUZZ_TERMINAL_H
#define TESTS_FUZZ_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

struct terminal_options {
    const char *type; /* as terminfo knows it */
    int rows, columns;
    bool hangs_up;    /* at the end, instead of a signal */
    bool short_writes; /* takes half of what is written at a time */
    void (*program)(void);
};

/* The environment that goes with it; once. */
void terminal_begin(void);

/* Makes the terminal, which the program finds until terminal_close, and starts that, with something typed. */
void terminal_open(const struct terminal_options *o, const char *typed, size_t len);
bool terminal_is_open(void);

/* False where the program has ended by itself: what is typed then is lost. */
bool terminal_runs(void);
void terminal_type(const char *typed, size_t len);

/* Ends the program where it rests, and holds what is left against what must be. */
void terminal_close(void);

#endif
