/* SPDX-License-Identifier: ISC */
#include "corpus/making.h"

#include "parse/parse.h"

enum { KEEP = 1 << 20 /* of a longer text the memory is not kept for the next one */ };

void making_init(struct making *m, const struct parser *parser)
{
    *m = (struct making){.parser = parser, .maker = entry_maker_new(true)};
    article_init(&m->article);
}

void making_release(struct making *m)
{
    site_page_release(&m->page);
    article_release(&m->article);
    entry_maker_free(&m->maker);
}

bool making_fill(struct making *m, const struct site_known *known, const struct known *from, const struct record *r,
                 struct entry *en)
{
    article_reset(&m->article);
    if (!site_parse(m->parser, known, from ? from->origin : 0, r, &m->article, &m->page))
        return false;
    entry_fill(en, m->maker, r, &m->article);
    if (from)
        en->extra = from->extra; /* the ids of its comments are not the format's any more */
    en->parser = PARSE_VERSION;
    en->seq = r->number;
    en->origin = m->page.origin;
    en->turn = m->page.turn;
    en->voice = m->page.voice;
    if (r->text.len > KEEP) {
        article_release(&m->article);
        article_init(&m->article);
    }
    return true;
}
