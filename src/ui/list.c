/* SPDX-License-Identifier: ISC */
#include "ui/list.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "corpus/keep.h"

enum {
    GROUP_REACH = 20000, /* rows that a jump to the next group looks at */
    FIRST_MS = 5,        /* a search may take before anything of it is shown */
};

void list_init(struct list *l, struct corpus *c)
{
    memset(l, 0, sizeof *l);
    l->corpus = c;
    l->selected = -1;
    l->height = 1;
    l->row_lines = 1;
    window_init(&l->window);
}

void list_release(struct list *l)
{
    window_release(&l->window);
    if (l->view)
        corpus_view_free(&l->view);
    free(l->query);
    list_init(l, l->corpus);
}

const struct corpus_row *list_row(const struct list *l)
{
    return l->selected >= 0 ? &l->window.rows[l->selected] : NULL;
}

/* Reads more rows on one side and keeps the indexes right; false where there are none. */
static bool extend(struct list *l, int direction)
{
    bool more;
    int moved = window_extend(&l->window, direction, &more);

    l->selected += moved;
    l->top += moved;
    if (l->top < 0) {
        l->top = 0;
        l->top_cut = false;
    }
    if (l->selected < 0 && l->window.count > 0)
        l->selected = 0;
    return more;
}

/* Whether two strings, NULL allowed, are the same, or (len > 0) begin with the same len bytes. */
static bool same_start(const char *a, const char *b, size_t len)
{
    if (!a || !b)
        return !a && !b;
    return len > 0 ? strncmp(a, b, len) == 0 : strcmp(a, b) == 0;
}

static bool same_group(const struct list *l, const struct corpus_row *a, const struct corpus_row *b)
{
    switch (l->order) {
    case CORPUS_BY_DATE:
        return same_start(a->published, b->published, 4);
    case CORPUS_BY_SITE:
        return same_start(a->site, b->site, 0);
    default:
        return true;
    }
}

void list_add_group(const struct list *l, int i, struct buf *out)
{
    const struct corpus_row *row = &l->window.rows[i];

    if (l->order == CORPUS_BY_DATE && row->published)
        buf_add(out, row->published, strnlen(row->published, 4));
    else if (l->order == CORPUS_BY_DATE)
        buf_add_str(out, "undated");
    else if (l->order == CORPUS_BY_SITE)
        buf_add_str(out, row->site ? row->site : "no site");
}

/* Whether a group line stands above row i. */
static bool opens_group(const struct list *l, int i)
{
    if (l->order != CORPUS_BY_DATE && l->order != CORPUS_BY_SITE)
        return false;
    if (i == 0)
        return l->window.at_start;
    return !same_group(l, &l->window.rows[i - 1], &l->window.rows[i]);
}

/* Puts the selection at index i of a window just loaded, on screen line `line`. */
static void settle(struct list *l, int i, int line)
{
    l->selected = i;
    l->number = i >= 0 ? corpus_view_number(l->view, l->window.rows[i].id) : 0;
    l->top = i > line ? i - line : 0;
    l->top_cut = false;
    corpus_view_counts(l->view, &l->total, &l->unread);
    list_fit(l, l->height);
}

/* The line on which the selected row stands, counted from the first one shown. */
static int selected_line(const struct list *l)
{
    int line = 0;

    for (int i = l->top; i <= l->selected; i++)
        line += l->row_lines + (opens_group(l, i) && !(i == l->top && l->top_cut));
    return line - l->row_lines;
}

bool list_open(struct list *l, const char *query, enum corpus_order order, bool reverse, struct err *e)
{
    const struct corpus_row *row = list_row(l);
    int64_t id = row ? row->id : 0;
    int line = row ? selected_line(l) : 0, at = -1;
    struct corpus_view *view;

    if (!corpus_view_new(l->corpus, query, order, reverse, &view, e))
        return false;
    l->searching = !corpus_view_search(view, WINDOW_STEP, FIRST_MS);
    if (id && corpus_view_number(view, id) > 0)
        at = window_load(&l->window, view, CORPUS_AT, id);
    else {
        at = window_load(&l->window, view, CORPUS_FIRST, 0);
        at = at >= 0 ? 0 : -1;
        line = 0;
    }
    if (l->view)
        corpus_view_free(&l->view);
    l->view = view;
    l->opened++;
    l->order = order;
    l->reverse = reverse;
    if (query != l->query) {
        free(l->query);
        l->query = query && *query ? mem_strdup(query) : NULL;
    }
    settle(l, at, line);
    return true;
}

void list_refresh(struct list *l)
{
    const struct corpus_row *row = list_row(l);
    int line = row ? selected_line(l) : 0, at;

    if (row)
        at = window_load(&l->window, l->view, CORPUS_AT, row->id);
    else
        at = window_load(&l->window, l->view, CORPUS_FIRST, 0);
    settle(l, at, line);
}

/* To where nobody waits for the rows between to be read. */
static bool move_far(struct list *l, long by)
{
    long before = l->number;

    list_go(l, by < l->total - before ? before + by : LONG_MAX);
    return l->number != before;
}

bool list_move(struct list *l, long by)
{
    long moved = 0;
    int step = by < 0 ? -1 : 1;

    if (l->number > 0 && !l->searching && (by > WINDOW_MOST || by < -WINDOW_MOST))
        return move_far(l, by);
    while (l->selected >= 0 && moved != by) {
        int next = l->selected + step;

        if (next < 0 || next >= l->window.count) {
            if (!extend(l, step))
                break;
            next = l->selected + step;
        }
        l->selected = next;
        moved += step;
    }
    l->number += moved;
    return moved != 0;
}

