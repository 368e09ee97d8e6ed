/* SPDX-License-Identifier: ISC */
/*
 * The articles that were picked, so that one action can be done to all of them.
 * Knows: nothing. Owns: their ids. Fails: never.
 */
#ifndef UI_PICKS_H
#define UI_PICKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PICKS_MOST = 100000 }; /* as many changes as can be taken back (ui/undo) */

struct picks {
    int64_t *ids; /* rising */
    size_t count, cap;
};

void picks_release(struct picks *p);

bool picks_has(const struct picks *p, int64_t id);

/* Adds the article or takes it out; adding does nothing where there are PICKS_MOST. */
void picks_set(struct picks *p, int64_t id, bool on);

#endif
