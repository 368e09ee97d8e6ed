/* SPDX-License-Identifier: ISC */
#include "ui/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void reader_init(struct reader *r, struct corpus *c)
{
    memset(r, 0, sizeof *r);
    r->corpus = c;
    r->columns = r->height = 1;
    article_init(&r->article);
    find_init(&r->find);
}

static void close_article(struct reader *r)
{
    page_free(&r->page);
    article_release(&r->article);
    article_init(&r->article);
    free(r->text);
    free(r->folds);
    free(r->hint);
    r->text = NULL;
    r->folds = NULL;
    r->hint = NULL;
    r->id = 0;
}

void reader_release(struct reader *r)
{
    close_article(r);
    article_release(&r->article);
    find_release(&r->find);
}

/* Sets the page at the present width and finds the place in it. */
static void set_page(struct reader *r)
{
    struct page_options o = {.columns = r->columns,
                             .measure = r->measure,
                             .ascii = r->ascii,
                             .source = r->source,
                             .comments = true,
                             .next_hint = r->hint};

    page_free(&r->page);
    r->page = page_new(&r->article, &o, r->folds);
    r->top = page_find(r->page, r->place);
    if (r->place.comment == 0 && r->place.offset == 0)
        r->top = 0;
    find_page(&r->find, r->page);
}

/* The last line of the article's own text. */
static int own_end(const struct reader *r)
{
    int comments = page_comments_line(r->page);

    return comments > 0 ? comments - 1 : page_count(r->page) - 1;
}

static void note_end(struct reader *r)
{
    int end = own_end(r);

    /* What stands last may be a blank line or what is folded away; a few lines from the end are the end. */
    r->end_seen |= r->top + r->height > end - 2;
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
    r->source = false;
    r->end_seen = r->noted = false;
    corpus_get_place(r->corpus, id, &place);
    r->place = (struct line_place){place.comment, place.offset};
    set_page(r);
    if (r->top > reader_last_top(r))
        reader_go(r, reader_last_top(r), false);
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
}

void reader_again(struct reader *r)
{
    if (r->id)
        set_page(r);
}

int reader_last_top(const struct reader *r)
{
    int last = page_count(r->page) - r->height;

    return last > 0 ? last : 0;
}

bool reader_go(struct reader *r, int line, bool far)
{
    int last = far ? page_count(r->page) - 1 : reader_last_top(r), before = r->top;

    if (!far && last < r->top)
        last = r->top; /* a jump may have gone further than scrolling goes */
    line = line > last ? last : line < 0 ? 0 : line;
    r->top = line;
    r->place = page_line(r->page, line)->place;
    if (line == 0)
        r->place = (struct line_place){0, 0};
    note_end(r);
    return line != before;
}

bool reader_at_end(const struct reader *r)
{
    return r->top + r->height >= page_count(r->page);
}

bool reader_in_thread(const struct reader *r)
{
    int comments = r->id && r->page ? page_comments_line(r->page) : -1;

    return comments >= 0 && r->top >= comments;
}

int reader_comment(const struct reader *r)
{
    for (int line = r->top; reader_in_thread(r) && line >= page_comments_line(r->page); line--)
        if (page_line(r->page, line)->place.comment > 0)
            return page_line(r->page, line)->place.comment;
    return 0;
}

int reader_percent(const struct reader *r)
{
    int lines = page_count(r->page), shown = r->top + r->height;

    if (lines == 0 || shown >= lines)
        return 100;
    return (int)((long)shown * 100 / lines);
}

int reader_minutes_left(const struct reader *r)
{
    int end = own_end(r) + 1, left = end - (r->top + r->height), minutes = article_minutes(&r->article);

    if (left <= 0 || end <= 0)
        return 0;
    return (int)(((long)minutes * left + end - 1) / end);
}

void reader_show_match(struct reader *r, int match)
{
    const struct find_part *part = find_part(&r->find, match);

    r->find.here = match;
    if (part && (part->line < r->top || part->line >= r->top + r->height))
        reader_go(r, part->line - r->height / 3, false);
}
