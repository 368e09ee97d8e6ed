/* SPDX-License-Identifier: ISC */
#include "ui/seek.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "doc/comment.h"
#include "layout/jump.h"
#include "layout/place.h"
#include "ui/marked.h"
#include "ui/reader.h"

enum { AT_ONCE = 512 }; /* comments, which take a millisecond */

void seek_init(struct seek *s)
{
    memset(s, 0, sizeof *s);
    find_init(&s->lines);
    buf_init(&s->scratch);
}

void seek_release(struct seek *s)
{
    free(s->counts);
    free(s->parts);
    find_release(&s->lines);
    buf_release(&s->scratch);
    seek_init(s);
}

/* The lines that are not of single comments: the whole page where it has no thread. */
static int own_lines(const struct reader *r)
{
    int heading = page_comments_line(r->page);

    return heading < 0 ? page_count(r->page) : heading + 1;
}

void seek_forget(struct reader *r)
{
    r->seek.total = r->seek.done = r->seek.comments = 0;
}

static uint64_t add_look(uint64_t look, const void *bytes, size_t len)
{
    return look * 31 + (bytes ? digest_short(bytes, len) : 0);
}

/* A number for all that decides which matches the comments have: the pattern, and which of them are shown. */
static uint64_t look_of(const struct reader *r)
{
    uint64_t look = add_look(0, r->find.pattern, strlen(r->find.pattern));

    look = add_look(look, r->comment_flags, r->article.comment_count);
    look = add_look(look, r->muted.data, r->muted.len);
    return add_look(look, &r->source, sizeof r->source);
}

void seek_begin(struct reader *r)
{
    struct seek *s = &r->seek;
    uint64_t look = r->find.pattern ? look_of(r) : 0;
    int comment;

    s->on = false;
    s->due = 0;
    if (!r->find.pattern) {
        find_lines(&r->find, r->page, 0, 0, false);
        seek_forget(r);
        return;
    }
    find_lines(&r->find, r->page, 0, own_lines(r), false);
    if (s->comments && s->look == look)
        return;
    seek_forget(r);
    if (jump_entries(r->page) == 0)
        return;
    s->look = look;
    comment = reader_comment(r);
    s->comments = (int)r->article.comment_count;
    s->start = comment > 0 ? comment : 1;
    free(s->counts);
    s->counts = mem_zalloc((size_t)s->comments, sizeof *s->counts);
    find_set(&s->lines, r->find.pattern);
    seek_more(r);
}

/* The comment that has a line of its own, or is folded away below another one. */
static bool has_line(const struct reader *r, int id)
{
    return jump_entry(r->page, jump_entry_of(r->page, id)) == id;
}

static int count_in(struct reader *r, const struct article_comment *c)
{
    enum jump_shown shown = jump_shown(r->page, c);
    int count = 0;

    if (shown >= JUMP_NAME && c->author)
        count += find_count(&r->find, c->author, strlen(c->author), &r->seek.scratch);
    if (shown >= JUMP_TEXT)
        count += find_count(&r->find, c->text, strlen(c->text), &r->seek.scratch);
    return count;
}

bool seek_more(struct reader *r)
{
    struct seek *s = &r->seek;

    for (int n = 0; n < AT_ONCE && s->done < s->comments; n++, s->done++) {
        int id = 1 + (s->start - 1 + s->done) % s->comments;

        s->counts[id - 1] = has_line(r, id) ? count_in(r, comment_glance(&r->article, id)) : 0;
        s->total += s->counts[id - 1];
    }
    return s->done < s->comments;
}

static bool is_known(const struct seek *s, int id)
{
    int after = id - s->start;

    return (after < 0 ? after + s->comments : after) < s->done;
}

long seek_matches(const struct reader *r)
{
    return r->find.matches + r->seek.total;
}

long seek_number(const struct reader *r)
{
    const struct seek *s = &r->seek;
    long number = s->here.match;

    if (!s->on)
        return -1;
    if (s->here.comment == 0)
        return number;
    for (int e = jump_entry_of(r->page, s->here.comment) - 1; e >= 0; e--)
        number += s->counts[jump_entry(r->page, e) - 1];
    return number + r->find.matches;
}

struct seek_spot seek_at(const struct reader *r, int line, int direction)
{
    int comment = 0, match;

    if (r->seek.on)
        return r->seek.here;
    if (page_has(r->page, line))
        comment = page_line(r->page, line)->place.comment;
    if (comment > 0 || r->seek.comments == 0 || line < own_lines(r)) {
        match = comment > 0 ? -1 : find_from_line(&r->find, line, direction);
        if (comment > 0)
            return (struct seek_spot){comment, direction > 0 ? -1 : 0};
        if (match >= 0)
            return (struct seek_spot){0, match - direction};
    }
    return (struct seek_spot){0, direction > 0 ? r->find.matches - 1 : 0};
}

/* The first or last match in the comments from entry e on. */
static enum seek_answer in_comments(const struct reader *r, int e, int direction, struct seek_spot *to)
{
    const struct seek *s = &r->seek;
    int entries = s->comments ? jump_entries(r->page) : 0;

    for (; e >= 0 && e < entries; e += direction) {
        int id = jump_entry(r->page, e);

        if (!is_known(s, id))
            return SEEK_UNKNOWN;
        if (s->counts[id - 1] == 0)
            continue;
        *to = (struct seek_spot){id, direction > 0 ? 0 : s->counts[id - 1] - 1};
        return SEEK_FOUND;
    }
    return SEEK_NONE;
}

