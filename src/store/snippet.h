/* SPDX-License-Identifier: ISC */
/*
 * The words around a hit: a few dozen words of an article that say why a query found it.
 * Knows: store/query, store/words, doc/article. Owns: a struct snippet owns its text. Fails: never; an article
 * without a hit in its text (only in its fields) gives the beginning of its body.
 */
#ifndef STORE_SNIPPET_H
#define STORE_SNIPPET_H

#include <stddef.h>

#include "base/buf.h"
#include "doc/article.h"
#include "store/query.h"

enum { SNIPPET_HITS = 16 };

struct snippet {
    struct buf text; /* white space made single blanks; "…" where it begins or ends inside a text */
    struct snippet_hit {
        size_t start, end; /* bytes of text */
    } hits[SNIPPET_HITS];
    size_t hit_count;
};

void snippet_init(struct snippet *s);
void snippet_release(struct snippet *s);

/* Fills s with about max bytes of a: of the block, body or comment, that holds the most different words of q,
 * from shortly before its first hit. */
void snippet_make(struct snippet *s, const struct query *q, const struct article *a, size_t max);

/* Whether the folded word is one that q looks for. */
bool snippet_is_hit(const struct query *q, const char *word, size_t len);

#endif
