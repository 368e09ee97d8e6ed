/* SPDX-License-Identifier: ISC */
#include "doc/anchor.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

enum {
    FEWEST_WORDS = 4,      /* of a passage that is looked for by some of its words alone */
    MOST_WORK = 1 << 26,   /* comparisons of words that such a search may take */
};

/* A text in which each run of white space (and of zero bytes, which no words hold) is one blank, and where each of its
 * bytes came from. */
struct squeezed {
    struct buf text;
    size_t *from; /* one more than bytes: the last is the end */
    size_t cap;
};

static void squeeze(struct squeezed *s, const char *text, size_t len)
{
    buf_init(&s->text);
    s->from = NULL;
    s->cap = 0;
    for (size_t at = 0, used; at < len; at += used) {
        size_t before = s->text.len;
        uint32_t cp;

        used = utf8_next(text + at, len - at, &cp);
        if (cp != 0 && !unicode_is_space(cp))
            buf_add(&s->text, text + at, used);
        else if (before == 0 || s->text.data[before - 1] != ' ')
            buf_add_char(&s->text, ' ');
        mem_grow(&s->from, &s->cap, s->text.len + 1, sizeof s->from[0]);
        for (size_t i = before; i < s->text.len; i++)
            s->from[i] = at;
        s->from[s->text.len] = at + used;
    }
    mem_grow(&s->from, &s->cap, 1, sizeof s->from[0]);
    if (s->text.len == 0)
        s->from[0] = 0;
}

static void squeezed_release(struct squeezed *s)
{
    buf_release(&s->text);
    free(s->from);
}

/* How much of what stood before (after) the passage stands before (after) the place: bytes that agree. */
static size_t agree_before(const struct buf *text, size_t at, const struct buf *before)
{
    size_t n = 0;

    while (n < at && n < before->len && text->data[at - 1 - n] == before->data[before->len - 1 - n])
        n++;
    return n;
}

static size_t agree_after(const struct buf *text, size_t at, const struct buf *after)
{
    size_t n = 0;

    while (at + n < text->len && n < after->len && text->data[at + n] == after->data[n])
        n++;
    return n;
}

