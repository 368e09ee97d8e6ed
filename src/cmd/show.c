/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"
#include "cmd/open.h"
#include "doc/json.h"
#include "layout/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The measure of printed text where --width says nothing. */
enum { MEASURE = 72 };

/* Whether the locator names one record of several in its file: it ends in "#" and digits. */
static bool is_part(const char *locator)
{
    const char *mark = strrchr(locator, '#');

    return mark && isdigit((unsigned char)mark[1]) && mark[1 + strspn(mark + 1, "0123456789")] == '\0';
}

static void print_json(struct output *out, const struct article *a, const struct corpus_row *row)
{
    bool part = is_part(row->locator);
    struct buf object;

    buf_init(&object);
    json_add_article(&object, a, part ? NULL : row->locator, row->id, part ? row->locator : NULL);
    output_raw(out, object.data, object.len);
    buf_release(&object);
}

/* Runs stand at columns; on paper, that is blanks before them. */
static void print_line(struct output *out, const struct line *line)
{
    int column = 0, i;

    for (i = 0; i < line->run_count; i++) {
        const struct line_run *run = &line->runs[i];

        output_fmt(out, "%*s", run->column - column > 0 ? run->column - column : 0, "");
        output_raw(out, line->text + run->start, run->len);
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

static bool print_article(struct command_call *call, struct corpus *c, int64_t id, struct err *e)
{
    struct article article;
    struct corpus_row row;
    char *text = NULL;
    bool ok;

    article_init(&article);
    ok = corpus_article(c, id, &article, &text, e);
    if (ok && command_format_is(call, "json")) {
        ok = corpus_facts(c, id, &row, e);
        if (ok) {
            print_json(call->out, &article, &row);
            corpus_row_release(&row);
        }
    } else if (ok) {
        print_text(call->out, &article);
    }
    article_release(&article);
    free(text);
    return ok;
}

/* With no corpus named, a path stands for the corpus of that one file. */
static struct corpus *open_for(struct command_call *call, int *status)
{
    struct stat st;

    if (call->arg_count == 1 && stat(call->args[0], &st) == 0)
        return open_passing(call->args[0], status);
    return open_corpus(call, 1, OPEN_READY, NULL, status);
}

static int show(struct command_call *call)
{
    int status = ERR_NONE;
    struct err e = ERR_INIT;
    struct corpus *c = open_for(call, &status);
    int64_t id;

    if (!c)
        return status;
    id = corpus_find(c, call->args[0], &e);
    if (id == 0 || !print_article(call, c, id, &e)) {
        output_complain(e.text);
        status = e.status;
    }
    corpus_close(&c);
    return status;
}

const struct command command_show = {
    .name = "show",
    .synopsis = "REF [CORPUS]...",
    .summary = "print one article; REF is its id, its locator or a path",
    .formats = "text|json",
    .options = 1u << OPTION_FORMAT | 1u << OPTION_CACHE | 1u << OPTION_MEMORY,
    .min_args = 1,
    .run = show,
};
