/* SPDX-License-Identifier: ISC */
#include "doc/comment.h"

#include "base/buf.h"
#include "base/digest.h"

#include <assert.h>
#include <string.h>

static const struct article_comment *comment(const struct article *a, int id, bool keep)
{
    assert(id >= 1 && (size_t)id <= a->comment_count);
    return a->thread.comment ? a->thread.comment(a->thread.ctx, id, keep) : &a->comments[id - 1];
}

const struct article_comment *comment_read(const struct article *a, int id)
{
    return comment(a, id, true);
}

const struct article_comment *comment_glance(const struct article *a, int id)
{
    return comment(a, id, false);
}

int comment_parent(const struct article *a, int id)
{
    assert(id >= 1 && (size_t)id <= a->comment_count);
    return a->thread.parents ? a->thread.parents(a->thread.ctx)[id - 1] : a->comments[id - 1].parent;
}

const int32_t *comment_parents(const struct article *a)
{
    return a->thread.parents ? a->thread.parents(a->thread.ctx) : NULL;
}

static void add_part(struct buf *b, const char *s)
{
    buf_add_str(b, s ? s : "");
    buf_add_char(b, '\0');
}

uint64_t comment_key(const struct article_comment *c)
{
    enum { BEGINNING = 128 }; /* bytes that tell it from others by the same hand at the same time */
    struct buf b;
    uint64_t key;

    buf_init(&b);
    add_part(&b, c->author);
    add_part(&b, c->published);
    buf_add(&b, c->text, strnlen(c->text, BEGINNING));
    key = digest_short(b.data, b.len);
    buf_release(&b);
    return key;
}

uint32_t comment_sign(const struct article *a, int id)
{
    return a->thread.signs ? a->thread.signs(a->thread.ctx)[id - 1]
                           : (uint32_t)(comment_key(&a->comments[id - 1]) >> 32);
}

uint64_t comment_sum(const struct article *a)
{
    uint64_t sum = a->thread.sum;

    for (size_t i = 0; i < a->comment_count && !a->thread.signs; i++)
        sum += comment_sign(a, (int)i + 1);
    return sum;
}
