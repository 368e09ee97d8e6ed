/* SPDX-License-Identifier: ISC */
/*
 * What went wrong, in words a user can act on.
 * Knows: exit statuses. Owns: nothing; a struct err is plain storage of the caller.
 * Fails: never; a message that is too long is cut at a character, and keeps the system's reason at its end.
 * Messages are lower case, name their subject in single quotes and have no full stop:
 * "cannot open 'x.db': Permission denied". The program's name is put before them where they are printed.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

/* The exit statuses of the program; a struct err carries the one its fault calls for. */
enum err_status {
    ERR_NONE = 0,    /* done */
    ERR_NOMATCH = 1, /* nothing matched */
    ERR_USAGE = 2,   /* the command line, a query or the terminal cannot be used */
    ERR_IO = 3,      /* something could not be read or written */
};

struct err {
    enum err_status status;
    char text[480];
};

#define ERR_INIT {ERR_NONE, ""}

/* Sets e (which may be NULL) to status and the formatted text and returns false, so that a function can
 * end with `return err_set(...)`. The first fault is kept: an e that is set already stays as it is. */
bool err_set(struct err *e, enum err_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set with ERR_IO, and ": " and the words for the present errno added. */
bool err_sys(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Forgets the fault. */
void err_clear(struct err *e);

#endif
