/* SPDX-License-Identifier: ISC */
/*
 * What a reader takes along: notes and highlights with where they are from, as Markdown, text or JSON.
 * Knows: corpus/notes, doc/markdown. Owns: nothing. Fails: with a struct err; having no notes is an answer.
 * What comes out has not passed the door.
 */
#ifndef CORPUS_EXPORT_H
#define CORPUS_EXPORT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "corpus/corpus.h"

enum export_format { EXPORT_MARKDOWN, EXPORT_TEXT, EXPORT_JSON };

/* Adds the notes on the articles of c, by article and place; or all that the reading state holds (c NULL). JSON is
 * one object a line. *count says how many. */
bool export_notes(struct corpus *c, enum export_format format, struct buf *out, long *count, struct err *e);

#endif
