/* SPDX-License-Identifier: ISC */
/*
 * The words around the hits of a search, below the rows that are shown.
 * Knows: corpus/view. Owns: those made lately: each is made once while its list is open. Fails: never.
 */
#ifndef UI_SNIPPETS_H
#define UI_SNIPPETS_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/view.h"

enum { SNIPPETS_KEPT = 128, SNIPPETS_HITS = 8 };

struct snippet_kept {
    int64_t article; /* 0 for none */
    char *text;
    size_t hits[SNIPPETS_HITS][2]; /* bytes of text, rising */
    int hit_count;
};

struct snippets {
    struct snippet_kept kept[SNIPPETS_KEPT];
    long of;  /* the list that they are of: list.opened */
    int next;
};

void snippets_release(struct snippets *s);

/* Makes the article's where it is not there; of: a number that differs for each list that is opened. */
void snippets_make(struct snippets *s, long of, struct corpus_view *v, int64_t article);

/* The article's, NULL where it was not made. */
const struct snippet_kept *snippets_find(const struct snippets *s, int64_t article);

#endif
