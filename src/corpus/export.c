/* SPDX-License-Identifier: ISC */
#include "corpus/export.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "corpus/inside.h"
#include "corpus/notes.h"
#include "corpus/own.h"
#include "doc/json.h"
#include "doc/markdown.h"
#include "layout/row.h"

/* A note that is exported. Those on one article are of one number, that of the one taken first. */
struct taken {
    struct corpus_note note;
    size_t number, article;
};

struct taking {
    struct taken *notes;
    size_t count, cap;
};

static struct notes_note *take(struct taking *t, const struct notes_note *kept, int64_t article, bool anchored)
{
    mem_grow(&t->notes, &t->cap, t->count + 1, sizeof t->notes[0]);
    t->notes[t->count] = (struct taken){
        .note = {.kept = notes_note_copy(kept), .article = article, .anchored = anchored},
        .number = t->count,
        .article = t->count,
    };
    return &t->notes[t->count++].note.kept;
}

static void take_kept(void *ctx, const struct notes_note *n)
{
    take(ctx, n, 0, true);
}

static void take_found(void *ctx, const struct corpus_note *n)
{
    struct notes_note *k = take(ctx, &n->kept, n->article, n->anchored);

    if (n->anchored) {
        k->comment = n->comment;
        k->start = n->start;
        k->end = n->end;
    }
}

static bool take_all(struct taking *t, struct err *e)
{
    bool none; /* nothing was ever read */
    struct state *state = own_state(&none, e);
    bool done = none || (state && notes_each(state, NULL, take_kept, t, e));

    state_close(&state);
    return done;
}

static const char *string(const char *s)
{
    return s ? s : "";
}

static int by_bytes(const void *a, const void *b)
{
    const struct taken *x = *(const struct taken *const *)a, *y = *(const struct taken *const *)b;

    return memcmp(&x->note.kept.article.digest, &y->note.kept.article.digest, sizeof x->note.kept.article.digest);
}

/* No two are at the same place where none is known. */
static int by_locator(const void *a, const void *b)
{
    const struct taken *x = *(const struct taken *const *)a, *y = *(const struct taken *const *)b;
    int locator = strcmp(string(x->note.kept.locator), string(y->note.kept.locator));

    if (locator == 0 && !x->note.kept.locator)
        return x->number < y->number ? -1 : x->number > y->number;
    return locator ? locator : strcmp(string(x->note.kept.root), string(y->note.kept.root));
}

