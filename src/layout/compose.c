/* SPDX-License-Identifier: ISC */
#include "layout/compose.h"

#include "base/indent.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "doc/comment.h"
#include "layout/fit.h"
#include "layout/link.h"

#include <stdio.h>
#include <string.h>

enum {
    PIECE = 64 * 1024, /* bytes: a longer paragraph is set in pieces, so that a page opens at once */
    MARGIN_LEAST = 48, /* columns from which on the source view has room for kinds */
    BLOCKS_ASKED = 200,
    LONG_LINE = 80,   /* bytes */
    LOOKED_AT = PIECE, /* bytes from which it is judged how far in an article's lines stand */
};

/* How a block is treated. */
enum dress { DRESS_SHOW, DRESS_HIDE, DRESS_TEASER, DRESS_EXTRA };

static int columns_of(const char *s)
{
    return unicode_columns(s, strlen(s));
}

void compose_prefix(struct page *p, struct unit *u, const char *first, const char *more, enum style style)
{
    int columns = columns_of(first);

    if (p->measure < columns + 2)
        return;
    u->prefix = first;
    u->prefix_more = more;
    u->prefix_columns = (short)columns;
    u->prefix_style = (unsigned char)style;
}

static void set_bar(struct page *p, struct unit *u)
{
    const char *bar = fit_words(&p->arena, "▏ ", p->o.ascii);

    compose_prefix(p, u, bar, bar, STYLE_BAR);
}

static unsigned flow_flags(const struct page *p, bool kept)
{
    return (p->o.ascii ? FLOW_ASCII : 0) | (p->o.source || kept ? FLOW_KEEP : 0);
}

void compose_keep(struct page *p, struct unit *u, const char *guides, int columns)
{
    int guide_columns = columns_of(guides), room = (p->measure - guide_columns) / 2, i;
    struct buf b;

    columns = columns < room ? columns : room;
    buf_init(&b);
    buf_add_str(&b, guides);
    for (i = 0; i < columns; i++)
        buf_add_char(&b, ' ');
    u->prefix = u->prefix_more = arena_strndup(&p->arena, b.data, b.len);
    u->prefix_columns = (short)(guide_columns + columns);
    u->prefix_style = STYLE_BAR;
    u->kept = true;
    buf_release(&b);
}

struct unit *compose_note(struct page *p, const char *text, size_t len, enum style style)
{
    struct unit *u = page_new_unit(p, UNIT_NOTE, style);
    const char *copy = arena_strndup(&p->arena, text, len);

    flow_make(&u->flow, &p->work, &p->arena, copy, len, flow_flags(p, false), NULL, 0);
    return u;
}

/* The end of the line (or of the piece of a very long one) that begins at `at`. */
static size_t line_end(const char *s, size_t at, size_t end)
{
    const char *lf = memchr(s + at, '\n', end - at);
    size_t stop = lf ? (size_t)(lf - s) : end, cut;

    if (stop - at <= PIECE)
        return stop;
    for (cut = at + PIECE; cut > at + PIECE / 2; cut--) {
        if (s[cut] == ' ')
            return cut;
    }
    return utf8_floor(s, end, at + PIECE);
}

bool compose_line(const char *s, size_t *at, size_t limit, size_t *end)
{
    while (*at < limit && (s[*at] == ' ' || s[*at] == '\t' || s[*at] == '\r' || s[*at] == '\n'))
        ++*at;
    if (*at < limit)
        *end = line_end(s, *at, limit);
    return *at < limit;
}

/* Finds the addresses in bytes [from, to) of text, if they are not known yet. */
static void find_links(struct page *p, struct unit *u, const char *text, size_t from, size_t to)
{
    size_t at = 0, start, end;

    if (u->link_count)
        return;
    u->first_link = (uint32_t)p->link_count;
    while (link_find(text + from, to - from, at, &start, &end)) {
        mem_grow(&p->links, &p->link_cap, p->link_count + 1, sizeof *p->links);
        p->links[p->link_count++] = (struct page_link){u->comment, from + start, from + end};
        at = end;
    }
    u->link_count = (uint32_t)(p->link_count - u->first_link);
}

