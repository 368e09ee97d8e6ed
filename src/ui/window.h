/* SPDX-License-Identifier: ISC */
/*
 * Some rows of a view, around where one reads: the list holds these and never all.
 * Knows: corpus/. Owns: its rows; the view is borrowed. Fails: never; a view that shrinks gives fewer rows.
 */
#ifndef UI_WINDOW_H
#define UI_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/corpus.h"
#include "corpus/view.h"

enum {
    WINDOW_STEP = 64,   /* rows read at a time */
    WINDOW_MOST = 1024, /* rows kept; the far end is forgotten beyond */
};

struct window {
    struct corpus_view *view;
    struct corpus_row *rows;
    int count;
    bool at_start, at_end; /* whether the view has nothing before the first, after the last row */
};

void window_init(struct window *w);
void window_release(struct window *w);

/* Fills it with the rows from `from` (of enum corpus_from, with its id) on; for CORPUS_AT and CORPUS_NUMBER also
 * those before. Returns the index of the row asked for, or of the nearest one; -1 where the view is empty. */
int window_load(struct window *w, struct corpus_view *view, enum corpus_from from, int64_t id);

/* Reads more rows after (direction 1) or before (-1). Returns by how much the indexes of the rows held have
 * grown: 0 or more where rows came before, negative where rows before were forgotten. *more says whether any
 * row came. */
int window_extend(struct window *w, int direction, bool *more);

/* The index of article id, -1 where it is not held. */
int window_find(const struct window *w, int64_t id);

#endif
