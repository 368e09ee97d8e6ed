/* SPDX-License-Identifier: ISC */
/*
 * A record made into an entry of the cache: parsed as a page of its site, and its words made ready for the index.
 * Knows: parse/, store/entry, corpus/site. Owns: the memory that is used for one record after another. Fails: never.
 */
#ifndef CORPUS_MAKING_H
#define CORPUS_MAKING_H

#include <stdbool.h>

#include "corpus/site.h"
#include "doc/article.h"
#include "store/entry.h"
#include "store/known.h"

/* For one thread. */
struct making {
    const struct parser *parser;
    struct entry_maker *maker;
    struct article article;
    struct site_page page; /* of the latest record */
};

void making_init(struct making *m, const struct parser *parser);
void making_release(struct making *m);

/* Fills en, but for its file, flags and name_len. from: the article of the cache that r is the source of; NULL for a
 * new one. False, and nothing filled, as site_parse says. */
bool making_fill(struct making *m, const struct site_known *known, const struct known *from, const struct record *r,
                 struct entry *en);

#endif
