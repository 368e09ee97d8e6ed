/* SPDX-License-Identifier: ISC */
#include "layout/place.h"

#include "base/unicode.h"
#include "layout/sheet.h"
#include "layout/unit.h"

/* A walk over the clusters of a line of text, and the columns that they stand at. */
struct walk {
    const struct unit *unit;
    const struct unit_line *line;
    const struct line *shown;
    int run;
    uint32_t left; /* bytes of the run that are not walked yet */
    uint32_t at;   /* byte of the flow */
    int column;
};

static bool is_text(struct page *p, int n)
{
    const struct unit *u;
    const struct unit_line *l = sheet_line(p, n, &u);

    return !l->blank && u->role == UNIT_TEXT && l->start < l->end;
}

/* Begins at the first character of line n; the runs before it are the prefix. */
static void begin(struct walk *w, struct page *p, int n)
{
    w->shown = page_line(p, n);
    w->line = sheet_line(p, n, &w->unit);
    w->at = w->line->start;
    w->run = w->unit->prefix && w->shown->run_count > 1;
    w->left = w->shown->runs[w->run].len;
    w->column = w->shown->runs[w->run].column;
}

/* Goes to the next cluster; false at the end of the line's text. */
static bool step(struct walk *w)
{
    uint32_t bytes = (uint32_t)unicode_cluster(w->unit->flow.text + w->at, w->line->end - w->at);

    w->column += unicode_columns(w->unit->flow.text + w->at, bytes);
    w->at += bytes;
    if (w->at >= w->line->end)
        return false;
    w->left = w->left > bytes ? w->left - bytes : 0;
    if (w->left == 0 && w->run + 1 < w->shown->run_count) {
        const struct line_run *r = &w->shown->runs[++w->run];

        w->left = r->len;
        w->column = r->column;
    }
    return true;
}

static int cluster_width(const struct walk *w)
{
    const char *s = w->unit->flow.text + w->at;

    return unicode_columns(s, unicode_cluster(s, w->line->end - w->at));
}

struct line_place place_at(struct page *p, int n, int column)
{
    struct line_place place = page_line(p, n)->place;
    struct walk w;
    uint32_t at;
    size_t offset;

    if (!is_text(p, n))
        return place;
    begin(&w, p, n);
    at = w.at;
    /* In a gap of a spread line stands the space before it. */
    while (w.column + cluster_width(&w) <= column) {
        if (!step(&w))
            return w.shown->place_end;
        if (w.column > column)
            break;
        at = w.at;
    }
    offset = w.unit->base + flow_character(&w.unit->flow, at);
    place.offset = offset > place.offset ? offset : place.offset;
    return place;
}

int place_column(struct page *p, int n, struct line_place place)
{
    const struct line *l = page_line(p, n);
    struct walk w;

    if (!is_text(p, n))
        return l->run_count ? l->runs[0].column : p->left;
    begin(&w, p, n);
    if (place.comment != l->place.comment || place.offset < l->place.offset)
        return w.column;
    while (w.unit->base + flow_source(&w.unit->flow, w.at) < place.offset) {
        if (!step(&w))
            break;
    }
    return w.column;
}
