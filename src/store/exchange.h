/* SPDX-License-Identifier: ISC */
/*
 * The reading state as marks that can be carried from one file to another: what was changed last of each thing that is
 * kept, when, and by which file.
 * Knows: store/state and its tables. Owns: nothing; what is given out is borrowed for the call. Fails: with a struct
 * err.
 *
 * A mark is a register of which the last writer's value stands: of two marks of one kind with the same keys the one
 * with the greater (at, writer, values) does, the values in their order. A file takes a mark only where it is greater
 * than its own. So whatever marks are taken, in whatever order and how often, files that took the same hold the same
 * (a state-based CRDT: Shapiro and others, "Conflict-free Replicated Data Types", 2011). What was taken away is a
 * mark as well, and never forgotten. The words of a note never change (store/notes.h): of two machines' notes on a
 * passage both are kept. The shelf is of one machine, and no part of this.
 */
#ifndef STORE_EXCHANGE_H
#define STORE_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/state.h"

enum exchange_type {
    EXCHANGE_NUMBER, /* at least 0 */
    EXCHANGE_TRUTH,  /* 0 or 1 */
    EXCHANGE_TEXT,
    EXCHANGE_BYTES,
    EXCHANGE_WRITER, /* a state_name */
};

struct exchange_field {
    const char *name;
    enum exchange_type type;
    int size; /* of EXCHANGE_BYTES: how many, 0 for any number */
};

enum { EXCHANGE_FIELDS = 11, EXCHANGE_TIME_MAX = 253402300799 /* the end of the year 9999, in seconds */ };

struct exchange_kind {
    const char *name; /* "read", "note" */
    int keys;         /* the first fields, which name the thing */
    int count;
    struct exchange_field field[EXCHANGE_FIELDS];
};

struct exchange_value {
    bool known; /* a key always is */
    int64_t number;
    const char *bytes; /* of texts and bytes */
    size_t len;
};

struct exchange_mark {
    const struct exchange_kind *kind;
    int64_t at; /* ms since 1970; 0 for what is older than the keeping of times */
    int64_t writer;
    struct exchange_value value[EXCHANGE_FIELDS];
};

/* Kind number n, NULL past the last one; and the kind of that name, NULL where there is none. */
const struct exchange_kind *exchange_kind_at(size_t n);
const struct exchange_kind *exchange_kind_find(const char *name, size_t len);

/* Calls fn with all marks as they are at one moment: kind by kind, by rising keys. */
bool exchange_each(struct state *s, void (*fn)(void *ctx, const struct exchange_mark *m), void *ctx, struct err *e);

/* False, and e, where it is no mark: a value is missing or out of bounds. */
bool exchange_check(const struct exchange_mark *m, struct err *e);

/* Takes a mark over where it is greater than what is there: *news says whether. False and e where it is none
 * (exchange_check; nothing was written then) or cannot be written. */
bool exchange_take(struct state *s, const struct exchange_mark *m, bool *news, struct err *e);

#endif
