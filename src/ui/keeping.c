/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Keeping": places, marks, what is copied, and what is taken back. */
#include "ui/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/door.h"
#include "base/mem.h"
#include "layout/row.h"

static struct places_place here(const struct ui *u)
{
    struct places_place p = {ui_article(u), {0, 0}, u->reading};

    if (u->reading)
        p.at = u->reader.place;
    return p;
}

void keeping_leave(struct ui *u)
{
    struct places_place p = here(u);

    places_leave(&u->places, &p);
}

static void go_to(struct ui *u, const struct places_place *p)
{
    bool listed = list_select(&u->list, p->article);

    if (!p->reading) {
        if (u->reading)
            ui_to_list(u);
        if (!listed)
            ui_say(u, "that article is not in this list");
        return;
    }
    if (!ui_open(u, p->article))
        return;
    reader_go(&u->reader, page_find(u->reader.page, p->at), true);
}

void do_place_back(struct ui *u, long count)
{
    struct places_place now = here(u), to;

    (void)count;
    if (places_go(&u->places, -1, &now, &to))
        go_to(u, &to);
    else
        ui_say(u, "no place before this one");
}

void do_place_forth(struct ui *u, long count)
{
    struct places_place now = here(u), to;

    (void)count;
    if (places_go(&u->places, 1, &now, &to))
        go_to(u, &to);
    else
        ui_say(u, "no place after this one");
}

void do_mark(struct ui *u, long count)
{
    (void)count;
    u->letter_for = LETTER_MARK;
}

void do_mark_go(struct ui *u, long count)
{
    (void)count;
    u->letter_for = LETTER_GO;
}

void keeping_letter(struct ui *u, uint32_t key)
{
    struct places_place *mark = places_mark(&u->places, key);
    bool set = u->letter_for == LETTER_MARK;

    u->letter_for = LETTER_NONE;
    if (!set && (key == '\'' || key == '`'))
        do_place_back(u, 0);
    else if (!mark)
        ui_say(u, "marks are letters");
    else if (set) {
        *mark = here(u);
        ui_say(u, "marked '%c'", (char)key);
    } else if (mark->article == 0)
        ui_say(u, "nothing is marked '%c'", (char)key);
    else {
        keeping_leave(u);
        go_to(u, mark);
    }
}

/* ---- taking back ---- */

void do_undo(struct ui *u, long count)
{
    struct undo_change change;
    long step = 0, changed = 0;

    (void)count;
    while (undo_take(&u->undo, &step, &change)) {
        if (change.kind == UNDO_READ)
            list_set_read(&u->list, change.id, change.before);
        else
            list_set_starred(&u->list, change.id, change.before);
        changed++;
    }
    if (changed == 0)
        ui_say(u, "nothing to take back");
    else
        ui_say(u, "taken back for %ld article%s", changed, changed == 1 ? "" : "s");
}

/* ---- copying ---- */

/* Adds "Author, “Headline”, Site, 28 Aug 2020. locator". */
static void add_citation(const struct corpus_row *row, const struct article *a, struct buf *out)
{
    for (size_t i = 0; i < a->author_count; i++)
        buf_add_fmt(out, "%s, ", a->authors[i]);
    buf_add_fmt(out, "“%s”", row->title ? row->title : row->locator);
    if (row->site)
        buf_add_fmt(out, ", %s", row->site);
    if (row->published) {
        buf_add_str(out, ", ");
        row_add_date(out, row->published, true, false);
    }
    buf_add_fmt(out, ". %s", row->locator);
}

/* The block that the reader's top line shows, or the next one that has words; NULL for none. */
static const struct article_block *passage(struct ui *u)
{
    struct reader *r = &u->reader;

    for (int line = r->top; line < r->top + r->height && page_has(r->page, line); line++) {
        const struct line *l = page_line(r->page, line);

        if (l->block >= 0 && l->fold < 0 && l->run_count > 0)
            return &r->article.blocks[l->block];
    }
    return NULL;
}

static void copy(struct ui *u, const struct buf *words, const char *what)
{
    struct buf safe;

    buf_init(&safe);
    door_add(&safe, words->data, words->len, DOOR_KEEP_ENDS);
    if (term_copy(u->term, safe.data, safe.len))
        ui_say(u, "copied %s", what);
    else
        ui_say(u, "this terminal has no clipboard that can be reached");
    buf_release(&safe);
}

static void copy_with(struct ui *u, bool citation)
{
    const struct article_block *b = u->reading ? passage(u) : NULL;
    struct corpus_row row;
    struct article none;
    struct err e = ERR_INIT;
    struct buf words;

    if (!corpus_facts(u->corpus, ui_article(u), &row, &e)) {
        ui_complain(u, "%s", e.text);
        return;
    }
    buf_init(&words);
    article_init(&none);
    if (b)
        buf_add(&words, u->reader.article.text + b->start, b->end - b->start);
    else if (!citation)
        buf_add_str(&words, row.title ? row.title : row.locator);
    if (citation) {
        buf_add_str(&words, b ? "\n— " : "");
        add_citation(&row, u->reading ? &u->reader.article : &none, &words);
        if (b)
            buf_add_fmt(&words, ", bytes %zu–%zu", b->source_start, b->source_end);
    }
    copy(u, &words, b ? (citation ? "the paragraph with its citation" : "the paragraph")
                      : (citation ? "the citation" : "the headline"));
    article_release(&none);
    buf_release(&words);
    corpus_row_release(&row);
}

void do_copy(struct ui *u, long count)
{
    (void)count;
    copy_with(u, false);
}

void do_copy_citation(struct ui *u, long count)
{
    (void)count;
    copy_with(u, true);
}