void list_go(struct list *l, long number)
{
    if (number <= 1)
        settle(l, window_load(&l->window, l->view, CORPUS_FIRST, 0) < 0 ? -1 : 0, 0);
    else if (number >= l->total)
        settle(l, window_load(&l->window, l->view, CORPUS_LAST, 0), l->height);
    else
        settle(l, window_load(&l->window, l->view, CORPUS_NUMBER, number), l->height / 2);
}

bool list_select(struct list *l, int64_t id)
{
    int at = window_find(&l->window, id);
    long number;

    if (at >= 0) {
        l->number += at - l->selected;
        l->selected = at;
        return true;
    }
    number = corpus_view_number(l->view, id);
    if (number <= 0)
        return false;
    settle(l, window_load(&l->window, l->view, CORPUS_AT, id), l->height / 2);
    return true;
}

bool list_group(struct list *l, int direction)
{
    const struct corpus_row *row = list_row(l);
    int64_t id;
    bool left = false;

    if (!row)
        return false;
    id = row->id;
    for (int n = 0; n < GROUP_REACH; n++) {
        if (direction < 0 && opens_group(l, l->selected) && (left || l->window.rows[l->selected].id != id))
            return true;
        if (!list_move(l, direction))
            break;
        if (direction > 0 && opens_group(l, l->selected))
            return true;
        left = true;
    }
    if (direction < 0 && l->window.at_start && l->selected == 0 && left)
        return true;
    list_select(l, id);
    return false;
}

/* One line further down; false at the last row. */
static bool line_forward(struct list *l)
{
    if (opens_group(l, l->top) && !l->top_cut) {
        l->top_cut = true;
        return true;
    }
    if (l->top + 1 >= l->window.count && !extend(l, 1))
        return false;
    l->top++;
    l->top_cut = false;
    return true;
}

static bool line_back(struct list *l)
{
    if (l->top_cut) {
        l->top_cut = false;
        return true;
    }
    if (l->top == 0 && !extend(l, -1))
        return false;
    l->top--;
    l->top_cut = opens_group(l, l->top);
    return true;
}

/* Lines from the first one shown to the last row, counted no further than limit. */
static int lines_below(struct list *l, int limit)
{
    int lines = 0;

    for (int i = l->top; lines < limit; i++) {
        if (i >= l->window.count && !extend(l, 1))
            break;
        if (i >= l->window.count)
            break;
        lines += l->row_lines + (opens_group(l, i) && !(i == l->top && l->top_cut));
    }
    return lines;
}

void list_fit(struct list *l, int height)
{
    bool other = height != l->height;

    l->height = height > 0 ? height : 1;
    if (l->selected < 0) {
        l->top = 0;
        l->top_cut = false;
        return;
    }
    if (l->top == 0 && !l->window.at_start)
        extend(l, -1); /* the row before the first one decides whether a group begins */
    if (other && l->top == 0 && l->window.at_start) /* there may be room now for the first group's line */
        l->top_cut = false;
    if (l->top > l->selected || l->top < 0) {
        l->top = l->selected;
        l->top_cut = l->height == 1 && opens_group(l, l->top);
    }
    while (selected_line(l) + l->row_lines > l->height &&
           (l->top < l->selected || (opens_group(l, l->top) && !l->top_cut)))
        line_forward(l);
    while (lines_below(l, l->height) + (l->top_cut ? 1 : l->row_lines) <= l->height)
        if (!line_back(l))
            break;
    if (l->top == l->selected && l->top_cut && l->height > 1 && l->window.count - l->top < l->height)
        l->top_cut = false;
    if (l->top == l->selected && l->height == 1)
        l->top_cut = opens_group(l, l->top);
}

int list_line(const struct list *l, int n, int *group)
{
    for (int i = l->top; i < l->window.count; i++) {
        if (opens_group(l, i) && !(i == l->top && l->top_cut)) {
            if (n-- == 0) {
                *group = i;
                return LIST_GROUP;
            }
        }
        if (n < l->row_lines) {
            *group = i;
            return n == 0 ? i : LIST_WORDS;
        }
        n -= l->row_lines;
    }
    return LIST_NOTHING;
}

void list_scroll(struct list *l, int lines)
{
    int line, at = 0, group, moved = 0;

    if (l->selected < 0)
        return;
    line = selected_line(l);
    if (lines > 0)
        while (moved < lines && lines_below(l, l->height + 1) > l->height && line_forward(l))
            moved++;
    else
        while (moved < -lines && line_back(l))
            moved++;
    if (moved == 0) {
        list_move(l, lines > 0 ? l->window.count : -l->window.count);
        return;
    }
    at = list_line(l, line, &group);
    if (at == LIST_GROUP || at == LIST_WORDS)
        at = group;
    if (at < 0)
        at = l->window.count - 1;
    l->number += at - l->selected;
    l->selected = at;
}

void list_set(struct list *l, int64_t id, enum list_flag flag, bool on)
{
    int i = window_find(&l->window, id);
    struct corpus_row *row = i >= 0 ? &l->window.rows[i] : NULL;

    switch (flag) {
    case LIST_READ:
        corpus_set_read(l->corpus, id, on);
        if (row && row->unread == on)
            l->unread += on ? -1 : 1;
        if (row)
            row->unread = !on;
        break;
    case LIST_STARRED:
        corpus_set_starred(l->corpus, id, on);
        if (row)
            row->starred = on;
        break;
    case LIST_HIDDEN:
        keep_hidden(l->corpus, id, on);
        if (row)
            row->hidden = on;
        break;
    }
}

void list_read_row(struct list *l, int64_t id)
{
    int i = window_find(&l->window, id);
    struct corpus_row row;

    if (i < 0 || !corpus_facts(l->corpus, id, &row, NULL))
        return;
    corpus_row_release(&l->window.rows[i]);
    l->window.rows[i] = row;
}