void compose_text(struct page *p, struct unit *u, const char *text, size_t from, size_t to)
{
    struct flow_note *notes = NULL;
    uint32_t i;

    u->base = from;
    u->source_end = to;
    find_links(p, u, text, from, to);
    if (p->o.link_numbers && u->link_count)
        notes = arena_alloc(&p->arena, u->link_count * sizeof *notes);
    for (i = 0; notes && i < u->link_count; i++) {
        char number[16];
        int len = snprintf(number, sizeof number, "[%u]", u->first_link + i + 1);

        notes[i].source = (uint32_t)(p->links[u->first_link + i].end - from);
        notes[i].text = arena_strndup(&p->arena, number, (size_t)len);
    }
    flow_make(&u->flow, &p->work, &p->arena, text + from, to - from, flow_flags(p, u->kept), notes,
              notes ? u->link_count : 0);
}

static void set_flow(struct page *p, struct unit *u, const char *text, size_t from, size_t to)
{
    u->source = from;
    compose_text(p, u, text, from, to);
}

static bool same_kind_before(const struct page *p, size_t block, enum kind kind)
{
    return block > 0 && p->article->blocks[block - 1].kind == kind;
}

/* Bytes of the list marker at s: a bullet, a dash, or a number with a full stop or parenthesis, and the white
 * space behind it; 0 where there is none. */
static size_t marker_length(const char *s, size_t len)
{
    static const char *bullets[] = {"•", "◦", "–", "—", "·", "‣", "-", "*", "o"};
    size_t at = 0, i;

    for (i = 0; i < sizeof bullets / sizeof bullets[0] && at == 0; i++) {
        size_t bullet = strlen(bullets[i]);

        if (len > bullet + 1 && memcmp(s, bullets[i], bullet) == 0)
            at = bullet;
    }
    if (at == 0) {
        while (at < len && at < 4 && s[at] >= '0' && s[at] <= '9')
            at++;
        if (at == 0 || at >= len || (s[at] != '.' && s[at] != ')'))
            return 0;
        at++;
    }
    i = at;
    while (i < len && (s[i] == ' ' || s[i] == '\t'))
        i++;
    return i > at ? i : 0;
}

/* The marks of a quote in plain text, whose place a bar takes. */
static void dress_quote(struct page *p, struct unit *u, const char *text)
{
    size_t at = u->source;

    set_bar(p, u);
    while (u->prefix && at < u->source_end && (text[at] == '>' || text[at] == ' '))
        at++;
    if (at > u->source && at < u->source_end && text[u->source] == '>')
        compose_text(p, u, text, at, u->source_end);
}

static void dress_item(struct page *p, struct unit *u, const char *text)
{
    size_t marker = marker_length(text + u->source, u->source_end - u->source);
    struct buf b;
    int columns, i;

    buf_init(&b);
    if (marker) {
        fit_add(&b, text + u->source, marker, p->o.ascii);
        buf_add_char(&b, ' ');
        compose_text(p, u, text, u->source + marker, u->source_end);
    } else {
        buf_add_str(&b, p->o.ascii ? "* " : "• ");
    }
    columns = unicode_columns(b.data, b.len);
    compose_prefix(p, u, arena_strndup(&p->arena, b.data, b.len), "", STYLE_TEXT);
    if (!u->prefix && marker)
        set_flow(p, u, text, u->source, u->source_end);
    buf_clear(&b);
    for (i = 0; i < columns; i++)
        buf_add_char(&b, ' ');
    u->prefix_more = arena_strndup(&p->arena, b.data, b.len);
    buf_release(&b);
}

/* Bytes of the dateline that begins at s, up to the dash or colon that ends it. */
static uint32_t lead_length(const char *s, size_t len, const char *place)
{
    static const char *ends[] = {" — ", " – ", " - ", " -- ", ": ", "—", "–"};
    size_t place_len = strlen(place), limit = len < 160 ? len : 160, at, i;

    if (place_len == 0 || place_len > len || memcmp(s, place, place_len) != 0)
        return 0;
    for (at = place_len; at < limit; at++) {
        for (i = 0; i < sizeof ends / sizeof ends[0]; i++) {
            size_t end = strlen(ends[i]);

            if (at + end <= len && memcmp(s + at, ends[i], end) == 0)
                return (uint32_t)at;
        }
    }
    return (uint32_t)place_len;
}

