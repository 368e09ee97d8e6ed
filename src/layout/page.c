/* SPDX-License-Identifier: ISC */
#include "layout/page.h"

#include "base/mem.h"
#include "doc/comment.h"
#include "layout/sheet.h"
#include "layout/compose.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARGINS_LEAST = 20,  /* columns from which on the text keeps a column free on either side */
    COMMENT_BYTES = 200, /* of a middling comment */
    SHORT_BYTES = 16384, /* an article up to that length, and a thread that */
    SHORT_COMMENTS = 64, /* has so many comments, are set as a whole where their lines are to be counted */
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
    p->sheet = p->sheets = mem_zalloc(1, sizeof *p->sheets);
    p->sheet_count = p->sheet_cap = 1;
    p->sheet->set = true;
    p->title_block = a->block_count;
    p->comments_unit = p->indent = -1;
    p->bare = article_is_bare(a);
    return p;
}

void page_free(struct page **page)
{
    struct page *p = *page;

    if (!p)
        return;
    if (p->has_thread && !p->o.thread)
        thread_release(&p->thread);
    for (size_t i = 0; i < p->sheet_count; i++) {
        free(p->sheets[i].units);
        free(p->sheets[i].lines);
        free(p->sheets[i].filled);
    }
    free(p->sheets);
    free(p->entries);
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
    struct sheet *s = p->sheet;
    struct unit *u;

    mem_grow(&s->units, &s->unit_cap, s->unit_count + 1, sizeof *s->units);
    u = &s->units[s->unit_count++];
    memset(u, 0, sizeof *u);
    u->role = (unsigned char)role;
    u->style = (unsigned char)style;
    u->block = u->fold = -1;
    if (role == UNIT_NOTE && s->unit_count > 1) {
        const struct unit *before = u - 1;

        u->comment = before->comment;
        u->source = u->source_end = u->base = before->source_end;
    }
    return u;
}

static void add_line(struct sheet *s, struct unit_line line)
{
    mem_grow(&s->lines, &s->line_cap, s->line_count + 1, sizeof *s->lines);
    s->lines[s->line_count++] = line;
}

void page_place(struct page *p, struct unit *u)
{
    struct sheet *s = p->sheet;
    uint32_t number = (uint32_t)(u - s->units);
    int i, columns = p->measure - u->prefix_columns;
    size_t n;

    assert(columns >= 1);
    u->first_line = (int)s->line_count;
    for (i = 0; i < u->blanks; i++)
        add_line(s, (struct unit_line){.unit = number, .blank = 1});
    if (u->role == UNIT_TEXT && (u->style == STYLE_TITLE || u->style == STYLE_SECTION))
        divide_wrap_even(&p->divide, &p->wrap, &u->flow, columns);
    else
        divide_wrap(&p->divide, &p->wrap, &u->flow, columns, unit_is_prose(p, u) ? p->o.hyphens : NULL);
    u->line_count = (int)p->wrap.line_count;
    for (n = 0; n < p->wrap.line_count; n++) {
        const struct wrap_line *l = &p->wrap.lines[n];

        add_line(s, (struct unit_line){.unit = number,
                                       .start = l->start,
                                       .end = l->end,
                                       .hyphen = l->hyphen,
                                       .columns = (unsigned)l->columns & 0x3FFFFFFF});
    }
}

/* Completes the first sheet, with which it is known what sheets there are. */
static void set_first(struct page *p)
{
    while (compose_next(p))
        ;
    sheet_number(p, 1);
}

static int end_of(const struct sheet *s)
{
    return s->first_line + (int)s->line_count;
}

bool page_has(struct page *p, int n)
{
    size_t i;

    while (n >= (int)p->sheets->line_count && p->stage != STAGE_DONE)
        if (!compose_next(p) || p->stage == STAGE_DONE)
            sheet_number(p, 1);
    do {
        i = sheet_of(p, n);
        if (p->sheets[i].set)
            break;
        sheet_set(p, i);
    } while (true);
    return n >= 0 && n < end_of(&p->sheets[i]);
}

int page_count(struct page *p)
{
    set_first(p);
    for (size_t i = 1; i < p->sheet_count; i++)
        sheet_set(p, i);
    return end_of(&p->sheets[p->sheet_count - 1]);
}

int page_end(struct page *p)
{
    set_first(p);
    if (p->sheet_count > 1)
        sheet_set(p, p->sheet_count - 1);
    return end_of(&p->sheets[p->sheet_count - 1]);
}

int page_reach(struct page *p, int n, int above)
{
    size_t i, up;
    int offset;

    page_has(p, n);
    i = sheet_of(p, n);
    offset = n - p->sheets[i].first_line;
    for (up = i, above -= offset; up > 1 && above > 0; above -= (int)p->sheets[up].line_count)
        sheet_set(p, --up);
    return p->sheets[i].first_line + offset;
}

/* What lies before line n of the first sheet, in bytes. */
static size_t bytes_before(const struct page *p, int n)
{
    const struct unit *u = &p->sheets->units[p->sheets->lines[n].unit];
    size_t within = (size_t)(n - u->first_line), lines = (size_t)(u->line_count + u->blanks);

    /* The headline comes first, wherever the record has it. */
    if ((size_t)(u - p->sheets->units) < p->body_unit)
        return 0;
    return u->source + (u->source_end - u->source) * within / (lines ? lines : 1);
}

/* How many of the thread's entries lie before line n of a further sheet, in thousandths of them. */
static size_t entries_before(const struct page *p, int n)
{
    size_t i = sheet_of(p, n), first = sheet_first(i), count = (size_t)p->entry_count;
    const struct sheet *s = &p->sheets[i];
    size_t here = (i + 1 < p->sheet_count ? sheet_first(i + 1) : count) - first;

    return (first * 1000 + here * 1000 * (size_t)(n - s->first_line) / (s->line_count ? s->line_count : 1)) / count;
}

