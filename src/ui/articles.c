/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Articles": which one is read, and what the reader thinks of it. */
#include "ui/state.h"

#include <stdlib.h>

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
    struct corpus_row row;
    struct err e = ERR_INIT;

    (void)count;
    if (!corpus_facts(u->corpus, ui_article(u), &row, &e)) {
        ui_complain(u, "%s", e.text);
        return;
    }
    undo_begin(&u->undo);
    undo_note(&u->undo, row.id, UNDO_READ, !row.unread);
    list_set_read(&u->list, row.id, row.unread);
    ui_say(u, row.unread ? "marked as read" : "marked as unread");
    corpus_row_release(&row);
}

void do_read_all(struct ui *u, long count)
{
    struct corpus_row first;
    int64_t id;
    long marked = 0;

    (void)count;
    if (corpus_view_rows(u->list.view, CORPUS_FIRST, 0, &first, 1) != 1)
        return;
    undo_begin(&u->undo);
    for (id = first.unread ? first.id : corpus_view_unread(u->list.view, first.id, 1); id;
         id = corpus_view_unread(u->list.view, id, 1)) {
        undo_note(&u->undo, id, UNDO_READ, false);
        list_set_read(&u->list, id, true);
        marked++;
    }
    corpus_row_release(&first);
    ui_say(u, "%ld article%s marked as read", marked, marked == 1 ? "" : "s");
}

void do_star(struct ui *u, long count)
{
    struct corpus_row row;
    struct err e = ERR_INIT;

    (void)count;
    if (!corpus_facts(u->corpus, ui_article(u), &row, &e)) {
        ui_complain(u, "%s", e.text);
        return;
    }
    undo_begin(&u->undo);
    undo_note(&u->undo, row.id, UNDO_STAR, row.starred);
    list_set_starred(&u->list, row.id, !row.starred);
    ui_say(u, row.starred ? "star taken off" : "starred");
    corpus_row_release(&row);
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
        next = CORPUS_BY_DATE;
    reorder(u, (enum corpus_order)next, false);
}

void do_reverse(struct ui *u, long count)
{
    (void)count;
    reorder(u, u->list.order, !u->list.reverse);
}
