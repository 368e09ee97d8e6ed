/* SPDX-License-Identifier: ISC */
#include "ui/snippets.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { BYTES = 180 };

void snippets_release(struct snippets *s)
{
    for (int i = 0; i < SNIPPETS_KEPT; i++)
        free(s->kept[i].text);
    memset(s, 0, sizeof *s);
}

const struct snippet_kept *snippets_find(const struct snippets *s, int64_t article)
{
    for (int i = 0; i < SNIPPETS_KEPT; i++)
        if (s->kept[i].article == article)
            return &s->kept[i];
    return NULL;
}

void snippets_make(struct snippets *s, long of, struct corpus_view *v, int64_t article)
{
    struct snippet_kept *k;
    struct buf text;

    if (s->of != of) {
        snippets_release(s);
        s->of = of;
    }
    if (snippets_find(s, article))
        return;
    k = &s->kept[s->next++ % SNIPPETS_KEPT];
    free(k->text);
    buf_init(&text);
    k->hit_count = corpus_view_snippet(v, article, BYTES, &text, k->hits, SNIPPETS_HITS);
    k->text = buf_steal(&text);
    k->article = article;
}
