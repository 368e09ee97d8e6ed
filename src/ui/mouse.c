/* SPDX-License-Identifier: ISC */
#include "ui/mouse.h"

#include "layout/place.h"
#include "ui/draw.h"
#include "ui/marked.h"
#include "ui/menus.h"

enum { WHEEL_LINES = 3, LEFT = 0, WHEEL_UP = 64, WHEEL_DOWN = 65 };

static bool is_in(const struct pane *p, const struct input_mouse *m)
{
    return m->row >= p->row && m->row < p->row + p->rows && m->column >= p->column &&
           m->column < p->column + p->columns;
}

static void wheel(struct ui *u, const struct input_mouse *m)
{
    int lines = m->button == WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES;

    if (u->help || u->menu.kind != MENU_NONE)
        ui_act(u, lines < 0 ? ACTION_line_up : ACTION_line_down, u->help ? WHEEL_LINES : 1);
    else if (u->reader.id && is_in(&u->reader_pane, m))
        reader_go(&u->reader, u->reader.top + lines, false);
    else if (is_in(&u->list_pane, m))
        list_scroll(&u->list, lines);
}

static void click_menu(struct ui *u, const struct input_mouse *m)
{
    struct pane p = menu_pane(u);
    int line, item = is_in(&p, m) ? menu_line(&u->menu, m->row - p.row, &line) : -1;

    if (item < 0)
        return;
    if (item == u->menu.selected)
        ui_act(u, ACTION_menu_pick, 0);
    else
        menu_go(&u->menu, item + 1);
}

static void click_list(struct ui *u, const struct input_mouse *m)
{
    int group, row = list_line(&u->list, m->row - u->list_pane.row, &group);
    bool there = !u->reading && row == u->list.selected;

    if (u->reading)
        ui_to_list(u);
    if (row == LIST_WORDS)
        row = group;
    if (row < 0)
        return;
    if (there)
        ui_act(u, ACTION_open, 0);
    else
        list_select(&u->list, u->list.window.rows[row].id);
}

/* The line of the page under the mouse; -1 for none. */
static int line_under(const struct ui *u, const struct input_mouse *m)
{
    int line = u->reader.top + m->row - u->reader_pane.row;

    return page_has(u->reader.page, line) ? line : -1;
}

/* The number of the address under the mouse; 0 for none. */
static int link_under(const struct ui *u, const struct input_mouse *m, int line)
{
    const struct line *l = page_line(u->reader.page, line);
    int column = m->column - u->reader_pane.column;

    for (int r = 0; r < l->run_count; r++)
        if (column >= l->runs[r].column && column < l->runs[r].column + l->runs[r].columns)
            return l->runs[r].link;
    return 0;
}

static struct line_place place_under(const struct ui *u, const struct input_mouse *m, int line)
{
    return place_at(u->reader.page, line, m->column - u->reader_pane.column);
}

static void click_reader(struct ui *u, const struct input_mouse *m)
{
    struct reader *r = &u->reader;
    int line = line_under(u, m), fold, link;

    u->reading = true;
    r->select = (struct select){.on = false};
    marked_show(r);
    u->pressed = false;
    if (line < 0)
        return;
    fold = page_line(r->page, line)->fold;
    link = link_under(u, m, line);
    if (fold >= 0) {
        r->folds[fold] = !r->folds[fold];
        reader_again(r);
    } else if (link > 0) {
        do_link(u, 0);
        menu_go(&u->menu, link);
    } else if (page_line(r->page, line)->is_text) {
        u->pressed = true;
        u->pressed_at = place_under(u, m, line);
    }
}

/* From where the button went down to where it is now. */
static void drag(struct ui *u, const struct input_mouse *m)
{
    struct reader *r = &u->reader;
    int line = line_under(u, m);
    struct line_place at;

    if (line < 0 || !page_line(r->page, line)->is_text)
        return;
    at = place_under(u, m, line);
    if (at.comment != u->pressed_at.comment)
        return;
    r->select = (struct select){.on = true, .begun = true, .from = u->pressed_at, .caret = at, .goal = -1};
    marked_show(r);
}

void mouse_take(struct ui *u, const struct input_mouse *m)
{
    if (u->prompt.kind != PROMPT_NONE)
        return;
    if (m->button == WHEEL_UP || m->button == WHEEL_DOWN)
        wheel(u, m);
    else if (m->button != LEFT || u->help)
        return;
    else if (m->moved && u->pressed && u->reading)
        drag(u, m);
    else if (m->moved || !m->down)
        return;
    else if (u->menu.kind != MENU_NONE)
        click_menu(u, m);
    else if (u->reader.id && is_in(&u->reader_pane, m))
        click_reader(u, m);
    else if (is_in(&u->list_pane, m))
        click_list(u, m);
}
