/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Reading": comments, folds, and how the page is set. */
#include "ui/state.h"

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
        to_line(u, page_next_comment(u->reader.page, u->reader.top, 1), "this is the last comment");
}

void do_comment_previous(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0 && u->message.len == 0; n--)
        to_line(u, page_next_comment(u->reader.page, u->reader.top, -1), "no comment before this one");
}

/* The nearest comment after or before this one that answers the article itself. */
static void to_thread(struct ui *u, int direction)
{
    const struct article *a = &u->reader.article;
    int id = reader_comment(&u->reader) + direction;

    while (id >= 1 && id <= (int)a->comment_count && a->comments[id - 1].parent != 0)
        id += direction;
    to_line(u, id >= 1 && id <= (int)a->comment_count ? page_comment_line(u->reader.page, id) : -1,
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
    int parent = id > 0 ? u->reader.article.comments[id - 1].parent : 0;

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

void do_fold_toggle(struct ui *u, long count)
{
    int fold = fold_meant(u, -1);

    (void)count;
    set_fold(u, fold, fold >= 0 && !u->reader.folds[fold], "nothing is folded here");
}

void do_fold_open(struct ui *u, long count)
{
    (void)count;
    set_fold(u, fold_meant(u, 0), true, "nothing is folded here");
}

void do_fold_close(struct ui *u, long count)
{
    (void)count;
    set_fold(u, fold_meant(u, 1), false, "no open fold here");
}

static void set_all(struct ui *u, bool open)
{
    for (size_t b = 0; b < u->reader.article.block_count; b++)
        u->reader.folds[b] = open;
    reader_again(&u->reader);
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
