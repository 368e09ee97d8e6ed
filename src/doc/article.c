/* SPDX-License-Identifier: ISC */
#include "doc/article.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "base/word.h"
#include "doc/record.h"

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
    if (a->thread.free)
        a->thread.free(a->thread.ctx);
    article_init(a);
}

void article_reset(struct article *a)
{
    struct article old = *a;

    if (a->thread.free)
        a->thread.free(a->thread.ctx);
    article_init(a);
    arena_reset(&old.arena);
    a->arena = old.arena;
    a->blocks = old.blocks;
    a->block_cap = old.block_cap;
    a->comments = old.comments;
    a->comment_cap = old.comment_cap;
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

char *article_join_authors(const struct article *a)
{
    struct buf b;

    if (a->author_count == 0)
        return NULL;
    buf_init(&b);
    for (size_t i = 0; i < a->author_count; i++)
        buf_add_fmt(&b, "%s%s", i ? ", " : "", a->authors[i]);
    return buf_steal(&b);
}

size_t article_block_at(const struct article *a, size_t at)
{
    size_t low = 0, high = a->block_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (a->blocks[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
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
    char *copy = arena_strndup(&a->arena, s, len);

    for (char *zero = copy; (zero = memchr(zero, '\0', (size_t)(copy + len - zero))); zero++)
        *zero = ' ';
    return copy;
}

/* Counts the words that begin in the ASCII bytes at s, of which the first are such; *inside: whether what stands
 * before them is part of a word. Returns how many bytes these are. */
static size_t count_ascii(const char *s, size_t len, bool *inside, long *words)
{
    struct word_window w;
    uint64_t in, joins, more, before;
    size_t n;

    word_look(s, len, &w);
    n = w.high ? (size_t)__builtin_ctzll(w.high) : w.width;
    in = (w.lower | w.upper | w.digit) & word_below(n);
    before = *inside;
    /* apostrophes behind a letter or a joining apostrophe join */
    for (joins = 0; (more = w.apostrophe & word_below(n) & ~joins & ((in | joins) << 1 | before)) != 0;)
        joins |= more;
    *words += word_count(in & ~((in | joins) << 1 | before));
    *inside = ((in | joins) >> (n - 1) & 1) != 0;
    return n;
}

/* Words as a reader meets them: runs of letters and digits, an apostrophe joining two of them; two ideographs or
 * kana read as long as a word. */
static long count_words(const char *s, size_t len)
{
    long words = 0, ideographs = 0;
    bool inside = false;
    size_t at = 0;
    uint32_t cp;

    while (at < len) {
        if ((unsigned char)s[at] < 0x80) {
            at += count_ascii(s + at, len - at, &inside, &words);
            continue;
        }
        at += utf8_next(s + at, len - at, &cp);
        switch (unicode_script(cp)) {
        case UNICODE_HAN:
        case UNICODE_KANA:
        case UNICODE_THAI:
            ideographs++;
            inside = false;
            break;
        case UNICODE_COMMON:
            inside = inside && cp == 0x2019;
            break;
        default:
            words += !inside;
            inside = true;
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

bool article_is_bare(const struct article *a)
{
    size_t i = 0;

    if (a->words > 0 || a->comment_count > 0)
        return false;
    while (i < a->block_count && !kind_info(a->blocks[i].kind)->body)
        i++;
    return i == a->block_count;
}

bool article_is_headline(const struct article *a, size_t block)
{
    const struct article_block *b = &a->blocks[block];
    struct buf given, said;
    bool same;

    if (!(a->given & RECORD_TITLE) || !a->title)
        return true;
    buf_init(&given);
    buf_init(&said);
    unicode_fold(a->title, strlen(a->title), &given);
    unicode_fold(a->text + b->start, b->end - b->start, &said);
    buf_add_char(&given, '\0');
    buf_add_char(&said, '\0');
    same = strstr(given.data, said.data) || strstr(said.data, given.data);
    buf_release(&said);
    buf_release(&given);
    return same;
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

/* Whether a comment of the text begins and ends with blocks. */
static bool is_of_blocks(const struct article *a, const struct article_comment *c)
{
    size_t first = article_block_at(a, c->start), last = article_block_at(a, c->end - 1);

    return c->start < c->end && last < a->block_count && a->blocks[first].start == c->start &&
           a->blocks[last].end == c->end;
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
    for (i = 0; i < a->comment_count && !a->thread.comment; i++) {
        assert(a->comments[i].id == (int)i + 1);
        assert(a->comments[i].parent >= 0 && a->comments[i].parent <= (int)a->comment_count);
        assert(a->comments[i].text);
        assert(a->comments[i].end == 0 || is_of_blocks(a, &a->comments[i]));
    }
    return true;
}
