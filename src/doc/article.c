/* SPDX-License-Identifier: ISC */
#include "doc/article.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_A_MINUTE = 230 };

void article_init(struct article *a)
{
    memset(a, 0, sizeof *a);
    arena_init(&a->arena);
    a->stated_comments = -1;
}

void article_release(struct article *a)
{
    arena_release(&a->arena);
    free(a->blocks);
    free(a->comments);
    article_init(a);
}

void article_reset(struct article *a)
{
    struct article old = *a;

    arena_reset(&old.arena);
    memset(a, 0, sizeof *a);
    a->arena = old.arena;
    a->blocks = old.blocks;
    a->block_cap = old.block_cap;
    a->comments = old.comments;
    a->comment_cap = old.comment_cap;
    a->stated_comments = -1;
}

void article_add_block(struct article *a, enum kind kind, size_t start, size_t end, unsigned flags)
{
    struct article_block *b;

    assert(start < end && (a->block_count == 0 || start >= a->blocks[a->block_count - 1].end));
    mem_grow(&a->blocks, &a->block_cap, a->block_count + 1, sizeof *b);
    b = &a->blocks[a->block_count++];
    b->start = b->source_start = start;
    b->end = b->source_end = end;
    b->kind = kind;
    b->flags = flags;
}

void article_add_author(struct article *a, const char *name, size_t len)
{
    const char **more;
    size_t i;

    for (i = 0; i < a->author_count; i++) {
        if (strlen(a->authors[i]) == len && memcmp(a->authors[i], name, len) == 0)
            return;
    }
    if (a->author_count == a->author_cap) {
        a->author_cap = a->author_cap ? a->author_cap * 2 : 4;
        more = arena_alloc(&a->arena, a->author_cap * sizeof *more);
        if (a->author_count)
            memcpy(more, a->authors, a->author_count * sizeof *more);
        a->authors = more;
    }
    a->authors[a->author_count++] = article_str(a, name, len);
}

struct article_comment *article_add_comment(struct article *a)
{
    struct article_comment *c;

    mem_grow(&a->comments, &a->comment_cap, a->comment_count + 1, sizeof *c);
    c = &a->comments[a->comment_count++];
    memset(c, 0, sizeof *c);
    c->id = (int)a->comment_count;
    c->text = "";
    return c;
}

const char *article_str(struct article *a, const char *s, size_t len)
{
    return arena_strndup(&a->arena, s, len);
}

enum { IN_WORD = 1, JOINS_WORD = 2 };

/* Letters and digits are in a word, an apostrophe joins two runs of them. */
static const unsigned char ascii[128] = {
    ['\''] = JOINS_WORD,
    ['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

/* Words as a reader meets them: runs of letters and digits; two ideographs or kana read as long as a word. */
static long count_words(const char *s, size_t len)
{
    long words = 0, ideographs = 0;
    unsigned inside = 0;
    size_t at = 0;
    uint32_t cp;

    while (at < len) {
        for (; at < len && (unsigned char)s[at] < 0x80; at++) {
            unsigned kind = ascii[(unsigned char)s[at]], word = (kind & IN_WORD) | (kind >> 1 & inside);

            words += word & ~inside;
            inside = word;
        }
        if (at == len)
            break;
        at += utf8_next_long(s + at, len - at, &cp);
        switch (unicode_script(cp)) {
        case UNICODE_HAN:
        case UNICODE_KANA:
        case UNICODE_THAI:
            ideographs++;
            inside = 0;
            break;
        case UNICODE_COMMON:
            inside &= cp == 0x2019;
            break;
        default:
            words += inside ^ 1u;
            inside = 1;
        }
    }
    return words + (ideographs + 1) / 2;
}

void article_count_words(struct article *a)
{
    size_t i;

    a->words = 0;
    for (i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];

        if (kind_info(b->kind)->body)
            a->words += count_words(a->text + b->start, b->end - b->start);
    }
}

int article_minutes(const struct article *a)
{
    if (a->words > 0 && a->words < WORDS_A_MINUTE)
        return 1;
    return (int)((a->words + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE);
}

static bool only_space(const char *s, size_t from, size_t to)
{
    uint32_t cp;

    while (from < to) {
        from += utf8_next(s + from, to - from, &cp);
        if (!unicode_is_space(cp))
            return false;
    }
    return true;
}

bool article_check(const struct article *a)
{
    size_t i, last = 0;

    for (i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];

        assert(b->start >= last && b->start < b->end && b->end <= a->len);
        assert(only_space(a->text, last, b->start));
        last = b->end;
    }
    assert(only_space(a->text, last, a->len));
    for (i = 0; i < a->comment_count; i++) {
        assert(a->comments[i].id == (int)i + 1);
        assert(a->comments[i].parent >= 0 && a->comments[i].parent <= (int)a->comment_count);
        assert(a->comments[i].text);
    }
    return true;
}
