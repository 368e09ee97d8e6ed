/* SPDX-License-Identifier: ISC */
/*
 * What the files of store/search share: the search, and what it does step by step. For them alone.
 * Knows: store/lanes, store/score, store/best, store/rising. Owns: see the struct. Fails: as store/search does.
 */
#ifndef STORE_SEARCH_INSIDE_H
#define STORE_SEARCH_INSIDE_H

#include "store/search.h"

#include <stddef.h>

#include "store/best.h"
#include "store/lanes.h"
#include "store/rising.h"
#include "store/score.h"

enum stage {
    STAGE_FIND,  /* sweeping for hits */
    STAGE_PICK,  /* looking up the few articles that can be hits, one by one */
    STAGE_COUNT, /* sweeping for each phrase alone, whose rarity is its weight */
    STAGE_SCORE, /* sweeping for scores */
    STAGE_SORT,  /* reading the keys of few hits */
    STAGE_WALK,  /* walking through an order */
    STAGE_DONE,
};

/* Ids in order from one end of the list, as far as anybody looked. */
struct stretch {
    int64_t *ids;
    size_t count, cap;
    struct spot last; /* where the walk stands */
    bool begun, done;
};

struct search {
    const struct query *query;
    struct state *state;
    struct lanes lanes;
    int ord;
    bool reverse;
    enum stage stage;
    struct rising hits; /* numbers (number_of) by date, or against it where the list is by date reversed */
    long read;

    struct stretch front, back; /* of the orders that are walked; back: from the last row on */
    struct spot *spots;         /* of few hits, to be sorted */
    size_t spot_count;

    bool scores;        /* hits are scored as they are found */
    struct score score;
    uint64_t *window;   /* the numbers of a window's hits */
    size_t window_count, window_cap;
    int picking;        /* the part whose articles are picked */
    int64_t *alone;     /* the slots of its articles that alone can be hits, and how many of them were looked up */
    size_t alone_count, alone_cap, looked;
    size_t next;        /* of the articles to be picked, the hits to be sorted */
    uint64_t *picked;   /* the numbers of those that are hits */
    size_t picked_count;
    size_t phrase;      /* the one being counted */
    long phrase_found;
    struct best best;
    uint64_t *best_row; /* their rows in the list by date, rising; NULL until all are scored */
};

/* An article, by its slot in its part, as a number that rises along the list; the id for such a number, and the slot
 * for an id: 0 where the article is gone. */
uint64_t search_number_of(const struct search *s, int part, int64_t slot);
int64_t search_id_of(const struct search *s, struct catalog *l, uint64_t number);
int64_t search_find_slot(struct catalog *l, int64_t id);

/* For sorting and looking up numbers (uint64_t) and slots (int64_t). */
int search_by_number(const void *a, const void *b);
int search_by_slot(const void *a, const void *b);

#endif
