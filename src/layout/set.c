/* SPDX-License-Identifier: ISC */
/* The runs of one line: where each piece of text stands, and in which style. */
#include "layout/unit.h"

#include "base/mem.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum { RUNS_MAX = 512 };

/* A line being set: its bytes gather in text, its runs in runs. */
struct setting {
    struct buf text;
    struct line_run runs[RUNS_MAX];
    int count;
    int column;
};

static void add_run(struct setting *s, const char *bytes, size_t len, enum style style, unsigned link)
{
    struct line_run *last = s->count ? &s->runs[s->count - 1] : NULL;
    int columns = unicode_columns(bytes, len);

    if (len == 0)
        return;
    if (last && (s->count == RUNS_MAX ||
                 (last->style == style && last->link == link && last->column + last->columns == s->column))) {
        last->len += (uint32_t)len;
        last->columns = (uint16_t)(last->columns + columns);
    } else {
        s->runs[s->count++] = (struct line_run){(uint32_t)s->text.len, (uint32_t)len,  (uint16_t)s->column,
                                                (uint16_t)columns,     (uint16_t)link, (uint8_t)style};
    }
    buf_add(&s->text, bytes, len);
    s->column += columns;
}

/* Where byte `source` of the unit's places stands in the flow. */
static uint32_t to_flow(const struct unit *u, size_t source)
{
    if (source <= u->base)
        return 0;
    return source >= u->source_end ? u->flow.len : flow_text(&u->flow, (uint32_t)(source - u->base));
}

/* The byte of the flow just past what stands for the byte before `source`: before a note that stands there.
 */
static uint32_t flow_end(const struct unit *u, size_t source)
{
    uint32_t last = to_flow(u, source - 1), end = to_flow(u, source);

    while (last < end && last < u->flow.len && u->base + flow_source(&u->flow, last) < source)
        last++;
    return last;
}

/* The mark that covers byte `at` of the flow, if any; *change is where that answer next changes. */
static const struct page_mark *mark_at(const struct page *p, const struct unit *u, uint32_t at,
                                       uint32_t *change)
{
    size_t low = 0, high = p->mark_count;

    if (u->role != UNIT_TEXT)
        return NULL;
    while (low < high) {
        size_t mid = (low + high) / 2;
        const struct page_mark *h = &p->marks[mid];

        if (h->comment < u->comment || (h->comment == u->comment && to_flow(u, h->end) <= at))
            low = mid + 1;
        else
            high = mid;
    }
    if (low < p->mark_count && p->marks[low].comment == u->comment) {
        uint32_t start = to_flow(u, p->marks[low].start), end = to_flow(u, p->marks[low].end);

        if (start > at) {
            *change = start < *change ? start : *change;
            return NULL;
        }
        *change = end < *change ? end : *change;
        return &p->marks[low];
    }
    return NULL;
}

/* Whether byte `at` of the flow is part of what the door put for a control or a bad byte. */
static bool visible_at(const struct unit *u, uint32_t at, uint32_t *change)
{
    const struct flow *f = &u->flow;
    const struct flow_step *step;
    const char *t;

    if (f->step_count == 0)
        return false;
    step = flow_step_at(f, at);
    if (step + 1 < f->steps + f->step_count && step[1].text < *change)
        *change = step[1].text;
    if (!step->fixed)
        return false;
    t = f->text + step->text;
    return *t == '<' || (f->len - step->text >= 3 && memcmp(t, "\xE2\x90", 2) == 0);
}

/* The number of the address that byte `at` of the flow is part of, 0 for none. */
static unsigned link_at(const struct page *p, const struct unit *u, uint32_t at, uint32_t *change)
{
    uint32_t low = u->first_link, high = low + u->link_count, start, end;

    while (low < high) {
        uint32_t mid = (low + high) / 2;

        if (flow_end(u, p->links[mid].end) <= at)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == u->first_link + u->link_count)
        return 0;
    start = to_flow(u, p->links[low].start);
    end = flow_end(u, p->links[low].end);
    if (start > at) {
        *change = start < *change ? start : *change;
        return 0;
    }
    *change = end < *change ? end : *change;
    return low < UINT16_MAX ? low + 1 : 0;
}

static enum style style_at(const struct page *p, const struct unit *u, uint32_t at, uint32_t *change)
{
    const struct page_mark *mark = mark_at(p, u, at, change);
    bool visible = visible_at(u, at, change);

    if (at < u->lead && u->lead < *change)
        *change = u->lead;
    if (mark)
        return mark->style;
    if (visible)
        return STYLE_VISIBLE;
    return at < u->lead ? STYLE_DATELINE : (enum style)u->style;
}

