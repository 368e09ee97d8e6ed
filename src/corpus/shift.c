/* SPDX-License-Identifier: ISC */
#include "corpus/shift.h"

#include "base/mem.h"

#include <stdlib.h>

struct shifted {
    struct spot spot;
    long all, unread; /* of this one and those before it */
    bool hidden;
};

struct shift {
    struct shifted *places;
    size_t count, cap;
    struct catalog *list;
    enum order ord;
    bool hidden;
};

static void take(void *ctx, int64_t id, bool hidden, long unread)
{
    struct shift *s = ctx;
    struct shifted p = {.all = -(long)hidden, .unread = unread, .hidden = hidden};

    if ((!hidden && (s->hidden || unread == 0)) || !catalog_spot(s->list, s->ord, id, &p.spot))
        return;
    mem_grow(&s->places, &s->cap, s->count + 1, sizeof *s->places);
    s->places[s->count++] = p;
}

static int by_place(const void *a, const void *b)
{
    return rank_compare(&((const struct shifted *)a)->spot, &((const struct shifted *)b)->spot);
}

struct shift *shift_new(struct marks *m, struct catalog *list, enum order ord, bool hidden)
{
    struct shift *s = mem_zalloc(1, sizeof *s);
    size_t i;

    s->list = list;
    s->ord = ord;
    s->hidden = hidden;
    marks_each(m, take, s);
    if (s->count == 0) {
        shift_free(&s);
        return NULL;
    }
    mem_sort(s->places, s->count, sizeof *s->places, by_place);
    for (i = 1; i < s->count; i++) {
        s->places[i].all += s->places[i - 1].all;
        s->places[i].unread += s->places[i - 1].unread;
    }
    return s;
}

void shift_free(struct shift **s)
{
    if (!*s)
        return;
    free((*s)->places);
    free(*s);
    *s = NULL;
}

/* How many stand before a spot. */
static size_t below(const struct shift *s, const struct spot *spot)
{
    size_t low = 0, high = s->count;

    while (spot && low < high) {
        size_t middle = low + (high - low) / 2;

        if (rank_compare(&s->places[middle].spot, spot) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return high;
}

void shift_before(const struct shift *s, const struct spot *spot, long *all, long *unread)
{
    size_t n = s ? below(s, spot) : 0;

    *all = n ? s->places[n - 1].all : 0;
    *unread = n ? s->places[n - 1].unread : 0;
}

bool shift_hides(const struct shift *s, const struct spot *spot)
{
    size_t n = s ? below(s, spot) : 0;

    return s && n < s->count && s->places[n].hidden && s->places[n].spot.id == spot->id;
}
