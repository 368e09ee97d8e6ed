/* SPDX-License-Identifier: ISC */
/*
 * The lines' words are put one after another, bars and margins left out, a space for each line's end, so that a
 * match may go over the end of a line. Beside each byte as compared stands where it came from.
 */
#include "ui/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

/* Where a stretch of the joined text came from. */
struct piece {
    size_t start; /* in the joined text */
    int line;
    const struct line_run *run;
    const char *bytes;
};

struct joined {
    struct buf text;
    struct piece *pieces;
    size_t count, cap;
};

/* Text as compared, and for each of its bytes the offset of the cluster that it came from. */
struct folded {
    struct buf text;
    size_t *from;
    size_t cap;
};

void find_init(struct find *f)
{
    memset(f, 0, sizeof *f);
    buf_init(&f->key);
}

void find_release(struct find *f)
{
    free(f->pattern);
    free(f->parts);
    buf_release(&f->key);
    find_init(f);
}

static bool has_capitals(const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t cp;

        at += utf8_next(s + at, len - at, &cp);
        if (unicode_class(cp) == UNICODE_UPPER)
            return true;
    }
    return false;
}

static void fold_cluster(const char *s, size_t len, bool exact, struct buf *out)
{
    if (exact)
        buf_add(out, s, len);
    else if (len == 1 && (unsigned char)s[0] < 0x80)
        buf_add_char(out, s[0] >= 'A' && s[0] <= 'Z' ? (char)(s[0] + 32) : s[0]);
    else
        unicode_fold(s, len, out);
}

static void fold(const char *s, size_t len, bool exact, struct folded *out)
{
    for (size_t at = 0, used; at < len; at += used) {
        bool ascii = (unsigned char)s[at] < 0x80 && (at + 1 == len || (unsigned char)s[at + 1] < 0x80);
        size_t before = out->text.len;

        used = ascii ? 1 : unicode_cluster(s + at, len - at);
        fold_cluster(s + at, used, exact, &out->text);
        mem_grow(&out->from, &out->cap, out->text.len + 1, sizeof out->from[0]);
        for (size_t i = before; i < out->text.len; i++)
            out->from[i] = at;
        out->from[out->text.len] = at + used;
    }
}

void find_set(struct find *f, const char *pattern)
{
    free(f->pattern);
    f->pattern = pattern && *pattern ? mem_strdup(pattern) : NULL;
    f->count = 0;
    f->matches = 0;
    buf_clear(&f->key);
    if (f->pattern) {
        struct folded key = {{0}, NULL, 0};

        f->exact = has_capitals(pattern, strlen(pattern));
        buf_init(&key.text);
        fold(pattern, strlen(pattern), f->exact, &key);
        buf_add(&f->key, key.text.data, key.text.len);
        buf_release(&key.text);
        free(key.from);
    }
}

/* The pattern in text, from byte `from` on; NULL where it is not. */
static const char *next_match(const struct find *f, const struct buf *text, size_t from)
{
    return f->key.len && from <= text->len ? strstr(text->data + from, f->key.data) : NULL;
}

bool find_in_text(const struct find *f, const char *text, size_t len)
{
    struct folded folded = {{0}, NULL, 0};
    bool found;

    if (!f->pattern)
        return false;
    buf_init(&folded.text);
    fold(text, len, f->exact, &folded);
    found = next_match(f, &folded.text, 0) != NULL;
    buf_release(&folded.text);
    free(folded.from);
    return found;
}

static void join_line(struct joined *j, const struct line *line, int number)
{
    int end = 0;

    for (int r = 0; r < line->run_count; r++) {
        const struct line_run *run = &line->runs[r];

        if (run->style == STYLE_BAR || run->style == STYLE_RULE || run->len == 0)
            continue;
        if (run->column > end && j->text.len > 0 && j->text.data[j->text.len - 1] != ' ')
            buf_add_char(&j->text, ' ');
        mem_grow(&j->pieces, &j->cap, j->count + 1, sizeof j->pieces[0]);
        j->pieces[j->count++] = (struct piece){j->text.len, number, run, line->text + run->start};
        buf_add(&j->text, line->text + run->start, run->len);
        end = run->column + run->columns;
    }
    if (end > 0 && j->text.data[j->text.len - 1] != ' ')
        buf_add_char(&j->text, ' ');
}

