/* SPDX-License-Identifier: ISC */
#include "cmd/rows.h"

#include "cmd/open.h"
#include "corpus/corpus.h"
#include "doc/json.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Rows fetched at a time. */
enum { WINDOW = 256, SNIPPET_BYTES = 160, SNIPPET_HITS_SHOWN = 16 };

static bool read_order(const char *name, enum corpus_order *order)
{
    int o;

    for (o = 0; o < CORPUS_ORDER_COUNT; o++) {
        if (strcmp(corpus_order_info((enum corpus_order)o)->name, name) == 0) {
            *order = (enum corpus_order)o;
            return true;
        }
    }
    return false;
}

static bool read_count(const char *digits, long *n)
{
    char *end;

    errno = 0;
    *n = strtol(digits, &end, 10);
    return errno == 0 && end != digits && *end == '\0' && *n > 0;
}

bool rows_choose(const struct command_call *call, struct rows_choice *choice)
{
    const char *sort = call->value[OPTION_SORT], *limit = call->value[OPTION_LIMIT];

    *choice = (struct rows_choice){.order = CORPUS_BY_DATE,
                                   .reverse = call->value[OPTION_REVERSE] != NULL,
                                   .json = call->command->formats && command_format_is(call, "json"),
                                   .limit = LONG_MAX};
    if (sort && !read_order(sort, &choice->order))
        command_usage(call->command, "unknown order '%s'", sort);
    else if (limit && !read_count(limit, &choice->limit))
        command_usage(call->command, "'%s' is no number of articles", limit);
    else
        return true;
    return false;
}

static void add_member(struct buf *out, const char *name, const char *value)
{
    buf_add_str(out, ", ");
    json_add_member(out, name, value);
}

/* Adds words that blanks part as strings. */
static void add_tags(struct buf *out, const char *tags)
{
    for (const char *at = tags; at && *at;) {
        size_t len = strcspn(at, " ");

        buf_add_str(out, at == tags ? "" : ", ");
        json_add_string(out, at, len);
        at += len + (at[len] == ' ');
    }
}

/* One row as an object. */
static void add_row(struct buf *out, const struct corpus_row *row)
{
    buf_add_fmt(out, "{\"id\": %" PRId64, row->id);
    add_member(out, "locator", row->locator);
    add_member(out, "title", row->title);
    add_member(out, "site", row->site);
    add_member(out, "published", row->published);
    if (row->comments >= 0)
        buf_add_fmt(out, ", \"comment_count\": %d", row->comments);
    else
        buf_add_str(out, ", \"comment_count\": null");
    buf_add_fmt(out, ", \"minutes\": %d, \"unread\": %s, \"starred\": %s, \"hidden\": %s, \"tags\": [", row->minutes,
                row->unread ? "true" : "false", row->starred ? "true" : "false", row->hidden ? "true" : "false");
    add_tags(out, row->tags);
    buf_add_str(out, "]}");
}

static void print_text(struct output *out, const struct corpus_row *row)
{
    const char *fields[] = {row->published, row->site, row->title, row->locator};
    size_t i;

    output_fmt(out, "%" PRId64, row->id);
    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        output_raw(out, "\t", 1);
        output_str(out, fields[i] ? fields[i] : "-");
    }
    output_raw(out, "\n", 1);
}

/* Adds the words around the hits: as members of the JSON object that ends line, or as a line of its own below
 * the row, in which brackets stand around the hits. */
static void add_snippet(struct buf *line, struct corpus_view *v, int64_t id, bool json)
{
    size_t hits[SNIPPET_HITS_SHOWN][2], at = 0;
    struct buf text;
    int n, i;

    buf_init(&text);
    n = corpus_view_snippet(v, id, SNIPPET_BYTES, &text, hits, SNIPPET_HITS_SHOWN);
    if (json) {
        buf_truncate(line, line->len - 1);
        add_member(line, "snippet", text.data);
        buf_add_str(line, ", \"hits\": [");
        for (i = 0; i < n; i++)
            buf_add_fmt(line, "%s[%zu, %zu]", i ? ", " : "", hits[i][0], hits[i][1]);
        buf_add_str(line, "]}");
    } else if (text.len > 0) {
        for (i = 0; i < n; i++) {
            buf_add(line, text.data + at, hits[i][0] - at);
            buf_add_char(line, '[');
            buf_add(line, text.data + hits[i][0], hits[i][1] - hits[i][0]);
            buf_add_char(line, ']');
            at = hits[i][1];
        }
        buf_add(line, text.data + at, text.len - at);
    }
    buf_release(&text);
}

static void print_row(struct output *out, struct corpus_view *v, const struct corpus_row *row,
                      const struct rows_choice *choice)
{
    struct buf line;

    buf_init(&line);
    if (choice->json) {
        add_row(&line, row);
        if (choice->snippets)
            add_snippet(&line, v, row->id, true);
        buf_add_char(&line, '\n');
        output_raw(out, line.data, line.len);
    } else {
        print_text(out, row);
        if (choice->snippets)
            add_snippet(&line, v, row->id, false);
        if (line.len > 0) {
            output_raw(out, "\t", 1);
            output_str(out, line.data);
            output_raw(out, "\n", 1);
        }
    }
    buf_release(&line);
}

/* Prints the view from its start and returns how many rows it had. */
static long print_view(struct output *out, struct corpus_view *v, const struct rows_choice *choice)
{
    struct corpus_row rows[WINDOW];
    enum corpus_from from = CORPUS_FIRST;
    int64_t last = 0;
    long printed = 0;
    int n, i;

    do {
        long left = choice->limit - printed, wanted = left < WINDOW ? left : WINDOW;

        corpus_view_search(v, choice->order == CORPUS_BY_RELEVANCE ? LONG_MAX : printed + wanted, -1);
        n = corpus_view_rows(v, from, last, rows, (int)wanted);
        for (i = 0; i < n; i++) {
            print_row(out, v, &rows[i], choice);
            last = rows[i].id;
            corpus_row_release(&rows[i]);
        }
        printed += n;
        from = CORPUS_AFTER;
    } while (n > 0 && printed < choice->limit && !out->closed && !out->error);
    return printed;
}

static int print_found(struct output *out, const struct rows_choice *choice, struct corpus *c, const char *query)
{
    struct err e = ERR_INIT;
    struct corpus_view *v;
    long printed;

    if (!corpus_view_new(c, query, choice->order, choice->reverse, &v, &e)) {
        output_complain(e.text);
        return (int)e.status;
    }
    printed = print_view(out, v, choice);
    corpus_view_free(&v);
    return printed > 0 ? ERR_NONE : ERR_NOMATCH;
}

int rows_print(struct command_call *call, const struct rows_choice *choice, int first, const char *query)
{
    int status = ERR_NONE, printed;
    struct corpus *c = open_corpus(call, first, OPEN_READY, NULL, &status);

    if (!c)
        return status;
    printed = print_found(call->out, choice, c, query);
    corpus_close(&c);
    return status != ERR_NONE ? status : printed;
}
