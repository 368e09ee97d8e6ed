/* SPDX-License-Identifier: ISC */
/*
 * The audit of a reading state: whether its file is whole, and each record one that this version knows.
 * Knows: store/state, store/exchange. Owns: its connections for the time of the call. Fails: with a struct err where
 * the file cannot be read at all; what is wrong in it is an answer.
 */
#ifndef STORE_STATE_AUDIT_H
#define STORE_STATE_AUDIT_H

#include <stdbool.h>

#include "base/err.h"

struct state_audit {
    long marks;  /* that are kept */
    long damage; /* calls of fn */
    bool whole;  /* the file is; single records may be wrong */
};

/* Calls fn with each thing that is wrong with the reading state at path. Of a damaged file nothing else is looked at;
 * it is left as it is. */
bool state_audit_run(const char *path, void (*fn)(void *ctx, const char *text), void *ctx, struct state_audit *a,
                     struct err *e);

#endif