static size_t apart(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* What is looked for, its white space squeezed. */
struct sought {
    struct squeezed words, before, after;
    size_t start;
};

/* The place among all that hold the very words whose surroundings agree best. */
static bool find_words(const struct squeezed *in, const struct sought *a, size_t *start, size_t *end)
{
    const char *hit = in->text.data;
    size_t best = 0, len = a->words.text.len;
    bool found = false;

    while ((hit = strstr(hit, a->words.text.data))) {
        size_t at = (size_t)(hit - in->text.data);
        size_t agree = agree_before(&in->text, at, &a->before.text) +
                       agree_after(&in->text, at + len, &a->after.text);

        if (!found || agree > best || (agree == best && apart(in->from[at], a->start) < apart(*start, a->start))) {
            best = agree;
            *start = in->from[at];
            *end = in->from[at + len - 1] + 1;
            found = true;
        }
        hit++;
    }
    return found;
}

/* ---- by some of the words ---- */

struct token {
    uint64_t name;
    size_t start, end; /* in the squeezed text */
};

static size_t tokenize(const struct buf *text, struct token **out)
{
    size_t count = 0, cap = 0;

    *out = NULL;
    for (size_t at = 0; at < text->len;) {
        size_t len = strcspn(text->data + at, " ");

        if (len > 0) {
            mem_grow(out, &cap, count + 1, sizeof **out);
            (*out)[count++] = (struct token){digest_short(text->data + at, len), at, at + len};
        }
        at += len + 1;
    }
    return count;
}

/* One cell of the table: what it costs to make the words so far of those of the text that end here, and the word
 * of the text where that begins. */
struct cell {
    uint32_t cost, from;
};

static struct cell cheapest(struct cell skip_word, struct cell skip_text, struct cell both)
{
    struct cell c = both;

    if (skip_word.cost < c.cost)
        c = skip_word;
    if (skip_text.cost < c.cost)
        c = skip_text;
    return c;
}

static bool search(const struct token *text, size_t count, const struct token *words, size_t many, size_t near,
                   size_t *first, size_t *last)
{
    struct cell *column = mem_alloc((many + 1) * sizeof *column);
    uint32_t best = (uint32_t)(many / 4) + 1;
    bool found = false;

    for (size_t w = 0; w <= many; w++)
        column[w] = (struct cell){(uint32_t)w, 0};
    for (size_t t = 0; t < count; t++) {
        struct cell before = column[0];

        column[0] = (struct cell){0, (uint32_t)t + 1};
        for (size_t w = 1; w <= many; w++) {
            struct cell both = before, left = column[w - 1], up = column[w];

            before = column[w];
            both.cost += text[t].name != words[w - 1].name;
            left.cost++;
            up.cost++;
            column[w] = cheapest(left, up, both);
        }
        if (column[many].cost < best ||
            (found && column[many].cost == best &&
             apart(text[column[many].from].start, near) < apart(text[*first].start, near))) {
            best = column[many].cost;
            *first = column[many].from;
            *last = t;
            found = true;
        }
    }
    free(column);
    return found;
}

static bool find_most(const struct squeezed *in, const struct sought *a, size_t *start, size_t *end)
{
    struct token *text, *words;
    size_t count = tokenize(&in->text, &text), many = tokenize(&a->words.text, &words), first = 0, last = 0;
    bool found = many >= FEWEST_WORDS && count > 0 && count < MOST_WORK / many &&
                 search(text, count, words, many, a->start, &first, &last) && first <= last;

    if (found) {
        *start = in->from[text[first].start];
        *end = in->from[text[last].end - 1] + 1;
    }
    free(text);
    free(words);
    return found;
}

/* ---- */

static bool stands_at(const struct anchor *a, const char *text, size_t len)
{
    size_t words = strlen(a->words), before = a->before ? strlen(a->before) : 0,
           after = a->after ? strlen(a->after) : 0;

    if (a->start > len || words > len - a->start || memcmp(text + a->start, a->words, words) != 0)
        return false;
    return (before <= a->start && memcmp(text + a->start - before, a->before ? a->before : "", before) == 0) ||
           (after <= len - a->start - words && after > 0 && memcmp(text + a->start + words, a->after, after) == 0);
}

bool anchor_find(const struct anchor *a, const char *text, size_t len, size_t *start, size_t *end)
{
    struct squeezed in;
    struct sought s = {.start = a->start};
    bool found;

    if (stands_at(a, text, len)) {
        *start = a->start;
        *end = a->start + strlen(a->words);
        return true;
    }
    squeeze(&in, text, len);
    squeeze(&s.words, a->words, strlen(a->words));
    squeeze(&s.before, a->before ? a->before : "", a->before ? strlen(a->before) : 0);
    squeeze(&s.after, a->after ? a->after : "", a->after ? strlen(a->after) : 0);
    found = s.words.text.len > 0 && (find_words(&in, &s, start, end) || find_most(&in, &s, start, end));
    /* A passage ends behind a whole character. */
    if (found)
        *end = utf8_ceil(text, len, *end);
    squeezed_release(&in);
    squeezed_release(&s.words);
    squeezed_release(&s.before);
    squeezed_release(&s.after);
    return found;
}

void anchor_add_before(struct buf *out, const char *text, size_t at)
{
    size_t from = at > ANCHOR_AROUND ? utf8_ceil(text, at, at - ANCHOR_AROUND) : 0;

    buf_add(out, text + from, at - from);
}

void anchor_add_after(struct buf *out, const char *text, size_t len, size_t at)
{
    size_t to = utf8_floor(text, len, at + ANCHOR_AROUND);

    buf_add(out, text + at, to - at);
}
