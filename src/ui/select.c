/* SPDX-License-Identifier: ISC */
#include "ui/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "doc/comment.h"
#include "layout/place.h"

/* The text that a place counts in. */
static const char *text_of(const struct article *a, int comment, size_t *len)
{
    const char *text = comment > 0 && (size_t)comment <= a->comment_count ? comment_read(a, comment)->text : a->text;

    *len = comment > 0 ? (text ? strlen(text) : 0) : a->len;
    return text ? text : "";
}

/* The nearest line of text from `line` on (itself included) in a direction; -1 where there is none. */
static int text_line(struct page *p, int line, int direction)
{
    for (; line >= 0 && page_has(p, line); line += direction)
        if (page_line(p, line)->is_text)
            return line;
    return -1;
}

/* A paragraph as it is shown: lines of text with no line's end of the source between them. */
struct paragraph {
    int first, last;
    size_t start, end;
};

/* Whether lines n and n + 1 are of one paragraph. */
static bool goes_on(struct page *p, const struct article *a, int n)
{
    const struct line *l = page_line(p, n), *next;
    const char *text;
    size_t len, at;

    if (!page_has(p, n + 1))
        return false;
    next = page_line(p, n + 1);
    l = page_line(p, n);
    if (!l->is_text || !next->is_text || l->place.comment != next->place.comment || l->block != next->block)
        return false;
    text = text_of(a, l->place.comment, &len);
    for (at = l->place_end.offset; at < next->place.offset && at < len; at++)
        if (text[at] == '\n')
            return false;
    return next->place.offset >= l->place.offset;
}

static struct paragraph paragraph_at(struct page *p, const struct article *a, int line)
{
    struct paragraph g = {line, line, 0, 0};

    while (g.first > 0 && goes_on(p, a, g.first - 1))
        g.first--;
    while (goes_on(p, a, g.last))
        g.last++;
    g.start = page_line(p, g.first)->place.offset;
    g.end = page_line(p, g.last)->place_end.offset;
    return g;
}

static size_t cluster_at(const char *text, size_t at, size_t end)
{
    return at < end ? unicode_cluster(text + at, end - at) : 0;
}

/* The character before byte `at`, not before `start`. */
static size_t cluster_before(const char *text, size_t start, size_t at)
{
    size_t from = at > start + 64 ? utf8_floor(text, at, at - 64) : start, last;

    for (last = from; from < at; from += unicode_cluster(text + from, at - from))
        last = from;
    return last;
}

/* The last character of a line. */
static size_t last_of(const char *text, const struct line *l)
{
    size_t end = l->place_end.offset;

    while (end > l->place.offset && (text[end - 1] == ' ' || text[end - 1] == '\n' || text[end - 1] == '\r'))
        end--;
    return end > l->place.offset ? cluster_before(text, l->place.offset, end) : l->place.offset;
}

bool select_start(struct select *s, struct page *p, int line)
{
    int at = text_line(p, line, 1);

    if (at < 0)
        at = text_line(p, line, -1);
    if (at < 0)
        return false;
    *s = (struct select){.on = true, .caret = page_line(p, at)->place, .goal = -1};
    return true;
}

/* ---- motions inside of a paragraph; each says where, or that there is no such place in it ---- */

static bool is_word(const char *text, size_t at, size_t end)
{
    uint32_t cp;
    enum unicode_class c;

    if (at >= end)
        return false;
    utf8_next(text + at, end - at, &cp);
    c = unicode_class(cp);
    return c == UNICODE_UPPER || c == UNICODE_LOWER || c == UNICODE_LETTER || c == UNICODE_DIGIT;
}

static bool is_space(const char *text, size_t at, size_t end)
{
    uint32_t cp;

    if (at >= end)
        return true;
    utf8_next(text + at, end - at, &cp);
    return unicode_is_space(cp);
}

/* Whether a sentence begins at byte `at`: a mark that ends one comes before, with what closes it and white space (of
 * which a mark as wide as a letter needs none), and no small letter follows. */
static bool begins_sentence(const char *text, size_t start, size_t at, size_t end)
{
    static const char *const closing[] = {"\"", "'", ")", "]", "”", "’", "»", "」", "』"};
    static const char *const ends[] = {".", "!", "?", "…"}, *const wide[] = {"。", "！", "？"};
    size_t from = at;
    uint32_t cp;
    bool more = true;

    while (from > start && is_space(text, cluster_before(text, start, from), end))
        from = cluster_before(text, start, from);
    while (more) {
        more = false;
        for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++) {
            size_t len = strlen(closing[i]);

            if (from >= start + len && memcmp(text + from - len, closing[i], len) == 0) {
                from -= len;
                more = true;
            }
        }
    }
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (from >= start + 3 && memcmp(text + from - 3, wide[i], 3) == 0)
            return true;
    utf8_next(text + at, end - at, &cp);
    if (from == at || unicode_class(cp) == UNICODE_LOWER || !is_space(text, cluster_before(text, start, at), end))
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t len = strlen(ends[i]);

        if (from >= start + len && memcmp(text + from - len, ends[i], len) == 0)
            return true;
    }
    return false;
}

/* Whether the caret may stop at byte `at`, where a character begins, on its way by motion m. */
static bool stops(const char *text, const uint8_t *breaks, const struct paragraph *g, size_t at,
                  enum select_motion m)
{
    size_t after;

