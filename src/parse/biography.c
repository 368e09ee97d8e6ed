/* SPDX-License-Identifier: ISC */
#include "parse/biography.h"

enum { HEAD_ABOVE = 15, HEAD_BELOW = 4, LONGEST_BYLINE = 90, MOST_OF_LINE = 6, SHORTEST = 50 };

static bool is_byline(const struct features_line *x)
{
    if (x->prose || x->length > LONGEST_BYLINE)
        return false;
    return features_opens(x, PHRASES_BY) || (features_opens(x, PHRASES_GIVEN_NAME) && (x->name_shaped || x->has_date));
}

static bool knows(const struct biography *b, uint32_t word)
{
    size_t k;

    for (k = 0; k < b->count; k++) {
        if (b->word[k] == word)
            return true;
    }
    return false;
}

void biography_look(const struct features *f, struct biography *b)
{
    size_t from = f->core_from > HEAD_ABOVE ? f->core_from - HEAD_ABOVE : 0, i, k;

    b->count = 0;
    b->behind = f->core_from + HEAD_BELOW;
    for (i = from; i < f->lines->count && i < b->behind; i++) {
        const struct features_line *x = &f->line[i];

        if (!is_byline(x))
            continue;
        for (k = 0; k < x->words && k < MOST_OF_LINE && b->count < BIOGRAPHY_WORDS; k++) {
            if (f->words.hash[x->first_word + k] & 1)
                b->word[b->count++] = f->words.hash[x->first_word + k];
        }
    }
}

bool biography_is(const struct features *f, const struct biography *b, size_t i)
{
    const struct features_line *x = &f->line[i];

    return b->count && i >= b->behind && x->length >= SHORTEST && x->words > 3 &&
           knows(b, f->words.hash[x->first_word]) && knows(b, f->words.hash[x->first_word + 1]);
}
