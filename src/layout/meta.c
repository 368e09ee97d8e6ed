/* SPDX-License-Identifier: ISC */
/* The lines below the headline: site, authors, date, and how long the reading takes. */
#include "layout/compose.h"

#include "base/unicode.h"
#include "layout/fit.h"
#include "layout/row.h"

#include <stdlib.h>
#include <string.h>

/* The meta line while it is made: parts with a dot between, broken before a part that would not fit. */
static void end_meta_line(struct page *p, struct buf *line, bool first)
{
    struct unit *u;

    if (line->len == 0)
        return;
    u = compose_note(p, line->data, line->len, STYLE_META);
    u->blanks = first && p->sheet->unit_count > 1;
    page_place(p, u);
    buf_clear(line);
}

static void add_part(struct page *p, struct buf *line, const char *raw, bool *first)
{
    struct buf part;

    if (!raw || !*raw)
        return;
    buf_init(&part);
    fit_add(&part, raw, strlen(raw), false);
    if (line->len &&
        unicode_columns(line->data, line->len) + 3 + unicode_columns(part.data, part.len) > p->measure) {
        end_meta_line(p, line, *first);
        *first = false;
    }
    if (line->len)
        buf_add_str(line, " · ");
    buf_add(line, part.data, part.len);
    buf_release(&part);
}

void meta_add(struct page *p)
{
    const struct article *a = p->article;
    char *authors = article_join_authors(a);
    struct buf line, part;
    bool first = true;

    buf_init(&line);
    buf_init(&part);
    add_part(p, &line, a->site, &first);
    add_part(p, &line, authors, &first);
    free(authors);
    if (!p->o.date && a->published)
        row_add_date(&part, a->published, true, true);
    add_part(p, &line, p->o.date ? p->o.date : part.data, &first);
    buf_clear(&part);
    if (article_minutes(a) > 0)
        buf_add_fmt(&part, "%d min", article_minutes(a));
    add_part(p, &line, part.data, &first);
    end_meta_line(p, &line, first);
    buf_release(&part);
    buf_release(&line);
}
