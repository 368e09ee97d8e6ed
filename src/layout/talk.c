/* SPDX-License-Identifier: ISC */
/* From comments to units: the end of the article, and the thread below it. */
#include "layout/compose.h"

#include "base/indent.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "doc/comment.h"
#include "layout/fit.h"
#include "layout/row.h"
#include "layout/sheet.h"

#include <stdlib.h>
#include <string.h>

enum {
    TEXT_LEAST = 40,  /* columns that a comment's text keeps; beyond, the indentation gets denser */
    LEVEL = 2,        /* columns a level */
    RIGHT_LEAST = 30, /* columns from which on a head has room for time and score */
};

static unsigned flags_of(const struct page *p, int id)
{
    return p->o.comment_flags ? p->o.comment_flags[id - 1] : 0;
}

/* Whether not every comment has a line of its own. */
static bool is_folded(const struct page *p)
{
    unsigned all = 0;

    for (size_t i = 0; p->o.comment_flags && i < p->article->comment_count; i++)
        all |= p->o.comment_flags[i];
    return all & (PAGE_COLLAPSED | PAGE_HIDDEN);
}

static void begin_thread(struct page *p)
{
    int at = 0;

    if (p->o.thread)
        p->thread = *p->o.thread;
    else
        thread_init(&p->thread, p->article, p->o.order);
    p->has_thread = true;
    p->entry_count = p->thread.count;
    if (is_folded(p)) {
        p->entries = mem_alloc(((size_t)p->thread.count + 1) * sizeof *p->entries);
        p->entry_count = 0;
    }
    while (p->entries && at < p->thread.count) {
        const struct thread_entry *e = &p->thread.entries[at];

        p->entries[p->entry_count++] = at;
        at = flags_of(p, e->id) & (PAGE_COLLAPSED | PAGE_HIDDEN) ? e->end : at + 1;
    }
    sheet_add(p);
    p->stage = STAGE_DONE;
}

void talk_end(struct page *p)
{
    const struct article *a = p->article;
    long here = (long)a->comment_count, stated = a->stated_comments;
    struct buf b;
    struct unit *u;

    p->stage = STAGE_LAST;
    if (here == 0 && stated <= 0)
        return;
    if (here && p->o.comments)
        begin_thread(p);
    buf_init(&b);
    buf_add_fmt(&b, "%ld comment%s", here ? here : stated, (here ? here : stated) == 1 ? "" : "s");
    if (here == 0)
        buf_add_str(&b, ", not captured");
    else if (stated > here)
        buf_add_fmt(&b, " of %ld", stated);
    if (p->has_thread)
        buf_add_str(&b, p->thread.positions ? " · answers below what they answer" : " · as on the page");
    u = compose_note(p, b.data, b.len, STYLE_META);
    buf_release(&b);
    u->blanks = p->sheet->unit_count > 1 ? 2 : 0;
    u->heads = p->has_thread;
    if (p->has_thread)
        p->comments_unit = (int)p->sheet->unit_count - 1;
    page_place(p, u);
}

/* How many levels have a guide of their own. Where the text would get narrower than TEXT_LEAST, levels take one
 * column instead of two; at last only the deepest are shown, and a bar stands for the others. */
static int levels_shown(const struct page *p, int depth, bool *dense)
{
    int room = p->measure - TEXT_LEAST;

    if (room < LEVEL)
        room = p->measure >= 2 * LEVEL ? LEVEL : 0;
    *dense = depth * LEVEL > room;
    if (*dense && depth > room - 1)
        depth = room > 0 ? room - 1 : 0;
    return depth;
}

/* The guides left of a comment: one a level, of the ancestors that there is room for. */
static void add_guides(struct page *p, struct buf *out, int position)
{
    const struct thread_entry *e = &p->thread.entries[position];
    bool dense, cut;
    int depth = levels_shown(p, e->depth, &dense), i, at;
    char *inferred;

    cut = depth < e->depth;
    if (depth == 0)
        return;
    inferred = mem_alloc((size_t)depth);
    for (i = depth - 1, at = position; i >= 0; i--) {
        inferred[i] = comment_read(p->article, p->thread.entries[at].id)->inferred;
        at = p->thread.entries[at].parent;
    }
    if (cut)
        buf_add_str(out, "▌");
    for (i = cut; i < depth; i++)
        buf_add_str(out, dense ? (inferred[i] ? "┆" : "│") : inferred[i] ? "┆ " : "│ ");
    if (dense)
        buf_add_char(out, ' ');
    free(inferred);
}

