/* SPDX-License-Identifier: ISC */
/* The reading pane on the screen: its top line, the lines of the page, the matches in them. */
#include "ui/draw.h"
#include "doc/comment.h"
#include "ui/repairing.h"

#include "base/path.h"
#include "ui/outside.h"

static void add_progress(const struct ui *u, struct buf *out)
{
    const struct reader *r = &u->reader;
    int minutes = reader_minutes_left(r, u->progress_top);

    if (reader_in_thread(r)) {
        buf_add_fmt(out, "%d of %zu", reader_comment(r), r->article.comment_count);
        if (r->fresh > 0)
            buf_add_fmt(out, " · %d new", r->fresh);
    } else {
        buf_add_fmt(out, "%d%%", reader_percent(r, u->progress_top));
        if (minutes > 0)
            buf_add_fmt(out, " · %d min left", minutes);
    }
}

static void paint_header(struct ui *u)
{
    const struct pane *p = &u->reader_pane;
    const struct reader *r = &u->reader;
    int end = p->column + p->columns - 1;
    struct buf b;

    if (p->row == 0)
        return;
    buf_init(&b);
    add_progress(u, &b);
    end = draw_text_right(u, 0, p->column + 1, end, STYLE_HEADER, b.data);
    buf_clear(&b);
    if (!u->wide)
        buf_add_fmt(&b, "%s %s ", corpus_name(u->corpus), u->ascii ? ">" : "›");
    buf_add_str(&b, r->article.site ? r->article.site : r->article.title ? r->article.title : "");
    if (r->source)
        buf_add_str(&b, " · as saved");
    draw_text(u, 0, p->column + 1, end - 2, u->reading ? STYLE_KEY : STYLE_HEADER, b.data);
    buf_release(&b);
}

static void paint_matches(struct ui *u)
{
    const struct pane *p = &u->reader_pane;
    const struct seek *s = &u->reader.seek;

    for (size_t i = 0; i < s->part_count; i++) {
        const struct seek_part *part = &s->parts[i];
        int row = part->line - u->reader.top;

        if (row >= 0 && row < p->rows)
            screen_restyle(u->screen, p->row + row, p->column + part->column, part->columns,
                           part->here ? STYLE_HIT_HERE : STYLE_HIT);
    }
}

/* The line that is picked stands out, on all rows that show a part of it. */
static void paint_pick(struct ui *u)
{
    const struct pane *p = &u->reader_pane;
    size_t start, end;

    for (int row = 0; u->repairing.on && row < p->rows; row++) {
        int n = u->reader.top + row;

        if (repairing_line(&u->reader, n, &start, &end) && start == u->repairing.start)
            screen_restyle(u->screen, p->row + row, p->column, p->columns, STYLE_HIT_HERE);
    }
}

/* Makes the addresses of a line clickable. */
static void link_line(struct ui *u, int row, const struct line *line)
{
    const struct article *a = &u->reader.article;

    for (int i = 0; i < line->run_count; i++) {
        const struct line_run *run = &line->runs[i];
        struct page_link link;
        const char *text;
        struct buf address, room;

        if (run->link == 0)
            continue;
        link = page_link(u->reader.page, run->link);
        text = link.comment > 0 ? comment_read(a, link.comment)->text : a->text;
        buf_init(&address);
        buf_init(&room);
        if (outside_add_address(&address, text + link.start, link.end - link.start))
            screen_set_link(u->screen, row, u->reader_pane.column + run->column, run->columns,
                            screen_link(u->screen, door_show(&room, address.data, address.len)));
        buf_release(&room);
        buf_release(&address);
    }
}

void paint_reader(struct ui *u)
{
    const struct pane *p = &u->reader_pane;
    const struct reader *r = &u->reader;

    if (p->rows <= 0)
        return;
    for (int row = 0; u->wide && row < u->rows - 1; row++)
        draw_text(u, row, p->column - 1, p->column, STYLE_RULE, u->ascii ? "|" : "│");
    if (!r->id || !r->page)
        return;
    paint_header(u);
    for (int row = 0; row < p->rows && page_has(r->page, r->top + row); row++) {
        draw_line(u, p->row + row, p->column, p->columns, page_line(r->page, r->top + row));
        if (u->hyperlinks)
            link_line(u, p->row + row, page_line(r->page, r->top + row));
    }
    paint_matches(u);
    paint_pick(u);
}
