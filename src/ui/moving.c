/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Moving": each moves what has the keys, be it the list, the page or the help. */
#include "ui/state.h"

#include <limits.h>

#include "layout/jump.h"
#include "ui/draw.h"
#include "ui/repairing.h"
#include "ui/selecting.h"

static void move_help(struct ui *u, long lines)
{
    long last = help_lines(u) - help_height(u), to = u->help_top + lines;

    u->help_top = (int)(to > last ? (last > 0 ? last : 0) : to < 0 ? 0 : to);
}

static int clamp_lines(long lines)
{
    return (int)(lines > 1000000 ? 1000000 : lines < -1000000 ? -1000000 : lines);
}

static void move_lines(struct ui *u, long lines)
{
    if (u->help)
        move_help(u, lines);
    else if (u->menu.kind != MENU_NONE)
        menu_move(&u->menu, lines);
    else if (u->repairing.on)
        repairing_move(u, clamp_lines(lines));
    else if (u->reading && u->reader.select.on)
        selecting_move_lines(u, lines);
    else if (u->reading)
        reader_go(&u->reader, u->reader.top + clamp_lines(lines), false);
    else
        list_move(&u->list, lines);
}

static int page_height(const struct ui *u)
{
    if (u->menu.kind != MENU_NONE && !u->help)
        return u->menu.height > 2 ? u->menu.height / 2 : 1; /* items may have two lines */
    return u->help ? help_height(u) : u->reading ? u->reader.height : u->list.height;
}

/* Moves by a part of what is shown. */
static void move_pages(struct ui *u, long lines)
{
    if (u->help || u->reading || u->menu.kind != MENU_NONE)
        move_lines(u, lines);
    else
        list_scroll(&u->list, clamp_lines(lines));
}

static long times(long count)
{
    return count > 0 ? count : 1;
}

void do_line_down(struct ui *u, long count)
{
    move_lines(u, times(count));
}

void do_line_up(struct ui *u, long count)
{
    move_lines(u, -times(count));
}

void do_page_down(struct ui *u, long count)
{
    move_pages(u, times(count) * page_height(u));
}

void do_page_up(struct ui *u, long count)
{
    move_pages(u, -times(count) * page_height(u));
}

static int half(const struct ui *u)
{
    int lines = page_height(u) / 2;

    return lines > 0 ? lines : 1;
}

void do_half_down(struct ui *u, long count)
{
    move_pages(u, times(count) * half(u));
}

void do_half_up(struct ui *u, long count)
{
    move_pages(u, -times(count) * half(u));
}

void do_read_on(struct ui *u, long count)
{
    if (u->help || u->menu.kind != MENU_NONE || !u->reading || !reader_at_end(&u->reader))
        do_page_down(u, count);
    else if (!u->set.number[SET_SPACE_FLOW])
        ui_say(u, "the end of the article");
    else
        do_unread_next(u, 0);
}

void do_first(struct ui *u, long count)
{
    if (u->menu.kind != MENU_NONE && !u->help) {
        menu_go(&u->menu, count > 0 ? count : 1);
        return;
    }
    if (u->reading && u->reader.select.on && !u->help) {
        selecting_go(u, -1);
        return;
    }
    if (!u->help)
        keeping_leave(u);
    if (u->help)
        u->help_top = 0;
    else if (u->reading)
        reader_go(&u->reader, clamp_lines(count > 0 ? count - 1 : 0), false);
    else if (count > 0)
        list_go(&u->list, count);
    else
        list_go(&u->list, 1);
}

void do_last(struct ui *u, long count)
{
    if (u->menu.kind != MENU_NONE && !u->help) {
        menu_go(&u->menu, count > 0 ? count : LONG_MAX);
        return;
    }
    if (u->reading && u->reader.select.on && !u->help) {
        selecting_go(u, 1);
        return;
    }
    if (!u->help)
        keeping_leave(u);
    if (count > 0)
        do_first(u, count);
    else if (u->help)
        move_help(u, help_lines(u));
    else if (u->reading)
        reader_go(&u->reader, page_end(u->reader.page), false);
    else
        list_go(&u->list, LONG_MAX);
}

void do_percent(struct ui *u, long count)
{
    long share = count > 100 ? 100 : count;

    if (share <= 0) {
        ui_say(u, "to which percent? a number comes first");
        return;
    }
    keeping_leave(u);
    if (u->reading)
        reader_go(&u->reader, (int)(page_end(u->reader.page) * share / 100), false);
    else
        list_go(&u->list, (u->list.total * share + 99) / 100);
}

static void section(struct ui *u, int direction)
{
    struct reader *r = &u->reader;
    int line;

    if (!u->reading) {
        if (!list_group(&u->list, direction))
            ui_say(u, direction > 0 ? "no group after this one" : "no group before this one");
        return;
    }
    if (reader_in_thread(r)) {
        line = jump_comment(r->page, r->top, direction);
    } else {
        line = jump_section(r->page, r->top, direction);
        if (line < 0 && direction > 0)
            line = page_comments_line(r->page);
        if (line < 0 && direction < 0 && r->top > 0)
            line = 0;
    }
    if (line < 0 && reader_in_thread(r) && direction < 0)
        line = jump_section(r->page, r->top, direction);
    if (line < 0)
        ui_say(u, direction > 0 ? "no section after this one" : "no section before this one");
    else
        reader_go(r, line, true);
}

void do_section_next(struct ui *u, long count)
{
    for (long n = times(count); n > 0 && u->message.len == 0; n--)
        section(u, 1);
}

void do_section_previous(struct ui *u, long count)
{
    for (long n = times(count); n > 0 && u->message.len == 0; n--)
        section(u, -1);
}
