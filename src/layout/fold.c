/* SPDX-License-Identifier: ISC */
/* The lines that stand for what is folded. */
#include "layout/compose.h"

#include "base/unicode.h"
#include "layout/fit.h"

#include <string.h>

enum { HINT_LEAST = 40 }; /* columns from which on there is room for the hint */

/* The line that tells best what a fold holds: of a teaser's the shortest of some length (its headline, where
 * the other is a picture's text), else the first. */
static void label_of(const struct page *p, size_t from, size_t to, bool teaser, size_t *label,
                     size_t *label_end, int *lines)
{
    const char *text = p->article->text;
    size_t best = 0, block;

    *lines = 0;
    for (block = from; block < to; block++) {
        const struct article_block *b = &p->article->blocks[block];
        size_t at = b->start, end;

        while (compose_line(text, &at, b->end, &end)) {
            size_t len = end - at;

            if (*lines == 0 || (teaser && len >= 24 && (best < 24 || len < best))) {
                *label = at;
                *label_end = end;
                best = len;
            }
            ++*lines;
            at = end;
        }
    }
}

/* Whether all of it is words of the comment form, none of which says what it is. */
static bool only_form(const struct page *p, size_t from, size_t to)
{
    for (; from < to; from++) {
        if (p->article->blocks[from].kind != KIND_COMMENT_CONTROL)
            return false;
    }
    return true;
}

void fold_add(struct page *p, size_t from, size_t to, bool teaser, bool open)
{
    const struct article_block *first = &p->article->blocks[from];
    bool again = !teaser && first->flags & ARTICLE_DOUBLE;
    struct unit *u = page_new_unit(p, UNIT_FOLD, teaser ? STYLE_RELATED : STYLE_FOLD);
    size_t label = first->start, label_end = first->end;
    int lines, room;
    struct buf b, tail;

    label_of(p, from, to, teaser, &label, &label_end, &lines);
    compose_prefix(p, u, fit_words(&p->arena, open ? "▾ " : teaser ? "→ " : "⋯ ", p->o.ascii), "", STYLE_FOLD);
    if (p->o.fold_hint && !open && p->measure >= HINT_LEAST && !teaser) {
        struct buf hint;

        buf_init(&hint);
        buf_add_fmt(&hint, "(%s)", p->o.fold_hint);
        u->right = arena_strndup(&p->arena, hint.data, hint.len);
        buf_release(&hint);
    }
    buf_init(&b);
    buf_init(&tail);
    if (again)
        buf_add_str(&b, "again: ");
    if (only_form(p, from, to))
        buf_add_str(&b, "comment form");
    else
        fit_add(&b, p->article->text + label, label_end - label < 1024 ? label_end - label : 1024,
                p->o.ascii);
    if (lines > (teaser ? 2 : 1)) /* a teaser is a headline and perhaps its picture's text */
        buf_add_fmt(&tail, ", %d lines", lines);
    room = p->measure - u->prefix_columns - (u->right ? unicode_columns(u->right, strlen(u->right)) + 2 : 0);
    if (room > (int)tail.len + 12)
        fit_cut(&b, 0, room - (int)tail.len, p->o.ascii);
    else
        buf_clear(&tail);
    buf_add(&b, tail.data, tail.len);
    fit_cut(&b, 0, room, p->o.ascii);
    u->source = u->base = first->start;
    u->source_end = p->article->blocks[to - 1].end;
    u->flow.text = arena_strndup(&p->arena, b.data, b.len);
    u->flow.len = (uint32_t)b.len;
    u->flow.source_len = (uint32_t)b.len;
    u->block = u->fold = (int)from;
    u->blanks = p->sheet->unit_count > 1 && p->sheet->units[p->sheet->unit_count - 2].role != UNIT_FOLD;
    if (open)
        u->source_end = u->source;
    page_place(p, u);
    if (!open)
        noted_below(p, 0, first->start, p->article->blocks[to - 1].end);
    buf_release(&tail);
    buf_release(&b);
}
