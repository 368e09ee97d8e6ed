/* SPDX-License-Identifier: ISC */
#include "parse/given.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *copy(struct article *a, const char *s)
{
    return s && *s ? article_str(a, s, strlen(s)) : NULL;
}

/* The comment before number i whose id is named: in the order of a tree, the one before or one above that. */
static size_t find_parent(const struct record *r, const size_t *parent, size_t i)
{
    size_t at = i - 1;

    while (i > 0 && strcmp(r->comments[at].id, r->comments[i].parent) != 0) {
        at = parent[at];
        if (at == SIZE_MAX)
            return SIZE_MAX;
    }
    return i > 0 ? at : SIZE_MAX;
}

void given_comments(const struct record *r, struct article *a)
{
    size_t *parent = mem_alloc(r->comment_count * sizeof *parent), i;

    for (i = 0; i < r->comment_count; i++) {
        const struct record_comment *from = &r->comments[i];
        struct article_comment *to = article_add_comment(a);

        parent[i] = from->parent ? find_parent(r, parent, i) : SIZE_MAX;
        to->parent = parent[i] == SIZE_MAX ? 0 : (int)parent[i] + 1;
        to->author = copy(a, from->author);
        to->published = copy(a, from->published);
        to->text = article_str(a, from->text, strlen(from->text));
        to->score = from->score;
        to->has_score = from->has_score;
        to->removed = from->removed;
    }
    free(parent);
}
