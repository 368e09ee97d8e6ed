/* SPDX-License-Identifier: ISC */
#include "ui/macro.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/command.h"

enum { TIMES_MOST = 1000 };

void macros_release(struct macros *m)
{
    for (size_t i = 0; i < m->count; i++) {
        for (int s = 0; s < m->macro[i].count; s++)
            free(m->macro[i].step[s]);
        free(m->macro[i].step);
    }
    free(m->macro);
    memset(m, 0, sizeof *m);
}

/* The macro stays where an older one of the same keys is bound over: numbers do not change. */
static int add(struct macros *m, int count, char *const *step)
{
    struct macro *new;

    mem_grow(&m->macro, &m->cap, m->count + 1, sizeof m->macro[0]);
    new = &m->macro[m->count];
    *new = (struct macro){mem_zalloc((size_t)count, sizeof new->step[0]), count};
    for (int i = 0; i < count; i++)
        new->step[i] = mem_strdup(step[i]);
    return (int)m->count++;
}

bool macro_line(struct ui *u, int count, char *const *word, struct err *e)
{
    unsigned places;
    int number;

    if (count < 4)
        return err_set(e, ERR_USAGE, "'macro' wants a place, keys and what they do");
    for (int i = 3; i < count; i++)
        if (!command_is(word[i]))
            return err_set(e, ERR_USAGE, "there is no action or command '%s'", word[i]);
    if (!command_places(word[1], PLACES_OF_VIEWS, &places, e))
        return false;
    number = add(&u->macros, count - 3, word + 3);
    for (int c = 0; c < CONTEXT_COUNT; c++)
        if (places & 1u << c && !keymap_bind_macro(u->keymap, (enum action_context)c, word[2], number, e))
            return false;
    return true;
}

void macro_run(struct ui *u, int n, long times)
{
    for (long t = 0; t < times && t < TIMES_MOST && !u->quit; t++)
        for (int i = 0; i < u->macros.macro[n].count && !u->quit; i++) {
            command_do(u, u->macros.macro[n].step[i]);
            if (u->message.len > 0 && u->message_is_error)
                return;
        }
}

void macro_add_steps(const struct ui *u, int n, struct buf *out)
{
    for (int i = 0; i < u->macros.macro[n].count; i++)
        buf_add_fmt(out, "%s%s", i ? ", " : "", u->macros.macro[n].step[i]);
}
