/* SPDX-License-Identifier: ISC */
/* Handlers of subject "Reading": going about in a thread, and what is done with single comments. */
#include "ui/talking.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "corpus/talk.h"
#include "doc/comment.h"
#include "ui/talked.h"

/* The page is set anew, and comment id stays, or comes, on top. */
static void show_again(struct ui *u, int id)
{
    struct reader *r = &u->reader;
    int line;

    reader_again(r);
    line = page_comment_line(r->page, id);
    if (line >= 0)
        reader_go(r, line, true);
}

/* Where one is in the thread; -1 above it. */
static int position(const struct ui *u, const struct thread *t)
{
    return t ? thread_find(t, reader_comment(&u->reader)) : -1;
}

/* ---- going about ---- */

static void to_sibling(struct ui *u, int direction)
{
    const struct thread *t = page_thread(u->reader.page);
    int at = position(u, t), to = at < 0 ? -1 : thread_sibling(t, at, direction);

    if (to < 0) {
        ui_say(u, direction > 0 ? "no answer to the same after this one" : "no answer to the same before this one");
        return;
    }
    keeping_leave(u);
    reader_go(&u->reader, page_comment_line(u->reader.page, t->entries[to].id), true);
}

void do_sibling_next(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_sibling(u, 1);
}

void do_sibling_previous(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_sibling(u, -1);
}

/* Goes to the nearest new comment, opening what is closed over it. */
static void to_new(struct ui *u, int direction)
{
    struct reader *r = &u->reader;
    const struct thread *t = page_thread(r->page);
    int at = position(u, t), id = 0, up;

    if (at < 0 && direction < 0)
        at = 0;
    for (at += direction; t && at >= 0 && at < t->count && !id; at += direction)
        if ((r->comment_flags[t->entries[at].id - 1] & PAGE_NEW) && !talked_is_hidden(r, t->entries[at].id))
            id = t->entries[at].id;
    if (!id) {
        ui_say(u, !r->visited      ? "the first visit: all comments are new"
                  : direction > 0 ? "no new comment after this one"
                                  : "no new comment before this one");
        return;
    }
    keeping_leave(u);
    for (up = t->entries[thread_find(t, id)].parent; up >= 0; up = t->entries[up].parent)
        r->comment_flags[t->entries[up].id - 1] &= (unsigned char)~PAGE_COLLAPSED;
    r->comment_flags[id - 1] &= (unsigned char)~PAGE_COLLAPSED;
    show_again(u, id);
}

void do_new_next(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_new(u, 1);
}

void do_new_previous(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_new(u, -1);
}

/* ---- folding what was read ---- */

/* Closes each branch that holds nothing new, as far up as that is so. */
void do_fold_close_read(struct ui *u, long count)
{
    struct reader *r = &u->reader;
    const struct thread *t = page_thread(r->page);
    int id = reader_comment(r), closed = 0, at, *fresh;

    (void)count;
    if (!t)
        return;
    fresh = mem_zalloc((size_t)t->count + 1, sizeof *fresh); /* new ones in each branch */
    for (at = t->count - 1; at >= 0; at--) {
        fresh[at] += (r->comment_flags[t->entries[at].id - 1] & PAGE_NEW) != 0;
        if (t->entries[at].parent >= 0)
            fresh[t->entries[at].parent] += fresh[at];
    }
    for (at = 0; at < t->count; at++) {
        int parent = t->entries[at].parent;

        if (fresh[at] || (parent >= 0 && !fresh[parent]))
            continue;
        r->comment_flags[t->entries[at].id - 1] |= PAGE_COLLAPSED;
        closed++;
    }
    talked_keep(r);
    free(fresh);
    show_again(u, id);
    ui_say(u, "%d closed: what is open is new", closed);
}

/* ---- single comments ---- */

