/* SPDX-License-Identifier: ISC */
/*
 * Which lines are their site's own voice: verdicts that never change, so that any thread may ask without a lock.
 * Knows: nothing. Owns: its table, until the last holder drops it. Fails: never.
 */
#ifndef STORE_VOICE_H
#define STORE_VOICE_H

#include <stddef.h>
#include <stdint.h>

struct voice;

/* One more holder (of NULL: none), and one less. */
struct voice *voice_hold(struct voice *v);
void voice_drop(struct voice **v);

/* Since when the site's verdicts are as they are, 0 where it has none. */
int64_t voice_turn(const struct voice *v, int64_t site);

/* How many of a hundred pages of the site hold the line, roughly: 0, 20 or 50. v may be NULL. */
unsigned voice_share(const struct voice *v, int64_t site, uint64_t line);

/* For store/sites: an empty one for so many lines and sites, and what it is told. A key is voice_key's. */
struct voice *voice_new(size_t count);
void voice_add(struct voice *v, uint64_t key, int64_t value);

/* A name for a line of a site; line 0 stands for the site itself. */
uint64_t voice_key(int64_t site, uint64_t line);

#endif
