/* SPDX-License-Identifier: ISC */
#include "doc/json.h"

#include "base/utf8.h"
#include "doc/comment.h"
#include "doc/record.h"

#include <inttypes.h>
#include <string.h>

static const struct {
    unsigned field;
    const char *name;
} given_names[] = {
    {RECORD_TITLE, "title"},         {RECORD_STANDFIRST, "standfirst"}, {RECORD_AUTHORS, "authors"},
    {RECORD_SITE, "site"},           {RECORD_URL, "url"},               {RECORD_PUBLISHED, "published"},
    {RECORD_LANGUAGE, "language"},
};

void json_add_string(struct buf *out, const char *s, size_t len)
{
    size_t at = 0;

    if (!s) {
        buf_add_str(out, "null");
        return;
    }
    buf_add_char(out, '"');
    while (at < len) {
        uint32_t cp;
        size_t step = utf8_next(s + at, len - at, &cp);

        if (cp == '"' || cp == '\\')
            buf_add_fmt(out, "\\%c", (int)cp);
        else if (cp == '\n')
            buf_add_str(out, "\\n");
        else if (cp < 0x20 || cp == 0x7F)
            buf_add_fmt(out, "\\u%04x", (unsigned)cp);
        else if (cp == UTF8_BAD)
            buf_add_cp(out, cp);
        else
            buf_add(out, s + at, step);
        at += step;
    }
    buf_add_char(out, '"');
}

void json_add_member(struct buf *out, const char *name, const char *value)
{
    buf_add_fmt(out, "\"%s\": ", name);
    json_add_string(out, value, value ? strlen(value) : 0);
}

static void add_field(struct buf *out, const char *name, const char *value)
{
    json_add_member(out, name, value);
    buf_add_str(out, ", ");
}

static void add_authors(struct buf *out, const struct article *a)
{
    size_t i;

    buf_add_str(out, "\"authors\": [");
    for (i = 0; i < a->author_count; i++) {
        buf_add_str(out, i ? ", " : "");
        json_add_string(out, a->authors[i], strlen(a->authors[i]));
    }
    buf_add_str(out, "], ");
}

static void add_dateline(struct buf *out, const struct article_dateline *d)
{
    buf_add_str(out, "\"dateline\": ");
    if (!d->place) {
        buf_add_str(out, "null, ");
        return;
    }
    buf_add_str(out, "{");
    add_field(out, "place", d->place);
    add_field(out, "agency", d->agency);
    json_add_member(out, "date", d->date);
    buf_add_str(out, "}, ");
}

static void add_blocks(struct buf *out, const struct article *a)
{
    size_t i;

    buf_add_str(out, "\"blocks\": [");
    for (i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];

        buf_add_fmt(out, "%s{\"kind\": \"%s\", \"start\": %zu, \"end\": %zu, \"text\": ", i ? ", " : "",
                    kind_info(b->kind)->name, b->source_start, b->source_end);
        json_add_string(out, a->text + b->start, b->end - b->start);
        buf_add_char(out, '}');
    }
    buf_add_str(out, "], ");
}

static void add_comment(struct buf *out, const struct article_comment *c)
{
    buf_add_fmt(out, "{\"id\": %d, \"parent\": ", c->id);
    if (c->parent)
        buf_add_fmt(out, "%d, ", c->parent);
    else
        buf_add_str(out, "null, ");
    if (c->parent && c->inferred)
        buf_add_str(out, "\"inferred\": true, ");
    add_field(out, "author", c->author);
    add_field(out, "published", c->published);
    if (c->has_score)
        buf_add_fmt(out, "\"score\": %ld, ", c->score);
    else
        buf_add_str(out, "\"score\": null, ");
    buf_add_str(out, "\"text\": ");
    json_add_string(out, c->text, strlen(c->text));
    buf_add_char(out, '}');
}

static void add_given(struct buf *out, unsigned given)
{
    const char *separator = "";
    size_t i;

    if (!given)
        return;
    buf_add_str(out, ", \"given\": [");
    for (i = 0; i < sizeof given_names / sizeof given_names[0]; i++) {
        if (given & given_names[i].field) {
            buf_add_fmt(out, "%s\"%s\"", separator, given_names[i].name);
            separator = ", ";
        }
    }
    buf_add_char(out, ']');
}

void json_add_article(struct buf *out, const struct article *a, const char *path, int64_t id,
                      const char *locator)
{
    size_t i;

    buf_add_char(out, '{');
    if (id)
        buf_add_fmt(out, "\"id\": %" PRId64 ", ", id);
    if (path)
        add_field(out, "path", path);
    if (locator)
        add_field(out, "locator", locator);
    add_field(out, "title", a->title);
    add_field(out, "standfirst", a->standfirst);
    add_authors(out, a);
    add_field(out, "site", a->site);
    add_field(out, "url", a->url);
    add_field(out, "published", a->published);
    add_dateline(out, &a->dateline);
    add_field(out, "language", a->language);
    add_blocks(out, a);
    buf_add_str(out, "\"comments\": [");
    for (i = 0; i < a->comment_count; i++) {
        buf_add_str(out, i ? ", " : "");
        add_comment(out, comment_glance(a, (int)i + 1));
    }
    buf_add_str(out, "], \"comment_count\": ");
    if (a->stated_comments >= 0)
        buf_add_fmt(out, "%ld", a->stated_comments);
    else
        buf_add_str(out, "null");
    add_given(out, a->given);
    buf_add_str(out, "}\n");
}
