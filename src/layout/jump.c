/* SPDX-License-Identifier: ISC */
#include "layout/jump.h"

#include "layout/sheet.h"
#include "layout/unit.h"

#include <limits.h>

/* The nearest unit in direction from line n that begins a comment, or a section. */
static int next_head(struct page *p, int n, int direction, bool comment)
{
    size_t i;
    int unit;

    if (!page_has(p, n))
        return -1;
    i = sheet_of(p, n);
    unit = (int)p->sheets[i].lines[n - p->sheets[i].first_line].unit;
    n -= p->sheets[i].first_line;
    for (;; unit += direction) {
        const struct sheet *s;
        const struct unit *u;
        int line;

        /* What sets more lines moves the sheets. */
        while (i == 0 && unit >= (int)p->sheets[0].unit_count && p->stage != STAGE_DONE)
            page_has(p, (int)p->sheets[0].line_count);
        s = &p->sheets[i];
        if (unit < 0 || unit >= (int)s->unit_count) {
            i += (size_t)direction;
            if (i >= p->sheet_count)
                return -1;
            sheet_set(p, i);
            unit = direction > 0 ? 0 : (int)p->sheets[i].unit_count - 1;
            n = direction > 0 ? -1 : INT_MAX;
            s = p->sheets + i;
        }
        u = &s->units[unit];
        line = u->first_line + u->blanks;
        if (u->heads && (u->comment != 0) == comment && (direction > 0 ? line > n : line < n))
            return s->first_line + line;
    }
}

int jump_section(struct page *p, int n, int direction)
{
    return next_head(p, n, direction, false);
}

int jump_comment(struct page *p, int n, int direction)
{
    return next_head(p, n, direction, true);
}

int jump_entries(struct page *p)
{
    return page_comments_line(p) < 0 ? 0 : p->entry_count;
}

int jump_entry(const struct page *p, int n)
{
    return p->thread.entries[page_entry(p, n)].id;
}

int jump_entry_of(const struct page *p, int id)
{
    return sheet_entry(p, thread_find(&p->thread, id));
}

enum jump_shown jump_shown(const struct page *p, const struct article_comment *c)
{
    unsigned flags = talk_flags(p, c);

    if (flags & PAGE_HIDDEN || (flags & PAGE_MUTED && !(flags & PAGE_SHOWN)))
        return JUMP_LINE;
    return flags & PAGE_COLLAPSED ? JUMP_NAME : JUMP_TEXT;
}
