/* SPDX-License-Identifier: ISC */
/*
 * The reader's own reading state carried from machine to machine: written as text, joined with another one's, and
 * looked through for what is wrong.
 * Knows: store/exchange, store/state. Owns: nothing. Fails: with a struct err; a line that is no mark costs no other
 * one.
 */
#ifndef CORPUS_CARRY_H
#define CORPUS_CARRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "corpus/corpus.h"

typedef void carry_text_fn(void *ctx, const char *text, size_t len);

/* Calls fn with the reading state as lines of text (store/exchange_line.h), a piece at a time; of a reader who has
 * none yet it is the first line. */
bool carry_export(carry_text_fn *fn, void *ctx, struct err *e);

struct carry_merged {
    long marks, news; /* that were read, and taken over */
    long faults;      /* lines that are no marks */
};

/* Takes over what is newer in the file at path, "-" for standard input: lines of text, or a reading state, which is
 * only read. All or, where it cannot be written, nothing. fault is called with each line that is no mark. */
bool carry_merge(const char *path, carry_text_fn *fault, void *ctx, struct carry_merged *merged, struct err *e);

struct carry_check {
    long marks, notes; /* that are kept; notes that are not taken away */
    long damage;       /* calls of fn */
};

/* Calls fn with each thing that is wrong: with the file, with single records in it, and with notes whose corpus is not
 * there. check is filled in. */
bool carry_check(carry_text_fn *fn, void *ctx, struct carry_check *check, struct err *e);

/* Calls fn with each note on an article of the corpus whose words are not in it any more; check->damage grows. */
bool carry_check_corpus(struct corpus *corpus, carry_text_fn *fn, void *ctx, struct carry_check *check, struct err *e);

#endif
