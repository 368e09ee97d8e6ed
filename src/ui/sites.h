/* SPDX-License-Identifier: ISC */
/*
 * Options that hold for the pages of one site.
 * Knows: ui/state, conf/option. Owns: struct site_options owns its names. Fails: with a struct err.
 */
#ifndef UI_SITES_H
#define UI_SITES_H

#include "base/err.h"
#include "ui/state.h"

void sites_release(struct site_options *s);

/* Does a `site NAME OPTION VALUE` line; options that say how a page is set alone. */
bool sites_line(struct ui *u, int count, char *const *word, struct err *e);

/* Whether the option can be one of a site. */
bool sites_takes(enum option o);

/* Takes the options as they are for pages of a site (NULL: unknown) into the reading pane. */
void sites_apply(struct ui *u, const char *site);

#endif
