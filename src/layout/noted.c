/* SPDX-License-Identifier: ISC */
/* The reader's notes on the page: each below the text that it was written on, those without a place at the end. */
#include "layout/compose.h"

#include "base/buf.h"

#include <string.h>

enum { MARGIN_LEAST = 12 }; /* columns from which on a note is set in from the left */

/* One line of a note; the first has the mark. */
static void add_line(struct page *p, const char *text, size_t len, bool first, int comment, int block, int indent)
{
    const char *mark = !first ? "  " : p->o.ascii ? "> " : "» ";
    struct buf prefix, more;
    struct unit *u;

    buf_init(&prefix);
    buf_init(&more);
    for (int i = 0; i < indent; i++)
        buf_add_char(&prefix, ' ');
    buf_add(&more, prefix.data, prefix.len);
    buf_add_str(&prefix, mark);
    buf_add_str(&more, "  ");
    u = compose_note(p, text, len, STYLE_NOTE);
    u->comment = comment;
    u->block = block;
    if (p->measure >= indent + MARGIN_LEAST) {
        u->prefix = arena_strndup(&p->arena, prefix.data, prefix.len);
        u->prefix_more = arena_strndup(&p->arena, more.data, more.len);
        u->prefix_columns = (short)(indent + 2);
        u->prefix_style = STYLE_NOTE;
    }
    page_place(p, u);
    buf_release(&more);
    buf_release(&prefix);
}

static void add_note(struct page *p, const char *text, int comment, int block, int indent)
{
    bool first = true;

    for (; *text; first = false) {
        size_t len = strcspn(text, "\n");

        if (len > 0)
            add_line(p, text, len, first, comment, block, indent);
        text += len + (text[len] == '\n');
    }
}

void noted_below(struct page *p, int comment, size_t from, size_t to)
{
    const struct unit *above;
    int block, indent;

    if (p->o.note_count == 0 || p->sheet->unit_count == 0)
        return;
    above = &p->sheet->units[p->sheet->unit_count - 1];
    block = above->block;
    indent = above->comment > 0 ? above->prefix_columns : 0;
    for (size_t i = 0; i < p->o.note_count; i++) {
        const struct page_note *n = &p->o.notes[i];

        if (n->comment == comment && n->at > from && n->at <= to)
            add_note(p, n->text, comment, block, indent);
    }
}

void noted_loose(struct page *p)
{
    bool first = true;

    for (size_t i = 0; i < p->o.note_count; i++)
        if (p->o.notes[i].at == PAGE_NOTE_LOOSE && *p->o.notes[i].text) {
            struct unit *u;

            if (first) {
                static const char words[] = "notes on passages that are no longer in the text";

                u = compose_note(p, words, sizeof words - 1, STYLE_META);
                u->blanks = p->sheet->unit_count > 1 ? 2 : 0;
                page_place(p, u);
            }
            first = false;
            add_note(p, p->o.notes[i].text, 0, -1, 0);
        }
}
