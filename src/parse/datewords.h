/* SPDX-License-Identifier: ISC */
/*
 * The words that dates are made of, in de en fr es pt it nl pl ru uk cs tr sv da nb fi hu ro el ar he id ca sk hr bg.
 * Knows: base/unicode for lower case. Owns: one constant table.
 * Fails: never; a word that is not in the table is W_NONE.
 */
#ifndef PARSE_DATEWORDS_H
#define PARSE_DATEWORDS_H

#include <stddef.h>

enum dateword_kind {
    W_NONE,
    W_MONTH,   /* value: 1 to 12 */
    W_LOOSE,   /* a month whose name is another word too ("may", "out", "mag"): needs a year or a capital */
    W_WEEKDAY, /* value: nothing */
    W_UNIT,    /* value: minutes */
    W_AGO,     /* stands behind "3 hours" */
    W_VOR,     /* stands before "3 Stunden" */
    W_ONE,     /* "an hour": value 1 */
    W_DAY,     /* yesterday, today; value: minutes ago */
    W_NOON,    /* am, pm; value: hours to add */
    W_UHR,
    W_ZONE,
    W_ORDINAL,
    W_OF, /* between day, month and year */
    W_AT, /* between date and time */
};

struct dateword {
    const char *text; /* in lower case */
    enum dateword_kind kind;
    int value;
};

/* The row of the word of len bytes at s, in any case, or NULL. */
const struct dateword *dateword_find(const char *s, size_t len);

/* Row i of the table, NULL behind the last one: for the test that holds it sorted. */
const struct dateword *dateword_at(size_t i);

#endif
