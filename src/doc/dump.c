/* SPDX-License-Identifier: ISC */
#include "doc/dump.h"

#include "doc/comment.h"

#include <string.h>

/* Adds text with each of its lines after the first one indented, and a line end. */
static void add_text(struct buf *out, const char *s, size_t len, const char *indent)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (s[i] == '\r')
            continue;
        buf_add_char(out, s[i]);
        if (s[i] == '\n')
            buf_add_str(out, indent);
    }
    buf_add_char(out, '\n');
}

static void add_field(struct buf *out, const char *name, const char *value)
{
    if (value)
        buf_add_fmt(out, "# %s: %s\n", name, value);
}

static void add_dateline(struct buf *out, const struct article_dateline *d)
{
    if (d->place)
        buf_add_fmt(out, "# dateline: %s%s%s%s%s\n", d->place, d->agency ? " / " : "",
                    d->agency ? d->agency : "", d->date ? " / " : "", d->date ? d->date : "");
}

static void add_comment(struct buf *out, const struct article_comment *c)
{
    buf_add_fmt(out, "comment %d", c->id);
    if (c->parent)
        buf_add_fmt(out, " to %d%s", c->parent, c->inferred ? " (inferred)" : "");
    if (c->author)
        buf_add_fmt(out, " by %s", c->author);
    if (c->published)
        buf_add_fmt(out, " on %s", c->published);
    if (c->has_score)
        buf_add_fmt(out, ", score %ld", c->score);
    buf_add_str(out, ": ");
    add_text(out, c->text, strlen(c->text), "    ");
}

void dump_add_article(struct buf *out, const struct article *a, const char *name)
{
    size_t i;

    buf_add_fmt(out, "# %s\n", name);
    add_field(out, "title", a->title);
    add_field(out, "standfirst", a->standfirst);
    for (i = 0; i < a->author_count; i++)
        add_field(out, "author", a->authors[i]);
    add_field(out, "site", a->site);
    add_field(out, "url", a->url);
    add_field(out, "published", a->published);
    add_dateline(out, &a->dateline);
    add_field(out, "language", a->language);
    if (a->stated_comments >= 0)
        buf_add_fmt(out, "# comments: %ld\n", a->stated_comments);
    for (i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];

        buf_add_fmt(out, "%s: ", kind_info(b->kind)->name);
        add_text(out, a->text + b->start, b->end - b->start, "    ");
    }
    for (i = 0; i < a->comment_count; i++)
        add_comment(out, comment_glance(a, (int)i + 1));
    buf_add_char(out, '\n');
}
