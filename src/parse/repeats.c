/* SPDX-License-Identifier: ISC */
#include "parse/repeats.h"

#include "base/mem.h"

#include <string.h>

/* A line by its digest. */
struct features_slot {
    uint64_t key;
    uint32_t line, count;
};

/* A content word, and the lines that hold it. */
struct features_word {
    uint32_t key;
    uint32_t last, all;   /* the last line of any kind, and how many */
    uint32_t line, count; /* the same of prose */
};

/* The slot of key in a table of cap (a power of two) slots, whose free ones have key 0. */
static inline struct features_slot *slot_of(const struct features *f, uint64_t key)
{
    size_t mask = f->slot_cap - 1;
    size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & mask;

    while (f->slot[at].key != 0 && f->slot[at].key != key)
        at = (at + 1) & mask;
    return &f->slot[at];
}

/* An empty table with room for need keys. */
static void clear_slots(struct features *f, size_t need)
{
    size_t cap = 64;

    while (cap < need * 2)
        cap *= 2;
    if (cap > f->slot_room) {
        f->slot = mem_resize(f->slot, cap, sizeof *f->slot);
        f->slot_room = cap;
    }
    f->slot_cap = cap;
    memset(f->slot, 0, cap * sizeof *f->slot);
}

enum { LEAST_PART = 3, MOST_PART = 40, MOST_BEFORE = 8, BRIEFS = 1 << 12 };

/* A bit for a run of words by one of them and their number: what no line shows is no line. */
static inline size_t brief(uint32_t word, size_t words)
{
    return (size_t)((word >> 4) + words * 0x9E5) % BRIEFS;
}

static inline bool in_briefs(const uint64_t *briefs, size_t bit)
{
    return (briefs[bit / 64] >> bit % 64 & 1) != 0;
}

/* Counts one more, up to what a byte holds. */
static void count_up(unsigned char *count)
{
    *count = (unsigned char)(*count + (*count < UINT8_MAX));
}

/* The line that is a run of so many words, the last of its like; NULL where none is. */
static struct features_line *line_of(struct features *f, uint64_t digest)
{
    struct features_slot *s = slot_of(f, digest);

    return s->key ? &f->line[s->line] : NULL;
}

/* Finds the lines of three words and more that another line begins or ends with: a headline before the name
 * of its site or behind the way to it. The table of find_twins is used as it stands. */
