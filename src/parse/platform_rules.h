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

    /* what tokens must have for the rule to match them all, made by platform_compile */
    uint64_t need;        /* platform_bit of each word that has no other choice */
    uint64_t first, last; /* platform_bit of each choice of its first and last item; all where that is no word */
    uint8_t least, most;  /* tokens that it takes; most is PLATFORM_TOKENS where there is no bound */
    uint8_t fields;       /* platform_need bits */
};

enum platform_need {
    PLATFORM_NEEDS_DATE = 1 << 0,
    PLATFORM_NEEDS_VERB = 1 << 1,
    PLATFORM_NEEDS_COUNT = 1 << 2,
};

/* A word that the rules know: its classes and the rules filed under it. */
struct platform_slot {
    uint64_t hash;
    uint32_t first, rules; /* of platform_rules.filed */
    uint8_t class;
    bool buttons; /* a button begins with it */
    bool used;
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

    /* made by platform_compile */
    struct platform_slot *slot; /* a hash table of size slots, a power of two */
    size_t slots;
    uint32_t *filed;
    uint64_t known[PLATFORM_FILTER / 64]; /* a bit a slot in use: most words of a text have none */
    uint32_t by_date, by_verb, by_count; /* slots of the rules that have no word */
    bool compiled;
};

/* One of 64 bits for a word: tokens whose bits lack a rule's lack its words. */
static inline uint64_t platform_bit(uint64_t hash)
{
    return UINT64_C(1) << (hash * UINT64_C(0x9E3779B97F4A7C15) >> 58);
}

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