static enum seek_answer ahead(const struct reader *r, struct seek_spot from, struct seek_spot *to)
{
    int own = r->find.matches;

    if (from.comment == 0 && from.match + 1 < own) {
        *to = (struct seek_spot){0, from.match + 1};
        return SEEK_FOUND;
    }
    if (from.comment > 0 && from.match + 1 < r->seek.counts[from.comment - 1]) {
        *to = (struct seek_spot){from.comment, from.match + 1};
        return SEEK_FOUND;
    }
    return in_comments(r, from.comment ? jump_entry_of(r->page, from.comment) + 1 : 0, 1, to);
}

static enum seek_answer back(const struct reader *r, struct seek_spot from, struct seek_spot *to)
{
    enum seek_answer answer;

    if (from.match > 0) {
        *to = (struct seek_spot){from.comment, from.match - 1};
        return SEEK_FOUND;
    }
    answer = from.comment ? in_comments(r, jump_entry_of(r->page, from.comment) - 1, -1, to) : SEEK_NONE;
    if (answer != SEEK_NONE || from.comment == 0 || r->find.matches == 0)
        return answer;
    *to = (struct seek_spot){0, r->find.matches - 1};
    return SEEK_FOUND;
}

enum seek_answer seek_next(const struct reader *r, struct seek_spot from, int direction, struct seek_spot *to)
{
    bool looked = from.comment == 0 || is_known(&r->seek, from.comment);
    enum seek_answer answer;

    if (!looked)
        return SEEK_UNKNOWN;
    answer = direction > 0 ? ahead(r, from, to) : back(r, from, to);
    if (answer != SEEK_NONE)
        return answer;
    if (direction > 0)
        answer = ahead(r, (struct seek_spot){0, -1}, to);
    else {
        answer = in_comments(r, jump_entries(r->page) - 1, -1, to);
        if (answer == SEEK_NONE)
            answer = back(r, (struct seek_spot){0, r->find.matches}, to);
    }
    return answer == SEEK_FOUND ? SEEK_AROUND : answer;
}

/* ---- on the screen ---- */

static void add_part(struct seek *s, const struct find_part *part, bool here)
{
    mem_grow(&s->parts, &s->part_cap, s->part_count + 1, sizeof s->parts[0]);
    s->parts[s->part_count++] = (struct seek_part){part->line, part->column, part->columns, here};
}

static bool is_here(const struct seek *s, int comment, int match)
{
    return s->on && s->here.comment == comment && s->here.match == match;
}

/* Adds the parts of the matches in the comment that line n is of, and returns the line after it. */
static int add_comment(struct reader *r, int n)
{
    struct seek *s = &r->seek;
    const struct article_comment *c = comment_read(&r->article, page_line(r->page, n)->place.comment);
    int head = page_comment_line(r->page, c->id), end = n + 1, names = 0;

    while (page_has(r->page, end) && page_line(r->page, end)->place.comment == c->id)
        end++;
    if (jump_shown(r->page, c) == JUMP_LINE)
        return end;
    if (c->author)
        names = find_count(&r->find, c->author, strlen(c->author), &s->scratch);
    find_lines(&s->lines, r->page, head, head + 1, false);
    for (size_t i = 0; i < s->lines.count && s->lines.parts[i].match < names; i++)
        add_part(s, &s->lines.parts[i], is_here(s, c->id, s->lines.parts[i].match));
    find_lines(&s->lines, r->page, head + 1, end, true);
    for (size_t i = 0; i < s->lines.count; i++)
        add_part(s, &s->lines.parts[i], is_here(s, c->id, names + s->lines.parts[i].match));
    return end;
}

void seek_window(struct reader *r)
{
    struct seek *s = &r->seek;
    int line = r->top, end = r->top + r->height;
    int own = r->find.pattern && s->comments ? own_lines(r) : INT_MAX;

    s->part_count = 0;
    if (!r->find.pattern)
        return;
    for (size_t i = find_parts_from(&r->find, line); i < r->find.count && r->find.parts[i].line < end; i++)
        add_part(s, &r->find.parts[i], is_here(s, 0, r->find.parts[i].match));
    if (line < own)
        line = own;
    while (line < end && page_has(r->page, line))
        line = page_line(r->page, line)->place.comment > 0 ? add_comment(r, line) : line + 1;
}

const struct seek_part *seek_here(const struct reader *r)
{
    for (size_t i = 0; i < r->seek.part_count; i++)
        if (r->seek.parts[i].here)
            return &r->seek.parts[i];
    return NULL;
}

/* Puts the caret on a match, which a passage that has begun must be able to reach. */
static void take_caret(struct reader *r, const struct seek_part *part)
{
    struct line_place at = place_at(r->page, part->line, part->column);

    if (!page_line(r->page, part->line)->is_text || (r->select.begun && at.comment != r->select.from.comment))
        return;
    r->select.caret = at;
    r->select.goal = -1;
    marked_show(r);
}

/* The first line of the match that one stands on: of a comment, its head where the match is not found in its lines. */
static int line_of_here(struct reader *r)
{
    struct seek *s = &r->seek;
    int line;

    if (s->here.comment == 0)
        return find_part(&r->find, s->here.match)->line;
    line = page_comment_line(r->page, s->here.comment);
    s->part_count = 0;
    add_comment(r, line);
    return seek_here(r) ? seek_here(r)->line : line;
}

void seek_show(struct reader *r, struct seek_spot to)
{
    r->seek.here = to;
    r->seek.on = true;
    reader_show_place(r, line_of_here(r));
    seek_window(r);
    if (seek_here(r) && r->select.on)
        take_caret(r, seek_here(r));
}
