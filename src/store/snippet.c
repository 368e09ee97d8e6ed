/* SPDX-License-Identifier: ISC */
#include "store/snippet.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "doc/comment.h"
#include "store/words.h"

#include <string.h>

enum {
    WORDS_SEEN = 64,  /* of a query's words, those that are told apart */
    LEAD = 48,        /* bytes shown before the first hit */
    BLOCKS_MAX = 400, /* blocks looked at: a hit further on is not worth the time of a key */
};

void snippet_init(struct snippet *s)
{
    buf_init(&s->text);
    s->hit_count = 0;
}

void snippet_release(struct snippet *s)
{
    buf_release(&s->text);
    s->hit_count = 0;
}

/* The number of the query's word that this is, in a text of that column (NULL: any); -1 for none. */
static int match(const struct query *q, const char *column, const char *text, size_t len)
{
    const char *want, *where;
    bool prefix;
    int n;

    for (n = 0; n < WORDS_SEEN && (want = query_word(q, (size_t)n, &prefix)); n++) {
        size_t want_len = strlen(want);

        if (want_len > len || memcmp(want, text, want_len) != 0 || (!prefix && want_len != len))
            continue;
        where = query_word_column(q, (size_t)n);
        if (!column || !where || strcmp(where, column) == 0)
            return n;
    }
    return -1;
}

bool snippet_is_hit(const struct query *q, const char *word, size_t len)
{
    return match(q, NULL, word, len) >= 0;
}

/* A run of an article's words: a block, or a comment that the format gave. */
struct passage {
    const char *column; /* the index's */
    const char *text;
    size_t len, first; /* first: where its first hit begins */
    int hits;          /* different words of the query */
};

static void count_hits(struct words *w, const struct query *q, struct passage *p)
{
    uint64_t seen = 0;
    struct word word;

    words_reset(w, p->text, p->len);
    while (words_next(w, &word)) {
        int n = match(q, p->column, word.text, word.len);

        if (n < 0)
            continue;
        if (!seen)
            p->first = word.start;
        seen |= (uint64_t)1 << n;
    }
    p->hits = __builtin_popcountll(seen);
}

static bool is_text(const struct article_block *b, bool bare)
{
    return (kind_info(b->kind)->body || b->kind == KIND_COMMENT || b->kind == KIND_CAPTION ||
            (bare && (b->kind == KIND_RELATED || b->kind == KIND_BOILERPLATE))) &&
           !(b->flags & (ARTICLE_DOUBLE | ARTICLE_SITE));
}

/* Keeps the better one: that with more of the words, the first of those with as many. */
static void consider(struct words *w, const struct query *q, struct passage *best, struct passage p)
{
    count_hits(w, q, &p);
    if (!best->text || p.hits > best->hits)
        *best = p;
}

static struct passage find_best(struct words *w, const struct query *q, const struct article *a)
{
    struct passage best = {.text = NULL};
    bool bare = article_is_bare(a);
    size_t i;

    for (i = 0; i < a->block_count && i < BLOCKS_MAX; i++) {
        const struct article_block *b = &a->blocks[i];

        if (is_text(b, bare))
            consider(w, q, &best,
                     (struct passage){.column = b->kind == KIND_COMMENT ? "comment" : "body",
                                      .text = a->text + b->start,
                                      .len = b->end - b->start});
    }
    for (i = 0; i < a->comment_count && i < BLOCKS_MAX; i++) {
        const struct article_comment *c = comment_read(a, (int)i + 1);

        if (c->end == 0 && c->text)
            consider(w, q, &best,
                     (struct passage){.column = "comment", .text = c->text, .len = strlen(c->text)});
    }
    return best;
}

/* The first place before at, at most LEAD bytes, where a word begins. */
static size_t lead_in(const char *text, size_t at)
{
    size_t from = at > LEAD ? at - LEAD : 0;

    if (from == 0)
        return 0;
    while (from < at && text[from] != ' ')
        from++;
    while (from < at && text[from] == ' ')
        from++;
    return from < at ? from : at;
}

/* Adds text[from..to) with white space made single blanks, and marks its hits. */
static void add_text(struct snippet *s, struct words *w, const struct query *q, const struct passage *p, size_t from,
                     size_t to)
{
    size_t at = from;
    struct word word;
    uint32_t cp;

    while (at < to) {
        size_t step = utf8_next(p->text + at, to - at, &cp);

        if (!unicode_is_space(cp))
            buf_add(&s->text, p->text + at, step);
        else if (s->text.len > 0 && s->text.data[s->text.len - 1] != ' ')
            buf_add_char(&s->text, ' ');
        at += step;
    }
    words_reset(w, s->text.data, s->text.len);
    while (s->hit_count < SNIPPET_HITS && words_next(w, &word)) {
        if (match(q, p->column, word.text, word.len) >= 0)
            s->hits[s->hit_count++] = (struct snippet_hit){word.start, word.end};
    }
}

void snippet_make(struct snippet *s, const struct query *q, const struct article *a, size_t max)
{
    struct passage best;
    struct words w;
    size_t from, to;

    buf_clear(&s->text);
    s->hit_count = 0;
    words_init(&w, "", 0);
    best = find_best(&w, q, a);
    if (best.text) {
        from = lead_in(best.text, best.first);
        to = from + max < best.len ? from + max : best.len;
        while (to < best.len && to > from + max / 2 && best.text[to] != ' ')
            to--;
        to = utf8_ceil(best.text, best.len, to);
        buf_add_str(&s->text, from > 0 ? "…" : "");
        add_text(s, &w, q, &best, from, to);
        buf_add_str(&s->text, to < best.len ? "…" : "");
    }
    words_release(&w);
}
