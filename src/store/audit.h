/* SPDX-License-Identifier: ISC */
/*
 * The audit of a cache: whether its file is whole, and whether its tables say the same of every article.
 * Knows: all of store/. Owns: a reading connection for the time of the call. Fails: with a struct err where
 * the cache cannot be read at all; what is wrong in it is an answer. It writes nothing.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include <stdbool.h>

#include "base/err.h"

struct audit {
    long files, waiting; /* known, and still to be read */
    long articles;
    long faults; /* what could not be read when it was indexed */
    long damage; /* what is wrong in the cache */
};

struct audit_options {
    const char *path;
    void (*fault)(void *ctx, const char *text);  /* "FILE: what is wrong" */
    void (*damage)(void *ctx, const char *text); /* a sentence */
    bool (*stop)(void *ctx);                     /* NULL, or asked now and then whether to give up */
    void *ctx;
};

/* Reads all of the cache: takes about as long as reading the file, and some megabytes. */
bool audit_run(const struct audit_options *o, struct audit *a, struct err *e);

#endif