/* The spaces of a line: where it is spread, each gets its share of the columns that are free. */
static int spaces_in(const struct unit *u, const struct unit_line *l)
{
    const char *t = u->flow.text;
    uint32_t i;
    int spaces = 0;

    for (i = l->start; i < l->end; i++)
        spaces += t[i] == ' ';
    return spaces;
}

static bool is_spread(const struct page *p, const struct unit *u, int n)
{
    bool last = n == u->first_line + u->blanks + u->line_count - 1;

    return p->o.justified && !last && unit_is_prose(p, u);
}

/* The first border of a cluster at or after byte `change`: a style never begins within one. */
static uint32_t whole_clusters(const struct unit *u, uint32_t at, uint32_t change, uint32_t end)
{
    if (change >= end || (unsigned char)u->flow.text[change] < 0x80)
        return change < end ? change : end;
    while (at < change)
        at += (uint32_t)unicode_cluster(u->flow.text + at, end - at);
    return at;
}

static void add_text(struct page *p, struct setting *s, const struct unit *u, const struct unit_line *l, int n)
{
    int spaces = is_spread(p, u, n) ? spaces_in(u, l) : 0, free_columns, given = 0, seen = 0;
    uint32_t at = l->start;

    free_columns = p->measure - u->prefix_columns - (int)l->columns;
    /* Spread too far, a line is worse than a ragged one. */
    if (free_columns <= 0 || spaces == 0 || free_columns > spaces * 2)
        spaces = 0;
    while (at < l->end) {
        uint32_t change = l->end;
        unsigned link = link_at(p, u, at, &change);
        enum style style = style_at(p, u, at, &change);
        const char *space = spaces ? memchr(u->flow.text + at, ' ', change - at) : NULL;

        change = whole_clusters(u, at, change, l->end);
        if (link && (style == (enum style)u->style || style == STYLE_DATELINE))
            style = STYLE_LINK;
        if (space)
            change = (uint32_t)(space - u->flow.text) + 1;
        add_run(s, u->flow.text + at, change - at, style, link);
        at = change;
        if (space) {
            int due = ++seen * free_columns / spaces;

            s->column += due - given;
            given = due;
        }
    }
    if (l->hyphen)
        add_run(s, "-", 1, (enum style)u->style, 0);
}

/* A cluster wider than the pane cannot be shown: something as wide as the pane stands for it. */
static void clip(struct page *p, struct setting *s)
{
    const char *stand_in = p->o.ascii ? "?" : "▯";

    if (s->column <= p->o.columns)
        return;
    s->count = 0;
    s->column = p->left;
    buf_clear(&s->text);
    add_run(s, stand_in, strlen(stand_in), STYLE_VISIBLE, 0);
}

static void set_places(const struct unit *u, const struct unit_line *l, struct line *line)
{
    line->place.comment = line->place_end.comment = u->comment;
    if (u->role != UNIT_TEXT || l->blank) {
        line->place.offset = u->source;
        line->place_end.offset = l->blank ? u->source : u->source_end;
        return;
    }
    line->place.offset = u->base + flow_source(&u->flow, l->start);
    line->place_end.offset = l->end >= u->flow.len ? u->source_end : u->base + flow_source(&u->flow, l->end);
}

struct line *set_line(struct page *p, const struct sheet *sheet, int n)
{
    const struct unit_line *l = &sheet->lines[n];
    const struct unit *u = &sheet->units[l->unit];
    bool first = n == u->first_line + u->blanks;
    struct line *line = arena_alloc(&p->shown, sizeof *line);
    struct line_run *runs;
    struct setting s;

    buf_init(&s.text);
    s.count = 0;
    s.column = p->left;
    if (u->prefix && (!l->blank || u->bar_goes_on)) {
        const char *prefix = first ? u->prefix : u->prefix_more;

        add_run(&s, prefix, strlen(prefix), (enum style)u->prefix_style, 0);
    }
    s.column = p->left + u->prefix_columns;
    if (!l->blank)
        add_text(p, &s, u, l, n);
    clip(p, &s);
    if (first && u->right) {
        int columns = unicode_columns(u->right, strlen(u->right)), at = p->left + p->measure - columns;

        if (at > s.column) {
            s.column = at;
            add_run(&s, u->right, strlen(u->right), STYLE_META, 0);
        }
    }
    runs = arena_alloc(&p->shown, (size_t)s.count * sizeof *runs);
    if (s.count)
        memcpy(runs, s.runs, (size_t)s.count * sizeof *runs);
    line->text = arena_strndup(&p->shown, s.text.data, s.text.len);
    line->runs = runs;
    line->run_count = s.count;
    line->block = u->block;
    line->fold = u->fold;
    line->is_text = u->role == UNIT_TEXT && !l->blank && l->start < l->end;
    set_places(u, l, line);
    buf_release(&s.text);
    return line;
}
