/* SPDX-License-Identifier: ISC */
/*
 * Sentences for the reader, put down by any thread and taken by the screen's.
 * Knows: base/. Owns: the sentences. Fails: never.
 */
#ifndef CORPUS_NOTICES_H
#define CORPUS_NOTICES_H

struct notices;

struct notices *notices_new(void);
void notices_free(struct notices **n);

/* A sentence that is waiting already is not added twice. */
void notices_add(struct notices *n, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The oldest, valid until the next call; NULL where none is waiting. */
const char *notices_take(struct notices *n);

#endif
