/* SPDX-License-Identifier: ISC */
/*
 * The first stage of the pipeline: reads the files that are to be read, and tells which records are new.
 * Knows: source/, store/'s readers. Owns: a reading connection while it runs. Fails: faults go down the
 * pipeline.
 */
#ifndef CORPUS_READING_H
#define CORPUS_READING_H

#include "corpus/pipeline.h"

/* Reads until nothing is left or the pipeline stops. */
void reading_run(struct pipeline *p);

#endif
