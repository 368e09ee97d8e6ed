/* SPDX-License-Identifier: ISC */
/*
 * The world's corpus, opened when all of it is indexed, and its list as a text.
 * Knows: corpus/. Owns: nothing. Fails: the test.
 */
#ifndef TESTS_CORPUS_WHOLE_H
#define TESTS_CORPUS_WHOLE_H

#include "world.h"

#include "corpus/corpus.h"
#include "corpus/view.h"

static inline struct corpus *whole_open(void)
{
    const struct corpus_options o = {.foreground = true, .wake = -1};
    const char *paths[] = {world_corpus()};
    struct err e = ERR_INIT;
    struct corpus *c;

    if (!corpus_open(&c, paths, 1, &o, &e))
        fail_msg("%s", e.text);
    return c;
}

/* Three articles for tests/corpus/fake. */
static inline void whole_put_three(void)
{
    world_put("a.txt", "Alpha\nDATE 2020-01-02\nText of a.\n");
    world_put("b.txt", "Beta\nDATE 2021-01-02\nText of b.\nCOMMENT yes\n");
    world_put("c.txt", "Gamma\nText of c, which is longer than the others, by far.\n");
}

/* The headlines of what a query finds (NULL: all), with "*" before unread ones and "|" between them; valid until the
 * next call. */
static inline const char *whole_found(struct corpus *c, const char *query, enum corpus_order order, bool reverse)
{
    static char out[4096];
    struct corpus_row rows[50];
    struct corpus_view *v;
    struct err e = ERR_INIT;
    size_t at = 0;
    int i, n;

    if (!corpus_view_new(c, query, order, reverse, &v, &e))
        fail_msg("%s", e.text);
    n = corpus_view_rows(v, CORPUS_FIRST, 0, rows, 50);
    out[0] = 0;
    for (i = 0; i < n; i++) {
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s%s", i ? "|" : "", rows[i].unread ? "*" : "",
                               rows[i].title);
        corpus_row_release(&rows[i]);
    }
    corpus_view_free(&v);
    return out;
}

#endif
