/* SPDX-License-Identifier: ISC */
#include "source/mailthread.h"

#include "base/buf.h"

#include <string.h>

/* text behind prefix, small letters alone, in the arena: what stands for an id. */
static const char *key_of(struct arena *arena, const char *prefix, const char *text)
{
    struct buf key;
    const char *copy;
    size_t i;

    buf_init(&key);
    buf_add_fmt(&key, "%s%s", prefix, text);
    for (i = 0; i < key.len; i++)
        if (key.data[i] >= 'A' && key.data[i] <= 'Z')
            key.data[i] = (char)(key.data[i] + 32);
    copy = arena_strndup(arena, key.data, key.len);
    buf_release(&key);
    return copy;
}

/* A message that answers nobody by reference: by its subject it may answer, or be answered. */
static void go_by_subject(struct spill *s, const struct mail *m, struct spill_post *post, struct arena *arena)
{
    const char *bare = mail_bare_subject(m->subject);
    bool answer = bare != m->subject + strspn(m->subject, " \t");

    if (*bare == '\0')
        return;
    if (answer)
        post->parent = key_of(arena, "subject:", bare);
    else
        spill_link(s, key_of(arena, "subject:", bare), post->id);
}

void mailthread_add(struct spill *s, const struct mail *m, const char *name, struct arena *arena)
{
    struct spill_post post = {.id = m->id, .name = name};
    size_t i;

    if (!post.id)
        post.id = key_of(arena, "name:", name);
    post.title = m->subject ? mail_bare_subject(m->subject) : NULL;
    post.author = m->author;
    post.published = m->published;
    post.text = m->text;
    post.site = m->list;
    if (m->reference_count > 0 && strcmp(m->references[m->reference_count - 1], post.id) != 0)
        post.parent = m->references[m->reference_count - 1];
    if (!post.parent && m->subject)
        go_by_subject(s, m, &post, arena);
    spill_add(s, &post);
    for (i = 1; i < m->reference_count; i++)
        if (m->references[i - 1] && m->references[i])
            spill_link(s, m->references[i], m->references[i - 1]);
}