int page_share(struct page *p, int n)
{
    size_t article = p->o.thread_only ? 0 : p->article->len + 1, comments, before;

    if (!page_has(p, n))
        return 1000;
    if (p->article->len <= SHORT_BYTES && p->article->comment_count <= SHORT_COMMENTS)
        return (int)((long long)n * 1000 / page_count(p));
    comments = p->o.comments ? p->article->comment_count * COMMENT_BYTES : 0;
    if (n < (int)p->sheets->line_count)
        before = p->o.thread_only ? 0 : bytes_before(p, n);
    else
        before = article + comments * entries_before(p, n) / 1000;
    return before < article + comments ? (int)((unsigned long long)before * 1000 / (article + comments)) : 999;
}

const struct line *page_line(struct page *p, int n)
{
    bool there = page_has(p, n);
    struct sheet *s = &p->sheets[sheet_of(p, n)];

    assert(there);
    (void)there;
    n -= s->first_line;
    if (s->filled_cap < s->line_count) {
        size_t had = s->filled_cap;

        mem_grow(&s->filled, &s->filled_cap, s->line_count, sizeof *s->filled);
        memset(s->filled + had, 0, (s->filled_cap - had) * sizeof *s->filled);
    }
    if (!s->filled[n])
        s->filled[n] = set_line(p, s, n);
    return s->filled[n];
}

void page_set_marks(struct page *p, const struct page_mark *marks, size_t count)
{
    p->marks = marks;
    p->mark_count = count;
    arena_reset(&p->shown);
    for (size_t i = 0; i < p->sheet_count; i++)
        if (p->sheets[i].filled_cap)
            memset(p->sheets[i].filled, 0, p->sheets[i].filled_cap * sizeof *p->sheets[i].filled);
}

/* The first line of a unit's own, after the blank ones. */
static int line_of(const struct sheet *s, const struct unit *u)
{
    return s->first_line + u->first_line + u->blanks;
}

/* The line of unit u that shows the byte at `offset`. */
static int line_in(const struct sheet *s, const struct unit *u, size_t offset)
{
    int first = u->first_line + u->blanks, low = first, high = first + u->line_count;
    uint32_t at = 0;

    if (u->role == UNIT_FOLD || u->line_count == 0)
        return s->first_line + first;
    if (offset >= u->source_end)
        at = u->flow.len;
    else if (offset > u->base)
        at = flow_text(&u->flow, (uint32_t)(offset - u->base));
    while (high - low > 1) {
        int mid = (low + high) / 2;

        if (s->lines[mid].start <= at)
            low = mid;
        else
            high = mid;
    }
    return s->first_line + low;
}

/* Sets the sheet that shows the comment at a position, and finds its first unit there. */
static const struct unit *unit_of(struct page *p, int position, const struct sheet **sheet)
{
    int entry = sheet_entry(p, position), id = p->thread.entries[page_entry(p, entry)].id;
    size_t i = sheet_of_entry(entry), u = 0;

    sheet_set(p, i);
    *sheet = &p->sheets[i];
    while (p->sheets[i].units[u].comment != id)
        u++;
    return &p->sheets[i].units[u];
}

static int find_in_comment(struct page *p, struct line_place place)
{
    int position = page_comments_line(p) < 0 ? -1 : thread_find(&p->thread, place.comment);
    const struct sheet *s;
    const struct unit *u, *best;

    if (position < 0) {
        int end = page_end(p);

        return end ? end - 1 : 0;
    }
    best = u = unit_of(p, position, &s);
    if (place.offset == 0)
        return line_of(s, u);
    for (; u < s->units + s->unit_count && u->comment == place.comment; u++)
        if (u->role == UNIT_TEXT && u->source <= place.offset)
            best = u;
    return line_in(s, best, place.offset);
}

/* The last unit of the article's text, in [from, to), that begins at or before offset; -1 for none. */
static int unit_before(const struct page *p, size_t from, size_t to, size_t offset)
{
    size_t low = from, high = to;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (p->sheets->units[mid].source <= offset)
            low = mid + 1;
        else
            high = mid;
    }
    while (low > from && p->sheets->units[low - 1].role == UNIT_NOTE)
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
    while (p->stage <= STAGE_BLOCKS && !(p->sheets->unit_count > p->body_unit && p->stage == STAGE_BLOCKS &&
                                         p->sheets->units[p->sheets->unit_count - 1].source > place.offset)) {
        if (!compose_next(p))
            break;
    }
    if (p->title_block < p->article->block_count) {
        const struct article_block *b = &p->article->blocks[p->title_block];

        if (place.offset >= b->start && place.offset < b->end) {
            unit = unit_before(p, 0, p->body_unit, place.offset);
            return line_in(p->sheets, &p->sheets->units[unit < 0 ? 0 : unit], place.offset);
        }
    }
    end = p->comments_unit >= 0 ? (size_t)p->comments_unit : p->sheets->unit_count;
    if (p->o.thread_only)
        return 0;
    unit = unit_before(p, p->body_unit, end, place.offset);
    if (unit < 0)
        return 0;
    return line_in(p->sheets, &p->sheets->units[unit], place.offset);
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
    if (p->stage <= STAGE_END)
        set_first(p);
    return p->comments_unit < 0 ? -1 : line_of(p->sheets, &p->sheets->units[p->comments_unit]);
}

int page_comment_line(struct page *p, int id)
{
    const struct sheet *s;
    const struct unit *u;
    int position;

    if (page_comments_line(p) < 0 || (position = thread_find(&p->thread, id)) < 0)
        return -1;
    u = unit_of(p, position, &s);
    return line_of(s, u);
}
