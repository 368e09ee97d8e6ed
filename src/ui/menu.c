/* SPDX-License-Identifier: ISC */
#include "ui/menu.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void menu_close(struct menu *m)
{
    for (int i = 0; i < m->count; i++) {
        free(m->items[i].text);
        free(m->items[i].more);
        free(m->items[i].note);
        free(m->items[i].right);
        free(m->items[i].data);
    }
    free(m->items);
    free(m->title);
    memset(m, 0, sizeof *m);
}

void menu_open(struct menu *m, enum menu_kind kind, const char *title)
{
    menu_close(m);
    m->kind = kind;
    m->title = mem_strdup(title);
    m->height = 1;
}

struct menu_item *menu_add(struct menu *m, const char *text, const char *more)
{
    struct menu_item *item;

    mem_grow(&m->items, &m->cap, (size_t)m->count + 1, sizeof m->items[0]);
    item = &m->items[m->count++];
    *item = (struct menu_item){.text = mem_strdup(text), .more = more ? mem_strdup(more) : NULL, .style = STYLE_TEXT};
    return item;
}

const struct menu_item *menu_item(const struct menu *m)
{
    return m->selected < m->count ? &m->items[m->selected] : NULL;
}

void menu_go(struct menu *m, long number)
{
    if (number > m->count)
        number = m->count;
    m->selected = number < 1 ? 0 : (int)number - 1;
}

void menu_move(struct menu *m, long by)
{
    menu_go(m, m->selected + 1 + by);
}

int menu_lines(const struct menu_item *item)
{
    return item->more ? 2 : 1;
}

int menu_line(const struct menu *m, int n, int *line)
{
    for (int i = m->top; i < m->count; i++) {
        if (n < menu_lines(&m->items[i])) {
            *line = n;
            return i;
        }
        n -= menu_lines(&m->items[i]);
    }
    return -1;
}

void menu_fit(struct menu *m, int height)
{
    int lines = 0, least = m->selected;

    m->height = height > 0 ? height : 1;
    if (m->top > m->selected)
        m->top = m->selected;
    for (least = m->selected; least >= 0 && least < m->count; least--) {
        lines += menu_lines(&m->items[least]);
        if (lines > m->height)
            break;
    }
    least++;
    if (m->top < least)
        m->top = least < m->selected ? least : m->selected;
    /* No room is left empty where there is more above. */
    lines = 0;
    for (int i = m->top; i < m->count; i++)
        lines += menu_lines(&m->items[i]);
    while (m->top > 0 && lines + menu_lines(&m->items[m->top - 1]) <= m->height)
        lines += menu_lines(&m->items[--m->top]);
}