/* Line ends in bytes [from, to) of the text, two at most. */
static int line_ends(const char *text, size_t from, size_t to)
{
    int ends = 0;

    for (; from < to && ends < 2; from++)
        ends += text[from] == '\n';
    return ends;
}

/* Whether the text parts its paragraphs by empty lines, so that a line end alone is none. What follows a long line says
 * more of it than what follows a short one, and an empty line there more than none. */
static bool is_spaced(struct page *p)
{
    const struct article *a = p->article;
    int apart = 0;
    size_t i;

    if (p->spacing)
        return p->spacing > 0;
    for (i = 1; i < a->block_count && i < BLOCKS_ASKED; i++) {
        const struct article_block *b = &a->blocks[i], *before = b - 1;
        bool spaced, is_long = before->end - before->start > LONG_LINE;

        if (!kind_info(b->kind)->body || !kind_info(before->kind)->body)
            continue;
        spaced = line_ends(a->text, before->end, b->start) > 1;
        apart += is_long ? (spaced ? 6 : -6) : spaced ? 2 : -1;
    }
    p->spacing = apart >= 0 ? 1 : -1;
    return p->spacing > 0;
}

/* Whether the block and the one before it are two lines of one verse, address or signature. */
static bool is_next_line(struct page *p, size_t block)
{
    const struct article_block *b = &p->article->blocks[block], *before = b - 1;

    return (b->kind == KIND_PARAGRAPH || b->kind == KIND_QUOTE) && same_kind_before(p, block, b->kind) &&
           b->end - b->start <= (size_t)p->measure && before->end - before->start <= (size_t)p->measure &&
           line_ends(p->article->text, before->end, b->start) < 2 && is_spaced(p);
}

static int blanks_before(struct page *p, size_t block, enum kind kind)
{
    if (p->sheet->unit_count == 1)
        return 0;
    if (kind == KIND_SECTION)
        return 2;
    if (is_next_line(p, block))
        return 0;
    if ((kind == KIND_LIST_ITEM || kind == KIND_CAPTION) && same_kind_before(p, block, kind))
        return 0;
    return 1;
}

static enum style style_of(const struct page *p, enum kind kind)
{
    switch (kind) {
    case KIND_TITLE:
        return STYLE_TITLE;
    case KIND_STANDFIRST:
        return STYLE_STANDFIRST;
    case KIND_SECTION:
        return STYLE_SECTION;
    case KIND_QUOTE:
        return STYLE_QUOTE;
    case KIND_CAPTION:
        return STYLE_CAPTION;
    case KIND_RELATED:
        return p->bare ? STYLE_TEXT : STYLE_RELATED;
    case KIND_BOILERPLATE:
        return p->bare ? STYLE_TEXT : STYLE_META;
    case KIND_BYLINE:
    case KIND_DATE:
    case KIND_COMMENT_CONTROL:
        return STYLE_META;
    default:
        return STYLE_TEXT;
    }
}

static void dress_unit(struct page *p, struct unit *u, const struct article_block *b, bool folded)
{
    const struct article *a = p->article;

    if (folded || b->kind == KIND_CAPTION)
        set_bar(p, u);
    else if (b->kind == KIND_QUOTE)
        dress_quote(p, u, a->text);
    else if (u->kept)
        return;
    else if (b->kind == KIND_LIST_ITEM)
        dress_item(p, u, a->text);
    if (b->kind == KIND_PARAGRAPH && a->dateline.place)
        u->lead = lead_length(u->flow.text, u->flow.len, a->dateline.place);
    u->heads = b->kind == KIND_SECTION;
}

/* How many columns further in than the article's text the line [at, end) stands, where it is to be kept so: 0 for
 * prose, which some pages indent as well. */
