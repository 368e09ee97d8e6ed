/* SPDX-License-Identifier: ISC */
#include "ui/marked.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "corpus/notes.h"

static void add_mark(struct reader *r, struct page_mark m)
{
    mem_grow(&r->marks, &r->mark_cap, r->mark_count + 1, sizeof r->marks[0]);
    r->marks[r->mark_count++] = m;
}

static bool ends_before(const struct page_mark *a, const struct page_mark *b)
{
    return a->comment < b->comment || (a->comment == b->comment && a->end <= b->start);
}

/* Lays marks over those that are there: where they overlap, the upper ones are seen. Each list is in order of place
 * and without overlap; so is what comes out. */
static void lay_over(struct reader *r, const struct page_mark *top, size_t count)
{
    struct page_mark *base = r->marks;
    size_t base_count = r->mark_count, t = 0;

    if (count == 0)
        return;
    r->marks = NULL;
    r->mark_count = r->mark_cap = 0;
    for (size_t b = 0; b < base_count; b++) {
        struct page_mark rest = base[b];

        while (t < count && ends_before(&top[t], &rest))
            add_mark(r, top[t++]);
        if (t > 0 && top[t - 1].comment == rest.comment && top[t - 1].end > rest.start)
            rest.start = top[t - 1].end;
        for (; t < count && rest.start < rest.end && !ends_before(&rest, &top[t]); t++) {
            struct page_mark before = rest;

            before.end = top[t].start;
            if (before.start < before.end)
                add_mark(r, before);
            add_mark(r, top[t]);
            rest.start = top[t].end;
        }
        if (rest.start < rest.end)
            add_mark(r, rest);
    }
    while (t < count)
        add_mark(r, top[t++]);
    free(base);
}

void marked_show(struct reader *r)
{
    struct page_mark selected = {.style = STYLE_SELECTION};

    r->mark_count = 0;
    for (size_t i = 0; i < r->note_count; i++) {
        const struct reader_note *n = &r->notes[i];
        struct page_mark m = {n->comment, n->start, n->end, *n->text ? STYLE_NOTED : STYLE_HIGHLIGHT}, *last;

        last = r->mark_count ? &r->marks[r->mark_count - 1] : NULL;
        if (last && last->comment == m.comment && last->end > m.start)
            m.start = last->end;
        if (n->anchored && m.start < m.end)
            add_mark(r, m);
    }
    lay_over(r, r->hits, r->hit_count);
    if (r->select.on && r->select.begun) {
        select_range(&r->select, r->page, &r->article, &selected.comment, &selected.start, &selected.end);
        lay_over(r, &selected, 1);
    }
    page_set_marks(r->page, r->marks, r->mark_count);
}

static void forget_notes(struct reader *r)
{
    for (size_t i = 0; i < r->note_count; i++) {
        free(r->notes[i].text);
        free(r->notes[i].shown);
    }
    free(r->notes);
    free(r->shown_notes);
    r->notes = NULL;
    r->shown_notes = NULL;
    r->note_count = r->note_cap = 0;
}

void marked_forget(struct reader *r)
{
    forget_notes(r);
    free(r->marks);
    free(r->hits);
    r->marks = NULL;
    r->mark_count = r->mark_cap = 0;
    r->hits = NULL;
    r->hit_count = r->hit_cap = 0;
    r->hits_due = 0;
    r->hit = -1;
    r->select = (struct select){.on = false};
}

static void take_note(void *ctx, const struct corpus_note *n)
{
    struct reader *r = ctx;
    struct reader_note *to;
    struct buf shown;

    mem_grow(&r->notes, &r->note_cap, r->note_count + 1, sizeof r->notes[0]);
    to = &r->notes[r->note_count++];
    *to = (struct reader_note){.id = n->kept.id,
                               .anchored = n->anchored,
                               .comment = n->comment,
                               .start = n->start,
                               .end = n->end,
                               .text = mem_strdup(n->kept.text ? n->kept.text : "")};
    buf_init(&shown);
    if (!n->anchored)
        buf_add_fmt(&shown, "“%s” ", n->kept.words ? n->kept.words : "");
    buf_add_str(&shown, to->text);
    to->shown = buf_steal(&shown);
}

void marked_read_notes(struct reader *r)
{
    struct err ignored = ERR_INIT;

    forget_notes(r);
    corpus_notes_of(r->corpus, r->id, &r->article, take_note, r, &ignored);
    r->shown_notes = mem_zalloc(r->note_count + 1, sizeof r->shown_notes[0]);
    for (size_t i = 0; i < r->note_count; i++) {
        const struct reader_note *n = &r->notes[i];

        r->shown_notes[i] = (struct page_note){n->comment, n->anchored ? n->end : PAGE_NOTE_LOOSE, n->shown};
    }
}

/* Whether byte `at` of the article's own text is shown as such. */
static bool is_shown(const struct article *a, size_t at)
{
    size_t n = article_block_at(a, at);
    const struct article_block *b = &a->blocks[n];

    return n < a->block_count && b->start <= at && b->kind != KIND_COMMENT &&
           (!kind_info(b->kind)->folded || article_is_bare(a)) &&
           !(b->flags & ARTICLE_DOUBLE);
}

void marked_add_hit(struct reader *r, int comment, size_t start, size_t end)
{
    if (comment == 0 && !is_shown(&r->article, start))
        return;
    mem_grow(&r->hits, &r->hit_cap, r->hit_count + 1, sizeof r->hits[0]);
    r->hits[r->hit_count++] = (struct page_mark){comment, start, end, STYLE_HIT};
}

bool marked_show_hit(struct reader *r, long n)
{
    if (n < 0 || n >= (long)r->hit_count)
        return false;
    if (r->hit >= 0)
        r->hits[r->hit].style = STYLE_HIT;
    r->hit = n;
    r->hits[n].style = STYLE_HIT_HERE;
    marked_show(r);
    reader_show_place(r, page_find(r->page, (struct line_place){r->hits[n].comment, r->hits[n].start}));
    return true;
}
