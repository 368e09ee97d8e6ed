/* SPDX-License-Identifier: ISC */
/*
 * The dumps of Stack Exchange: Posts.xml, one <row/> a question or an answer, and beside it Comments.xml.
 * Each question is an article, its answers and all comments are its thread.
 */
#include "source/format.h"

#include "source/companion.h"
#include "source/html.h"
#include "source/spill.h"
#include "source/when.h"
#include "source/xml.h"

#include <stdlib.h>
#include <string.h>

static bool stackexchange_probe(const char *head, size_t len, bool whole)
{
    (void)whole;
    return xml_probe(head, len, "posts");
}

static bool stackexchange_comments_probe(const char *head, size_t len, bool whole)
{
    static const char mark[] = "PostId=\"";
    size_t i;

    (void)whole;
    if (!xml_probe(head, len, "comments"))
        return false;
    for (i = 0; i + sizeof mark - 1 <= len; i++)
        if (memcmp(head + i, mark, sizeof mark - 1) == 0)
            return true;
    return false;
}

/* What rows of both files have. */
static void common(struct xml *x, struct spill_post *post, const char *name, const char *number, struct arena *arena)
{
    const char *date = xml_attribute(x, "CreationDate", arena), *score = xml_attribute(x, "Score", arena);

    post->author = xml_attribute(x, name, arena);
    if (!post->author) /* as the site shows those who chose no name */
        post->author = spill_name("user", xml_attribute(x, number, arena), arena);
    post->published = when_keep(date, arena);
    post->has_score = score != NULL;
    post->score = score ? strtol(score, NULL, 10) : 0;
}

static void add_post(struct xml *x, struct spill *s, struct arena *arena)
{
    const char *id = xml_attribute(x, "Id", arena), *type = xml_attribute(x, "PostTypeId", arena);
    struct spill_post post = {.id = spill_name("p", id, arena), .name = id};

    if (!id)
        return;
    if (type && strcmp(type, "2") == 0) {
        post.parent = spill_name("p", xml_attribute(x, "ParentId", arena), arena);
        post.name = NULL;
    }
    post.title = xml_attribute(x, "Title", arena);
    post.text = html_text(xml_attribute(x, "Body", arena), arena);
    post.site = "Stack Exchange";
    common(x, &post, "OwnerDisplayName", "OwnerUserId", arena);
    spill_add(s, &post);
}

static void add_comment(struct xml *x, struct spill *s, struct arena *arena)
{
    struct spill_post post = {.id = spill_name("c", xml_attribute(x, "Id", arena), arena),
                              .parent = spill_name("p", xml_attribute(x, "PostId", arena), arena)};

    if (!post.id || !post.parent)
        return;
    post.text = xml_attribute(x, "Text", arena);
    post.site = "Stack Exchange";
    common(x, &post, "UserDisplayName", "UserId", arena);
    spill_add(s, &post);
}

static void add_rows(struct stream *s, struct job *j, struct spill *spill,
                     void (*add)(struct xml *x, struct spill *s, struct arena *arena))
{
    struct arena arena;
    struct xml x;

    if (!xml_open(&x, s, j))
        return;
    arena_init(&arena);
    while (spill->fault.status == ERR_NONE && xml_next(&x, "row")) {
        arena_reset(&arena);
        add(&x, spill, &arena);
    }
    arena_release(&arena);
    xml_close(&x);
}

static void add_comment_rows(struct stream *s, struct job *j, void *ctx)
{
    add_rows(s, j, ctx, add_comment);
}

static void stackexchange_read(struct stream *s, struct job *j)
{
    struct spill spill;

    spill_init(&spill);
    add_rows(s, j, &spill, add_post);
    companion_read(j, "Posts", "Comments", add_comment_rows, &spill);
    spill_give(&spill, j);
    spill_release(&spill);
}

static void stackexchange_comments_read(struct stream *s, struct job *j)
{
    struct spill spill;

    if (companion_exists(j, "Comments", "Posts")) { /* read with the posts */
        job_begin(j, NULL);
        job_skip(j);
        return;
    }
    spill_init(&spill);
    add_rows(s, j, &spill, add_comment);
    spill_give(&spill, j);
    spill_release(&spill);
}

const struct format stackexchange_format = {
    "stackexchange",
    "Stack Exchange's Posts.xml, and Comments.xml beside it: questions with answers and comments",
    stackexchange_probe,
    stackexchange_read,
};

const struct format stackexchange_comments_format = {
    "stackexchange-comments",
    "Stack Exchange's Comments.xml alone",
    stackexchange_comments_probe,
    stackexchange_comments_read,
};
