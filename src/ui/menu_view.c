/* SPDX-License-Identifier: ISC */
/* A menu on the screen: a box over the page where all of it has room in one, else the whole screen. */
#include "ui/draw.h"

#include <string.h>

#include "base/unicode.h"

enum { NUMBER_COLUMNS = 5, FRAME = 4, LEAST_WIDTH = 30 };

/* Columns that the widest item wants. */
static int wanted(const struct menu *m)
{
    int most = unicode_columns(m->title, strlen(m->title)) + FRAME;

    for (int i = 0; i < m->count; i++) {
        const struct menu_item *item = &m->items[i];
        int text = unicode_columns(item->text, strlen(item->text)) + item->indent,
            more = item->more ? unicode_columns(item->more, strlen(item->more)) : 0;

        if (item->right)
            text += unicode_columns(item->right, strlen(item->right)) + 3;
        most = text > most ? text : most;
        most = more > most ? more : most;
    }
    return most + NUMBER_COLUMNS + FRAME;
}

struct pane menu_pane(const struct ui *u)
{
    const struct menu *m = &u->menu;
    /* What is about the page stands over it, also beside the list. */
    bool of_page = m->kind == MENU_SECTIONS || m->kind == MENU_LINKS || m->kind == MENU_WHY;
    int left = u->wide && of_page ? u->reader_pane.column : 0, columns = u->columns - left;
    int room = u->rows - (u->rows >= 3), lines = 0, width = columns - 8, want;
    struct pane p = {u->rows >= 4 ? 2 : 0, 0, 0, u->columns};

    for (int i = 0; i < m->count && lines <= room; i++)
        lines += menu_lines(&m->items[i]);
    p.rows = room - p.row;
    if (m->kind == MENU_NOTES || m->kind == MENU_FOLDERS || lines + 4 > room || width < LEAST_WIDTH)
        return p;
    want = wanted(m);
    width = want < LEAST_WIDTH ? LEAST_WIDTH : want < width ? want : width;
    p.rows = lines;
    p.columns = width - 2;
    p.row = (room - lines) / 2;
    p.column = left + (columns - width) / 2 + 1;
    return p;
}

static bool is_boxed(const struct ui *u, const struct pane *p)
{
    return p->columns < u->columns;
}

static void paint_rule(struct ui *u, int row, const struct pane *p, bool top)
{
    int right = p->column + p->columns;

    screen_blank(u->screen, row, p->column - 1, p->columns + 2);
    draw_text(u, row, p->column - 1, right + 1, STYLE_RULE, u->ascii ? "+" : top ? "┌" : "└");
    for (int c = p->column; c < right; c++)
        draw_text(u, row, c, right, STYLE_RULE, u->ascii ? "-" : "─");
    draw_text(u, row, right, right + 1, STYLE_RULE, u->ascii ? "+" : top ? "┐" : "┘");
    if (top) {
        struct buf title;

        buf_init(&title);
        buf_add_fmt(&title, " %s ", u->menu.title);
        draw_text(u, row, p->column + 1, right - 1, STYLE_KEY, title.data);
        buf_release(&title);
    }
}

static void paint_item(struct ui *u, int row, const struct pane *p, int i, int line)
{
    const struct menu_item *item = &u->menu.items[i];
    int column = p->column + 2, limit = p->column + p->columns - 1;
    struct buf number;

    if (i == u->menu.selected && line == 0)
        draw_text(u, row, p->column, limit, STYLE_MARKER, u->ascii ? ">" : "›");
    buf_init(&number);
    buf_add_fmt(&number, "%d", i + 1);
    if (line == 0)
        draw_text(u, row, column, limit, STYLE_META, number.data);
    buf_release(&number);
    if (line == 0 && item->right)
        limit = draw_text_right(u, row, column + NUMBER_COLUMNS, limit, STYLE_META, item->right) - 2;
    draw_text(u, row, column + NUMBER_COLUMNS - 1 + item->indent, limit, line ? STYLE_META : item->style,
              line ? item->more : item->text);
}

void paint_menu(struct ui *u)
{
    struct pane p = menu_pane(u);
    bool boxed = is_boxed(u, &p);

    for (int row = 0; !boxed && row < u->rows; row++)
        screen_blank(u->screen, row, 0, u->columns);
    if (!boxed && p.row > 0)
        draw_text(u, 0, 1, u->columns - 1, STYLE_KEY, u->menu.title);
    if (boxed)
        paint_rule(u, p.row - 1, &p, true);
    for (int n = 0; n < p.rows; n++) {
        int line = 0, i = menu_line(&u->menu, n, &line);

        screen_blank(u->screen, p.row + n, p.column - boxed, p.columns + 2 * boxed);
        if (boxed) {
            draw_text(u, p.row + n, p.column - 1, p.column, STYLE_RULE, u->ascii ? "|" : "│");
            draw_text(u, p.row + n, p.column + p.columns, p.column + p.columns + 1, STYLE_RULE,
                      u->ascii ? "|" : "│");
        }
        if (i >= 0)
            paint_item(u, p.row + n, &p, i, line);
    }
    if (boxed)
        paint_rule(u, p.row + p.rows, &p, false);
}
