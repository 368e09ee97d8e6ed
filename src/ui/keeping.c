/* SPDX-License-Identifier: ISC */
#include "ui/keeping.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "corpus/keep.h"
#include "corpus/notes.h"
#include "doc/comment.h"
#include "ui/gathering.h"
#include "ui/menus.h"
#include "ui/repairing.h"
#include "ui/talking.h"

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

/* So many places back (-1) or forth (1), as far as there are any. */
static void go_through(struct ui *u, int direction, long count)
{
    struct places_place now, to;

    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--) {
        now = here(u);
        if (places_go(&u->places, direction, &now, &to))
            go_to(u, &to);
        else
            ui_say(u, direction < 0 ? "no place before this one" : "no place after this one");
    }
}

void do_place_back(struct ui *u, long count)
{
    go_through(u, -1, count);
}

void do_place_forth(struct ui *u, long count)
{
    go_through(u, 1, count);
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

static void set_letter(struct ui *u, struct places_place *mark, char letter)
{
    struct corpus_place at;
    struct err e = ERR_INIT;

    *mark = here(u);
    at = (struct corpus_place){mark->at.comment, mark->at.offset};
    if (corpus_set_letter(u->corpus, letter, mark->article, at, mark->reading, &e))
        ui_say(u, "marked '%c'", letter);
    else
        ui_complain(u, "marked '%c' until the end of this session: %s", letter, e.text);
}

/* What the letter marks: in this session, or kept by an earlier one or another reader. */
static bool find_letter(struct ui *u, struct places_place *mark, char letter)
{
    struct corpus_place at;
    struct err e = ERR_INIT;

    if (mark->article == 0 &&
        corpus_get_letter(u->corpus, letter, &mark->article, &at, &mark->reading, &e))
        mark->at = (struct line_place){at.comment, at.offset};
    return mark->article != 0;
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
    else if (set)
        set_letter(u, mark, (char)key);
    else if (!find_letter(u, mark, (char)key))
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
    struct err e = ERR_INIT;
    long step = 0, changed = 0;
    bool notes = false;

    (void)count;
    keep_hold(u->corpus);
    while (undo_take(&u->undo, &step, &change)) {
        if (change.kind == UNDO_REPAIR || change.kind == UNDO_RULE) {
            keep_let(u->corpus);
            repairing_undo(u, &change);
            return;
        }
        if (change.kind == UNDO_COMMENT_STAR || change.kind == UNDO_COMMENT_HIDE || change.kind == UNDO_AUTHOR) {
            keep_let(u->corpus);
            talking_undo(u, &change);
            return;
        }
        if (change.kind == UNDO_TAG)
            keep_tag(u->corpus, change.id, change.tag, change.before, &e);
        else if (change.kind == UNDO_NOTE)
            notes |= corpus_note_remove(u->corpus, change.id, change.before, &e);
        else
            gathering_set(u, change.id, change.kind, change.before);
        if (change.kind != UNDO_NOTE)
            list_read_row(&u->list, change.id);
        changed++;
    }
    keep_let(u->corpus);
    if (notes) {
        reader_read_notes(&u->reader);
        menus_refresh(u);
    }
    if (e.status != ERR_NONE)
        ui_complain(u, "%s", e.text);
    else if (notes)
        ui_say(u, "taken back");
    else if (changed == 0)
        ui_say(u, "nothing to take back");
    else
        ui_say(u, "taken back for %ld article%s", changed, changed == 1 ? "" : "s");
}

/* ---- copying ---- */

static void cite(const struct corpus_row *row, const char *author, size_t from, size_t to, struct buf *out)
{
    struct corpus_citation of = {.author = author && *author ? author : NULL,
                                 .title = row->title,
                                 .site = row->site,
                                 .published = row->published,
                                 .locator = row->locator,
                                 .from = from,
                                 .to = to};

    corpus_note_cite(&of, out);
}

void keeping_cite(struct ui *u, int comment, size_t start, size_t end, struct buf *out)
{
    const struct article *a = &u->reader.article;
    struct err e = ERR_INIT;
    struct corpus_row row;
    size_t from = 0, to = 0;
    char *authors = comment > 0 ? NULL : article_join_authors(a);

    if (corpus_facts(u->corpus, u->reader.id, &row, &e)) {
        corpus_note_source(a, comment, start, end, &from, &to);
        cite(&row, comment > 0 ? comment_read(a, comment)->author : authors, from, to, out);
        corpus_row_release(&row);
    }
    free(authors);
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

void keeping_copy(struct ui *u, const struct buf *words, const char *what)
{
    if (!u->set.number[SET_CLIPBOARD])
        ui_say(u, "the clipboard is off: set clipboard on");
    else if (words->len == 0)
        ui_say(u, "there is nothing to copy");
    else if (term_copy(u->term, words->data, words->len))
        ui_say(u, "copied %s", what);
    else
        ui_say(u, "this terminal has no clipboard that can be reached");
}

/* The headlines, or citations, of all that are picked, one a line. */
static void copy_picked(struct ui *u, bool citation)
{
    struct targets t = gathering_targets(u);
    struct corpus_row row;
    struct buf words;
    struct article a;
    char *text, *authors;

    buf_init(&words);
    for (size_t i = 0; i < t.count; i++) {
        if (!corpus_facts(u->corpus, gathering_target(&t, i), &row, NULL))
            continue;
        article_init(&a);
        text = NULL;
        if (!citation) {
            buf_add_str(&words, row.title ? row.title : row.locator);
        } else if (corpus_article(u->corpus, row.id, &a, &text, NULL)) {
            authors = article_join_authors(&a);
            cite(&row, authors, 0, 0, &words);
            free(authors);
        }
        buf_add_char(&words, '\n');
        article_release(&a);
        free(text);
        corpus_row_release(&row);
    }
    keeping_copy(u, &words, citation ? "the citations" : "the headlines");
    buf_release(&words);
}

/* Copies the comment that one is at. */
static void copy_comment(struct ui *u, bool citation)
{
    const struct article *a = &u->reader.article;
    const struct article_comment *c = comment_read(a, reader_comment(&u->reader));
    struct err e = ERR_INIT;
    struct corpus_row row;
    struct buf words;
    char *authors;

    if (!corpus_facts(u->corpus, u->reader.id, &row, &e)) {
        ui_complain(u, "%s", e.text);
        return;
    }
    buf_init(&words);
    buf_add_str(&words, c->text);
    if (citation) {
        buf_add_fmt(&words, "\n— %s, ", c->author && *c->author ? c->author : "anonymous");
        if (c->published) {
            row_add_date(&words, c->published, true, false);
            buf_add_str(&words, ", ");
        }
        buf_add_fmt(&words, "comment %d on: ", c->id);
        authors = article_join_authors(a);
        cite(&row, authors, 0, 0, &words);
        free(authors);
    }
    keeping_copy(u, &words, citation ? "the comment with its citation" : "the comment");
    buf_release(&words);
    corpus_row_release(&row);
}

static void copy_with(struct ui *u, bool citation)
{
    const struct article_block *b = u->reading ? passage(u) : NULL;
    struct corpus_row row;
    struct err e = ERR_INIT;
    struct buf words;
    char *authors;

    if (u->for_picked) {
        copy_picked(u, citation);
        return;
    }
    if (u->reading && reader_in_thread(&u->reader)) {
        copy_comment(u, citation);
        return;
    }
    if (!corpus_facts(u->corpus, ui_article(u), &row, &e)) {
        ui_complain(u, "%s", e.text);
        return;
    }
    buf_init(&words);
    if (b)
        buf_add(&words, u->reader.article.text + b->start, b->end - b->start);
    else if (!citation)
        buf_add_str(&words, row.title ? row.title : row.locator);
    if (citation) {
        authors = u->reading ? article_join_authors(&u->reader.article) : NULL;
        buf_add_str(&words, b ? "\n— " : "");
        cite(&row, authors, b ? b->source_start : 0, b ? b->source_end : 0, &words);
        free(authors);
    }
    keeping_copy(u, &words, b ? (citation ? "the paragraph with its citation" : "the paragraph")
                              : (citation ? "the citation" : "the headline"));
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
