/* SPDX-License-Identifier: ISC */
/*
 * Drives the program on a terminal of its own and looks at what stands there.
 * Knows: ptys, libvterm, the program's idle mark. Owns: the program and its home folder.
 * Nothing sleeps: after each key the driver waits until the program has read it and waits in its turn. A screen
 * that could not be reached in PATIENCE seconds is a failure, shown as a picture.
 */
#ifndef TESTS_UI_SCREEN_H
#define TESTS_UI_SCREEN_H

#include <stdbool.h>
#include <sys/types.h>
#include <vterm.h>

#include "base/buf.h"

struct screen_drive {
    int rows, columns;
    char *home;          /* a folder of its own, kept from one start to the next */
    struct buf env;      /* NAME=VALUE, each with its zero byte */
    struct buf args;     /* each with its zero byte */
    pid_t pid;           /* 0 where the program does not run */
    int master, idle, errors, trace;
    unsigned char sent;  /* how many bytes, in eight bits: the idle mark tells how many were taken */
    struct buf actions;  /* names of the actions that were done, one a line, of all runs */
    VTerm *vt;
    VTermScreen *cells;
    bool alternate;      /* the program has the screen to itself */
    struct buf raw;      /* all bytes of this run */
    size_t mark;         /* where in raw the last key began */
    struct buf complaint; /* what the program wrote on standard error */
    int status;          /* exit status, 128 + signal, once it ended */
};

void screen_drive_init(struct screen_drive *d);
void screen_drive_release(struct screen_drive *d);

/* Starts the program named by the environment variable CUTTINGS and waits for its first screen, or its end. */
void screen_drive_start(struct screen_drive *d);

/* Sends bytes and waits until they are dealt with. */
void screen_drive_send(struct screen_drive *d, const char *bytes, size_t len);

void screen_drive_resize(struct screen_drive *d, int rows, int columns);

/* Lets time pass until the program has drawn something more; false where it has not for a while. */
bool screen_drive_wait(struct screen_drive *d);

/* Sends a signal (0: takes the terminal away) and waits for the end. */
void screen_drive_end(struct screen_drive *d, int number);

/* Waits for the end of the program; false where it goes on. */
bool screen_drive_ended(struct screen_drive *d);

/* The text of a row, without trailing blanks; and its looks, a letter a cell: b bold, u underlined, i italic,
 * r reverse, combined as capitals B (bold reverse); '.' plain; a blank where nothing
 * is to be seen. */
void screen_drive_row(const struct screen_drive *d, int row, struct buf *out);
void screen_drive_looks(const struct screen_drive *d, int row, struct buf *out);

/* The whole screen in a frame, for people. */
void screen_drive_picture(const struct screen_drive *d, struct buf *out);

#endif
