/* SPDX-License-Identifier: ISC */
#include "ui/reader.h"

#include "corpus/repair.h"
#include "ui/talked.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/hyphen.h"
#include "ui/marked.h"

void reader_init(struct reader *r, struct corpus *c)
{
    memset(r, 0, sizeof *r);
    r->corpus = c;
    r->columns = r->height = 1;
    r->hit = -1;
    article_init(&r->article);
    buf_init(&r->muted);
    find_init(&r->find);
    seek_init(&r->seek);
}

static void close_article(struct reader *r)
{
    page_free(&r->page);
    thread_release(&r->thread);
    seek_forget(r);
    article_release(&r->article);
    article_init(&r->article);
    free(r->text);
    free(r->folds);
    free(r->comment_flags);
    hyphen_free(&r->hyphens);
    free(r->hint);
    marked_forget(r);
    r->select = (struct select){.on = false};
    r->text = NULL;
    r->folds = NULL;
    r->comment_flags = NULL;
    r->hint = NULL;
    r->id = 0;
}

void reader_release(struct reader *r)
{
    close_article(r);
    article_release(&r->article);
    buf_release(&r->muted);
    find_release(&r->find);
    seek_release(&r->seek);
}

/* Puts a line on top, and sets so much above it that going up a page or two moves nothing. */
static void set_top(struct reader *r, int line)
{
    r->top = page_reach(r->page, line, 2 * r->height + r->height / 2);
}

/* Sets the page at the present width and finds the place in it. */
static void set_page(struct reader *r)
{
    struct page_options o = {.columns = r->columns,
                             .measure = r->measure,
                             .ascii = r->ascii,
                             .source = r->source,
                             .justified = r->justify,
                             .comments = true,
                             .next_hint = r->hint,
                             .order = r->order,
                             .comment_flags = r->comment_flags,
                             .author_flags = talked_author,
                             .author_ctx = r,
                             .link_numbers = r->link_numbers,
                             .notes = r->shown_notes,
                             .note_count = r->note_count,
                             .fold_hint = r->fold_hint};
    int line = 0;

    page_free(&r->page);
    if (r->hyphenate && !r->hyphens && r->article.language)
        r->hyphens = hyphen_open(r->article.language, NULL);
    o.hyphens = r->hyphenate ? r->hyphens : NULL;
    if (r->article.comment_count && (!r->thread.entries || r->sorted != r->order)) {
        thread_release(&r->thread);
        thread_init(&r->thread, &r->article, r->order);
        r->sorted = r->order;
    }
    if (r->thread.entries)
        o.thread = &r->thread;
    r->page = page_new(&r->article, &o, r->folds);
    if (r->on_heading)
        line = page_comments_line(r->page) > 0 ? page_comments_line(r->page) : 0;
    else if (r->place.comment || r->place.offset)
        line = page_find(r->page, r->place);
    set_top(r, line);
    marked_show(r);
    seek_begin(r);
}

void reader_read_notes(struct reader *r)
{
    if (!r->id)
        return;
    page_free(&r->page); /* it borrows the notes */
    marked_read_notes(r);
    set_page(r);
}

void reader_show_line(struct reader *r, int line)
{
    if (line < r->top)
        reader_go(r, line, true);
    else if (line >= r->top + r->height)
        reader_go(r, page_reach(r->page, line, r->height) - r->height + 1, true);
}

void reader_show_place(struct reader *r, int line)
{
    if (line < r->top || line >= r->top + r->height)
        reader_go(r, page_reach(r->page, line, r->height) - r->height / 3, false);
}

/* Whether line n, which the page has, belongs to the comments, their heading among them. Asking the page where
 * they begin would set all of a long article. */
static bool is_thread(const struct reader *r, int n)
{
    if (r->article.comment_count == 0 || r->source || page_line(r->page, n)->block >= 0)
        return false;
    for (int line = n; line < n + 4 && page_has(r->page, line); line++)
        if (page_line(r->page, line)->place.comment > 0)
            return true;
    return false;
}

/* What stands last may be a blank line or what is folded away: two lines from the end are the end. */
static void note_end(struct reader *r)
{
    int bottom = r->top + r->height + 1;

    r->end_seen |= !page_has(r->page, bottom) || is_thread(r, bottom);
}

