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

struct taking {
    struct corpus_note *notes;
    size_t count, cap;
};

static struct notes_note *take(struct taking *t, const struct notes_note *kept, int64_t article, bool anchored)
{
    mem_grow(&t->notes, &t->cap, t->count + 1, sizeof t->notes[0]);
    t->notes[t->count] =
        (struct corpus_note){.kept = notes_note_copy(kept), .article = article, .anchored = anchored};
    return &t->notes[t->count++].kept;
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

static bool same_article(const struct notes_note *a, const struct notes_note *b)
{
    return memcmp(&a->article.digest, &b->article.digest, sizeof a->article.digest) == 0 ||
           (mem_same(a->root, b->root) && mem_same(a->locator, b->locator));
}

/* Brings notes on one article together: those of the article noted last come first, each article's in order of
 * place. The list is the newest first. */
static void gather_articles(struct taking *t)
{
    for (size_t i = 0; i < t->count;) {
        size_t end = i + 1;

        for (size_t k = i + 1; k < t->count; k++)
            if (same_article(&t->notes[i].kept, &t->notes[k].kept)) {
                struct corpus_note n = t->notes[k];
                size_t to = end++;

                while (to > i && (t->notes[to - 1].kept.comment > n.kept.comment ||
                                  (t->notes[to - 1].kept.comment == n.kept.comment &&
                                   t->notes[to - 1].kept.start > n.kept.start)))
                    to--;
                memmove(&t->notes[to + 1], &t->notes[to], (k - to) * sizeof n);
                t->notes[to] = n;
            }
        i = end;
    }
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

static const char *string(const char *s)
{
    return s ? s : "";
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
            add_json(out, &t.notes[i]);
            continue;
        }
        if (i == 0 || !same_article(&t.notes[i - 1].kept, &t.notes[i].kept))
            add_head(out, &t.notes[i].kept, markdown);
        add_note(out, &t.notes[i], markdown);
    }
    if (format != EXPORT_JSON && out->len > 1 && out->data[out->len - 2] == '\n')
        buf_truncate(out, out->len - 1);
    *count = (long)t.count;
    for (size_t i = 0; i < t.count; i++)
        notes_note_release(&t.notes[i].kept);
    free(t.notes);
    return done;
}
