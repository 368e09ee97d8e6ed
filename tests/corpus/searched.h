/* SPDX-License-Identifier: ISC */
/*
 * Searches in every way that a query is answered, of the three articles of tests/corpus/fault.
 * Knows: check.h, corpus/. Owns: nothing. Fails: where more is found than there is.
 */
#ifndef TESTS_CORPUS_SEARCHED_H
#define TESTS_CORPUS_SEARCHED_H

#include "../check.h"

#include "corpus/view.h"

#include <stdbool.h>

/* How many of at most four articles were found, and shown with the words around what was found. */
static inline int searched(struct corpus *c, const char *query, enum corpus_order order)
{
    struct corpus_row rows[4];
    struct err e = ERR_INIT;
    struct corpus_view *v;
    struct buf snippet;
    size_t hits[4][2];
    int found;

    if (!corpus_view_new(c, query, order, false, &v, &e))
        fail_msg("%s", e.text);
    found = corpus_view_rows(v, CORPUS_FIRST, 0, rows, 4);
    buf_init(&snippet);
    for (int i = 0; i < found; i++) {
        corpus_view_snippet(v, rows[i].id, 100, &snippet, hits, 4);
        corpus_row_release(&rows[i]);
    }
    buf_release(&snippet);
    corpus_view_free(&v);
    return found;
}

/* Whether all was found of everything. */
static inline bool searched_all(struct corpus *c)
{
    static const struct {
        const char *query;
        int all;
    } searches[] = {{"text", 3},          {"\"text of\"", 3},   {"\"text of\"*", 3}, {"text NEAR of", 3},
                    {"t*", 3},            {"oth*", 1},          {"beta OR gamma", 2}, {"text -longer", 2},
                    {"title:alpha", 1},   {"comment:yes", 1},   {"date:2020", 1},     {"text is:unread", 3},
                    {"of in:b.txt", 1},   {"has:comments", 2}};
    static const enum corpus_order orders[] = {CORPUS_BY_DATE, CORPUS_BY_RELEVANCE, CORPUS_BY_TITLE};
    bool all = true;

    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++)
        for (size_t k = 0; k < sizeof orders / sizeof orders[0]; k++) {
            int found = searched(c, searches[i].query, orders[k]);

            assert_in_range(found, 0, searches[i].all);
            all = all && found == searches[i].all;
        }
    return all;
}

#endif