static bool is_author(const struct article *a, const char *name)
{
    size_t i;

    for (i = 0; name && i < a->author_count; i++) {
        if (strcmp(a->authors[i], name) == 0)
            return true;
    }
    return false;
}

static void set_guides(struct unit *u, const char *guides)
{
    if (*guides) {
        u->prefix = u->prefix_more = guides;
        u->prefix_columns = (short)unicode_columns(guides, strlen(guides));
        u->prefix_style = STYLE_BAR;
    }
}

/* Time, score, doubt, and the level where its guides do not show it, at the right end of a comment's head. */
static void add_right(struct page *p, struct unit *u, const struct article_comment *c)
{
    int depth = p->thread.entries[thread_find(&p->thread, c->id)].depth;
    struct buf b;
    bool dense;

    if (p->measure - u->prefix_columns < RIGHT_LEAST)
        return;
    buf_init(&b);
    if (c->published)
        row_add_date(&b, c->published, true, true);
    if (c->has_score)
        buf_add_fmt(&b, "%s%+ld", b.len ? " · " : "", c->score);
    if (c->inferred && c->parent)
        buf_add_fmt(&b, "%s(inferred)", b.len ? " · " : "");
    if (levels_shown(p, depth, &dense) < depth)
        buf_add_fmt(&b, "%slevel %d", b.len ? " · " : "", depth);
    if (b.len)
        u->right = fit_words(&p->arena, arena_strndup(&p->arena, b.data, b.len), p->o.ascii);
    buf_release(&b);
}

unsigned talk_flags(const struct page *p, const struct article_comment *c)
{
    return flags_of(p, c->id) | (p->o.author_flags && c->author ? p->o.author_flags(p->o.author_ctx, c->author) : 0);
}

static enum style author_style(const struct page *p, const struct article_comment *c)
{
    return is_author(p->article, c->author) || talk_flags(p, c) & PAGE_OWN ? STYLE_AUTHOR_OP : STYLE_AUTHOR;
}

/* Completes a comment's line: `text` cut to the room there is beside what stands at its right. */
static void end_head(struct page *p, struct unit *u, const struct article_comment *c, struct buf *text)
{
    int room = p->measure - u->prefix_columns;

    if (u->right &&
        unicode_columns(text->data, text->len) + 2 + unicode_columns(u->right, strlen(u->right)) > room)
        u->right = NULL;
    fit_cut(text, 0, room, p->o.ascii);
    u->flow.text = arena_strndup(&p->arena, text->data, text->len);
    u->flow.len = u->flow.source_len = (uint32_t)text->len;
    u->comment = c->id;
    u->source = u->source_end = u->base = 0;
    u->blanks = 1;
    u->heads = true;
    page_place(p, u);
}

/* Whether all that is left of the comment is a word for its absence, as "[deleted]": that stands for its author. */
static bool is_word(const struct article_comment *c)
{
    return c->removed && !(c->author && *c->author) && c->text[0] == '[' && !strchr(c->text, '\n');
}

static void add_name(struct page *p, struct buf *b, const struct article_comment *c)
{
    const char *author = c->author && *c->author ? c->author
                         : is_word(c)            ? c->text
                         : c->removed            ? "[removed]"
                                                 : "anonymous";

    fit_add(b, author, strlen(author), p->o.ascii);
}

/* What is new, and what the reader starred. */
static void add_marks(const struct page *p, struct buf *b, const struct article_comment *c)
{
    unsigned flags = flags_of(p, c->id);

    if (flags & PAGE_NEW)
        buf_add_str(b, p->o.ascii ? "+ " : "● ");
    if (flags & PAGE_STARRED)
        buf_add_str(b, p->o.ascii ? "* " : "★ ");
}

/* The line in the place of what a hidden author wrote. */
static void add_muted(struct page *p, const struct article_comment *c, const char *guides)
{
    struct unit *u = page_new_unit(p, UNIT_NOTE, STYLE_FOLD);
    struct buf b;

    set_guides(u, guides);
    buf_init(&b);
    buf_add_str(&b, p->o.ascii ? "... hidden: you hide " : "⋯ hidden: you hide ");
    add_name(p, &b, c);
    end_head(p, u, c, &b);
    buf_release(&b);
}

