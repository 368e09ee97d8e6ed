/* SPDX-License-Identifier: ISC */
#include "ui/undo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void undo_release(struct undo *u)
{
    for (size_t i = 0; i < u->name_count; i++)
        free(u->names[i]);
    free(u->names);
    free(u->changes);
    memset(u, 0, sizeof *u);
}

void undo_begin(struct undo *u)
{
    u->step++;
}

/* Forgets the oldest changes, as long as there are any of older steps none of this one. */
static void make_room(struct undo *u)
{
    size_t forgotten = 0;

    while (forgotten < UNDO_MOST / 2 && u->changes[forgotten].step < u->step)
        forgotten++;
    if (forgotten == 0)
        forgotten = UNDO_MOST / 2;
    u->count -= forgotten;
    memmove(u->changes, u->changes + forgotten, u->count * sizeof u->changes[0]);
}

static void note(struct undo *u, int64_t id, enum undo_kind kind, const char *tag, bool before)
{
    if (u->count == UNDO_MOST)
        make_room(u);
    mem_grow(&u->changes, &u->cap, u->count + 1, sizeof u->changes[0]);
    u->changes[u->count++] =
        (struct undo_change){.id = id, .kind = kind, .before = before, .tag = tag, .step = u->step};
}

void undo_note(struct undo *u, int64_t id, enum undo_kind kind, bool before)
{
    note(u, id, kind, NULL, before);
}

/* A copy of the name that lives as long as u. */
static const char *keep_name(struct undo *u, const char *name)
{
    size_t i = 0;

    while (i < u->name_count && strcmp(u->names[i], name) != 0)
        i++;
    if (i == u->name_count) {
        mem_grow(&u->names, &u->name_cap, i + 1, sizeof u->names[0]);
        u->names[u->name_count++] = mem_strdup(name);
    }
    return u->names[i];
}

void undo_note_tag(struct undo *u, int64_t id, const char *tag, bool before)
{
    note(u, id, UNDO_TAG, keep_name(u, tag), before);
}

void undo_note_comment(struct undo *u, int64_t id, int comment, enum undo_kind kind, bool before)
{
    note(u, id, kind, NULL, before);
    u->changes[u->count - 1].comment = comment;
}

void undo_note_author(struct undo *u, int64_t id, const char *author, bool before)
{
    note(u, id, UNDO_AUTHOR, keep_name(u, author), before);
}

bool undo_take(struct undo *u, long *step, struct undo_change *out)
{
    if (u->count == 0 || (*step != 0 && u->changes[u->count - 1].step != *step))
        return false;
    *out = u->changes[--u->count];
    *step = out->step;
    return true;
}
