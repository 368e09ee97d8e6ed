/* SPDX-License-Identifier: ISC */
/*
 * A reading state of its own and articles to mark, for the tests of what the reading state keeps.
 * Knows: store/state. A test program includes it once.
 */
#ifndef TESTS_STORE_MARKED_H
#define TESTS_STORE_MARKED_H

#include "sample.h"

#include "store/state.h"

/* Opens the reading state at path, which is whole or not there. */
static inline struct state *marked_open(const char *path)
{
    struct err e = ERR_INIT;
    char *aside = NULL;
    struct state *s = state_open(path, false, &aside, &e);

    if (!s)
        fail_msg("%s", e.text);
    assert_null(aside);
    return s;
}

/* The article of these bytes at this locator of one corpus. */
static inline struct state_id marked_id(const char *bytes, const char *locator)
{
    struct digest d = digest_of(bytes, strlen(bytes));

    return state_id(&d, "/corpus", locator);
}

#endif
