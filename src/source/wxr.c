/* SPDX-License-Identifier: ISC */
/*
 * WordPress eXtended RSS: each post or page with its comments. Comments carry their parents' numbers; spam
 * and trash are left out where the export has them.
 */
#include "source/format.h"

#include "source/fields.h"
#include "source/html.h"
#include "source/replies.h"
#include "source/when.h"
#include "source/xml.h"

#include <stdlib.h>
#include <string.h>

static bool wxr_probe(const char *head, size_t len, bool whole)
{
    static const char mark[] = "http://wordpress.org/export/";
    size_t i;

    (void)whole;
    if (!xml_probe(head, len, "rss"))
        return false;
    for (i = 0; i + sizeof mark - 1 <= len && i < 8192; i++)
        if (memcmp(head + i, mark, sizeof mark - 1) == 0)
            return true;
    return false;
}

/* WordPress writes bodies as HTML in which an empty line is a paragraph. */
static const char *body_text(const char *html, struct arena *arena)
{
    struct buf marked, text;
    const char *copy;

    if (!html)
        return "";
    buf_init(&marked);
    buf_init(&text);
    for (; *html; html++) {
        if (html[0] == '\r')
            continue;
        if (html[0] == '\n' && (html[1] == '\n' || (html[1] == '\r' && html[2] == '\n')))
            buf_add_str(&marked, "\n<p>");
        else if (html[0] == '\n' && marked.len > 0 && marked.data[marked.len - 1] != '>')
            buf_add_str(&marked, "<br>");
        else
            buf_add_char(&marked, *html);
    }
    html_add_text(&text, marked.data, marked.len);
    copy = arena_strndup(arena, text.data, text.len);
    buf_release(&marked);
    buf_release(&text);
    return copy;
}

static void add_comment(struct replies *replies, const xmlNode *node)
{
    struct record *r = replies->r;
    struct arena *arena = &r->arena;
    const char *approved = xml_text(xml_child(node, "wp:comment_approved"), arena);
    const char *parent = xml_text(xml_child(node, "wp:comment_parent"), arena);
    const char *id = xml_text(xml_child(node, "wp:comment_id"), arena);
    struct record_comment *c;

    if (!id || (approved && (strcmp(approved, "spam") == 0 || strcmp(approved, "trash") == 0)))
        return;
    c = replies_add(replies);
    c->id = id;
    c->parent = parent && strcmp(parent, "0") != 0 ? parent : NULL;
    c->author = xml_text(xml_child(node, "wp:comment_author"), arena);
    c->text = body_text(xml_text(xml_child(node, "wp:comment_content"), arena), arena);
    c->published = when_keep(xml_text(xml_child(node, "wp:comment_date"), arena), arena);
}

static void set_field(struct record *r, enum field f, const xmlNode *item, const char *name)
{
    const char *value = xml_text(xml_child(item, name), &r->arena);

    if (value)
        field_set(r, f, value, strlen(value));
}

static void set_item(struct record *r, const xmlNode *item, const char *site)
{
    const xmlNode *node;
    struct replies replies;

    set_field(r, FIELD_TITLE, item, "title");
    set_field(r, FIELD_URL, item, "link");
    set_field(r, FIELD_AUTHORS, item, "dc:creator");
    set_field(r, FIELD_PUBLISHED, item, "pubDate");
    set_field(r, FIELD_PUBLISHED, item, "wp:post_date");
    if (site)
        field_set(r, FIELD_SITE, site, strlen(site));
    replies_init(&replies, r);
    for (node = item->children; node; node = node->next)
        if (xml_is(node, "wp:comment"))
            add_comment(&replies, node);
    replies_finish(&replies, true);
    replies_release(&replies);
}

static void read_item(struct xml *x, struct job *j, const char *site)
{
    xmlNode *item = xml_tree(x);
    const char *type = item ? xml_text(xml_child(item, "wp:post_type"), &j->r->arena) : NULL;
    const char *body;

    if (!item) {
        job_fault(j, "broken XML");
        return;
    }
    body = body_text(xml_text(xml_child(item, "content:encoded"), &j->r->arena), &j->r->arena);
    if (!body[0] || (type && (strcmp(type, "attachment") == 0 || strcmp(type, "nav_menu_item") == 0))) {
        job_skip(j);
        return;
    }
    record_set_text(j->r, body, strlen(body));
    set_item(j->r, item, site);
    job_give(j);
}

static void wxr_read(struct stream *s, struct job *j)
{
    static const char *const names[] = {"item", "title"};
    struct arena arena; /* of the channel's title */
    const char *site = NULL;
    struct xml x;
    size_t which;
    long number = 0;

    if (!xml_open(&x, s, j))
        return;
    arena_init(&arena);
    while (!j->stopped && xml_next_of(&x, names, 2, &which)) {
        if (which == 1 && !site && number == 0)
            site = xml_text(xml_tree(&x), &arena);
        else if (which == 0 && job_begin_number(j, ++number))
            read_item(&x, j, site);
    }
    arena_release(&arena);
    xml_close(&x);
}

const struct format wxr_format = {"wxr", "WordPress exports: posts and pages with their comments",
                                  wxr_probe, wxr_read};
