/* SPDX-License-Identifier: ISC */
#include "layout/page.h"

#include "base/mem.h"
#include "doc/comment.h"
#include "layout/unit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARGINS_LEAST = 20,  /* columns from which on the text keeps a column free on either side */
    COMMENT_BYTES = 200, /* of a middling comment */
};

static const char *keep(struct page *p, const char *s)
{
    return s ? arena_strndup(&p->arena, s, strlen(s)) : NULL;
}

struct page *page_new(const struct article *a, const struct page_options *o, const bool *folds_open)
{
    struct page *p = mem_zalloc(1, sizeof *p);
    int room = o->columns >= MARGINS_LEAST ? o->columns - 2 : o->columns;

    assert(o->columns >= 1);
    p->article = a;
    p->o = *o;
    arena_init(&p->arena);
    arena_init(&p->shown);
    flow_work_init(&p->work);
    wrap_init(&p->wrap);
    divide_init(&p->divide);
    p->o.next_hint = keep(p, o->next_hint);
    p->o.date = keep(p, o->date);
    p->o.fold_hint = keep(p, o->fold_hint);
    if (folds_open && a->block_count) {
        p->folds_open = arena_alloc(&p->arena, a->block_count * sizeof *p->folds_open);
        memcpy(p->folds_open, folds_open, a->block_count * sizeof *p->folds_open);
    }
    if (o->comment_flags && a->comment_count) {
        unsigned char *flags = arena_alloc(&p->arena, a->comment_count);

        memcpy(flags, o->comment_flags, a->comment_count);
        p->o.comment_flags = flags;
    }
    p->o.thread_only = o->thread_only && o->comments && !o->source;
    if (p->o.thread_only)
        p->stage = STAGE_END;
    p->measure = o->measure > 0 && o->measure < room && !o->source ? o->measure : room;
    p->left = (o->columns - p->measure) / 2;
    p->title_block = a->block_count;
    p->comments_unit = -1;
    return p;
}

void page_free(struct page **page)
{
    struct page *p = *page;

    if (!p)
        return;
    if (p->has_thread)
        thread_release(&p->thread);
    free(p->comment_units);
    free(p->units);
    free(p->lines);
    free(p->filled);
    free(p->links);
    wrap_release(&p->wrap);
    divide_release(&p->divide);
    flow_work_release(&p->work);
    arena_release(&p->shown);
    arena_release(&p->arena);
    free(p);
    *page = NULL;
}

struct unit *page_new_unit(struct page *p, enum unit_role role, enum style style)
{
    struct unit *u;

    if (p->unit_count == p->unit_cap)
        mem_grow(&p->units, &p->unit_cap, p->unit_count + 1, sizeof *p->units);
    u = &p->units[p->unit_count++];
    memset(u, 0, sizeof *u);
    u->role = (unsigned char)role;
    u->style = (unsigned char)style;
    u->block = u->fold = -1;
    if (role == UNIT_NOTE && p->unit_count > 1) {
        const struct unit *before = u - 1;

        u->comment = before->comment;
        u->source = u->source_end = u->base = before->source_end;
    }
    return u;
}

static void add_line(struct page *p, struct unit_line line)
{
    if (p->line_count == p->line_cap)
        mem_grow(&p->lines, &p->line_cap, p->line_count + 1, sizeof *p->lines);
    p->lines[p->line_count++] = line;
}

/* Headlines and code are not divided, nor what is shown as it stands. */
static bool is_prose(const struct page *p, const struct unit *u)
{
    return u->role == UNIT_TEXT && !p->o.source &&
           (u->style == STYLE_TEXT || u->style == STYLE_QUOTE || u->style == STYLE_STANDFIRST);
}

