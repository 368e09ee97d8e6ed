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

    buf_clear(&r->muted);
    if (a->comment_count == 0)
        return;
    r->visited = talk_get(r->corpus, r->id, a, r->comment_flags);
    r->fresh = 0;
    for (size_t i = 0; i < a->comment_count; i++)
        r->fresh += (r->comment_flags[i] & PAGE_NEW) != 0;
    talked_read_muted(r);
}

static void add_muted(void *ctx, const char *author)
{
    buf_add(ctx, author, strlen(author) + 1);
}

void talked_read_muted(struct reader *r)
{
    buf_clear(&r->muted);
    talk_each_hidden(r->corpus, &r->article, add_muted, &r->muted);
}

unsigned talked_author(void *ctx, const char *author)
{
    const struct reader *r = ctx;
    unsigned flags = is_listed(r->own_names, author) ? PAGE_OWN : 0;

    for (size_t at = 0; at < r->muted.len; at += strlen(r->muted.data + at) + 1)
        if (strcmp(r->muted.data + at, author) == 0)
            flags |= PAGE_MUTED;
    return flags;
}

void talked_keep(const struct reader *r)
{
    talk_put(r->corpus, r->id, &r->article, r->comment_flags, false);
}

void talked_leave(const struct reader *r)
{
    bool told = r->visited && r->fresh == 0; /* what is kept knows them all */

    if (r->id && r->article.comment_count && r->talk_seen && !told)
        talk_put(r->corpus, r->id, &r->article, r->comment_flags, true);
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