/* The piece that byte `at` of the joined text belongs to, or the nearest before it. */
static size_t piece_at(const struct joined *j, size_t at)
{
    size_t low = 0, high = j->count;

    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;

        if (j->pieces[mid].start <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static void add_parts(struct find *f, const struct joined *j, size_t from, size_t to)
{
    for (size_t i = piece_at(j, from); i < j->count && j->pieces[i].start < to; i++) {
        const struct piece *p = &j->pieces[i];
        size_t first = from > p->start ? from - p->start : 0, last = to - p->start;
        int column;

        if (last > p->run->len)
            last = p->run->len;
        if (first >= last)
            continue;
        column = p->run->column + unicode_columns(p->bytes, first);
        mem_grow(&f->parts, &f->cap, f->count + 1, sizeof f->parts[0]);
        f->parts[f->count++] =
            (struct find_part){f->matches, p->line, column, unicode_columns(p->bytes + first, last - first)};
    }
    if (f->count > 0 && f->parts[f->count - 1].match == f->matches)
        f->matches++;
}

static void find_joined(struct find *f, struct joined *j)
{
    struct folded folded = {{0}, NULL, 0};
    const char *hit;

    f->count = 0;
    f->matches = 0;
    buf_init(&folded.text);
    fold(j->text.data, j->text.len, f->exact, &folded);
    for (size_t at = 0; j->count && (hit = next_match(f, &folded.text, at)); at += f->key.len) {
        at = (size_t)(hit - folded.text.data);
        add_parts(f, j, folded.from[at], folded.from[at + f->key.len]);
    }
    buf_release(&folded.text);
    free(folded.from);
    buf_release(&j->text);
    free(j->pieces);
}

void find_lines(struct find *f, struct page *p, int from, int to, bool text_only)
{
    struct joined j = {{0}, NULL, 0, 0};

    f->count = 0;
    f->matches = 0;
    if (!f->pattern)
        return;
    buf_init(&j.text);
    for (int i = from; i < to && page_has(p, i); i++)
        if (!text_only || page_line(p, i)->is_text)
            join_line(&j, page_line(p, i), i);
    find_joined(f, &j);
}

/* As fold, for text that comes without a way back; white space is folded too. */
static void fold_foreign(const char *s, size_t len, bool exact, struct buf *out)
{
    for (size_t at = 0, used; at < len; at += used) {
        unsigned char c = (unsigned char)s[at];

        used = 1;
        if (c <= ' ') {
            if (out->len > 0 && out->data[out->len - 1] != ' ')
                buf_add_char(out, ' ');
            continue;
        }
        if (c >= 0x80 || (at + 1 < len && (unsigned char)s[at + 1] >= 0x80))
            used = unicode_cluster(s + at, len - at);
        fold_cluster(s + at, used, exact, out);
    }
}

int find_count(const struct find *f, const char *text, size_t len, struct buf *scratch)
{
    const char *hit;
    int count = 0;

    if (!f->pattern)
        return 0;
    buf_clear(scratch);
    fold_foreign(text, len, f->exact, scratch);
    for (size_t at = 0; (hit = next_match(f, scratch, at)); at = (size_t)(hit - scratch->data) + f->key.len)
        count++;
    return count;
}

void find_in_line(struct find *f, const struct line *line)
{
    struct joined j = {{0}, NULL, 0, 0};

    if (!f->pattern)
        return;
    buf_init(&j.text);
    join_line(&j, line, 0);
    find_joined(f, &j);
}

size_t find_parts_from(const struct find *f, int line)
{
    size_t low = 0, high = f->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (f->parts[mid].line < line)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

int find_from_line(const struct find *f, int line, int direction)
{
    size_t i = find_parts_from(f, line);

    if (direction > 0)
        return i < f->count ? f->parts[i].match : -1;
    return i > 0 ? f->parts[i - 1].match : -1;
}

const struct find_part *find_part(const struct find *f, int m)
{
    size_t low = 0, high = f->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (f->parts[mid].match < m)
            low = mid + 1;
        else
            high = mid;
    }
    return low < f->count ? &f->parts[low] : NULL;
}
