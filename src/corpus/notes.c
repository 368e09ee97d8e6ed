/* SPDX-License-Identifier: ISC */
#include "corpus/notes.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "corpus/inside.h"
#include "doc/anchor.h"
#include "doc/comment.h"
#include "layout/row.h"

/* The reading state, or why there is none. */
static struct state *state_of(struct corpus *c, struct err *e)
{
    struct state *s = marks_state(c->marks);

    if (!s)
        err_set(e, ERR_IO, "the reading state cannot be opened");
    return s;
}

/* What article id is known by, its row, and its root's path (to be freed); false where there is no such article. */
static bool identify(struct corpus *c, int64_t id, struct state_id *known, struct catalog_row *row, char **root)
{
    if (!marks_identify(c->list, id, known, row))
        return false;
    *root = mem_strdup(catalog_root(c->list, row->root));
    return true;
}

static void take_first(void *ctx, int64_t id)
{
    int64_t *first = ctx;

    if (*first == 0)
        *first = id;
}

/* The article here that a digest, or else a root and a locator, name; 0 where there is none. */
static int64_t find_article(struct corpus *c, const struct digest *digest, const char *root, const char *locator)
{
    int64_t id = 0;

    catalog_each_digest(c->list, digest, take_first, &id);
    return id == 0 && root && locator ? catalog_find_locator(c->list, root, locator) : id;
}

/* The text that a passage lies in: the article's own (comment 0) or a comment's; NULL where there is no such. */
static const char *text_of(const struct article *a, int comment, size_t *len)
{
    const char *text = a->text;

    *len = a->len;
    if (comment == 0)
        return text;
    if (comment < 0 || (size_t)comment > a->comment_count)
        return NULL;
    text = comment_read(a, comment)->text;
    *len = text ? strlen(text) : 0;
    return text;
}

/* Where byte `at` of the text came from. In a source of another encoding only the block's borders are known. */
static size_t source_at(const struct article *a, size_t at, bool end)
{
    size_t n = article_block_at(a, end && at > 0 ? at - 1 : at);
    const struct article_block *b;

    if (n == a->block_count)
        return a->block_count ? a->blocks[n - 1].source_end : at;
    b = &a->blocks[n];
    if (at < b->start)
        at = b->start;
    if (b->source_end - b->source_start == b->end - b->start && at <= b->end)
        return b->source_start + (at - b->start);
    return end ? b->source_end : b->source_start;
}

bool corpus_note_source(const struct article *a, int comment, size_t start, size_t end, size_t *from, size_t *to)
{
    if (comment > 0) {
        if ((size_t)comment > a->comment_count || comment_read(a, comment)->end == 0)
            return false;
        start = comment_read(a, comment)->start;
        end = comment_read(a, comment)->end;
    }
    if (a->block_count == 0)
        return false;
    *from = source_at(a, start, false);
    *to = source_at(a, end, true);
    return *from < *to;
}

/* ---- finding passages again ---- */

static bool anchor_in(const struct notes_note *kept, const struct article *a, int comment, struct corpus_note *n)
{
    struct anchor sought = {kept->words, kept->before, kept->after, kept->start};
    size_t len;
    const char *text = text_of(a, comment, &len);

    if (!text || !kept->words || !*kept->words || !anchor_find(&sought, text, len, &n->start, &n->end))
        return false;
    n->comment = comment;
    return n->anchored = true;
}

static bool anchor_in_comments(struct corpus_note *n, const struct article *a)
{
    for (size_t i = 0; i < a->comment_count; i++)
        if (anchor_in(&n->kept, a, (int)i + 1, n))
            return true;
    return false;
}

/* Whether byte `at` of the article's text is shown as part of a comment, not of the article. */
static bool is_comment(const struct article *a, size_t at)
{
    size_t block = article_block_at(a, at);

    return a->comment_count > 0 && block < a->block_count && a->blocks[block].kind == KIND_COMMENT;
}

/* Where it was; else in any comment, for their numbers may have changed; else in the article's own text, which holds
 * all of them. What was the article's and is a comment's now is looked for there. */
static void anchor(struct corpus_note *n, const struct article *a)
{
    if (n->kept.comment > 0 && (anchor_in(&n->kept, a, n->kept.comment, n) || anchor_in_comments(n, a)))
        return;
    if (anchor_in(&n->kept, a, 0, n) ? is_comment(a, n->start) : n->kept.comment == 0)
        anchor_in_comments(n, a);
}

struct gathering {
    struct corpus *corpus;
    int64_t article; /* 0: to be found */
    struct corpus_note *notes;
    size_t count, cap;
};