void page_place(struct page *p, struct unit *u)
{
    uint32_t number = (uint32_t)(u - p->units);
    int i, columns = p->measure - u->prefix_columns;
    size_t n;

    assert(columns >= 1);
    u->first_line = (int)p->line_count;
    for (i = 0; i < u->blanks; i++)
        add_line(p, (struct unit_line){.unit = number, .blank = 1});
    if (u->role == UNIT_TEXT && (u->style == STYLE_TITLE || u->style == STYLE_SECTION))
        divide_wrap_even(&p->divide, &p->wrap, &u->flow, columns);
    else
        divide_wrap(&p->divide, &p->wrap, &u->flow, columns, is_prose(p, u) ? p->o.hyphens : NULL);
    u->line_count = (int)p->wrap.line_count;
    for (n = 0; n < p->wrap.line_count; n++) {
        const struct wrap_line *l = &p->wrap.lines[n];

        add_line(p, (struct unit_line){.unit = number,
                                       .start = l->start,
                                       .end = l->end,
                                       .hyphen = l->hyphen,
                                       .columns = (unsigned)l->columns & 0x3FFFFFFF});
    }
}

bool page_has(struct page *p, int n)
{
    while (n >= (int)p->line_count && compose_next(p))
        ;
    return n >= 0 && n < (int)p->line_count;
}

int page_count(struct page *p)
{
    while (compose_next(p))
        ;
    return (int)p->line_count;
}

/* What lies before unit u, in bytes, comments counting as of middling length: all of them are not looked at.
 */
static size_t bytes_before(const struct page *p, const struct unit *u)
{
    int position;

    /* The headline comes first, wherever the record has it. */
    if ((size_t)(u - p->units) < p->body_unit)
        return 0;
    if (!u->comment)
        return u->source;
    position = thread_find(&p->thread, u->comment);
    return p->article->len + (size_t)(position < 0 ? 0 : position) * COMMENT_BYTES;
}

int page_share(struct page *p, int n)
{
    size_t all = p->article->len + 1 + (p->o.comments ? p->article->comment_count * COMMENT_BYTES : 0);

    if (!page_has(p, n))
        return 1000;
    if (p->stage == STAGE_DONE)
        return (int)((long long)n * 1000 / (long long)p->line_count);
    return (int)((unsigned long long)bytes_before(p, &p->units[p->lines[n].unit]) * 1000 / all);
}

const struct line *page_line(struct page *p, int n)
{
    bool there = page_has(p, n);

    assert(there);
    (void)there;
    if (p->filled_cap < p->line_count) {
        size_t had = p->filled_cap;

        mem_grow(&p->filled, &p->filled_cap, p->line_count, sizeof *p->filled);
        memset(p->filled + had, 0, (p->filled_cap - had) * sizeof *p->filled);
    }
    if (!p->filled[n])
        p->filled[n] = set_line(p, n);
    return p->filled[n];
}

void page_set_marks(struct page *p, const struct page_mark *marks, size_t count)
{
    p->marks = marks;
    p->mark_count = count;
    arena_reset(&p->shown);
    if (p->filled_cap)
        memset(p->filled, 0, p->filled_cap * sizeof *p->filled);
}

