/* SPDX-License-Identifier: ISC */
/*
 * By how much the reader's marks shift what the caches count: of catalogues, which follow nobody's marks, hidden
 * articles are in all counts; and what was read a moment ago is in no cache yet.
 * Knows: corpus/marks, store/parts. Owns: where in one order the articles stand whose marks matter, as it was when it
 * was made. Fails: never; a cache that cannot be read shifts nothing.
 */
#ifndef CORPUS_SHIFT_H
#define CORPUS_SHIFT_H

#include <stdbool.h>

#include "corpus/marks.h"
#include "store/parts.h"

struct shift;

/* hidden: only what is hidden is asked for. NULL where nothing shifts, which all functions take. Free with
 * shift_free. */
struct shift *shift_new(struct marks *m, struct catalog *list, enum order ord, bool hidden);
void shift_free(struct shift **s);

/* What is to be added to the numbers of articles, and of unread ones, that the caches count before a spot (NULL: in
 * all). */
void shift_before(const struct shift *s, const struct spot *spot, long *all, long *unread);

/* Whether the article at a spot is hidden. */
bool shift_hides(const struct shift *s, const struct spot *spot);

#endif
