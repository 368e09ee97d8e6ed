/* SPDX-License-Identifier: ISC */
/*
 * Other programs: the reader's editor and browser. None is run through a shell, and what is foreign reaches them as
 * one argument of theirs.
 * Knows: ui/state, term/. Owns: nothing; the terminal is theirs while they run. Fails: with a struct err; in the
 * restricted mode always.
 */
#ifndef UI_OUTSIDE_H
#define UI_OUTSIDE_H

#include "base/buf.h"
#include "base/err.h"
#include "ui/state.h"

/* Lets the reader change text in $VISUAL, $EDITOR or vi. */
bool outside_edit(struct ui *u, struct buf *text, struct err *e);

/* Opens an address, of the web or of mail, in $BROWSER (the first of several with colons between; %s is the address,
 * else it comes last), which has the terminal until it ends; without one, xdg-open or open. */
bool outside_browse(struct ui *u, const char *address, struct err *e);

/* Adds an address as other programs may be given it: "https://" before one that has no scheme, everything but
 * printable ASCII as %XX. False, and nothing added, where it is of no known scheme. */
bool outside_add_address(struct buf *out, const char *s, size_t len);

#endif
