/* SPDX-License-Identifier: ISC */
/* Corpora made up by chance, the same for the same number: articles and threads of ordinary and of hostile text. */
#ifndef TESTS_FUZZ_CORPORA_H
#define TESTS_FUZZ_CORPORA_H

#include "base/buf.h"

/* Adds corpus n as JSON Lines. */
void corpora_make(struct buf *out, unsigned n);

#endif