static void gather(void *ctx, const struct notes_note *kept)
{
    struct gathering *g = ctx;

    mem_grow(&g->notes, &g->cap, g->count + 1, sizeof g->notes[0]);
    g->notes[g->count++] = (struct corpus_note){.kept = notes_note_copy(kept), .article = g->article};
}

static void release(struct gathering *g)
{
    for (size_t i = 0; i < g->count; i++)
        notes_note_release(&g->notes[i].kept);
    free(g->notes);
}

static int by_place(const void *a, const void *b)
{
    const struct corpus_note *x = a, *y = b;

    if (x->anchored != y->anchored)
        return x->anchored ? -1 : 1;
    if (x->comment != y->comment)
        return x->comment < y->comment ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* Tells the reading state where a passage stands now, so that it is found at once the next time. */
static void follow(struct state *s, const struct corpus_note *n, const struct state_id *known, const char *root,
                   const struct catalog_row *row, const struct article *a)
{
    struct notes_note now = n->kept;
    struct err ignored = ERR_INIT;

    if (!n->anchored || (n->start == now.start && n->comment == now.comment && n->end == now.end &&
                         memcmp(&now.article, known, sizeof *known) == 0))
        return;
    now.article = *known;
    now.comment = n->comment;
    now.start = n->start;
    now.end = n->end;
    corpus_note_source(a, n->comment, n->start, n->end, &now.source_start, &now.source_end);
    now.root = (char *)(uintptr_t)root;
    now.locator = row->locator;
    notes_set_place(s, &now, &ignored);
}

/* A file that took the place of another has not its notes, where the other is still in the corpus. */
static void drop_strangers(struct gathering *g, const struct state_id *known)
{
    size_t kept = 0;

    for (size_t i = 0; i < g->count; i++) {
        const struct digest *digest = &g->notes[i].kept.article.digest;
        int64_t there = 0;

        if (memcmp(digest, &known->digest, sizeof *digest) != 0)
            catalog_each_digest(g->corpus->list, digest, take_first, &there);
        if (there)
            notes_note_release(&g->notes[i].kept);
        else
            g->notes[kept++] = g->notes[i];
    }
    g->count = kept;
}

bool corpus_notes_of(struct corpus *c, int64_t id, const struct article *a,
                     void (*fn)(void *ctx, const struct corpus_note *n), void *ctx, struct err *e)
{
    struct state *s = state_of(c, e);
    struct gathering g = {c, id, NULL, 0, 0};
    struct state_id known;
    struct catalog_row row;
    char *root;
    bool done;

    if (!s)
        return false;
    if (!identify(c, id, &known, &row, &root))
        return err_set(e, ERR_NOMATCH, "there is no article %lld", (long long)id);
    done = notes_each(s, &known, gather, &g, e);
    drop_strangers(&g, &known);
    for (size_t i = 0; i < g.count; i++) {
        anchor(&g.notes[i], a);
        follow(s, &g.notes[i], &known, root, &row, a);
    }
    if (g.count)
        mem_sort(g.notes, g.count, sizeof g.notes[0], by_place);
    for (size_t i = 0; i < g.count; i++)
        fn(ctx, &g.notes[i]);
    release(&g);
    catalog_row_release(&row);
    free(root);
    return done;
}

bool corpus_notes_all(struct corpus *c, void (*fn)(void *ctx, const struct corpus_note *n), void *ctx, struct err *e)
{
    struct state *s = state_of(c, e);
    struct gathering g = {c, 0, NULL, 0, 0};
    bool done;

    if (!s)
        return false;
    done = notes_each(s, NULL, gather, &g, e);
    for (size_t i = 0; i < g.count; i++) {
        const struct notes_note *k = &g.notes[i].kept;

        g.notes[i].article = find_article(c, &k->article.digest, k->root, k->locator);
        fn(ctx, &g.notes[i]);
    }
    release(&g);
    corpus_heed(c);
    return done;
}

/* The articles that have notes, each once, in the order of their newest. */
struct articles {
    int64_t *ids;
    size_t count, cap;
};

static void note_article(void *ctx, const struct corpus_note *n)
{
    struct articles *a = ctx;

    for (size_t i = 0; i < a->count; i++)
        if (a->ids[i] == n->article)
            return;
    if (n->article == 0)
        return;
    mem_grow(&a->ids, &a->cap, a->count + 1, sizeof a->ids[0]);
    a->ids[a->count++] = n->article;
}

bool corpus_notes_found(struct corpus *c, void (*fn)(void *ctx, const struct corpus_note *n), void *ctx, struct err *e)
{
    struct articles articles = {NULL, 0, 0};
    bool done = corpus_notes_all(c, note_article, &articles, e);

    for (size_t i = 0; done && i < articles.count; i++) {
        struct article a;
        char *text;

        article_init(&a);
        done = corpus_article(c, articles.ids[i], &a, &text, e) &&
               corpus_notes_of(c, articles.ids[i], &a, fn, ctx, e);
        article_release(&a);
        free(text);
    }
    free(articles.ids);
    return done;
}

void corpus_note_cite(const struct corpus_citation *of, struct buf *out)
{
    if (of->author)
        buf_add_fmt(out, "%s, ", of->author);
    buf_add_fmt(out, "“%s”", of->title ? of->title : of->locator ? of->locator : "");
    if (of->site)
        buf_add_fmt(out, ", %s", of->site);
    if (of->published) {
        buf_add_str(out, ", ");
        row_add_date(out, of->published, true, false);
    }
    buf_add_fmt(out, ". %s", of->locator ? of->locator : "");
    if (of->to > of->from)
        buf_add_fmt(out, ", bytes %zu–%zu", of->from, of->to);
}

/* ---- keeping ---- */

int64_t corpus_note_add(struct corpus *c, int64_t id, const struct article *a, int comment, size_t start,
                        size_t end, const char *text, struct err *e)
{
    struct notes_note n = {.comment = comment, .start = start, .end = end};
    struct state *s = state_of(c, e);
    struct catalog_row row;
    struct buf before, after;
    const char *whole;
    size_t len;

    if (!s)
        return 0;
    if (!identify(c, id, &n.article, &row, &n.root)) {
        err_set(e, ERR_NOMATCH, "there is no article %lld", (long long)id);
        return 0;
    }
    whole = text_of(a, comment, &len);
    buf_init(&before);
    buf_init(&after);
    if (whole && start < end && end <= len) {
        anchor_add_before(&before, whole, start);
        anchor_add_after(&after, whole, len, end);
        n.words = mem_strndup(whole + start, end - start);
    }
    n.before = buf_steal(&before);
    n.after = buf_steal(&after);
    corpus_note_source(a, comment, start, end, &n.source_start, &n.source_end);
    n.text = mem_strdup(text);
    n.title = mem_strdup(row.title);
    n.site = mem_strdup(row.site);
    n.published = mem_strdup(row.published);
    n.locator = mem_strdup(row.locator);
    n.author = comment > 0 && (size_t)comment <= a->comment_count ? mem_strdup(comment_read(a, comment)->author)
                                                                   : article_join_authors(a);
    if (!n.words)
        err_set(e, ERR_USAGE, "there are no words in the passage");
    else if (!notes_add(s, &n, e))
        n.id = 0;
    id = n.words ? n.id : 0;
    notes_note_release(&n);
    catalog_row_release(&row);
    return id;
}

int64_t corpus_note_change(struct corpus *c, int64_t note, const char *text, struct err *e)
{
    struct state *s = state_of(c, e);

    return s ? notes_change(s, note, text, e) : 0;
}

bool corpus_note_remove(struct corpus *c, int64_t note, bool removed, struct err *e)
{
    struct state *s = state_of(c, e);

    return s && notes_set_removed(s, note, removed, e);
}

/* ---- letters ---- */

bool corpus_set_letter(struct corpus *c, char letter, int64_t id, struct corpus_place place, bool reading,
                       struct err *e)
{
    struct state *s = state_of(c, e);
    struct notes_letter l = {.letter = letter, .reading = reading, .comment = place.comment, .offset = place.offset};
    struct catalog_row row;
    bool done;

    if (!s)
        return false;
    if (!identify(c, id, &l.article, &row, &l.root))
        return err_set(e, ERR_NOMATCH, "there is no article %lld", (long long)id);
    l.locator = row.locator;
    done = notes_set_letter(s, &l, e);
    catalog_row_release(&row);
    free(l.root);
    return done;
}

struct letter_search {
    struct corpus *corpus;
    int64_t id;
    struct corpus_place place;
    bool reading;
};

static bool take_letter(void *ctx, const struct notes_letter *l)
{
    struct letter_search *f = ctx;

    f->id = find_article(f->corpus, &l->article.digest, l->root, l->locator);
    f->place = (struct corpus_place){l->comment, l->offset};
    f->reading = l->reading;
    return f->id == 0;
}

bool corpus_get_letter(struct corpus *c, char letter, int64_t *id, struct corpus_place *place, bool *reading,
                       struct err *e)
{
    struct letter_search f = {.corpus = c};
    struct state *s = state_of(c, e);

    if (!s || !notes_each_letter(s, letter, take_letter, &f, e) || f.id == 0)
        return false;
    *id = f.id;
    *place = f.place;
    *reading = f.reading;
    return true;
}
