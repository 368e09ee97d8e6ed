/* SPDX-License-Identifier: ISC */
/*
 * Confinement: a process gives up, for good, what it will not need, so that a fault in it is worth nothing to whoever
 * wrote the text that caused it.
 * Knows: Linux's Landlock (landlock(7)) and seccomp filters (libseccomp). Owns: the set of what is let.
 * Fails: where the build or the kernel cannot; what it then could is told, and the caller decides.
 */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

#include <stdbool.h>

#include "base/err.h"

enum confine_power {
    CONFINE_FILES = 1 << 0, /* no file but those that were let */
    CONFINE_CALLS = 1 << 1, /* no other program, no socket, no key pressed for the terminal's next reader */
};

enum { CONFINE_ALL = CONFINE_FILES | CONFINE_CALLS };

/* The confine_power bits that this build and this kernel have. */
unsigned confine_can(void);

struct confine;

struct confine *confine_new(void);
void confine_free(struct confine **c);

/* Lets the file, or the folder and all below it, at path be read and, where write, be written, made and removed. A
 * path that is not there, or NULL, is passed over. */
void confine_let(struct confine *c, const char *path, bool write);

/* Lets what the program itself needs: to be read, the system's libraries, languages and time zones, its own data and
 * code, and its configuration; to be written, the folder of its caches, where temporary files can go too, or, where it
 * has none, that of temporary files. */
void confine_let_program(struct confine *c);

/* Lets a corpus be read: a folder, or a file with the folder in which it lies, since a format may lie in two files. */
void confine_let_corpus(struct confine *c, const char *path);

/* Lets the folder in which the file lies, or will lie, be read and, where write, be written. */
void confine_let_beside(struct confine *c, const char *file, bool write);

/* Puts the powers that can be had into force for this thread, for those it starts from now on, and for good; threads
 * that run already, and descriptors that are open, stay as they were. *got has the bits of what is in force. False,
 * with e, where the kernel refused what confine_can promised. */
bool confine_begin(struct confine *c, unsigned *got, struct err *e);

/* Calls fn in a thread of its own that is confined so, as far as the system can, and waits for its end. Where the
 * kernel refused what confine_can promised, e says so. False, with e and without the call, where there is no thread. */
bool confine_run(struct confine *c, void (*fn)(void *ctx), void *ctx, struct err *e);

#endif
