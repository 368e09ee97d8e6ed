/* SPDX-License-Identifier: ISC */
#include "corpus/groups.h"

#include "base/mem.h"
#include "base/moment.h"
#include "corpus/inside.h"
#include "corpus/shift.h"
#include "store/facts.h"
#include "store/parts.h"
#include "store/slot.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTH_LEN = 7, AT_ONCE = 128, GENERATION_BYTES = 4 /* more than order_slot adds */ };

static bool has_month(const char *published)
{
    return order_minutes(published) >= 0 && strlen(published) > MONTH_LEN;
}

/* ---- all of a corpus ---- */

/* The last place that an article of the same group as f could have, in whatever part. */
static struct spot end_of_group(const struct catalog *l, const struct facts *f, enum groups_by by)
{
    struct spot end = {.id = INT64_MAX};
    char first[MONTH_LEN + 4] = "";

    if (by == GROUPS_BY_SITE) {
        end.key = order_site(&f->site_key, NULL);
        return end;
    }
    if (has_month(f->published)) {
        memcpy(first, f->published, MONTH_LEN);
        memcpy(first + MONTH_LEN, "-01", 4);
    }
    /* The lowest slot of the month's first minute, and behind all generations that share its place. */
    end.key = order_slot(slot_span(0, order_minutes(*first ? first : NULL)).from);
    memset(end.key.bytes + end.key.len, 0xFF, GENERATION_BYTES);
    end.key.len = (uint8_t)(end.key.len + GENERATION_BYTES);
    end.key = parts_key(l, ORDER_DATE, CATALOG_PARTS, &end.key);
    return end;
}

static void tell(struct corpus *c, int64_t id, const struct facts *f, enum groups_by by, struct groups_group *g,
                 groups_fn *fn, void *ctx)
{
    struct catalog_row row = {.id = 0};
    char month[MONTH_LEN + 1];

    if (by == GROUPS_BY_SITE && catalog_row(c->list, id, &row)) {
        g->name = row.site;
    } else if (by == GROUPS_BY_MONTH && has_month(f->published)) {
        memcpy(month, f->published, MONTH_LEN);
        month[MONTH_LEN] = '\0';
        g->name = month;
    }
    fn(ctx, g);
    if (row.id)
        catalog_row_release(&row);
}

bool groups_of_all(struct corpus_view *v, enum groups_by by, long max, groups_fn *fn, void *ctx)
{
    struct corpus *c = corpus_view_corpus(v);
    enum order ord = by == GROUPS_BY_SITE ? ORDER_SITE : ORDER_DATE;
    struct spot first, end;
    long places = 0, all = 0, unread = 0, all_more, unread_more, n = 0;
    struct shift *shift;
    struct facts f;
    bool more;

    catalog_begin(c->list);
    marks_refresh(c->marks, c->list);
    shift = shift_new(c->marks, c->list, ord, false);
    while ((more = parts_from(c->list, ord, n ? &end : NULL, false, false, &first, 1) == 1) && n < max &&
           facts_read(catalog_db(c->list, catalog_part(first.id)), catalog_local(first.id), &f)) {
        struct groups_group g = {.name = NULL};
        long all_before = all, unread_before = unread, places_before = places;

        end = end_of_group(c->list, &f, by);
        places = parts_before(c->list, ord, &end, RANK_ALL);
        shift_before(shift, &end, &all_more, &unread_more);
        all = places + all_more;
        unread = parts_before(c->list, ord, &end, RANK_UNREAD) + unread_more;
        g.total = all - all_before;
        g.unread = unread - unread_before;
        if (places <= places_before) /* two names with one key cannot be told apart: never turn round here */
            break;
        if (g.total > 0)
            tell(c, first.id, &f, by, &g, fn, ctx);
        n++;
    }
    shift_free(&shift);
    catalog_end(c->list);
    corpus_heed(c);
    return !more;
}

/* ---- what a query found ---- */

struct counted {
    struct order_key key; /* by what the list of all articles tells them apart, and in what order they stand there */
    struct groups_group told; /* name owned */
};

struct groups {
    struct counted *groups;
    size_t count, cap;
    enum groups_by by;
    long seen; /* rows */
};

struct groups *groups_new(enum groups_by by)
{
    struct groups *g = mem_zalloc(1, sizeof *g);

    g->by = by;
    return g;
}

void groups_free(struct groups **g)
{
    for (size_t i = 0; *g && i < (*g)->count; i++)
        free((char *)(*g)->groups[i].told.name);
    if (*g)
        free((*g)->groups);
    free(*g);
    *g = NULL;
}

static struct order_key key_of(enum groups_by by, const char *name)
{
    char first[MONTH_LEN + 4];
    struct order_key site;

    if (by == GROUPS_BY_SITE) {
        site = order_site_name(name);
        return order_site(&site, NULL);
    }
    if (name)
        snprintf(first, sizeof first, "%s-01", name);
    return order_date(name ? first : NULL);
}

static struct counted *group_of(struct groups *g, const char *name)
{
    struct order_key key = key_of(g->by, name);
    size_t low = 0, high = g->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (order_compare(&g->groups[middle].key, &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < g->count && order_compare(&g->groups[low].key, &key) == 0)
        return &g->groups[low];
    mem_grow(&g->groups, &g->cap, g->count + 1, sizeof g->groups[0]);
    memmove(g->groups + low + 1, g->groups + low, (g->count - low) * sizeof g->groups[0]);
    g->count++;
    g->groups[low] = (struct counted){.key = key, .told.name = mem_strdup(name)};
    return &g->groups[low];
}

static void take_row(struct groups *g, const struct corpus_row *row)
{
    char month[MONTH_LEN + 1] = "";
    const char *name = row->site;
    struct counted *group;

    if (g->by == GROUPS_BY_MONTH) {
        if (row->published && has_month(row->published))
            memcpy(month, row->published, MONTH_LEN);
        name = *month ? month : NULL;
    }
    group = group_of(g, name);
    group->told.total++;
    group->told.unread += row->unread;
}

bool groups_count(struct groups *g, struct corpus_view *v, int ms)
{
    int64_t until = moment_ms() + ms;
    bool all = corpus_view_search(v, LONG_MAX, ms);
    struct corpus_row row[AT_ONCE];
    int n;

    do {
        n = corpus_view_rows(v, CORPUS_NUMBER, g->seen + 1, row, AT_ONCE);
        for (int i = 0; i < n; i++) {
            take_row(g, &row[i]);
            corpus_row_release(&row[i]);
        }
        g->seen += n;
    } while (n > 0 && (ms < 0 || moment_ms() < until));
    return all && n == 0;
}

long groups_counted(const struct groups *g)
{
    return g->seen;
}

bool groups_each(const struct groups *g, long max, groups_fn *fn, void *ctx)
{
    for (size_t i = 0; i < g->count && (long)i < max; i++)
        fn(ctx, &g->groups[i].told);
    return (long)g->count <= max;
}
