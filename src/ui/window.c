/* SPDX-License-Identifier: ISC */
#include "ui/window.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void window_init(struct window *w)
{
    memset(w, 0, sizeof *w);
}

static void forget(struct window *w, int first, int count)
{
    for (int i = first; i < first + count; i++)
        corpus_row_release(&w->rows[i]);
    memmove(&w->rows[first], &w->rows[first + count], (size_t)(w->count - first - count) * sizeof w->rows[0]);
    w->count -= count;
}

void window_release(struct window *w)
{
    forget(w, 0, w->count);
    free(w->rows);
    window_init(w);
}

static void make_room(struct window *w)
{
    if (!w->rows)
        w->rows = mem_zalloc(WINDOW_MOST + WINDOW_STEP, sizeof w->rows[0]);
}

static int append(struct window *w, enum corpus_from from, int64_t id)
{
    int n = corpus_view_rows(w->view, from, id, w->rows + w->count, WINDOW_STEP);

    w->count += n;
    w->at_end = n < WINDOW_STEP;
    return n;
}

static int prepend(struct window *w, enum corpus_from from, int64_t id)
{
    struct corpus_row rows[WINDOW_STEP];
    int n = corpus_view_rows(w->view, from, id, rows, WINDOW_STEP);

    memmove(w->rows + n, w->rows, (size_t)w->count * sizeof w->rows[0]);
    memcpy(w->rows, rows, (size_t)n * sizeof rows[0]);
    w->count += n;
    w->at_start = n < WINDOW_STEP;
    return n;
}

int window_load(struct window *w, struct corpus_view *view, enum corpus_from from, int64_t id)
{
    int at = 0;

    make_room(w);
    forget(w, 0, w->count);
    w->view = view;
    w->at_start = w->at_end = false;
    if (from == CORPUS_LAST || from == CORPUS_BEFORE) {
        prepend(w, from, id);
        w->at_end = from == CORPUS_LAST;
        return w->count - 1;
    }
    append(w, from, id);
    if (from == CORPUS_FIRST)
        w->at_start = true;
    else if (w->count > 0)
        at = prepend(w, CORPUS_BEFORE, w->rows[0].id);
    else { /* the article was the last one, or the number is past the end */
        prepend(w, CORPUS_LAST, 0);
        w->at_end = true;
        return w->count - 1;
    }
    return w->count > 0 ? at : -1;
}

int window_extend(struct window *w, int direction, bool *more)
{
    int n = 0, moved = 0;

    *more = false;
    if (!w->view || w->count == 0)
        return 0;
    if (direction > 0 && !w->at_end) {
        n = append(w, CORPUS_AFTER, w->rows[w->count - 1].id);
        if (w->count > WINDOW_MOST) {
            moved = -(w->count - WINDOW_MOST);
            forget(w, 0, w->count - WINDOW_MOST);
            w->at_start = false;
        }
    } else if (direction < 0 && !w->at_start) {
        n = moved = prepend(w, CORPUS_BEFORE, w->rows[0].id);
        if (w->count > WINDOW_MOST) {
            forget(w, WINDOW_MOST, w->count - WINDOW_MOST);
            w->at_end = false;
        }
    }
    *more = n > 0;
    return moved;
}

int window_find(const struct window *w, int64_t id)
{
    for (int i = 0; i < w->count; i++)
        if (w->rows[i].id == id)
            return i;
    return -1;
}
