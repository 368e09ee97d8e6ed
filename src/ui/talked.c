/* SPDX-License-Identifier: ISC */
#include "ui/talked.h"

#include <string.h>
#include <strings.h>

#include "corpus/talk.h"

/* Whether the name is one of those in the list, which are parted by commas. */
static bool is_listed(const char *list, const char *name)
{
    size_t len = strlen(name);

    while (list && *list) {
        size_t from = strspn(list, " "), to = strcspn(list, ","), end = to;

        while (end > from && list[end - 1] == ' ')
            end--;
        if (end - from == len && strncasecmp(list + from, name, len) == 0)
            return true;
        list += to + (list[to] == ',');
    }
    return false;
}

void talked_read(struct reader *r)
{
    const struct article *a = &r->article;

    if (a->comment_count == 0)
        return;
    r->visited = talk_get(r->corpus, r->id, a, r->comment_flags);
    r->fresh = 0;
    for (size_t i = 0; i < a->comment_count; i++)
        r->fresh += (r->comment_flags[i] & PAGE_NEW) != 0;
    talked_own(r);
}

void talked_own(struct reader *r)
{
    for (size_t i = 0; i < r->article.comment_count; i++) {
        const struct article_comment *c = &r->article.comments[i];
        bool own = r->own_names && *r->own_names && c->author && is_listed(r->own_names, c->author);

        r->comment_flags[c->id - 1] =
            (unsigned char)(own ? r->comment_flags[c->id - 1] | PAGE_OWN : r->comment_flags[c->id - 1] & ~PAGE_OWN);
    }
}

void talked_keep(const struct reader *r)
{
    if (r->id && r->article.comment_count && (r->talk_seen || r->talk_changed))
        talk_put(r->corpus, r->id, &r->article, r->comment_flags, r->talk_seen);
}

void talked_note(struct reader *r)
{
    int last = r->top + r->height - 1;

    if (r->talk_seen || r->article.comment_count == 0 || r->source)
        return;
    while (last > r->top && !page_has(r->page, last))
        last--;
    r->talk_seen = page_line(r->page, last)->place.comment > 0;
}

bool talked_is_hidden(const struct reader *r, int id)
{
    const struct thread *t = page_thread(r->page);
    int at = t ? thread_find(t, id) : -1;

    for (; at >= 0; at = t->entries[at].parent)
        if (r->comment_flags[t->entries[at].id - 1] & PAGE_HIDDEN)
            return true;
    return false;
}
