/* SPDX-License-Identifier: ISC */
/*
 * Indexing as it goes, told on standard error.
 * Knows: corpus/. Owns: nothing. Fails: as corpus_open does.
 */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "corpus/corpus.h"

/* Opens the corpus as corpus_open does with options->foreground, and meanwhile, where standard error is a
 * terminal, keeps one line there that says how far it is. */
bool progress_open(struct corpus **out, const char *const *paths, int count, const struct corpus_options *options,
                   struct err *e);

/* Adds "12400 articles, 31 of 98 MB, 31 MB/s, 2 s left": what is known of it so far. */
void progress_add(struct buf *out, const struct corpus_progress *p);

/* Adds "14 added, 2 changed, 1 skipped": what is not zero, or "nothing changed". */
void progress_add_result(struct buf *out, const struct corpus_progress *p);

#endif