static void add_head(struct page *p, const struct article_comment *c, const char *guides)
{
    const struct article *a = p->article;
    const struct article_comment *parent =
        c->parent > 0 && c->parent <= (int)a->comment_count ? comment_read(a, c->parent) : NULL;
    struct unit *u = page_new_unit(p, UNIT_NOTE, author_style(p, c));
    struct buf b;

    set_guides(u, guides);
    add_right(p, u, c);
    buf_init(&b);
    add_marks(p, &b, c);
    add_name(p, &b, c);
    if (talk_flags(p, c) & PAGE_OWN)
        buf_add_str(&b, " (you)");
    else if (is_author(a, c->author))
        buf_add_str(&b, " (the author)");
    if (c->removed && c->author && c->text[0] && c->text[0] != '[')
        buf_add_str(&b, " (removed)");
    if (parent && parent->author && c->inferred) {
        buf_add_str(&b, p->o.ascii ? " -> " : " → ");
        fit_add(&b, parent->author, strlen(parent->author), p->o.ascii);
    }
    end_head(p, u, c, &b);
    buf_release(&b);
}

/* The one line that stands for a comment and what answers it, collapsed or hidden. */
static void add_collapsed(struct page *p, int position, const char *guides, bool hidden)
{
    const struct thread_entry *e = &p->thread.entries[position];
    const struct article_comment *c = comment_read(p->article, e->id);
    struct unit *u = page_new_unit(p, UNIT_NOTE, STYLE_FOLD);
    int replies = e->end - position - 1, fresh = 0, i;
    struct buf b;

    for (i = position; i < e->end; i++)
        fresh += (flags_of(p, p->thread.entries[i].id) & PAGE_NEW) != 0;
    set_guides(u, guides);
    buf_init(&b);
    buf_add_str(&b, hidden ? (p->o.ascii ? "... " : "⋯ ") : p->o.ascii ? "> " : "▸ ");
    if (hidden)
        buf_add_str(&b, "hidden by you");
    else {
        add_marks(p, &b, c);
        add_name(p, &b, c);
    }
    if (replies)
        buf_add_fmt(&b, "  +%d", replies);
    if (fresh && !hidden)
        buf_add_fmt(&b, replies ? ", %d new" : "  %d new", fresh);
    end_head(p, u, c, &b);
    buf_release(&b);
}

static void add_text(struct page *p, const struct article_comment *c, const char *guides)
{
    const char *s = c->text;
    size_t at = 0, len = strlen(s), end, i;
    int indent = indent_least(s, len);
    bool first = true;

    while (at < len) {
        struct unit *u;
        int ends = 0, columns;

        for (; at < len && (s[at] == '\n' || s[at] == '\r' || s[at] == ' ' || s[at] == '\t'); at++)
            ends += s[at] == '\n';
        if (at == len)
            break;
        end = at + strcspn(s + at, "\n");
        u = page_new_unit(p, UNIT_TEXT, s[at] == '>' ? STYLE_QUOTE : STYLE_TEXT);
        u->comment = c->id;
        u->source = at;
        for (i = end; i > at && (s[i - 1] == ' ' || s[i - 1] == '\r'); i--)
            ;
        columns = indent_of(s, at) - indent;
        if (columns >= INDENT_CODE)
            compose_keep(p, u, guides, columns);
        else
            set_guides(u, guides);
        compose_text(p, u, s, at, i);
        u->blanks = !first && ends > 1;
        u->bar_goes_on = *guides;
        page_place(p, u);
        noted_below(p, c->id, at, i);
        first = false;
        at = end;
    }
    if (first && (c->author || !c->removed)) {
        const char *words = c->removed ? "(removed)" : "(no text)";
        struct unit *u = compose_note(p, words, strlen(words), STYLE_META);

        u->comment = c->id;
        set_guides(u, guides);
        page_place(p, u);
    }
}

void talk_comment(struct page *p, int position)
{
    const struct article_comment *c = comment_read(p->article, p->thread.entries[position].id);
    unsigned flags = talk_flags(p, c);
    const char *guides;
    struct buf b;

    buf_init(&b);
    add_guides(p, &b, position);
    guides = fit_words(&p->arena, arena_strndup(&p->arena, b.data, b.len), p->o.ascii);
    buf_release(&b);
    if (flags & (PAGE_COLLAPSED | PAGE_HIDDEN)) {
        add_collapsed(p, position, guides, flags & PAGE_HIDDEN);
    } else if (flags & PAGE_MUTED && !(flags & PAGE_SHOWN)) {
        add_muted(p, c, guides);
    } else {
        add_head(p, c, guides);
        if (!is_word(c))
            add_text(p, c, guides);
    }
}
