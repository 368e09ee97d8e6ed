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

static void add_comment(struct replies *replies, const xmlNode *node, struct arena *scratch)
{
    struct arena *arena = &replies->r->arena;
    const char *approved = xml_text(xml_child(node, "wp:comment_approved"), scratch);
    const char *parent = xml_text(xml_child(node, "wp:comment_parent"), scratch);
    const char *id = xml_text(xml_child(node, "wp:comment_id"), scratch);
    struct record_comment *c;

    if (!id || (approved && (strcmp(approved, "spam") == 0 || strcmp(approved, "trash") == 0)) ||
        replies_full(replies))
        return;
    c = replies_add(replies);
    c->id = arena_strndup(arena, id, strlen(id));
    c->parent = parent && strcmp(parent, "0") != 0 ? arena_strndup(arena, parent, strlen(parent)) : NULL;
    c->author = xml_text(xml_child(node, "wp:comment_author"), arena);
    c->text = body_text(xml_text(xml_child(node, "wp:comment_content"), scratch), arena);
    c->published = when_keep(xml_text(xml_child(node, "wp:comment_date"), scratch), arena);
}

/* What an item is made of, as far as it was read. */
struct item {
    struct record *r;
    struct replies replies;
    struct arena scratch; /* of one element */
    bool post;            /* an article, and no picture or menu */
};

static void set_text(struct item *item, const xmlNode *node)
{
    const char *body = body_text(xml_text(node, &item->scratch), &item->scratch);

    record_set_text(item->r, body, strlen(body));
}

static void add_node(struct item *item, const xmlNode *node)
{
    static const struct {
        const char *name;
        enum field field;
    } fields[] = {
        {"title", FIELD_TITLE},       {"link", FIELD_URL},           {"dc:creator", FIELD_AUTHORS},
        {"pubDate", FIELD_PUBLISHED}, {"wp:post_date", FIELD_PUBLISHED},
    };
    const char *value;
    size_t i;

    if (xml_is(node, "wp:comment")) {
        add_comment(&item->replies, node, &item->scratch);
    } else if (xml_is(node, "content:encoded")) {
        set_text(item, node);
    } else if (xml_is(node, "wp:post_type")) {
        value = xml_text(node, &item->scratch);
        item->post = !value || (strcmp(value, "attachment") != 0 && strcmp(value, "nav_menu_item") != 0);
    } else {
        for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
            value = xml_is(node, fields[i].name) ? xml_text(node, &item->scratch) : NULL;
            if (value)
                field_set(item->r, fields[i].field, value, strlen(value));
        }
    }
}

/* Child by child: a post may have a million comments. */
static void read_item(struct xml *x, struct job *j, const char *site)
{
    struct item item = {.r = j->r, .post = true};
    int depth = xml_depth(x);
    const xmlNode *node;

    arena_init(&item.scratch);
    replies_init(&item.replies, j->r);
    while (xml_next_inside(x, depth, &node)) {
        arena_reset(&item.scratch);
        if (node)
            add_node(&item, node);
    }
    arena_release(&item.scratch);
    if (site)
        field_set(j->r, FIELD_SITE, site, strlen(site));
    replies_finish(&item.replies, true);
    replies_release(&item.replies);
    if (item.post && j->r->text.len > 0)
        job_give(j);
    else
        job_skip(j);
}

/* As read_item goes, so that what follows has the same number: an item may hold another, or break off. */
static void pass_item(struct xml *x)
{
    int depth = xml_depth(x);
    const xmlNode *node;

    while (xml_next_inside(x, depth, &node))
        continue;
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
        else if (which == 0)
            pass_item(&x);
    }
    arena_release(&arena);
    xml_close(&x);
}

const struct format wxr_format = {"wxr", "WordPress exports: posts and pages with their comments",
                                  wxr_probe, wxr_read};
