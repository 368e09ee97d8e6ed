/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DATES = 256 };

/* A date of the page and how well it would do as the day of publication. */
struct candidate {
    struct dates_found date;
    size_t line;
    double score;
};

static bool has(const struct features_line *x, enum phrases_class class)
{
    return (x->hits.any >> class & 1) != 0;
}

static double score_of(const struct page *p, size_t i, const struct dates_found *d)
{
    const struct features_line *x = page_line(p, i);
    size_t rest = p->lines.line[i].end - p->lines.line[i].start - (d->end - d->start);
    double score = 2.0 * (double)page_chance(p, i, MODEL_META);
    size_t gap;

    if (d->year == 0 || d->month == 0 || d->day == 0)
        return -9;
    if (p->title < p->lines.count) {
        gap = i > p->title ? i - p->title : p->title - i;
        score += gap <= 2 ? 2.0 : gap <= 5 ? 1.5 : gap <= 10 ? 0.8 : gap <= 25 ? 0 : -1.0;
        score -= i + 3 < p->title ? 0.7 : 0;
    } else {
        score += i < 8 ? 1.0 : 0;
    }
    score += rest <= 3 ? 0.7 : rest < 30 ? 0.4 : rest < 60 ? 0 : -1.2;
    if (has(x, PHRASES_PUBLISHED))
        score += 0.8;
    if (has(x, PHRASES_UPDATED))
        score -= 0.6;
    if (has(x, PHRASES_EVENT))
        score -= 1.0;
    if (x->hits.start >> PHRASES_BY & 1)
        score += 0.6;
    if (x->hits.start >> PHRASES_LEGAL & 1)
        score -= 1.5;
    if (d->hour >= 0)
        score += 0.3;
    if (p->kind[i] == KIND_DATE || p->kind[i] == KIND_BYLINE)
        score += 0.8;
    if (p->kind[i] == KIND_COMMENT || p->kind[i] == KIND_COMMENT_CONTROL)
        score -= 4;
    if (p->kind[i] == KIND_RELATED)
        score -= 1;
    if (p->part[i] == MODEL_BODY)
        score -= 1.8;
    if (p->part[i] == MODEL_AFTER)
        score -= 0.5;
    return score;
}

static size_t collect(const struct page *p, struct candidate *c)
{
    size_t i, n = 0;

    for (i = 0; i < p->lines.count && n < MOST_DATES; i++) {
        const struct features_line *x = page_line(p, i);
        struct dates_found d = x->date;
        size_t len, tries = 0;
        const char *s;

        if (!x->has_date || (x->prose && x->length > 160))
            continue;
        s = page_text(p, i, &len);
        do {
            if (!d.relative && d.day && d.year) {
                c[n].date = d;
                c[n].line = i;
                c[n++].score = score_of(p, i, &d) - 0.3 * (double)tries;
            }
        } while (n < MOST_DATES && ++tries < 3 && dates_find(s, len, d.end, &d));
    }
    return n;
}

static bool same_day(const struct dates_found *a, const struct dates_found *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

void published_set(const struct page *p, struct article *a)
{
    struct candidate *c = mem_alloc(MOST_DATES * sizeof *c);
    struct dates_found *dates = mem_alloc(MOST_DATES * sizeof *dates);
    size_t n = collect(p, c), i, best = n;
    char out[DATES_ROOM];

    for (i = 0; i < n; i++)
        dates[i] = c[i].date;
    dates_settle_order(dates, n, !(p->language && strcmp(p->language, "en") == 0));
    for (i = 0; i < n; i++) {
        c[i].date = dates[i];
        if (best == n || c[i].score > c[best].score)
            best = i;
    }
    if (best < n && c[best].score >= 0.8) {
        for (i = 0; i < n && c[best].date.hour < 0; i++) {
            if (same_day(&c[i].date, &c[best].date) && c[i].date.hour >= 0 && c[i].score > 0)
                c[best].date = c[i].date;
        }
        if (dates_format(&c[best].date, out))
            a->published = article_str(a, out, strlen(out));
    }
    free(dates);
    free(c);
}
