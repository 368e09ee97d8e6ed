/* SPDX-License-Identifier: ISC */
/* Topics of Discourse as its API gives them (/t/ID.json): one object each, the first post being the
 * article. */
#include "source/discourse.h"

#include "source/replies.h"
#include "source/when.h"

#include <stdio.h>
#include <string.h>

enum { LIKE = 2 }; /* the number of that action */

bool discourse_is_topic(const json_t *object)
{
    return json_is_array(json_object_get(json_object_get(object, "post_stream"), "posts"));
}

static const char *body_of(const json_t *post, struct record *r)
{
    const char *raw = object_get(post, "raw", r);

    return raw ? raw : object_text(json_object_get(post, "cooked"), r);
}

static const char *date_of(const json_t *post, struct record *r)
{
    return when_keep(object_get(post, "created_at", r), &r->arena);
}

/* What readers liked; "score" is a number by which Discourse itself orders posts. */
static bool likes_of(const json_t *post, long *likes)
{
    const json_t *actions = json_object_get(post, "actions_summary"), *count = json_object_get(post, "like_count");
    size_t i;

    for (i = 0; i < json_array_size(actions) && !count; i++) {
        const json_t *action = json_array_get(actions, i);

        if (json_integer_value(json_object_get(action, "id")) == LIKE)
            count = json_object_get(action, "count");
    }
    *likes = json_is_integer(count) ? (long)json_integer_value(count) : 0;
    return *likes > 0;
}

static void add_post(struct replies *replies, const json_t *post)
{
    struct record *r = replies->r;
    const char *id = object_get(post, "post_number", r),
               *parent = object_get(post, "reply_to_post_number", r);
    struct record_comment *c;

    if (!id || replies_full(replies))
        return;
    c = replies_add(replies);
    c->id = id;
    c->parent = parent && strcmp(parent, "1") != 0 && strcmp(parent, "0") != 0 ? parent : NULL;
    c->author = object_get(post, "username", r);
    c->published = date_of(post, r);
    c->text = body_of(post, r);
    c->has_score = likes_of(post, &c->score);
    c->removed = json_is_string(json_object_get(post, "deleted_at")) || c->text[0] == '\0';
}

static void set_opening(struct record *r, const json_t *topic, const json_t *post)
{
    const char *title = object_get(topic, "title", r), *author = object_get(post, "username", r);
    const char *body = post ? body_of(post, r) : "", *date = post ? date_of(post, r) : NULL;

    body = body[0] ? body : title ? title : "[missing]";
    record_set_text(r, body, strlen(body));
    if (title) {
        r->title = title;
        r->given |= RECORD_TITLE;
    }
    if (date) {
        r->published = date;
        r->given |= RECORD_PUBLISHED;
    }
    if (author) {
        r->authors = arena_alloc(&r->arena, sizeof *r->authors);
        r->authors[0] = author;
        r->author_count = 1;
        r->given |= RECORD_AUTHORS;
    }
}

void discourse_set_topic(const json_t *topic, struct record *r)
{
    const json_t *posts = json_object_get(json_object_get(topic, "post_stream"), "posts");
    json_t *opening = NULL;
    struct replies replies;
    size_t i;

    replies_init(&replies, r);
    for (i = 0; i < json_array_size(posts); i++) {
        json_t *post = object_element(posts, i, &r->left_out);
        const json_t *number = json_object_get(post, "post_number");

        if (!opening && json_is_number(number) && json_number_value(number) == 1)
            opening = json_incref(post);
        else
            add_post(&replies, post);
        json_decref(post);
    }
    set_opening(r, topic, opening);
    json_decref(opening);
    replies_finish(&replies, false);
    replies_release(&replies);
}
