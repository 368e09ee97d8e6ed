/* SPDX-License-Identifier: ISC */
/*
 * When marks are written: many at once, or later because another program is writing.
 * Knows: corpus/marks. Owns: nothing. Fails: what cannot be written waits, and is said once.
 */
#ifndef CORPUS_MARKS_HOLD_H
#define CORPUS_MARKS_HOLD_H

#include "corpus/marks.h"

/* What marks_set is told while marks are held is written at once when they are no more. */
void marks_hold(struct marks *m, bool hold);

/* Writes what could not be written before, if it can be now; does not wait for others. */
void marks_retry(struct marks *m);

#endif