static int kept_columns(struct page *p, const struct article_block *b, size_t at, size_t end)
{
    const struct article *a = p->article;
    int columns;

    if ((b->kind != KIND_PARAGRAPH && b->kind != KIND_LIST_ITEM) || end - at > INDENT_LONGEST ||
        marker_length(a->text + at, end - at))
        return 0;
    if (p->indent < 0)
        p->indent = indent_least(a->text, a->len < LOOKED_AT ? a->len : LOOKED_AT);
    columns = indent_of(a->text, at) - p->indent;
    return columns >= INDENT_CODE ? columns : 0;
}

/* Whether the line that begins at `at`, and the unit before the last one, are kept lines one right below the other. */
static bool goes_on_kept(const struct page *p, const struct unit *u, size_t at)
{
    return u->kept && p->sheet->unit_count > 1 && u[-1].kept &&
           line_ends(p->article->text, u[-1].source_end, at) < 2;
}

/* A block's lines, each a unit; long lines that follow one another are paragraphs, with a blank line between,
 * short ones are verses, without. */
static void add_block(struct page *p, size_t block, bool folded)
{
    const struct article_block *b = &p->article->blocks[block];
    size_t at = b->start, end;
    bool first = true, long_before = false;

    while (compose_line(p->article->text, &at, b->end, &end)) {
        struct unit *u = page_new_unit(p, UNIT_TEXT, folded ? STYLE_FOLD : style_of(p, b->kind));
        bool is_long = end - at > (size_t)p->measure;
        int columns = folded ? 0 : kept_columns(p, b, at, end);

        if (columns)
            compose_keep(p, u, "", columns);
        set_flow(p, u, p->article->text, at, end);
        u->block = (int)block;
        dress_unit(p, u, b, folded);
        if (first)
            u->blanks = folded || goes_on_kept(p, u, at) ? 0 : (unsigned char)blanks_before(p, block, b->kind);
        else
            u->blanks = !folded && (is_long || long_before);
        u->bar_goes_on = !first || (b->kind == KIND_QUOTE && same_kind_before(p, block, KIND_QUOTE));
        u->heads = u->heads && first;
        page_place(p, u);
        noted_below(p, 0, at, end);
        first = false;
        long_before = is_long;
        at = end;
    }
}

static enum dress dress_of(const struct page *p, size_t block)
{
    const struct article *a = p->article;
    const struct article_block *b = &a->blocks[block];
    bool in_thread;

    if (block == p->title_block)
        return DRESS_HIDE;
    if (p->bare && (b->kind == KIND_RELATED || b->kind == KIND_BOILERPLATE))
        return DRESS_SHOW;
    switch (b->kind) {
    case KIND_BYLINE:
        return a->author_count > 0 && !p->o.unfolded ? DRESS_HIDE : DRESS_SHOW;
    case KIND_DATE:
        return a->published && !p->o.unfolded ? DRESS_HIDE : DRESS_SHOW;
    case KIND_RELATED:
        return DRESS_TEASER;
    case KIND_COMMENT:
        return a->comment_count > 0 ? DRESS_HIDE : DRESS_SHOW;
    case KIND_COMMENT_CONTROL:
        in_thread = a->comment_count > 0 && comment_read(a, 1)->end > 0 && b->start > comment_read(a, 1)->start;
        return in_thread ? DRESS_HIDE : DRESS_EXTRA;
    case KIND_BOILERPLATE:
        return DRESS_EXTRA;
    default:
        return b->flags & ARTICLE_DOUBLE ? DRESS_EXTRA : DRESS_SHOW;
    }
}

/* Blocks from p->next_block on that fold together, and the line that stands for them. */
static void add_fold(struct page *p, enum dress dress)
{
    size_t from = p->next_block, to = from + 1, block;
    bool open = p->o.unfolded || (p->folds_open && p->folds_open[from]);

    while (to < p->article->block_count && dress_of(p, to) == dress)
        to++;
    fold_add(p, from, to, dress == DRESS_TEASER, open);
    for (block = from; open && block < to; block++)
        add_block(p, block, true);
    p->next_block = to;
}

