/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"

#include <string.h>

size_t title_choose(const struct page *p)
{
    size_t n = p->lines.count, i, best = n;
    float most = 0.02f;

    for (i = 0; i < n; i++) {
        float chance = page_chance(p, i, MODEL_TITLE);

        if (chance > most) {
            most = chance;
            best = i;
        }
    }
    return best;
}

void title_set(const struct page *p, struct article *a)
{
    size_t len;
    const char *s;

    if (p->title >= p->lines.count)
        return;
    s = page_text(p, p->title, &len);
    if (p->tail[p->title] && p->tail[p->title] < len)
        len -= p->tail[p->title];
    a->title = article_str(a, s, len);
}