static void find_parts(struct features *f)
{
    size_t n = f->lines->count, i, w, from;
    uint64_t lasts[BRIEFS / 64] = {0}; /* the last words of lines with the numbers of their words */
    struct features_line *part;
    bool any = false;

    for (i = 0; i < n; i++) {
        const struct features_line *x = &f->line[i];
        size_t bit;

        if (x->words < LEAST_PART || x->words > MOST_PART)
            continue;
        bit = brief(f->words.hash[x->first_word + x->words - 1], x->words);
        lasts[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    for (i = 0; i < n; i++) {
        struct features_line *x = &f->line[i];
        const uint32_t *hash;
        uint64_t digest = 0;

        if (x->words <= LEAST_PART || x->words > MOST_PART)
            continue;
        hash = f->words.hash + x->first_word;
        for (w = 0; w + 1 < x->words; w++) {
            digest = repeats_roll(digest, hash[w]);
            if (w + 1 < LEAST_PART || !in_briefs(lasts, brief(hash[w], w + 1)) ||
                (part = line_of(f, digest)) == NULL)
                continue;
            count_up(&part->fronts);
            x->front = (unsigned char)(w + 1);
            any = true;
        }
        for (from = 1; from + LEAST_PART <= x->words && from <= MOST_BEFORE; from++) {
            if (!in_briefs(lasts, brief(hash[x->words - 1], x->words - from)))
                continue;
            for (digest = 0, w = from; w < x->words; w++)
                digest = repeats_roll(digest, hash[w]);
            if ((part = line_of(f, digest)) == NULL)
                continue;
            count_up(&part->ends);
            if (x->end == 0)
                x->end = (unsigned char)(x->words - from);
            any = true;
        }
    }
    /* What was found of the last of some equal lines holds for all of them. */
    for (i = 0; i < n && any; i++) {
        struct features_line *x = &f->line[i];
        const struct features_line *last;

        if (x->twin == i || x->digest == 0)
            continue;
        last = &f->line[slot_of(f, x->digest)->line];
        x->fronts = last->fronts;
        x->ends = last->ends;
    }
}

void repeats_find_twins(struct features *f)
{
    size_t n = f->lines->count, i;

    clear_slots(f, n);
    for (i = 0; i < n; i++) {
        struct features_line *x = &f->line[i];
        struct features_slot *s;

        if (x->digest == 0)
            continue;
        s = slot_of(f, x->digest);
        if (s->key == 0) {
            s->key = x->digest;
        } else {
            x->twin = s->line;
            if (s->count == 1)
                f->line[s->line].twin = i;
        }
        s->line = (uint32_t)i;
        s->count++;
    }
    find_parts(f);
}

/* The place of a content word, which has an odd key, in their table; free ones have key 0. */
static inline size_t word_place(const struct features *f, uint32_t key)
{
    size_t mask = f->word_cap - 1, at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & mask;

    while (f->word[at].key != key && f->word[at].key != 0)
        at = (at + 1) & mask;
    return at;
}

/* Lists the content words, and makes an empty table with room for all of them. */
static void list_content(struct features *f)
{
    size_t n = f->lines->count, cap = 64, count = 0, i, w;

    mem_grow(&f->place, &f->place_cap, f->words.count + 1, sizeof *f->place);
    for (i = 0; i < n; i++) {
        struct features_line *x = &f->line[i];

        x->first_content = count;
        /* without a branch: half of all words are such, and nothing tells which */
        for (w = x->first_word; w < x->first_word + x->words; w++) {
            f->place[count] = f->words.hash[w];
            count += f->words.hash[w] & 1;
        }
        x->contents = count - x->first_content;
    }
    while (cap < count + count / 2)
        cap *= 2;
    mem_grow(&f->word, &f->word_room, cap, sizeof *f->word);
    f->word_cap = cap;
    memset(f->word, 0, cap * sizeof *f->word);
}

void repeats_count_words(struct features *f)
{
    size_t n = f->lines->count, i, w;

    list_content(f);
    for (i = 0; i < n; i++) {
        const struct features_line *x = &f->line[i];
        uint32_t prose = x->prose;

        for (w = x->first_content; w < x->first_content + x->contents; w++) {
            uint32_t hash = f->place[w];
            size_t at = word_place(f, hash);
            struct features_word *s = &f->word[at];

            f->place[w] = (uint32_t)at;
            s->key = hash;
            s->all += (s->all == 0) | (s->last != i);
            s->last = (uint32_t)i;
            s->count += ((s->count == 0) | (s->line != i)) & prose;
            s->line = prose ? (uint32_t)i : s->line;
        }
    }
}

struct repeats_count repeats_lines_with(const struct features *f, uint32_t word)
{
    const struct features_word *s = &f->word[word_place(f, word)];

    return (struct repeats_count){s->count, s->all};
}

int repeats_recurrence(struct features *f, size_t i)
{
    const struct features_line *x = &f->line[i];
    size_t n = x->contents < 64 ? x->contents : 64, w;
    unsigned known = 0, least = x->prose ? 1 : 0;

    for (w = 0; w < n; w++)
        known += f->word[f->place[x->first_content + w]].count > least;
    return n ? (int)(known * 100 / n) : -1;
}

void repeats_find_core(struct features *f)
{
    size_t n = f->lines->count, i, from = 0;
    long sum = 0, best = 0;

    f->core_from = f->core_to = 0;
    for (i = 0; i < n; i++) {
        const struct features_line *x = &f->line[i];

        sum += x->prose ? (long)(x->length < 400 ? x->length : 400) : -40;
        if (sum <= 0) {
            sum = 0;
            from = i + 1;
        } else if (sum > best) {
            best = sum;
            f->core_from = from;
            f->core_to = i + 1;
        }
    }
}
