/* SPDX-License-Identifier: ISC */
/*
 * Hacker News as flat rows, one JSON object a line: items as its API gives them, rows of the public tables
 * made from them, and hits of its search. Each story, poll or job with its comments is one article.
 */
#include "source/format.h"

#include "source/rows.h"
#include "source/when.h"

#include <stdlib.h>
#include <string.h>

/* The answer of the search, with its hits in one array. */
static const json_t *hits_of(const json_t *o)
{
    const json_t *hits = json_object_get(o, "hits");

    return json_is_array(hits) && object_has(json_array_get(hits, 0), "objectID") ? hits : NULL;
}

static bool is_item(const json_t *o)
{
    static const char *const types[] = {"story", "comment", "poll", "pollopt", "job"};
    const char *type = json_string_value(json_object_get(o, "type"));
    size_t i;

    if (object_has(o, "children"))
        return false; /* a whole tree in one object is read as it is */
    if (object_has(o, "objectID") && object_has(o, "_tags"))
        return true;
    if (hits_of(o))
        return true;
    for (i = 0; type && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(type, types[i]) == 0)
            return object_has(o, "id") && (object_has(o, "by") || object_has(o, "time") || object_has(o, "deleted"));
    return false;
}

static bool hn_probe(const char *head, size_t len, bool whole)
{
    return rows_probe(head, len, whole, is_item);
}

/* In some tables flags are 0 and 1. */
static bool is_true(const json_t *value)
{
    return json_is_true(value) || (json_is_number(value) && json_number_value(value) != 0);
}

static const char *first_of(const json_t *o, const char *a, const char *b, struct record *r)
{
    const char *value = object_get(o, a, r);

    return value ? value : object_get(o, b, r);
}

static const char *date_of(const json_t *o, struct record *r)
{
    static const char *const keys[] = {"time", "created_at_i", "timestamp", "created_at"};
    const char *date = NULL;
    size_t i;

    for (i = 0; i < sizeof keys / sizeof keys[0] && !date; i++)
        date = when_keep(object_get(o, keys[i], r), &r->arena);
    return date;
}

static const char *body_of(const json_t *o, struct record *r)
{
    static const char *const keys[] = {"text", "comment_text", "story_text"};
    size_t i;

    for (i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const char *text = object_text(json_object_get(o, keys[i]), r);

        if (text[0])
            return text;
    }
    return "";
}

static void add_row(struct spill *s, const json_t *o, struct record *r)
{
    struct spill_post post = {.id = first_of(o, "id", "objectID", r),
                              .parent = first_of(o, "parent", "parent_id", r)};
    const char *story = first_of(o, "story_id", "top_level_parent", r);
    bool scored;

    if (!post.id)
        return;
    if (post.parent && (strcmp(post.parent, "0") == 0 || strcmp(post.parent, post.id) == 0))
        post.parent = NULL;
    if (!post.parent && json_object_get(o, "poll"))
        post.parent = object_get(o, "poll", r);
    post.title = object_get(o, "title", r);
    post.author = first_of(o, "by", "author", r);
    post.url = object_get(o, "url", r);
    post.published = date_of(o, r);
    post.text = body_of(o, r);
    post.removed = is_true(json_object_get(o, "deleted")) || is_true(json_object_get(o, "dead"));
    scored = object_score(json_object_get(o, "score"), &post.score) ||
             object_score(json_object_get(o, "points"), &post.score);
    post.has_score = scored && (!post.parent || post.score != 0);
    post.site = "Hacker News";
    if (post.parent && post.text[0] == '\0') {
        post.text = "[deleted]";
        post.removed = true;
    }
    spill_add(s, &post);
    if (post.parent && story && strcmp(story, post.id) != 0 && strcmp(story, post.parent) != 0)
        spill_link(s, post.parent, story); /* keeps the thread whole where a comment between is missing */
}

static void add_object(struct spill *s, const json_t *o, struct record *r)
{
    const json_t *hits = hits_of(o);
    size_t i;

    if (!hits)
        add_row(s, o, r);
    for (i = 0; i < json_array_size(hits); i++) {
        json_t *hit = object_element(hits, i, &r->left_out);

        add_row(s, hit, r);
        json_decref(hit);
    }
}

static void hn_read(struct stream *s, struct job *j)
{
    struct spill spill;

    spill_init(&spill);
    rows_add(s, j, &spill, add_object);
    spill_give(&spill, j);
    spill_release(&spill);
}

const struct format hn_format = {
    "hn",
    "Hacker News: items, table rows or search hits, one a line; stories with their comments",
    hn_probe,
    hn_read,
};