/* The line of unit u that shows the byte at `offset`. */
static int line_in(const struct page *p, const struct unit *u, size_t offset)
{
    int first = u->first_line + u->blanks, low = first, high = first + u->line_count;
    uint32_t at = 0;

    if (u->role == UNIT_FOLD || u->line_count == 0)
        return first;
    if (offset >= u->source_end)
        at = u->flow.len;
    else if (offset > u->base)
        at = flow_text(&u->flow, (uint32_t)(offset - u->base));
    while (high - low > 1) {
        int mid = (low + high) / 2;

        if (p->lines[mid].start <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static int find_in_comment(struct page *p, struct line_place place)
{
    int position, unit, best;

    while (p->stage != STAGE_DONE && !p->has_thread && compose_next(p))
        ;
    if (!p->has_thread || (position = thread_find(&p->thread, place.comment)) < 0)
        return p->line_count ? (int)p->line_count - 1 : 0;
    while (p->next_comment <= position && compose_next(p))
        ;
    best = unit = p->comment_units[position];
    if (place.offset == 0)
        return p->units[unit].first_line + p->units[unit].blanks;
    for (; unit < (int)p->unit_count && p->units[unit].comment == place.comment; unit++) {
        const struct unit *u = &p->units[unit];

        if (u->role == UNIT_TEXT && u->source <= place.offset)
            best = unit;
    }
    return line_in(p, &p->units[best], place.offset);
}

/* The last unit of the article's text, in [from, to), that begins at or before offset; -1 for none. */
static int unit_before(const struct page *p, size_t from, size_t to, size_t offset)
{
    size_t low = from, high = to;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (p->units[mid].source <= offset)
            low = mid + 1;
        else
            high = mid;
    }
    while (low > from && p->units[low - 1].role == UNIT_NOTE)
        low--;
    return low > from ? (int)low - 1 : -1;
}

/* Where in the article's text comment id begins: there it stands in the page as it was saved. */
static struct line_place source_of(const struct article *a, int id)
{
    bool known = id > 0 && (size_t)id <= a->comment_count;

    return (struct line_place){0, known ? comment_read(a, id)->start : a->len};
}

int page_find(struct page *p, struct line_place place)
{
    size_t end;
    int unit;

    if (place.comment && p->o.source)
        place = source_of(p->article, place.comment);
    if (place.comment)
        return find_in_comment(p, place);
    while (p->stage <= STAGE_BLOCKS && !(p->unit_count > p->body_unit && p->stage == STAGE_BLOCKS &&
                                         p->units[p->unit_count - 1].source > place.offset)) {
        if (!compose_next(p))
            break;
    }
    if (p->title_block < p->article->block_count) {
        const struct article_block *b = &p->article->blocks[p->title_block];

        if (place.offset >= b->start && place.offset < b->end) {
            unit = unit_before(p, 0, p->body_unit, place.offset);
            return line_in(p, &p->units[unit < 0 ? 0 : unit], place.offset);
        }
    }
    end = p->comments_unit >= 0 ? (size_t)p->comments_unit : p->unit_count;
    if (p->o.thread_only)
        return 0;
    unit = unit_before(p, p->body_unit, end, place.offset);
    if (unit < 0)
        return 0;
    return line_in(p, &p->units[unit], place.offset);
}

const struct page_link *page_links(struct page *p, size_t *count)
{
    page_count(p);
    *count = p->link_count;
    return p->links;
}

struct page_link page_link(const struct page *p, unsigned n)
{
    assert(n >= 1 && n <= p->link_count);
    return p->links[n - 1];
}

const struct thread *page_thread(struct page *p)
{
    return page_comments_line(p) < 0 ? NULL : &p->thread;
}

int page_comments_line(struct page *p)
{
    while (p->stage <= STAGE_END && compose_next(p))
        ;
    if (p->comments_unit < 0)
        return -1;
    return p->units[p->comments_unit].first_line + p->units[p->comments_unit].blanks;
}

int page_comment_line(struct page *p, int id)
{
    int position;
    const struct unit *u;

    if (page_comments_line(p) < 0 || (position = thread_find(&p->thread, id)) < 0)
        return -1;
    while (p->next_comment <= position && compose_next(p))
        ;
    u = &p->units[p->comment_units[position]];
    return u->first_line + u->blanks;
}

/* The nearest unit in direction from line n that begins a comment, or a section. */
static int next_head(struct page *p, int n, int direction, bool comment)
{
    int unit;

    if (!page_has(p, n))
        return -1;
    for (unit = (int)p->lines[n].unit; unit >= 0; unit += direction) {
        const struct unit *u;
        int line;

        while (unit >= (int)p->unit_count && compose_next(p))
            ;
        if (unit >= (int)p->unit_count)
            break;
        u = &p->units[unit];
        line = u->first_line + u->blanks;
        if (u->heads && (u->comment != 0) == comment && (direction > 0 ? line > n : line < n))
            return line;
    }
    return -1;
}

int page_next_section(struct page *p, int n, int direction)
{
    return next_head(p, n, direction, false);
}

int page_next_comment(struct page *p, int n, int direction)
{
    return next_head(p, n, direction, true);
}
