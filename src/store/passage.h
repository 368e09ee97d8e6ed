/* SPDX-License-Identifier: ISC */
/*
 * Passages: words side by side, and passages that stand near one another; in which articles they do, and how often.
 * Knows: store/postings, store/phrases. Owns: what it found. Fails: as store/postings.
 */
#ifndef STORE_PASSAGE_H
#define STORE_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/postings.h"

/* An article with a passage. */
struct passage_hit {
    int64_t slot;
    float frequency;   /* where it was wanted: as in struct posting */
    int32_t least;
    size_t at, count;  /* with places: where they lie in passage_places */
};

/* What stands at one place of it. */
struct passage_word {
    struct postings *postings;
    size_t found; /* articles that had it when it was read last: the fewest are read first */
    const struct posting_list *list;
    size_t at;    /* how much of the list was passed */
};

struct passage {
    struct passage_word *words;
    size_t word_count;
    int column;               /* in which alone it counts; ENTRY_COLUMNS for all */
    struct passage_hit *hits; /* what was found, by rising slot */
    size_t count, cap;
    uint64_t *places;         /* of each hit, rising: the column << 32, and how many words stand before it there */
    size_t place_count, place_cap;
    int64_t *slots;           /* of the articles that have all words so far, while they are read */
    size_t slot_count, slot_cap;
    long turn;                /* the one that was begun last, and whether all words are read in it */
    bool is_read;
    size_t looked;            /* slots that were looked at in it */
};

/* Readies the reading of a phrase of query_match, with its column before it where it has one; NULL where the index can
 * have no such words. Free with passage_free. */
struct passage *passage_new(const char *phrase);
void passage_free(struct passage **p);

/* Finds it. */
enum postings_state passage_find(struct passage *p, const struct postings_from *from, enum postings_want want);

/* Leaves of the hits of count passages, found with places, the articles in which one place of each stands within so
 * many words of the others, and of their places those that do; then counts them. */
void passage_near(struct passage *const *passages, size_t count, uint64_t within);

#endif
