/* SPDX-License-Identifier: ISC */
#include "ui/places.h"

#include <string.h>

static bool same(const struct places_place *a, const struct places_place *b)
{
    return a->article == b->article && a->reading == b->reading && a->at.comment == b->at.comment &&
           a->at.offset == b->at.offset;
}

static void append(struct places *p, const struct places_place *here)
{
    if (p->count > 0 && same(&p->visited[p->count - 1], here))
        return;
    if (p->count == PLACES_KEPT) {
        memmove(&p->visited[0], &p->visited[1], sizeof p->visited - sizeof p->visited[0]);
        p->count--;
    }
    p->visited[p->count++] = *here;
}

void places_leave(struct places *p, const struct places_place *here)
{
    if (here->article == 0)
        return;
    if (p->now < p->count)
        p->count = p->now;
    append(p, here);
    p->now = p->count;
}

bool places_go(struct places *p, int direction, const struct places_place *here, struct places_place *to)
{
    if (direction < 0) {
        if (p->now == 0)
            return false;
        if (p->now == p->count) { /* so that one can come forth again to where one is now */
            append(p, here);
            p->now = p->count - 1;
            if (p->now == 0)
                return false;
        }
        *to = p->visited[--p->now];
        return true;
    }
    if (p->now + 1 >= p->count)
        return false;
    *to = p->visited[++p->now];
    return true;
}

struct places_place *places_mark(struct places *p, uint32_t letter)
{
    if (letter >= 'a' && letter <= 'z')
        return &p->marked[letter - 'a'];
    if (letter >= 'A' && letter <= 'Z')
        return &p->marked[26 + letter - 'A'];
    return NULL;
}
