/* SPDX-License-Identifier: ISC */
/* The handlers of subject "The program": from one view to the other, and out. */
#include "ui/finding.h"

static bool back(struct ui *u)
{
    if (u->help)
        u->help = false;
    else if (u->menu.kind != MENU_NONE)
        menu_close(&u->menu);
    else if (u->reading && u->reader.select.on)
        do_select_leave(u, 0);
    else if (u->reading)
        ui_to_list(u);
    else
        return finding_leave_results(u);
    return true;
}

void do_back(struct ui *u, long count)
{
    struct key_sequence keys;
    struct buf b;

    (void)count;
    if (back(u))
        return;
    buf_init(&b);
    if (keymap_key(u->keymap, CONTEXT_LIST, ACTION_quit, 0, &keys, NULL)) {
        key_add_sequence(&b, &keys);
        ui_say(u, "%s quits", b.data);
    }
    buf_release(&b);
}

void do_quit(struct ui *u, long count)
{
    (void)count;
    if (!back(u))
        u->quit = true;
}

void do_quit_all(struct ui *u, long count)
{
    (void)count;
    u->quit = true;
}

void do_command(struct ui *u, long count)
{
    struct buf number;

    buf_init(&number);
    prompt_start(&u->prompt, PROMPT_COMMAND);
    if (count > 0) {
        buf_add_fmt(&number, "%ld ", count);
        prompt_insert(&u->prompt, number.data, number.len);
    }
    buf_release(&number);
}

void do_pane(struct ui *u, long count)
{
    (void)count;
    if (u->reading && u->wide)
        u->reading = false;
    else if (u->reading)
        ui_to_list(u);
    else if (list_row(&u->list))
        ui_read(u);
}

void do_help(struct ui *u, long count)
{
    (void)count;
    if (u->help) {
        u->help = false;
        return;
    }
    u->help_context = ui_context(u);
    u->help = true;
    u->help_top = 0;
}

void do_redraw(struct ui *u, long count)
{
    struct err e = ERR_INIT;

    (void)count;
    screen_forget(u->screen);
    /* What a query finds is frozen while it is read: here it is asked anew. */
    if (!list_open(&u->list, u->list.query, u->list.order, u->list.reverse, &e))
        ui_complain(u, "%s", e.text);
}

void do_mouse(struct ui *u, long count)
{
    bool on = !u->set.number[SET_MOUSE];

    (void)count;
    if (!term_set_mouse(u->term, on)) {
        ui_say(u, "this terminal has no mouse");
        return;
    }
    u->set.number[SET_MOUSE] = on;
    ui_say(u, on ? "the mouse scrolls and opens; with Shift it selects as usual" : "the mouse is the terminal's own");
}

void do_suspend(struct ui *u, long count)
{
    (void)count;
    if (u->options->restricted)
        ui_complain(u, "there is no shell to go back to in the restricted mode");
    else
        term_suspend(u->term);
}

void do_cancel(struct ui *u, long count)
{
    (void)count;
    u->for_picked = false;
    u->scan.running = false;
    if (u->menu.kind != MENU_NONE)
        menu_close(&u->menu);
    else if (u->reading && u->reader.select.on)
        do_select_leave(u, 0);
    find_set(&u->reader.find, NULL);
    if (u->reader.page)
        seek_begin(&u->reader);
    find_set(&u->list_find, NULL);
}
