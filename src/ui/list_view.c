/* SPDX-License-Identifier: ISC */
/* The list on the screen: its top line, group lines, rows, and the lines that tell of the selected article. */
#include "ui/draw.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { WORDS_AT = 5 }; /* column of the words around hits */

static void add_count(struct buf *out, long n, const char *words)
{
    draw_number(out, n);
    buf_add_str(out, words);
}

static void paint_header(struct ui *u)
{
    const struct pane *p = &u->list_pane;
    const struct list *l = &u->list;
    int end = p->column + p->columns - 1;
    struct buf b;

    if (p->row == 0)
        return;
    buf_init(&b);
    if (u->results.shown || u->prompt.kind == PROMPT_SEARCH || u->prompt.kind == PROMPT_FILTER)
        add_count(&b, l->total, l->searching ? " found so far" : " found");
    else {
        add_count(&b, l->total, l->total == 1 ? " article, " : " articles, ");
        add_count(&b, l->unread, " unread");
    }
    if (u->picks.count > 0)
        buf_add_fmt(&b, ", %zu picked", u->picks.count);
    buf_add_fmt(&b, " · by %s%s", corpus_order_info(l->order)->name, l->reverse ? ", reversed" : "");
    end = draw_text_right(u, 0, p->column + 1, end, STYLE_HEADER, b.data);
    buf_clear(&b);
    buf_add_str(&b, corpus_name(u->corpus));
    if (l->query)
        buf_add_fmt(&b, " %s %s", u->ascii ? ">" : "›", l->query);
    draw_text(u, 0, p->column + 1, end - 2, u->reading ? STYLE_HEADER : STYLE_KEY, b.data);
    if (p->row > 1 && l->query && u->set.number[SET_SPARKLINE] && u->spark_of == l->opened)
        draw_text_right(u, 1, p->column + 1, p->column + p->columns - 1, STYLE_META, u->spark.data);
    buf_release(&b);
}

static void mark_matches(struct ui *u, int row, int column, const struct line *line)
{
    struct find *f = &u->list_find;

    find_in_line(f, line);
    for (size_t i = 0; i < f->count; i++)
        screen_restyle(u->screen, row, column + f->parts[i].column, f->parts[i].columns, STYLE_HIT);
}

static void paint_row(struct ui *u, int row, int index)
{
    const struct pane *p = &u->list_pane;
    const struct corpus_row *r = &u->list.window.rows[index];
    struct row_facts facts = {.title = r->title,
                              .site = r->site,
                              .published = r->published,
                              .file = r->locator,
                              .comments = r->comments,
                              .minutes = r->minutes,
                              .unread = r->unread,
                              .starred = r->starred,
                              .hidden = r->hidden,
                              .picked = picks_has(&u->picks, r->id),
                              .tags = r->tags,
                              .number = u->list.number + index - u->list.selected};
    struct row_options options = {.columns = p->columns,
                                  .format = &u->format,
                                  .ascii = u->ascii,
                                  .narrow = u->wide,
                                  .year_shown = u->list.order == CORPUS_BY_DATE};

    row_set(&u->row, &facts, &options);
    draw_line(u, row, p->column, p->columns, &u->row.line);
    if (u->list_find.pattern)
        mark_matches(u, row, p->column, &u->row.line);
    if (index == u->list.selected)
        draw_text(u, row, p->column, p->column + 1, STYLE_MARKER, u->ascii ? ">" : "›");
}

/* A piece of a text, whose blanks at its ends are kept. */
static int paint_piece(struct ui *u, int row, int column, int limit, enum style style, const char *s, size_t len)
{
    char *piece = mem_strndup(s, len);

    column += len > 0 && piece[0] == ' ';
    column = draw_text(u, row, column, limit, style, piece);
    column += len > 1 && piece[len - 1] == ' ';
    free(piece);
    return column;
}

static void paint_words(struct ui *u, int row, int index)
{
    const struct pane *p = &u->list_pane;
    const struct snippet_kept *k = snippets_find(&u->snippets, u->list.window.rows[index].id);
    int column = p->column + WORDS_AT, limit = p->column + p->columns;
    size_t at = 0;

    if (!k || !k->text)
        return;
    for (int i = 0; i < k->hit_count; i++) {
        column = paint_piece(u, row, column, limit, STYLE_META, k->text + at, k->hits[i][0] - at);
        at = k->hits[i][1];
        column = paint_piece(u, row, column, limit, STYLE_HIT, k->text + k->hits[i][0], at - k->hits[i][0]);
    }
    paint_piece(u, row, column, limit, STYLE_META, k->text + at, strlen(k->text + at));
}

static void paint_empty(struct ui *u)
{
    const struct pane *p = &u->list_pane;
    const char *words = "no articles here";

    if (u->list.query)
        words = u->list.searching ? "searching" : "nothing matches";
    else if (u->list.order == CORPUS_BY_READ)
        words = "nothing was read yet";
    else if (u->list.order == CORPUS_BY_STARRED)
        words = "nothing is starred";
    else if (u->progress.running)
        words = "looking for articles";
    draw_text(u, p->row, p->column + 1, p->column + p->columns, STYLE_META, words);
}

static void paint_detail(struct ui *u)
{
    const struct pane *p = &u->detail_pane;

    if (p->rows < 2 || !u->detail)
        return;
    draw_line(u, p->row, p->column + 1, p->columns - 1, &u->headline.line);
    draw_line(u, p->row + 1, p->column + 1, p->columns - 1, &u->about.line);
}

void paint_list(struct ui *u)
{
    const struct pane *p = &u->list_pane;
    int group;

    if (p->rows <= 0)
        return;
    paint_header(u);
    if (u->list.selected < 0)
        paint_empty(u);
    for (int n = 0; n < p->rows && u->list.selected >= 0; n++) {
        int i = list_line(&u->list, n, &group);

        if (i == LIST_NOTHING)
            break;
        if (i == LIST_GROUP) {
            struct buf words;

            buf_init(&words);
            list_add_group(&u->list, group, &words);
            draw_text(u, p->row + n, p->column + 1, p->column + p->columns, STYLE_GROUP, words.data);
            buf_release(&words);
        } else if (i == LIST_WORDS)
            paint_words(u, p->row + n, group);
        else
            paint_row(u, p->row + n, i);
    }
    paint_detail(u);
}
