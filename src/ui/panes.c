/* SPDX-License-Identifier: ISC */
#include "ui/panes.h"

#include <stdlib.h>
#include <string.h>

#include "layout/fit.h"
#include "ui/draw.h"
#include "ui/repairing.h"

static void set_panes(struct ui *u)
{
    int status = u->rows >= 3, list_columns = u->columns, above, detail;

    u->wide = u->set.number[SET_WIDE_FROM] > 0 && u->columns >= u->set.number[SET_WIDE_FROM];
    if (u->wide) {
        list_columns = u->columns * 2 / 5;
        list_columns = list_columns < 44 ? 44 : list_columns > 52 ? 52 : list_columns;
        if (list_columns > u->columns / 2)
            list_columns = u->columns / 2;
    }
    above = u->rows >= 16 ? 2 : u->rows >= 4;
    detail = u->rows >= 14 ? 3 : 0;
    u->list_pane = (struct pane){above, 0, u->rows - above - status - detail, list_columns};
    u->detail_pane = (struct pane){u->rows - status - 2, 0, detail ? 2 : 0, list_columns};
    u->reader_pane = (struct pane){above, 0, u->rows - above - status, u->columns};
    if (u->wide) {
        u->reader_pane.column = list_columns + 1;
        u->reader_pane.columns = u->columns - list_columns - 1;
    } else if (u->reading)
        u->list_pane.rows = u->detail_pane.rows = 0;
    else
        u->reader_pane.rows = 0;
}

void panes_fit(struct ui *u)
{
    term_size(u->term, &u->rows, &u->columns);
    set_panes(u);
    u->list.row_lines = u->set.number[SET_SNIPPETS] && u->list.query ? 2 : 1;
    if (u->list_pane.rows > 0)
        list_fit(&u->list, u->list_pane.rows);
    if (u->reader_pane.rows > 0)
        reader_fit(&u->reader, u->reader_pane.columns, u->reader_pane.rows, u->ascii);
    repairing_fit(u);
    if (u->menu.kind != MENU_NONE)
        menu_fit(&u->menu, menu_pane(u).rows);
    ui_note_reading(u);
}

static char *dateline_words(const struct article *a)
{
    struct buf b;

    if (!a->dateline.place)
        return NULL;
    buf_init(&b);
    buf_add_str(&b, a->dateline.place);
    if (a->dateline.agency)
        buf_add_fmt(&b, " (%s)", a->dateline.agency);
    return buf_steal(&b);
}

/* Sets the lines that tell of the selected article. */
static void set_detail(struct ui *u, const struct corpus_row *row)
{
    struct article a;
    char *text = NULL, *author = NULL, *dateline = NULL;
    struct row_detail d = {.title = row->title,
                           .file = row->locator,
                           .published = row->published,
                           .locator = row->locator};

    article_init(&a);
    if (corpus_article(u->corpus, row->id, &a, &text, NULL)) {
        d.author = author = article_join_authors(&a);
        d.dateline = dateline = dateline_words(&a);
    }
    u->detail_columns = u->detail_pane.columns;
    row_set_detail(&u->headline, &u->about, &d, u->detail_pane.columns - 2, u->ascii);
    article_release(&a);
    free(text);
    free(author);
    free(dateline);
}

/* Sets the lines that the next page down will show, while nobody waits for them. */
static void set_ahead(struct reader *r)
{
    int end = r->top + 2 * r->height;

    for (int line = r->top + r->height; r->page && line < end && page_has(r->page, line); line++)
        page_line(r->page, line);
}

void panes_rest(struct ui *u)
{
    const struct corpus_row *row = list_row(&u->list);
    int64_t id = row ? row->id : 0;

    u->rest_due = false;
    u->detail_old = false;
    u->detail = id;
    if (row && u->detail_pane.rows > 0)
        set_detail(u, row);
    if (u->wide && !u->reading && row && u->reader.id != id)
        ui_show(u, id);
    panes_fit(u);
    u->progress_top = u->reader.top;
    if (u->reader_pane.rows > 0)
        set_ahead(&u->reader);
}

/* Whether something on the screen tells of what is no longer so. */
static bool wants_rest(const struct ui *u)
{
    const struct corpus_row *row = list_row(&u->list);
    int64_t id = row ? row->id : 0;

    if (u->list_pane.rows > 0 && (u->detail != id || u->detail_old))
        return true;
    if (u->wide && !u->reading && id && u->reader.id != id)
        return true;
    return u->reader_pane.rows > 0 && u->progress_top != u->reader.top;
}

/* The words around the hits of the rows that are shown. */
static void make_snippets(struct ui *u)
{
    int group, i;

    for (int n = 0; n < u->list_pane.rows && u->list.row_lines > 1 && !u->menu.kind && !u->help; n++) {
        i = list_line(&u->list, n, &group);
        if (i >= 0)
            snippets_make(&u->snippets, u->list.opened, u->list.view, u->list.window.rows[i].id);
    }
}

void panes_follow(struct ui *u)
{
    enum { NEAR = 3 }; /* lines that progress may lag behind */
    int moved = u->reader.top - u->progress_top;

    if (u->detail_pane.rows > 0 && u->detail && u->detail_columns != u->detail_pane.columns)
        panes_rest(u);
    if (u->reader.id != u->progress_of || moved > NEAR || moved < -NEAR) {
        u->progress_of = u->reader.id;
        u->progress_top = u->reader.top;
    }
    u->rest_due = wants_rest(u);
    make_snippets(u);
}

static void name_window(struct ui *u)
{
    bool headline = u->reading && u->reader.article.title;
    const char *what = headline ? u->reader.article.title : corpus_name(u->corpus);
    struct buf name, room;
    struct shown title;

    if (!u->set.number[SET_TITLE]) {
        term_set_title(u->term, NULL);
        return;
    }
    buf_init(&name);
    buf_init(&room);
    fit_add(&name, what, strlen(what), u->ascii);
    buf_add_str(&name, " - cuttings");
    title = door_show(&room, name.data, name.len);
    term_set_title(u->term, &title);
    buf_release(&room);
    buf_release(&name);
}

void panes_paint(struct ui *u)
{
    int row, column;

    for (int r = 0; r < u->rows; r++)
        screen_blank(u->screen, r, 0, u->columns);
    if (u->help)
        paint_help(u);
    else {
        paint_list(u);
        paint_reader(u);
        if (u->menu.kind != MENU_NONE)
            paint_menu(u);
    }
    paint_status(u);
    place_cursor(u, &row, &column);
    name_window(u);
    term_update(u->term, row, column);
}
