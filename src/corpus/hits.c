/* SPDX-License-Identifier: ISC */
#include "corpus/inside.h"
#include "corpus/view.h"

#include "store/snippet.h"
#include "store/words.h"

#include <stdlib.h>

int corpus_view_snippet(struct corpus_view *v, int64_t id, size_t max, struct buf *out, size_t (*hits)[2],
                        int hit_max)
{
    const struct query *q = corpus_view_query(v);
    struct err e = ERR_INIT;
    struct snippet s;
    struct article a;
    char *text;
    int n = 0;

    if (!q)
        return 0;
    article_init(&a);
    if (corpus_article(corpus_view_corpus(v), id, &a, &text, &e)) {
        snippet_init(&s);
        snippet_make(&s, q, &a, max);
        buf_add(out, s.text.data, s.text.len);
        for (; n < hit_max && (size_t)n < s.hit_count; n++) {
            hits[n][0] = s.hits[n].start;
            hits[n][1] = s.hits[n].end;
        }
        snippet_release(&s);
        free(text);
    }
    article_release(&a);
    return n;
}

void corpus_view_hits(const struct corpus_view *v, const char *text, size_t len,
                      void (*fn)(void *ctx, size_t start, size_t end), void *ctx)
{
    const struct query *q = corpus_view_query(v);
    struct words w;
    struct word word;

    if (!q)
        return;
    words_init(&w, text, len);
    while (words_next(&w, &word)) {
        if (snippet_is_hit(q, word.text, word.len))
            fn(ctx, word.start, word.end);
    }
    words_release(&w);
}
