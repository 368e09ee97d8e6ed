/* SPDX-License-Identifier: ISC */
/*
 * Indexing as it goes, told on standard error.
 * Knows: corpus/. Owns: nothing. Fails: never.
 */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include "base/buf.h"
#include "corpus/corpus.h"

/* Waits until corpus c is brought up to date, keeping one line on the terminal at standard error that says how
 * far it is. wake is where the bytes of corpus_options.wake can be read; it does not block. */
void progress_watch(struct corpus *c, int wake);

/* Adds "14 added, 2 changed, 1 skipped": what is not zero, or "nothing changed". */
void progress_add_result(struct buf *out, const struct corpus_progress *p);

#endif
