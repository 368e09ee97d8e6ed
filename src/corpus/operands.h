/* SPDX-License-Identifier: ISC */
/*
 * What a reader named to be opened as one corpus: catalogues, each a part of its own, and sources, which are one part
 * together; and where the cache of the sources is. Knows: base/path, store/heal. Owns: its strings. Fails: with a
 * struct err.
 */
#ifndef CORPUS_OPERANDS_H
#define CORPUS_OPERANDS_H

#include <stdbool.h>

#include "base/err.h"

struct operands {
    char **parts; /* in order, without those named twice: a catalogue's real path, or NULL where the sources stand */
    int part_count;
    char **sources; /* real paths, "-" for standard input */
    int source_count;
    char *cache; /* of the sources; NULL where there are none */
    char **lost; /* beside catalogues, what cannot be opened, in words */
    int lost_count;
};

/* Sorts the paths. cache: --cache=FILE, NULL for the place that the sources decide. False and e where nothing can be
 * opened, or a source where there are no catalogues; operands_release is then to be called as well. */
bool operands_init(struct operands *o, const char *const *paths, int count, const char *cache, struct err *e);
void operands_release(struct operands *o);

/* Puts down that one of the paths, not yet lost, cannot be opened. */
void operands_lose(struct operands *o, const char *why);

/* The file that part number i is read from; valid as long as o. */
const char *operands_file(const struct operands *o, int i);

/* A short name for all of them, to be freed: "press and 2 more". */
char *operands_name(const struct operands *o, const char *const *paths, int count);

#endif
