/* SPDX-License-Identifier: ISC */
#include "parse/repeats.h"

#include "base/mem.h"

#include <string.h>

struct features_slot {
    uint64_t key;
    uint32_t line, count; /* of prose */
    uint32_t last, all;   /* of any line */
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
    if (cap > f->slot_cap) {
        f->slot = mem_resize(f->slot, cap, sizeof *f->slot);
        f->slot_cap = cap;
    }
    memset(f->slot, 0, f->slot_cap * sizeof *f->slot);
}

/* Marks the lines of three words and more that another line begins or ends with: a headline before the name
 * of its site or behind its kicker. The table of find_twins is used as it stands. */
static void find_parts(struct features *f)
{
    enum { LEAST = 3, MOST = 40 };
    size_t n = f->lines->count, i, w, from;

    for (i = 0; i < n; i++) {
        struct features_line *x = &f->line[i];
        uint64_t digest = 0;

        if (x->words <= LEAST || x->words > MOST)
            continue;
        for (w = 0; w + 1 < x->words; w++) {
            digest = repeats_roll(digest, f->words.hash[x->first_word + w]);
            if (w + 1 >= LEAST) {
                struct features_slot *s = slot_of(f, digest);

                if (s->key)
                    f->line[s->line].twin_prefix = x->holds_twin = true;
            }
        }
        for (from = 1; from + LEAST <= x->words && from <= 8; from++) {
            struct features_slot *s;

            for (digest = 0, w = from; w < x->words; w++)
                digest = repeats_roll(digest, f->words.hash[x->first_word + w]);
            s = slot_of(f, digest);
            if (s->key)
                f->line[s->line].twin_prefix = x->holds_twin = true;
        }
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

void repeats_count_words(struct features *f)
{
    size_t n = f->lines->count, i, w;

    clear_slots(f, f->words.count);
    for (i = 0; i < n; i++) {
        const struct features_line *x = &f->line[i];

        for (w = 0; w < x->words; w++) {
            uint32_t hash = f->words.hash[x->first_word + w];
            struct features_slot *s;

            if (!(hash & 1))
                continue;
            s = slot_of(f, hash);
            s->key = hash;
            if (s->all == 0 || s->last != i)
                s->all++;
            s->last = (uint32_t)i;
            if (!x->prose)
                continue;
            if (s->count == 0 || s->line != i)
                s->count++;
            s->line = (uint32_t)i;
        }
    }
}

struct repeats_count repeats_lines_with(const struct features *f, uint32_t word)
{
    const struct features_slot *s = slot_of(f, word);

    return (struct repeats_count){s->count, s->all};
}

int repeats_recurrence(struct features *f, size_t i)
{
    const struct features_line *x = &f->line[i];
    unsigned content = 0, known = 0;
    size_t w;

    for (w = 0; w < x->words && content < 64; w++) {
        uint32_t hash = f->words.hash[x->first_word + w];

        if (!(hash & 1))
            continue;
        content++;
        known += slot_of(f, hash)->count > (x->prose ? 1u : 0u);
    }
    return content ? (int)(known * 100 / content) : -1;
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
