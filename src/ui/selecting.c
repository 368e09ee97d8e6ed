/* SPDX-License-Identifier: ISC */
#include "ui/selecting.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/door.h"
#include "base/mem.h"
#include "corpus/notes.h"
#include "layout/place.h"
#include "ui/folders.h"
#include "ui/keeping.h"
#include "ui/marked.h"
#include "ui/menus.h"
#include "ui/outside.h"

/* ---- the caret ---- */

/* Shows the caret and the passage where they are now. */
static void settle(struct ui *u)
{
    struct reader *r = &u->reader;

    marked_show(r);
    reader_show_line(r, page_find(r->page, r->select.caret));
}

static void move(struct ui *u, enum select_motion m, int direction, long count)
{
    struct reader *r = &u->reader;
    bool moved = false;

    for (long n = count > 0 ? count : 1; n > 0; n--) {
        if (!select_move(&r->select, r->page, &r->article, m, direction))
            break;
        moved = true;
    }
    if (moved)
        settle(u);
    else if (r->select.begun && m != SELECT_BORDER)
        ui_say(u, "a passage ends where its text ends");
}

void selecting_move_lines(struct ui *u, long lines)
{
    struct reader *r = &u->reader;

    if (select_lines(&r->select, r->page, (int)(lines > 100000 ? 100000 : lines < -100000 ? -100000 : lines)))
        settle(u);
}

void selecting_go(struct ui *u, int direction)
{
    struct reader *r = &u->reader;

    if (direction > 0)
        page_count(r->page);
    select_lines(&r->select, r->page, direction * 10000000);
    select_move(&r->select, r->page, &r->article, SELECT_BORDER, direction);
    settle(u);
}

/* The line where a caret is best put: that of the match that one stands on, where it is seen; else the first. */
static int first_line(const struct reader *r)
{
    const struct seek_part *here = seek_here(r);

    return here && here->line >= r->top && here->line < r->top + r->height ? here->line : r->top;
}

void do_select(struct ui *u, long count)
{
    struct reader *r = &u->reader;
    const struct seek_part *here = seek_here(r);

    (void)count;
    if (r->select.on) {
        r->select.begun = !r->select.begun;
        r->select.from = r->select.caret;
        settle(u);
        return;
    }
    if (!select_start(&r->select, r->page, first_line(r))) {
        ui_say(u, "there is no text here");
        return;
    }
    if (here && here->line == first_line(r))
        r->select.caret = place_at(r->page, here->line, here->column);
    settle(u);
}

void do_select_leave(struct ui *u, long count)
{
    (void)count;
    u->reader.select = (struct select){.on = false};
    marked_show(&u->reader);
}

void do_select_swap(struct ui *u, long count)
{
    struct select *s = &u->reader.select;
    struct line_place caret = s->caret;

    (void)count;
    if (!s->begun)
        return;
    s->caret = s->from;
    s->from = caret;
    s->goal = -1;
    settle(u);
}

#define MOTION(name, m, direction)                                                                           \
    void do_##name(struct ui *u, long count)                                                                 \
    {                                                                                                        \
        move(u, m, direction, count);                                                                        \
    }

MOTION(character_next, SELECT_CHARACTER, 1)
MOTION(character_previous, SELECT_CHARACTER, -1)
MOTION(word_next, SELECT_WORD, 1)
MOTION(word_previous, SELECT_WORD, -1)
MOTION(word_end, SELECT_WORD_END, 1)
MOTION(sentence_next, SELECT_SENTENCE, 1)
MOTION(sentence_previous, SELECT_SENTENCE, -1)
MOTION(paragraph_next, SELECT_PARAGRAPH, 1)
MOTION(paragraph_previous, SELECT_PARAGRAPH, -1)
MOTION(line_start, SELECT_BORDER, -1)
MOTION(line_end, SELECT_BORDER, 1)

/* ---- what is done with a passage ---- */

/* The note that the caret stands in, the one that was begun last where there are several; NULL for none. */
static const struct reader_note *note_here(const struct reader *r)
{
    const struct line_place *at = &r->select.caret;

    for (size_t i = r->note_count; i-- > 0;) {
        const struct reader_note *n = &r->notes[i];

        if (n->anchored && n->comment == at->comment && n->start <= at->offset && at->offset < n->end)
            return n;
    }
    return NULL;
}

/* Shows what came of a note that was kept, taken away or put back. */
static void show_change(struct ui *u)
{
    u->reader.select = (struct select){.on = false};
    reader_read_notes(&u->reader);
    menus_refresh(u);
}

