/* SPDX-License-Identifier: ISC */
#include "cmd/article.h"

#include "base/door.h"
#include "doc/json.h"
#include "doc/markdown.h"
#include "layout/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The measure of printed text where --width says nothing. */
enum { MEASURE = 72 };

/* Whether the locator names one record of several in its file: it ends in "#" and digits. */
static bool is_part(const char *locator)
{
    const char *mark = strrchr(locator, '#');

    return mark && isdigit((unsigned char)mark[1]) && mark[1 + strspn(mark + 1, "0123456789")] == '\0';
}

/* Runs stand at columns; on paper, that is blanks before them. */
static void print_line(struct output *out, const struct line *line)
{
    int column = 0, i;

    for (i = 0; i < line->run_count; i++) {
        const struct line_run *run = &line->runs[i];

        output_fmt(out, "%*s", run->column - column > 0 ? run->column - column : 0, "");
        output_text(out, line->text + run->start, run->len, DOOR_LINE);
        column = run->column + run->columns;
    }
    output_raw(out, "\n", 1);
}

static void print_text(struct output *out, const struct article *a)
{
    struct page_options options = {
        .columns = MEASURE, .measure = MEASURE, .ascii = out->ascii, .comments = true, .unfolded = true};
    struct page *page = page_new(a, &options, NULL);
    int n, count = page_count(page);

    for (n = 0; n < count && !out->closed && !out->error; n++)
        print_line(out, page_line(page, n));
    page_free(&page);
}

static void print_markdown(struct output *out, const struct article *a)
{
    struct buf text;

    buf_init(&text);
    markdown_add_article(&text, a);
    output_text(out, text.data, text.len, DOOR_KEEP_ENDS);
    buf_release(&text);
}

static bool print_json(struct output *out, struct corpus *c, int64_t id, const struct article *a, struct err *e)
{
    struct corpus_row row;
    struct buf object;
    bool part;

    if (!corpus_facts(c, id, &row, e))
        return false;
    part = is_part(row.locator);
    buf_init(&object);
    json_add_article(&object, a, part ? NULL : row.locator, row.id, part ? row.locator : NULL);
    output_raw(out, object.data, object.len);
    buf_release(&object);
    corpus_row_release(&row);
    return true;
}

bool article_print(struct command_call *call, struct corpus *c, const char *ref, bool apart, struct err *e)
{
    bool json = command_format_is(call, "json"), done;
    int64_t id = corpus_find(c, ref, e);
    struct article a;
    char *text = NULL;

    article_init(&a);
    done = id != 0 && corpus_article(c, id, &a, &text, e);
    if (done && apart && !json)
        output_raw(call->out, "\n", 1);
    if (done && json)
        done = print_json(call->out, c, id, &a, e);
    else if (done && command_format_is(call, "text"))
        print_text(call->out, &a);
    else if (done)
        print_markdown(call->out, &a);
    article_release(&a);
    free(text);
    return done;
}