static int by_article_and_place(const void *a, const void *b)
{
    const struct taken *x = a, *y = b;
    const struct notes_note *m = &x->note.kept, *n = &y->note.kept;

    if (x->article != y->article)
        return x->article < y->article ? -1 : 1;
    if (m->comment != n->comment)
        return m->comment < n->comment ? -1 : 1;
    if (m->start != n->start)
        return m->start < n->start ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

/* The number of the article that note i is on, by way of those that it was found to share it with. */
static size_t article_of(struct taken *notes, size_t i)
{
    while (notes[i].article != i)
        i = notes[i].article = notes[notes[i].article].article;
    return i;
}

/* Notes that are alike in an order are on one article. */
static void join(struct taking *t, struct taken **sorted, int (*compare)(const void *a, const void *b))
{
    mem_sort(sorted, t->count, sizeof *sorted, compare);
    for (size_t i = 1; i < t->count; i++) {
        size_t a = article_of(t->notes, sorted[i - 1]->number), b = article_of(t->notes, sorted[i]->number);

        if (compare(&sorted[i - 1], &sorted[i]) == 0)
            t->notes[a > b ? a : b].article = a < b ? a : b;
    }
}

/* Brings notes on one article, of the same bytes or at the same place, together: those of the article noted last come
 * first, each article's in order of place. The list is the newest first. */
static void gather_articles(struct taking *t)
{
    struct taken **sorted;

    if (t->count == 0)
        return;
    sorted = mem_zalloc(t->count, sizeof *sorted);
    for (size_t i = 0; i < t->count; i++)
        sorted[i] = &t->notes[i];
    join(t, sorted, by_bytes);
    join(t, sorted, by_locator);
    free(sorted);
    for (size_t i = 0; i < t->count; i++)
        t->notes[i].article = article_of(t->notes, i);
    mem_sort(t->notes, t->count, sizeof *t->notes, by_article_and_place);
}

/* ---- writing ---- */

static void add_day(struct buf *out, int64_t ms)
{
    time_t t = (time_t)(ms / 1000);
    struct tm tm;
    char text[32] = "";

    if (localtime_r(&t, &tm))
        strftime(text, sizeof text, "%Y-%m-%d", &tm);
    buf_add_str(out, text);
}

static void add_line(struct buf *out, const char *s, bool markdown)
{
    if (markdown)
        markdown_add_line(out, s, strlen(s));
    else
        buf_add_str(out, s);
}

/* The head of an article's notes: its headline, and where it is from. */
static void add_head(struct buf *out, const struct notes_note *k, bool markdown)
{
    struct buf where;
    bool any = false;

    buf_init(&where);
    if (markdown)
        buf_add_str(out, "## ");
    add_line(out, k->title ? k->title : string(k->locator), markdown);
    buf_add_str(out, "\n\n");
    for (int part = 0; part < 4; part++) {
        buf_clear(&where);
        if (part == 0 && k->comment == 0)
            buf_add_str(&where, string(k->author));
        else if (part == 1)
            buf_add_str(&where, string(k->site));
        else if (part == 2 && k->published)
            row_add_date(&where, k->published, true, false);
        else if (part == 3)
            buf_add_fmt(&where, "%s%s%s", string(k->root), k->root && k->locator ? "/" : "", string(k->locator));
        if (where.len == 0)
            continue;
        buf_add_str(out, any ? " · " : "");
        add_line(out, where.data, markdown);
        any = true;
    }
    buf_add_str(out, "\n\n");
    buf_release(&where);
}

static void add_lines(struct buf *out, const char *s, const char *prefix, bool markdown)
{
    if (markdown) {
        markdown_add_text(out, s, strlen(s), prefix);
        return;
    }
    buf_add_str(out, prefix);
    for (; *s; s++) {
        buf_add_char(out, *s);
        if (*s == '\n')
            buf_add_str(out, prefix);
    }
}

static void add_note(struct buf *out, const struct corpus_note *n, bool markdown)
{
    const struct notes_note *k = &n->kept;

    add_lines(out, string(k->words), markdown ? "> " : "    ", markdown);
    buf_add_str(out, "\n\n");
    if (k->text && *k->text) {
        add_lines(out, k->text, "", markdown);
        buf_add_str(out, "\n\n");
    }
    buf_add_str(out, markdown ? "*" : "    — ");
    if (k->comment > 0) {
        add_line(out, k->author ? k->author : "anonymous", markdown);
        buf_add_fmt(out, ", comment %d, ", k->comment);
    }
    if (k->source_end > k->source_start)
        buf_add_fmt(out, "bytes %zu–%zu, ", k->source_start, k->source_end);
    buf_add_str(out, "noted ");
    add_day(out, k->made);
    buf_add_str(out, n->anchored ? "" : "; the passage is no longer in the text");
    buf_add_str(out, markdown ? "*\n\n" : "\n\n");
}

static void add_member(struct buf *out, const char *name, const char *value)
{
    buf_add_str(out, ", ");
    json_add_member(out, name, value);
}

static void add_json(struct buf *out, const struct corpus_note *n)
{
    const struct notes_note *k = &n->kept;

    buf_add_char(out, '{');
    json_add_member(out, "words", string(k->words));
    add_member(out, "note", k->text && *k->text ? k->text : NULL);
    add_member(out, "title", k->title);
    add_member(out, "author", k->author);
    add_member(out, "site", k->site);
    add_member(out, "published", k->published);
    add_member(out, "root", k->root);
    add_member(out, "locator", k->locator);
    buf_add_fmt(out, ", \"comment\": %d, \"start\": %zu, \"end\": %zu, \"anchored\": %s, \"made\": \"", k->comment,
                k->source_start, k->source_end, n->anchored ? "true" : "false");
    add_day(out, k->made);
    buf_add_str(out, "\"}\n");
}

bool export_notes(struct corpus *c, enum export_format format, struct buf *out, long *count, struct err *e)
{
    struct taking t = {.notes = NULL};
    bool markdown = format == EXPORT_MARKDOWN, done = c ? corpus_notes_found(c, take_found, &t, e) : take_all(&t, e);

    gather_articles(&t);
    if (done && t.count > 0 && format != EXPORT_JSON)
        buf_add_str(out, markdown ? "# Notes and highlights\n\n" : "Notes and highlights\n\n");
    for (size_t i = 0; done && i < t.count; i++) {
        if (format == EXPORT_JSON) {
            add_json(out, &t.notes[i].note);
            continue;
        }
        if (i == 0 || t.notes[i - 1].article != t.notes[i].article)
            add_head(out, &t.notes[i].note.kept, markdown);
        add_note(out, &t.notes[i].note, markdown);
    }
    if (format != EXPORT_JSON && out->len > 1 && out->data[out->len - 2] == '\n')
        buf_truncate(out, out->len - 1);
    *count = (long)t.count;
    for (size_t i = 0; i < t.count; i++)
        notes_note_release(&t.notes[i].note.kept);
    free(t.notes);
    return done;
}
