/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Articles": which one is read, and what the reader thinks of it. */
#include "ui/gathering.h"

#include "corpus/keep.h"
#include "ui/talking.h"

enum { AT_ONCE = 256 }; /* rows read at a time */

void do_open(struct ui *u, long count)
{
    keeping_leave(u);
    if (count > 0)
        list_go(&u->list, count);
    ui_read(u);
}

/* Reads the article so many rows on. */
static void read_neighbour(struct ui *u, long by)
{
    keeping_leave(u);
    list_select(&u->list, u->reader.id);
    if (!list_move(&u->list, by))
        ui_say(u, by > 0 ? "this is the last article of the list" : "this is the first article of the list");
    else
        ui_read(u);
}

void do_article_next(struct ui *u, long count)
{
    read_neighbour(u, count > 0 ? count : 1);
}

void do_article_previous(struct ui *u, long count)
{
    read_neighbour(u, count > 0 ? -count : -1);
}

static void to_unread(struct ui *u, int direction)
{
    int64_t id = corpus_view_unread(u->list.view, ui_article(u), direction);

    if (!id) {
        ui_say(u, direction > 0 ? "no unread article after this one" : "no unread article before this one");
        return;
    }
    keeping_leave(u);
    list_select(&u->list, id);
    if (u->reading)
        ui_read(u);
}

void do_unread_next(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_unread(u, 1);
}

void do_unread_previous(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_unread(u, -1);
}

void do_toggle_read(struct ui *u, long count)
{
    bool on;
    long turned = gathering_turn(u, UNDO_READ, &on);

    (void)count;
    gathering_say(u, turned, on ? "marked as read" : "marked as unread");
}

void do_read_all(struct ui *u, long count)
{
    struct corpus_row rows[AT_ONCE];
    enum corpus_from from = CORPUS_FIRST;
    int64_t last = 0;
    long marked = 0;
    int n;

    (void)count;
    undo_begin(&u->undo);
    keep_hold(u->corpus);
    while (marked < UNDO_MOST / 2 && (n = corpus_view_rows(u->list.view, from, last, rows, AT_ONCE)) > 0) {
        for (int i = 0; i < n; i++) {
            last = rows[i].id;
            if (rows[i].unread) {
                undo_note(&u->undo, last, UNDO_READ, false);
                list_set(&u->list, last, LIST_READ, true);
                marked++;
            }
            corpus_row_release(&rows[i]);
        }
        from = CORPUS_AFTER;
    }
    keep_let(u->corpus);
    if (marked >= UNDO_MOST / 2)
        ui_say(u, "%ld articles marked as read: as many as can be taken back at once", marked);
    else
        ui_say(u, "%ld article%s marked as read", marked, marked == 1 ? "" : "s");
}

void do_star(struct ui *u, long count)
{
    bool on;
    long turned;

    (void)count;
    if (u->reading && !u->for_picked && reader_in_thread(&u->reader)) {
        talking_star(u);
        return;
    }
    turned = gathering_turn(u, UNDO_STAR, &on);
    gathering_say(u, turned, on ? "starred" : "star taken off");
}

static void reorder(struct ui *u, enum corpus_order order, bool reverse)
{
    struct err e = ERR_INIT;

    if (!list_open(&u->list, u->list.query, order, reverse, &e))
        ui_complain(u, "%s", e.text);
    else
        ui_say(u, "by %s%s", corpus_order_info(order)->name, reverse ? ", reversed" : "");
}

void do_sort(struct ui *u, long count)
{
    long next = count > 0 ? count - 1 : (long)u->list.order + 1;

    next %= CORPUS_ORDER_COUNT;
    if (next == CORPUS_BY_RELEVANCE && !u->list.query) /* only a search has that */
        next = count > 0 ? CORPUS_BY_DATE : next + 1;
    reorder(u, (enum corpus_order)next, false);
}

void do_reverse(struct ui *u, long count)
{
    (void)count;
    reorder(u, u->list.order, !u->list.reverse);
}