/* The last line that can stand on top with the end in sight, at most `wanted`. */
static int last_top(const struct reader *r, int wanted)
{
    int last;

    if (page_has(r->page, wanted + r->height - 1))
        return wanted;
    last = page_reach(r->page, page_end(r->page) - 1, r->height) + 1 - r->height;
    return last < 0 ? 0 : last < wanted ? last : wanted;
}

bool reader_open(struct reader *r, int64_t id, const char *hint, struct err *e)
{
    struct article article;
    struct corpus_place place = {0, 0};
    char *text;

    article_init(&article);
    if (!corpus_article(r->corpus, id, &article, &text, e)) {
        article_release(&article);
        return false;
    }
    close_article(r);
    article_release(&r->article);
    r->article = article;
    r->text = text;
    r->id = id;
    r->hint = mem_strdup(hint);
    r->folds = mem_zalloc(article.block_count + 1, sizeof r->folds[0]);
    r->comment_flags = mem_zalloc(article.comment_count + 1, sizeof r->comment_flags[0]);
    r->source = r->talk_seen = false;
    r->stamp = repair_stamp(r->corpus, id);
    talked_read(r);
    r->end_seen = r->noted = r->on_heading = false;
    corpus_get_place(r->corpus, id, &place);
    r->place = (struct line_place){place.comment, place.offset};
    marked_read_notes(r);
    set_page(r);
    set_top(r, last_top(r, r->top));
    note_end(r);
    return true;
}

void reader_leave(struct reader *r)
{
    struct corpus_place place = {r->place.comment, r->place.offset};

    if (!r->id)
        return;
    /* Whoever came to the end begins at the beginning the next time. */
    if (reader_at_end(r))
        place = (struct corpus_place){0, 0};
    corpus_set_place(r->corpus, r->id, place);
    talked_leave(r);
    close_article(r);
}

void reader_fit(struct reader *r, int columns, int height, bool ascii)
{
    bool again = columns != r->columns || ascii != r->ascii;

    r->columns = columns;
    r->height = height > 0 ? height : 1;
    r->ascii = ascii;
    if (!r->id)
        return;
    if (again || !r->page)
        set_page(r);
    note_end(r);
    seek_window(r);
}

void reader_again(struct reader *r)
{
    if (r->id)
        set_page(r);
}

bool reader_go(struct reader *r, int line, bool far)
{
    int before = r->top;

    line = line < 0 ? 0 : line;
    if (far && !page_has(r->page, line))
        line = page_end(r->page) - 1;
    else if (!far && line > r->top) { /* a jump may have gone further than scrolling goes: stay there */
        line = last_top(r, line);
        line = line < r->top ? r->top : line;
    }
    set_top(r, line);
    r->place = page_line(r->page, r->top)->place;
    r->on_heading = r->place.comment == 0 && is_thread(r, r->top);
    if (r->top == 0)
        r->place = (struct line_place){0, 0};
    note_end(r);
    return line != before;
}

bool reader_at_end(const struct reader *r)
{
    return !page_has(r->page, r->top + r->height);
}

bool reader_in_thread(const struct reader *r)
{
    return r->id && r->page && is_thread(r, r->top);
}

int reader_comment(const struct reader *r)
{
    if (!reader_in_thread(r))
        return 0;
    for (int line = r->top; page_has(r->page, line); line++)
        if (page_line(r->page, line)->place.comment > 0)
            return page_line(r->page, line)->place.comment;
    return 0;
}

int reader_percent(const struct reader *r, int top)
{
    return page_share(r->page, top + r->height) / 10;
}

int reader_minutes_left(const struct reader *r, int top)
{
    int bottom = top + r->height - 1;
    size_t shown, left;

    if (!page_has(r->page, bottom) || page_line(r->page, bottom)->place.comment > 0)
        return 0;
    shown = page_line(r->page, bottom)->place.offset;
    left = shown < r->article.len ? r->article.len - shown : 0;
    return (int)(((size_t)article_minutes(&r->article) * left + r->article.len / 2) / (r->article.len + 1));
}