static void keep_note(struct ui *u, const struct noting *what, const char *text)
{
    struct err e = ERR_INIT;
    int64_t id;

    if (what->note)
        id = corpus_note_change(u->corpus, what->note, text, &e);
    else
        id = corpus_note_add(u->corpus, u->reader.id, &u->reader.article, what->comment, what->start, what->end,
                             text, &e);
    if (!id) {
        ui_complain(u, "%s", e.text);
        return;
    }
    undo_begin(&u->undo);
    undo_note(&u->undo, id, UNDO_NOTE, true);
    if (what->note)
        undo_note(&u->undo, what->note, UNDO_NOTE, false);
    show_change(u);
    ui_say(u, *text ? "noted" : "highlighted");
}

void do_highlight(struct ui *u, long count)
{
    struct reader *r = &u->reader;
    struct noting what = {0};

    (void)count;
    if (!r->select.begun && note_here(r)) {
        ui_say(u, "this is highlighted");
        return;
    }
    select_range(&r->select, r->page, &r->article, &what.comment, &what.start, &what.end);
    keep_note(u, &what, "");
}

/* What a note that is to be written is for, and its present text (to be freed); false where there is nothing. */
static bool meant(struct ui *u, char **text)
{
    struct reader *r = &u->reader;
    const struct menu_item *item = menu_item(&u->menu);
    const struct reader_note *here = u->menu.kind == MENU_NONE && !r->select.begun ? note_here(r) : NULL;

    u->noting = (struct noting){0};
    *text = NULL;
    if (u->menu.kind == MENU_NOTES && item) {
        u->noting.note = item->value;
        *text = mem_strdup(item->note ? item->note : "");
    } else if (u->menu.kind != MENU_NONE) {
        ui_say(u, "nothing to write a note on");
        return false;
    } else if (here) {
        u->noting.note = here->id;
        *text = mem_strdup(here->text);
    } else {
        select_range(&r->select, r->page, &r->article, &u->noting.comment, &u->noting.start, &u->noting.end);
        *text = mem_strdup("");
    }
    return true;
}

void do_note(struct ui *u, long count)
{
    char *text;

    (void)count;
    if (!meant(u, &text))
        return;
    if (strchr(text, '\n')) /* a line would make one of several */
        do_note_edit(u, 0);
    else {
        prompt_start(&u->prompt, PROMPT_NOTE);
        prompt_insert(&u->prompt, text, strlen(text));
    }
    free(text);
}

void do_note_edit(struct ui *u, long count)
{
    struct err e = ERR_INIT;
    struct buf words;
    char *text;

    (void)count;
    if (!meant(u, &text))
        return;
    buf_init(&words);
    buf_add_str(&words, text);
    if (!outside_edit(u, &words, &e))
        ui_complain(u, "%s", e.text);
    else if (strcmp(words.data, text) != 0 || !u->noting.note)
        keep_note(u, &u->noting, words.data);
    else
        ui_say(u, "the note is as it was");
    buf_release(&words);
    free(text);
}

void selecting_note_typed(struct ui *u, const char *text)
{
    keep_note(u, &u->noting, text);
}

void do_note_remove(struct ui *u, long count)
{
    const struct menu_item *item = menu_item(&u->menu);
    const struct reader_note *here = u->menu.kind == MENU_NONE ? note_here(&u->reader) : NULL;
    int64_t id = u->menu.kind == MENU_NOTES && item ? item->value : here ? here->id : 0;
    struct err e = ERR_INIT;

    if (u->menu.kind == MENU_FOLDERS)
        folders_forget_item(u, count);
    else if (!id)
        ui_say(u, "no note or highlight here");
    else if (!corpus_note_remove(u->corpus, id, true, &e))
        ui_complain(u, "%s", e.text);
    else {
        undo_begin(&u->undo);
        undo_note(&u->undo, id, UNDO_NOTE, false);
        show_change(u);
        ui_say(u, "removed");
    }
}

static void copy_passage(struct ui *u, bool citation)
{
    struct reader *r = &u->reader;
    struct buf words;
    size_t start, end;
    int comment;

    select_range(&r->select, r->page, &r->article, &comment, &start, &end);
    buf_init(&words);
    select_add_words(r->page, &r->article, comment, start, end, &words);
    if (citation) {
        buf_add_str(&words, "\n— ");
        keeping_cite(u, comment, start, end, &words);
    }
    keeping_copy(u, &words, citation ? "the passage with its citation" : "the passage");
    buf_release(&words);
    do_select_leave(u, 0);
}

void do_passage_copy(struct ui *u, long count)
{
    (void)count;
    copy_passage(u, true);
}

void do_passage_words(struct ui *u, long count)
{
    (void)count;
    copy_passage(u, false);
}
