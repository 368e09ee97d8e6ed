/* SPDX-License-Identifier: ISC */
/*
 * A private folder for files that are to leave nothing behind.
 * Knows: -. Owns: its name, freed with it. Fails: where none can be made, with a struct err.
 */
#ifndef CORPUS_SCRATCH_H
#define CORPUS_SCRATCH_H

#include "base/err.h"

/* Makes one in the folder parent, which is there, and gives its name. */
char *scratch_make(const char *parent, struct err *e);

/* Makes one in memory where there is such a file system, else among the temporary files. */
char *scratch_make_anywhere(struct err *e);

/* Removes it and the files in it, sets *folder to NULL; NULL is none. */
void scratch_remove(char **folder);

#endif