static bool put_flag(struct ui *u, int64_t id, const struct article *a, unsigned char *flags, int comment,
                     unsigned flag, bool on)
{
    if (comment < 1 || (size_t)comment > a->comment_count)
        return false;
    flags[comment - 1] = (unsigned char)(on ? flags[comment - 1] | flag : flags[comment - 1] & ~flag);
    talk_put_one(u->corpus, id, a, flags, comment);
    return true;
}

/* Sets a flag of a comment of an article, be it open or not; false where it is not there. */
static bool set_flag(struct ui *u, int64_t id, int comment, unsigned flag, bool on)
{
    unsigned char *flags;
    struct article a;
    char *text = NULL;
    bool done = false;

    if (u->reader.id == id)
        return put_flag(u, id, &u->reader.article, u->reader.comment_flags, comment, flag, on);
    article_init(&a);
    if (corpus_article(u->corpus, id, &a, &text, NULL)) {
        flags = mem_zalloc(a.comment_count + 1, sizeof *flags);
        talk_get(u->corpus, id, &a, flags);
        done = put_flag(u, id, &a, flags, comment, flag, on);
        free(flags);
    }
    article_release(&a);
    free(text);
    return done;
}

static void toggle(struct ui *u, unsigned flag, enum undo_kind kind, const char *on, const char *off)
{
    struct reader *r = &u->reader;
    int id = reader_comment(r);
    bool had;

    if (id <= 0)
        return;
    had = (r->comment_flags[id - 1] & flag) != 0;
    undo_begin(&u->undo);
    undo_note_comment(&u->undo, r->id, id, kind, had);
    set_flag(u, r->id, id, flag, !had);
    show_again(u, id);
    ui_say(u, "%s", had ? off : on);
}

void talking_star(struct ui *u)
{
    toggle(u, PAGE_STARRED, UNDO_COMMENT_STAR, "the comment is starred", "the comment's star is taken off");
}

void do_comment_hide(struct ui *u, long count)
{
    (void)count;
    toggle(u, PAGE_HIDDEN, UNDO_COMMENT_HIDE, "the comment and what answers it are hidden", "shown again");
}

/* Hides an author, or shows the author, and sets the page anew. */
static void hide_author(struct ui *u, const char *author, bool hide)
{
    struct reader *r = &u->reader;
    struct err e = ERR_INIT;
    int id = reader_comment(r);

    if (!talk_hide_author(u->corpus, &r->article, author, hide, &e)) {
        ui_complain(u, "%s", e.text);
        return;
    }
    talked_read_muted(r);
    show_again(u, id);
    ui_say(u, hide ? "'%s' is hidden on this site" : "'%s' is shown again", author);
}

void do_author_hide(struct ui *u, long count)
{
    struct reader *r = &u->reader;
    int id = reader_comment(r);
    const char *author = id > 0 ? comment_read(&r->article, id)->author : NULL;
    bool hide;

    (void)count;
    if (!author || !*author) {
        ui_say(u, "this comment names no author");
        return;
    }
    hide = !(talked_author(r, author) & PAGE_MUTED);
    undo_begin(&u->undo);
    undo_note_author(&u->undo, r->id, author, !hide);
    hide_author(u, author, hide);
}

void talking_undo(struct ui *u, const struct undo_change *change)
{
    struct reader *r = &u->reader;
    unsigned flag = change->kind == UNDO_COMMENT_STAR ? PAGE_STARRED : PAGE_HIDDEN;

    if (change->kind == UNDO_AUTHOR && r->id != change->id) {
        ui_say(u, "open the article first: the author is hidden on its site");
        return;
    }
    if (change->kind == UNDO_AUTHOR) {
        hide_author(u, change->tag, change->before);
        return;
    }
    if (!set_flag(u, change->id, change->comment, flag, change->before)) {
        ui_complain(u, "the article is not in this corpus any more");
        return;
    }
    if (r->id == change->id)
        show_again(u, change->comment);
    ui_say(u, "taken back");
}
