/* SPDX-License-Identifier: ISC */
/*
 * What commands write: results on standard output, faults on standard error.
 * Knows: base/door, the locale's charset. Owns: bytes not yet written.
 * Fails: a write that fails is said once, and is exit status 3; a reader who closed the pipe is no fault.
 */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct output {
    struct buf waiting;
    int fd;
    bool terminal; /* fd is a terminal */
    bool ascii;    /* it is one whose locale has no UTF-8 */
    bool closed;   /* nobody reads it any more */
    int error;     /* errno of the first write that failed, 0 for none */
};

void output_init(struct output *o, int fd);

/* Writes what waits and frees it; false, said on standard error, where something could not be written. */
bool output_finish(struct output *o);

/* Adds foreign text: it passes the door with these flags (base/door.h). */
void output_text(struct output *o, const char *s, size_t len, unsigned flags);

/* As output_text for a string that is one line. */
void output_str(struct output *o, const char *s);

/* Adds what the program itself has written: JSON, its own words. On the way to a terminal it passes the door too, its
 * tabs and line ends kept: JSON may hold what another program can take and a terminal cannot. */
void output_raw(struct output *o, const char *s, size_t len);
void output_fmt(struct output *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Goes back to the beginning of the terminal's line, to write over it. */
void output_return(struct output *o);

/* Writes what waits now; false where nobody wants more (the pipe is closed, the disk is full). */
bool output_flush(struct output *o);

/* The number of columns of the terminal at o, 0 where it is none. */
int output_columns(const struct output *o);

/* "cuttings: TEXT" on standard error, TEXT through the door. */
void output_complain(const char *text);

#endif
