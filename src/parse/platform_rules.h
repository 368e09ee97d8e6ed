/* SPDX-License-Identifier: ISC */
/*
 * The compiled form of platform rules: shared by their reader and their matcher, by nobody else.
 * Knows: parse/platform. Owns: nothing; struct platform_rules owns its arrays. Fails: never.
 */
#ifndef PARSE_PLATFORM_RULES_H
#define PARSE_PLATFORM_RULES_H

#include "parse/platform.h"

enum { PLATFORM_ITEMS = 20 };

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
    uint32_t by_date, by_verb, by_count; /* slots of the rules that have no word */
    bool compiled;
};

/* The slot of the word with this hash, PLATFORM_UNKNOWN where the rules do not know it. */
uint32_t platform_slot_of(const struct platform_rules *r, uint64_t hash);

#endif
