/* SPDX-License-Identifier: ISC */
#include "store/snippet.h"

#include "base/unicode.h"
#include "base/utf8.h"
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

/* The number of the query's word that this is; -1 for none. */
static int match(const struct query *q, const char *text, size_t len)
{
    const char *want;
    bool prefix;
    int n;

    for (n = 0; n < WORDS_SEEN && (want = query_word(q, (size_t)n, &prefix)); n++) {
        size_t want_len = strlen(want);

        if (want_len <= len && memcmp(want, text, want_len) == 0 && (prefix || want_len == len))
            return n;
    }
    return -1;
}

bool snippet_is_hit(const struct query *q, const char *word, size_t len)
{
    return match(q, word, len) >= 0;
}

/* How many different words of q the text holds; where the first one begins. */
static int count_hits(struct words *w, const struct query *q, const char *text, size_t len, size_t *first)
{
    uint64_t seen = 0;
    struct word word;

    words_reset(w, text, len);
    while (words_next(w, &word)) {
        int n = match(q, word.text, word.len);

        if (n < 0)
            continue;
        if (!seen)
            *first = word.start;
        seen |= (uint64_t)1 << n;
    }
    return __builtin_popcountll(seen);
}

static bool is_text(const struct article_block *b)
{
    return (kind_info(b->kind)->body || b->kind == KIND_COMMENT || b->kind == KIND_CAPTION) &&
           !(b->flags & (ARTICLE_DOUBLE | ARTICLE_SITE));
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
static void add_text(struct snippet *s, struct words *w, const struct query *q, const char *text, size_t from,
                     size_t to)
{
    size_t at = from;
    struct word word;
    uint32_t cp;

    while (at < to) {
        size_t step = utf8_next(text + at, to - at, &cp);

        if (!unicode_is_space(cp))
            buf_add(&s->text, text + at, step);
        else if (s->text.len > 0 && s->text.data[s->text.len - 1] != ' ')
            buf_add_char(&s->text, ' ');
        at += step;
    }
    words_reset(w, s->text.data, s->text.len);
    while (s->hit_count < SNIPPET_HITS && words_next(w, &word)) {
        if (match(q, word.text, word.len) >= 0)
            s->hits[s->hit_count++] = (struct snippet_hit){word.start, word.end};
    }
}

void snippet_make(struct snippet *s, const struct query *q, const struct article *a, size_t max)
{
    const struct article_block *best = NULL;
    size_t i, first = 0, best_first = 0, from, to, len;
    struct words w;
    int most = -1;

    buf_clear(&s->text);
    s->hit_count = 0;
    words_init(&w, "", 0);
    for (i = 0; i < a->block_count && i < BLOCKS_MAX; i++) {
        const struct article_block *b = &a->blocks[i];
        int hits = is_text(b) ? count_hits(&w, q, a->text + b->start, b->end - b->start, &first) : -1;

        if (hits > most) {
            most = hits;
            best = b;
            best_first = hits > 0 ? first : 0;
        }
    }
    if (best) {
        const char *text = a->text + best->start;

        len = best->end - best->start;
        from = lead_in(text, best_first);
        to = from + max < len ? from + max : len;
        while (to < len && to > from + max / 2 && text[to] != ' ')
            to--;
        while (to < len && ((unsigned char)text[to] & 0xC0) == 0x80)
            to++;
        buf_add_str(&s->text, from > 0 ? "…" : "");
        add_text(s, &w, q, text, from, to);
        buf_add_str(&s->text, to < len ? "…" : "");
    }
    words_release(&w);
}
