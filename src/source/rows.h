/* SPDX-License-Identifier: ISC */
/*
 * Dumps whose posts are JSON Lines: what those of different sites have in common.
 * Knows: source/object, source/spill. Owns: nothing between calls. Fails: one fault a bad line.
 */
#ifndef SOURCE_ROWS_H
#define SOURCE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "source/job.h"
#include "source/object.h"
#include "source/spill.h"
#include "source/stream.h"

/* Whether the first whole object among the lines at head is what is_row says. */
bool rows_probe(const char *head, size_t len, bool whole, bool (*is_row)(const json_t *object));

/* Takes one object and adds its post, with strings from scratch's arena. */
typedef void rows_add_fn(struct spill *s, const json_t *object, struct record *scratch);

/* Adds the posts of all lines. */
void rows_add(struct stream *s, struct job *j, struct spill *spill, rows_add_fn *add);

#endif
