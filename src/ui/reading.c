/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Reading": comments, folds, and how the page is set. */
#include "ui/state.h"

#include "corpus/talk.h"
#include "doc/comment.h"
#include "layout/jump.h"
#include "layout/thread.h"
#include "ui/talked.h"

static void to_line(struct ui *u, int line, const char *otherwise)
{
    if (line < 0)
        ui_say(u, "%s", otherwise);
    else {
        keeping_leave(u);
        reader_go(&u->reader, line, true);
    }
}

void do_comments(struct ui *u, long count)
{
    int line;

    if (!u->reading && !ui_read(u))
        return;
    line = page_comments_line(u->reader.page);
    if (line >= 0 && count > 0)
        line = page_comment_line(u->reader.page, (int)(count > 1000000 ? 1000000 : count));
    to_line(u, line, count > 0 && u->reader.article.comment_count ? "no comment of that number"
                                                                  : "no comments on this article");
}

void do_comment_next(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_line(u, jump_comment(u->reader.page, u->reader.top, 1), "this is the last comment");
}

void do_comment_previous(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_line(u, jump_comment(u->reader.page, u->reader.top, -1), "no comment before this one");
}

/* To the nearest comment after or before this one that answers the article itself. */
static void to_thread(struct ui *u, int direction)
{
    const struct thread *t = page_thread(u->reader.page);
    int at = t ? thread_find(t, reader_comment(&u->reader)) : -1;

    if (at < 0 && direction < 0)
        at = 0;
    for (at += direction; t && at >= 0 && at < t->count; at += direction)
        if (t->entries[at].parent < 0)
            break;
    to_line(u, t && at >= 0 && at < t->count ? page_comment_line(u->reader.page, t->entries[at].id) : -1,
            direction > 0 ? "no thread after this one" : "no thread before this one");
}

void do_thread_next(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_thread(u, 1);
}

void do_thread_previous(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_thread(u, -1);
}

void do_parent(struct ui *u, long count)
{
    int id = reader_comment(&u->reader);
    int parent = id > 0 ? comment_parent(&u->reader.article, id) : 0;

    (void)count;
    to_line(u, parent > 0 ? page_comment_line(u->reader.page, parent) : -1,
            "this comment answers the article itself");
}

/* The fold that a key on this screen means: the first one shown that is open, or closed, as wanted (-1: either);
 * else the last one above. -1 where there is none. */
static int fold_meant(const struct ui *u, int open)
{
    const struct reader *r = &u->reader;
    int end = r->top + r->height;

    for (int line = r->top; line < end && page_has(r->page, line); line++) {
        int fold = page_line(r->page, line)->fold;

        if (fold >= 0 && (open < 0 || r->folds[fold] == (open != 0)))
            return fold;
    }
    for (int line = r->top - 1; line >= 0 && open != 0; line--) {
        int fold = page_line(r->page, line)->fold;

        if (fold >= 0 && r->folds[fold])
            return fold;
    }
    return -1;
}

static void set_fold(struct ui *u, int fold, bool open, const char *otherwise)
{
    if (fold < 0) {
        ui_say(u, "%s", otherwise);
        return;
    }
    u->reader.folds[fold] = open;
    reader_again(&u->reader);
}

/* ---- answers ---- */

static void set_answers(struct ui *u, bool collapsed)
{
    struct reader *r = &u->reader;
    int id = reader_comment(r), line;

    if (id <= 0)
        return;
    r->comment_flags[id - 1] = (unsigned char)(collapsed ? r->comment_flags[id - 1] | PAGE_COLLAPSED
                                                     : r->comment_flags[id - 1] & ~PAGE_COLLAPSED);
    talk_put_one(u->corpus, r->id, &r->article, r->comment_flags, id);
    reader_again(r);
    line = page_comment_line(r->page, id);
    if (line >= 0)
        reader_go(r, line, true);
}

void do_fold_toggle(struct ui *u, long count)
{
    int fold, id = reader_comment(&u->reader);

    (void)count;
    if (id > 0) {
        set_answers(u, !(u->reader.comment_flags[id - 1] & PAGE_COLLAPSED));
        return;
    }
    fold = fold_meant(u, -1);
    set_fold(u, fold, fold >= 0 && !u->reader.folds[fold], "nothing is folded here");
}

void do_fold_open(struct ui *u, long count)
{
    (void)count;
    if (reader_in_thread(&u->reader))
        set_answers(u, false);
    else
        set_fold(u, fold_meant(u, 0), true, "nothing is folded here");
}

void do_fold_close(struct ui *u, long count)
{
    (void)count;
    if (reader_in_thread(&u->reader))
        set_answers(u, true);
    else
        set_fold(u, fold_meant(u, 1), false, "no open fold here");
}

static void set_all(struct ui *u, bool open)
{
    struct reader *r = &u->reader;
    const struct article *a = &r->article;

    if (reader_in_thread(r)) {
        for (size_t c = 0; c < a->comment_count; c++) {
            unsigned char *flags = &r->comment_flags[c];

            if (open)
                *flags &= (unsigned char)~PAGE_COLLAPSED;
            else if (comment_parent(a, (int)c + 1) == 0)
                *flags |= PAGE_COLLAPSED;
        }
        talked_keep(r);
    } else
        for (size_t b = 0; b < a->block_count; b++)
            r->folds[b] = open;
    reader_again(r);
}

void do_fold_open_all(struct ui *u, long count)
{
    (void)count;
    set_all(u, true);
}

void do_fold_close_all(struct ui *u, long count)
{
    (void)count;
    set_all(u, false);
}

void do_comment_order(struct ui *u, long count)
{
    static const char *const words[] = {"as on the page", "by time", "by score"};
    struct reader *r = &u->reader;
    int id = reader_comment(r), line;

    (void)count;
    r->order = r->order == THREAD_BY_SCORE ? THREAD_AS_GIVEN : (enum thread_order)(r->order + 1);
    reader_again(r);
    line = id > 0 ? page_comment_line(r->page, id) : -1;
    if (line >= 0)
        reader_go(r, line, true);
    ui_say(u, "comments %s", words[r->order]);
}

void do_source(struct ui *u, long count)
{
    (void)count;
    u->reader.source = !u->reader.source;
    reader_again(&u->reader);
}

void do_width(struct ui *u, long count)
{
    enum { NARROW = 56, NORMAL = 72 };
    struct reader *r = &u->reader;

    if (count > 0)
        r->measure = (int)(count > 1000 ? 1000 : count);
    else
        r->measure = r->measure == NORMAL ? NARROW : r->measure == NARROW ? 0 : NORMAL;
    reader_again(r);
    if (r->measure > 0)
        ui_say(u, "lines of %d columns", r->measure);
    else
        ui_say(u, "lines as wide as the pane");
}