    switch (m) {
    case SELECT_CHARACTER:
        return true;
    case SELECT_WORD:
        return (at == g->start || breaks[at - g->start]) && is_word(text, at, g->end);
    case SELECT_WORD_END:
        after = at + cluster_at(text, at, g->end);
        return is_word(text, at, g->end) && (after >= g->end || breaks[after - g->start]);
    case SELECT_SENTENCE:
        return !is_space(text, at, g->end) && (at == g->start || begins_sentence(text, g->start, at, g->end));
    case SELECT_PARAGRAPH:
    case SELECT_BORDER:
        break;
    }
    return at == g->start;
}

/* The next place to stop after (before) byte `at` of the paragraph; false where there is none. `from` outside of the
 * paragraph takes in its first (last) character. */
static bool find_stop(const char *text, const struct paragraph *g, size_t from, bool inside, enum select_motion m,
                      int direction, size_t *to)
{
    uint8_t *breaks = mem_zalloc(g->end - g->start + 1, sizeof *breaks);
    bool found = false;

    unicode_word_breaks(text + g->start, g->end - g->start, breaks);
    for (size_t at = g->start; at < g->end; at += cluster_at(text, at, g->end)) {
        if (!stops(text, breaks, g, at, m) || (inside && (direction > 0 ? at <= from : at >= from)))
            continue;
        *to = at;
        found = true;
        if (direction > 0)
            break;
    }
    free(breaks);
    return found;
}

/* To the end or the start of the caret's line. */
static bool to_border(struct select *s, struct page *p, const struct article *a, int direction)
{
    int line = page_find(p, s->caret);
    const struct line *l = page_line(p, line);
    size_t len, before = s->caret.offset;

    s->caret.offset = direction < 0 ? l->place.offset : last_of(text_of(a, l->place.comment, &len), l);
    return s->caret.offset != before;
}

bool select_move(struct select *s, struct page *p, const struct article *a, enum select_motion m, int direction)
{
    int line = page_find(p, s->caret);
    size_t from = s->caret.offset, len;
    bool inside = true;

    s->goal = -1;
    if (m == SELECT_BORDER)
        return to_border(s, p, a, direction);
    while ((line = text_line(p, line, direction)) >= 0) {
        struct paragraph g = paragraph_at(p, a, line);
        int comment = page_line(p, line)->place.comment;
        size_t to;

        if (s->begun && comment != s->from.comment)
            return false;
        if (g.start < g.end &&
            find_stop(text_of(a, comment, &len), &g, from, inside, m, direction, &to)) {
            s->caret = (struct line_place){comment, to};
            return true;
        }
        inside = false;
        line = direction > 0 ? g.last + 1 : g.first - 1;
    }
    return false;
}

bool select_lines(struct select *s, struct page *p, int lines)
{
    int line = page_find(p, s->caret), direction = lines < 0 ? -1 : 1, to = line;
    struct line_place place;

    if (s->goal < 0)
        s->goal = place_column(p, line, s->caret);
    for (; lines != 0; lines -= direction) {
        int next = text_line(p, to + direction, direction);

        if (next < 0 || (s->begun && page_line(p, next)->place.comment != s->from.comment))
            break;
        to = next;
    }
    if (to == line)
        return false;
    place = place_at(p, to, s->goal);
    if (place.offset >= page_line(p, to)->place_end.offset) { /* right of the text: its last character */
        int column = s->goal;

        while (column > 0 && place.offset >= page_line(p, to)->place_end.offset)
            place = place_at(p, to, --column);
    }
    s->caret = place;
    return true;
}

void select_range(const struct select *s, struct page *p, const struct article *a, int *comment, size_t *start,
                  size_t *end)
{
    size_t len, last;
    const char *text = text_of(a, s->caret.comment, &len);
    struct paragraph g;

    *comment = s->caret.comment;
    if (s->begun) {
        *start = s->from.offset < s->caret.offset ? s->from.offset : s->caret.offset;
        last = s->from.offset < s->caret.offset ? s->caret.offset : s->from.offset;
        *end = last + cluster_at(text, last, len);
        return;
    }
    g = paragraph_at(p, a, page_find(p, s->caret));
    *start = g.start;
    *end = g.end;
}

void select_add_words(struct page *p, const struct article *a, int comment, size_t start, size_t end,
                      struct buf *out)
{
    size_t len, before = out->len;
    const char *text = text_of(a, comment, &len);
    int line = page_find(p, (struct line_place){comment, start});
    bool joined = false;

    for (; page_has(p, line); line++) {
        const struct line *l = page_line(p, line);
        size_t from = l->place.offset, to = l->place_end.offset;

        if (l->place.comment != comment || (l->is_text && from >= end && comment == 0))
            break;
        if (!l->is_text || to <= start || from >= end)
            continue;
        from = from < start ? start : from;
        to = to > end ? end : to;
        if (out->len > before && !joined)
            buf_add_str(out, "\n\n");
        buf_add(out, text + from, to - from);
        joined = goes_on(p, a, line);
        if (joined && to < end && to < page_line(p, line + 1)->place.offset)
            buf_add_char(out, ' ');
    }
}
