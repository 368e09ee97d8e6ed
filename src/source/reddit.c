/* SPDX-License-Identifier: ISC */
/*
 * Dumps of Reddit (Pushshift, Arctic Shift): submissions and comments as JSON Lines, in one file or in
 * several. Each submission with its comments is one article; so are the comments on a submission that the
 * file does not hold.
 */
#include "source/format.h"

#include "source/companion.h"
#include "source/rows.h"
#include "source/when.h"

#include <stdlib.h>
#include <string.h>

static bool is_row(const json_t *o)
{
    if (!object_has(o, "id") || !(object_has(o, "created_utc") || object_has(o, "subreddit")))
        return false;
    return (object_has(o, "body") && (object_has(o, "link_id") || object_has(o, "parent_id"))) ||
           (object_has(o, "title") &&
            (object_has(o, "selftext") || object_has(o, "is_self") || object_has(o, "num_comments")));
}

static bool reddit_probe(const char *head, size_t len, bool whole)
{
    return rows_probe(head, len, whole, is_row);
}

/* id with its kind before it, "t1_" for comments and "t3_" for submissions; old dumps write bare numbers. */
static const char *full_id(struct record *r, const char *id, const char *kind)
{
    bool is_full = id && id[0] == 't' && id[1] && id[2] == '_';

    return is_full ? id : spill_name(kind, id, &r->arena);
}

static const char *address(struct record *r, const char *permalink)
{
    bool is_path = permalink && permalink[0] == '/';

    return is_path ? spill_name("https://www.reddit.com", permalink, &r->arena) : permalink;
}

/* Markdown comes with three signs escaped as in HTML; otherwise it reads well as it stands. */
static const char *markdown(struct record *r, const char *s)
{
    struct buf text;
    const char *copy;

    if (!s || !strchr(s, '&'))
        return s;
    buf_init(&text);
    while (*s) {
        static const char *const escapes[][2] = {
            {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&nbsp;", " "}, {"&#x200B;", ""}};
        size_t i, count = sizeof escapes / sizeof escapes[0];

        for (i = 0; i < count && strncmp(s, escapes[i][0], strlen(escapes[i][0])) != 0; i++)
            continue;
        if (i < count) {
            buf_add_str(&text, escapes[i][1]);
            s += strlen(escapes[i][0]);
        } else {
            buf_add_char(&text, *s++);
        }
    }
    copy = arena_strndup(&r->arena, text.data, text.len);
    buf_release(&text);
    return copy;
}

static bool is_gone(const char *s)
{
    return s && (strcmp(s, "[deleted]") == 0 || strcmp(s, "[removed]") == 0 ||
                 strncmp(s, "[ Removed by", 12) == 0);
}

static void add_row(struct spill *s, const json_t *o, struct record *r)
{
    bool comment = object_has(o, "body") && !object_has(o, "title");
    const char *id = object_get(o, "id", r), *link = full_id(r, object_get(o, "link_id", r), "t3_");
    const char *subreddit = object_get(o, "subreddit", r);
    struct spill_post post = {.id = full_id(r, id, comment ? "t1_" : "t3_"), .name = comment ? NULL : id};

    if (!id)
        return;
    post.author = object_get(o, "author", r);
    post.published = when_keep(object_get(o, "created_utc", r), &r->arena);
    post.site = subreddit ? arena_strndup(&r->arena, subreddit, strlen(subreddit)) : "Reddit";
    post.has_score = !json_is_true(json_object_get(o, "score_hidden")) &&
                     object_score(json_object_get(o, "score"), &post.score);
    post.text = markdown(r, object_get(o, comment ? "body" : "selftext", r));
    post.removed = is_gone(post.text);
    if (comment) {
        const char *parent = object_get(o, "parent_id", r);

        post.parent = parent ? full_id(r, parent, "t1_") : link;
        if (link && post.parent && strcmp(link + 3, post.parent + 3) == 0)
            post.parent = link;
        if (link && post.parent && strcmp(post.parent, link) != 0)
            spill_link(s, post.parent, link); /* the comment between may be missing */
    } else {
        post.title = markdown(r, object_get(o, "title", r));
        post.url = json_is_true(json_object_get(o, "is_self")) ? NULL : object_get(o, "url", r);
        if (!post.url)
            post.url = address(r, object_get(o, "permalink", r));
    }
    spill_add(s, &post);
}

static void add_rows(struct stream *s, struct job *j, void *ctx)
{
    rows_add(s, j, ctx, add_row);
}

static void reddit_read(struct stream *s, struct job *j)
{
    struct spill spill;

    if (companion_exists(j, "RC_", "RS_") || companion_exists(j, "comments", "submissions")) {
        job_begin(j, NULL); /* these comments are read with the submissions beside them */
        job_skip(j);
        return;
    }
    spill_init(&spill);
    add_rows(s, j, &spill);
    companion_read(j, "RS_", "RC_", add_rows, &spill);
    companion_read(j, "submissions", "comments", add_rows, &spill);
    spill_give(&spill, j);
    spill_release(&spill);
}

const struct format reddit_format = {"reddit", "Reddit dumps: submissions and comments, one a line",
                                     reddit_probe, reddit_read};