static size_t find_title(const struct article *a)
{
    size_t i, any = a->block_count;

    for (i = 0; i < a->block_count; i++) {
        if (a->blocks[i].kind != KIND_TITLE || !article_is_headline(a, i))
            continue;
        if (!(a->blocks[i].flags & ARTICLE_DOUBLE))
            return i;
        if (any == a->block_count)
            any = i;
    }
    return any;
}

static void add_head(struct page *p)
{
    const struct article *a = p->article;

    p->title_block = find_title(a);
    if (p->title_block < a->block_count)
        add_block(p, p->title_block, false);
    else if (a->title && *a->title)
        page_place(p, compose_note(p, a->title, strlen(a->title), STYLE_TITLE));
    meta_add(p);
    p->body_unit = p->sheet->unit_count;
}

/* The next line of the record, with the kind that it was taken for. */
static bool add_source_line(struct page *p)
{
    const struct article *a = p->article;
    size_t at = p->sheet->unit_count ? p->sheet->units[p->sheet->unit_count - 1].source_end : 0, end;
    const struct article_block *b;
    struct unit *u;

    if (p->sheet->unit_count && at < a->len && a->text[at] == '\n')
        at++;
    else if (p->sheet->unit_count && at >= a->len)
        return false;
    end = line_end(a->text, at, a->len);
    while (p->next_block < a->block_count && a->blocks[p->next_block].end <= at)
        p->next_block++;
    b = p->next_block < a->block_count ? &a->blocks[p->next_block] : NULL;
    u = page_new_unit(p, UNIT_TEXT, STYLE_TEXT);
    set_flow(p, u, a->text, at, end > at && a->text[end - 1] == '\r' ? end - 1 : end);
    u->source_end = end;
    if (b && (b->start >= end || end == at))
        b = NULL;
    u->block = b ? (int)p->next_block : -1;
    if (p->measure >= MARGIN_LEAST) {
        struct buf margin;

        buf_init(&margin);
        buf_add_fmt(&margin, "%-16s", b ? kind_info(b->kind)->name : "");
        compose_prefix(p, u, arena_strndup(&p->arena, margin.data, margin.len), "                ", STYLE_META);
        buf_release(&margin);
    }
    page_place(p, u);
    noted_below(p, 0, at, end);
    return true;
}

static void add_next_block(struct page *p)
{
    enum dress dress = dress_of(p, p->next_block);

    if (dress == DRESS_TEASER || dress == DRESS_EXTRA) {
        add_fold(p, dress);
        return;
    }
    if (dress == DRESS_SHOW)
        add_block(p, p->next_block, false);
    p->next_block++;
}

void compose_last(struct page *p)
{
    struct unit *u;
    struct buf hint;

    if (!p->o.next_hint || !*p->o.next_hint || p->o.source)
        return;
    buf_init(&hint);
    fit_add(&hint, p->o.next_hint, strlen(p->o.next_hint), p->o.ascii);
    fit_cut(&hint, 0, p->measure, p->o.ascii);
    u = compose_note(p, hint.data, hint.len, STYLE_META);
    buf_release(&hint);
    u->blanks = p->sheet->unit_count > 1;
    page_place(p, u);
}

bool compose_next(struct page *p)
{
    switch (p->stage) {
    case STAGE_HEAD:
        if (!p->o.source)
            add_head(p);
        p->stage = STAGE_BLOCKS;
        return true;
    case STAGE_BLOCKS:
        if (p->o.source) {
            if (!add_source_line(p)) {
                noted_loose(p);
                p->stage = STAGE_LAST;
            }
        } else if (p->next_block < p->article->block_count) {
            add_next_block(p);
        } else {
            p->stage = STAGE_END;
        }
        return true;
    case STAGE_END:
        noted_loose(p);
        talk_end(p);
        return true;
    case STAGE_LAST:
        compose_last(p);
        p->stage = STAGE_DONE;
        return true;
    case STAGE_DONE:
        break;
    }
    return false;
}
