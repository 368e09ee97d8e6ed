/* SPDX-License-Identifier: ISC */
/*
 * The compiled form of platform rules: shared by their reader, their matcher and the reader of lines.
 * Knows: parse/platform. Owns: nothing; struct platform_rules owns its arrays. Fails: never.
 */
#ifndef PARSE_PLATFORM_RULES_H
#define PARSE_PLATFORM_RULES_H

#include "parse/platform.h"

enum { PLATFORM_ITEMS = 20, PLATFORM_NAME_TOKENS = 16, PLATFORM_ID_TOKENS = 4, PLATFORM_FILTER = 1 << 15 };

enum platform_item_kind {
    ITEM_WORD, /* one of the words [word, word + words) */
    ITEM_NAME,
    ITEM_PARENT,
    ITEM_DATE,
    ITEM_COUNT,
    ITEM_VERB,
    ITEM_JOINT,
    ITEM_ANY,
    ITEM_ID,
};

struct platform_item {
    enum platform_item_kind kind;
    uint32_t word, words; /* of platform_rules.word */
    bool sign;            /* the word is a sign */
    bool digits;          /* a count in digits only: in headers "Ein" begins a name */
};

struct platform_rule {
    enum platform_role role;
    uint32_t platform;    /* of platform_rules.platform */
    uint32_t item, count; /* of platform_rules.item */
    int fixed;            /* words, dates and verbs that it fixes */
};

/* A rule where it is filed, with what tokens must have for it to match them all. */
struct platform_filed {
    uint64_t need;        /* the bits of all items that are words without choice, or kinds */
    uint64_t first, last; /* those of each choice of its first and last item; all where that can be anything */
    uint32_t role;        /* 1 << platform_role */
    uint8_t least, most;  /* tokens that it takes; most is PLATFORM_TOKENS where there is no bound */
    uint32_t rule;        /* of platform_rules.rule */
};

/* The rules of a group filed under a word, and what tells from afar that none of them can match. */
struct platform_files {
    uint64_t first, last; /* of any of them */
    uint32_t from, rules; /* of platform_rules.filed */
    uint32_t roles;
    uint32_t most; /* the most tokens that any of them takes */
};

/* A word that the rules know: its classes and the rules filed under it. */
struct platform_slot {
    uint64_t hash;
    uint8_t class;
    bool buttons; /* a button begins with it */
    struct platform_files group[PLATFORM_GROUPS];
};

/* A line of a rule file that says what a line of a page is. */
struct platform_test {
    char *place; /* "FILE:LINE" */
    char *text;
    bool any;                /* a rule of the role must match; else none at all may */
    enum platform_role role;
};

struct platform_class_word {
    uint64_t hash;
    uint8_t class;
};

struct platform_rules {
    char **platform;
    size_t platforms, platform_cap;
    struct platform_rule *rule;
    size_t rules, rule_cap;
    struct platform_item *item;
    size_t items, item_cap;
    uint64_t *word;
    size_t words, word_cap;
    struct platform_class_word *class_word;
    size_t class_words, class_cap;
    struct platform_test *test;
    size_t tests, test_cap;

    /* made by platform_compile */
    struct platform_slot *slot; /* one a word */
    size_t slots;
    uint32_t *place; /* a hash table of places, a power of two: the slots by their hashes, and 1; 0 where free */
    size_t places;
    struct platform_filed *filed;
    uint64_t button_ends; /* the bits of what a button ends with */
    uint64_t known[PLATFORM_FILTER / 64]; /* a bit a slot in use: most words of a text have none */
    uint32_t by_date, by_verb, by_count; /* slots of the rules that have no word */
    bool compiled;
};

/* One of 60 bits for a word: tokens whose bits lack a rule's lack its words. */
static inline uint64_t platform_bit(uint64_t hash)
{
    return UINT64_C(1) << ((hash * UINT64_C(0x9E3779B97F4A7C15) >> 32) * 60 >> 32);
}

/* The other bits: for what a rule names by kind. */
#define PLATFORM_BIT_DATE (UINT64_C(1) << 60)
#define PLATFORM_BIT_VERB (UINT64_C(1) << 61)
#define PLATFORM_BIT_COUNT (UINT64_C(1) << 62)

/* Stand-ins for words under which rules without one are filed. */
enum { PLATFORM_HASH_DATE = 1, PLATFORM_HASH_VERB, PLATFORM_HASH_COUNT };

/* Where the filter keeps a word. */
static inline size_t platform_filter_bit(uint64_t hash)
{
    return (size_t)(hash * UINT64_C(0xD6E8FEB86659FD93) >> 48) & (PLATFORM_FILTER - 1);
}

/* Reads the token of text[at, stop) that begins at at, where no white space stands; returns its end. */
size_t platform_read_token(const char *text, size_t at, size_t stop, struct platform_token *t);

/* The slot of the word with this hash, PLATFORM_UNKNOWN where the rules do not know it. */
uint32_t platform_slot_of(const struct platform_rules *r, uint64_t hash);

#endif
