/* SPDX-License-Identifier: ISC */
#include "layout/spark.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { LEVELS = 8, YEARS_COLUMNS = 10, BARS_LEAST = 3 };

void spark_release(struct spark *s)
{
    free(s->months);
    memset(s, 0, sizeof *s);
}

void spark_add(struct spark *s, const char *month, long count)
{
    int year, number;

    if (sscanf(month, "%4d-%2d", &year, &number) != 2 || number < 1 || number > 12)
        return;
    mem_grow(&s->months, &s->cap, s->count + 1, sizeof s->months[0]);
    s->months[s->count++] = (struct spark_month){12 * year + number - 1, count};
}

static void bounds(const struct spark *s, int *first, int *last)
{
    *first = INT_MAX;
    *last = 0;
    for (size_t i = 0; i < s->count; i++) {
        *first = s->months[i].month < *first ? s->months[i].month : *first;
        *last = s->months[i].month > *last ? s->months[i].month : *last;
    }
}

/* Anything there shows, and only the most fills its bar. */
static void add_bar(long n, long most, bool ascii, struct buf *out)
{
    static const char *const bars[LEVELS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const plain[LEVELS] = {".", ":", "-", "=", "+", "*", "%", "#"};
    long level = n > 0 ? (n * LEVELS - 1) / most : 0;

    buf_add_str(out, ascii ? (n ? plain[level] : "_") : n ? bars[level] : "·");
}

void spark_write(const struct spark *s, int columns, bool ascii, struct buf *out)
{
    int first, last, step, bars;
    long *sums, most = 1;

    if (s->count == 0 || columns < YEARS_COLUMNS + BARS_LEAST)
        return;
    bounds(s, &first, &last);
    columns -= YEARS_COLUMNS;
    step = (last - first + columns) / columns;
    bars = (last - first) / step + 1;
    sums = mem_zalloc((size_t)bars, sizeof *sums);
    for (size_t i = 0; i < s->count; i++)
        sums[(s->months[i].month - first) / step] += s->months[i].count;
    for (int i = 0; i < bars; i++)
        most = sums[i] > most ? sums[i] : most;
    buf_add_fmt(out, "%d ", first / 12);
    for (int i = 0; i < bars; i++)
        add_bar(sums[i], most, ascii, out);
    buf_add_fmt(out, " %d", last / 12);
    free(sums);
}
