/* SPDX-License-Identifier: ISC */
/*
 * Dumps that lie in two files side by side, posts in one and comments in the other, told apart by a word in
 * the name.
 * Knows: source/job, source/unpack. Owns: nothing between calls. Fails: a companion that is not there is an
 * answer; one that cannot be read is a fault of the unit.
 */
#ifndef SOURCE_COMPANION_H
#define SOURCE_COMPANION_H

#include <stdbool.h>

#include "source/job.h"
#include "source/stream.h"

/* Whether beside the file being read there is one whose name has the word `other` where its own has
 * `word`. False for members of archives and for standard input. */
bool companion_exists(const struct job *j, const char *word, const char *other);

/* Unpacks that file, if it is there, and calls read with it. */
void companion_read(struct job *j, const char *word, const char *other,
                    void (*read)(struct stream *s, struct job *j, void *ctx), void *ctx);

#endif
