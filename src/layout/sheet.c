/* SPDX-License-Identifier: ISC */
#include "layout/compose.h"
#include "layout/sheet.h"

#include "base/mem.h"

#include <string.h>

enum {
    SHEET = 64,        /* entries of the thread on one sheet */
    COMMENT_LINES = 6, /* of a middling comment */
};

size_t sheet_first(size_t i)
{
    return (i - 1) * SHEET;
}

void sheet_number(struct page *p, size_t i)
{
    for (; i < p->sheet_count; i++)
        p->sheets[i].first_line = i ? p->sheets[i - 1].first_line + (int)p->sheets[i - 1].line_count : 0;
}

void sheet_add(struct page *p)
{
    size_t more = ((size_t)p->entry_count + SHEET - 1) / SHEET;

    mem_grow(&p->sheets, &p->sheet_cap, 1 + more, sizeof *p->sheets);
    memset(p->sheets + 1, 0, more * sizeof *p->sheets);
    p->sheet = p->sheets;
    p->sheet_count = 1 + more;
    for (size_t i = 1; i <= more; i++)
        p->sheets[i].line_count = SHEET * COMMENT_LINES;
}

void sheet_set(struct page *p, size_t i)
{
    int at = (int)sheet_first(i), end = at + SHEET < p->entry_count ? at + SHEET : p->entry_count;

    if (p->sheets[i].set)
        return;
    p->sheet = &p->sheets[i];
    p->sheet->set = true;
    p->sheet->line_count = 0;
    while (at < end)
        talk_comment(p, page_entry(p, at++));
    if (i + 1 == p->sheet_count)
        compose_last(p);
    p->sheet = p->sheets;
    sheet_number(p, i);
}

size_t sheet_of(const struct page *p, int n)
{
    size_t low = 0, high = p->sheet_count;

    while (high - low > 1) {
        size_t mid = (low + high) / 2;

        if (p->sheets[mid].first_line <= n)
            low = mid;
        else
            high = mid;
    }
    return low;
}

const struct unit_line *sheet_line(struct page *p, int n, const struct unit **unit)
{
    const struct sheet *s = &p->sheets[sheet_of(p, n)];
    const struct unit_line *l = &s->lines[n - s->first_line];

    *unit = &s->units[l->unit];
    return l;
}

int sheet_entry(const struct page *p, int position)
{
    int low = 0, high = p->entry_count;

    while (high - low > 1) {
        int mid = (low + high) / 2;

        if (page_entry(p, mid) <= position)
            low = mid;
        else
            high = mid;
    }
    return low;
}

size_t sheet_of_entry(int entry)
{
    return 1 + (size_t)entry / SHEET;
}
