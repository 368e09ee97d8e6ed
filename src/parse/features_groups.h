/* SPDX-License-Identifier: ISC */
/*
 * The groups of features, declared once, and laid out for quick use: what parse/features takes down from, and
 * parse/features_table names. For these two alone.
 * Knows: parse/phrases. Owns: nothing. Fails: never.
 */
#ifndef PARSE_FEATURES_GROUPS_H
#define PARSE_FEATURES_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

/* The groups: those seen from neighbouring lines first. Values are parted by spaces; a group without values has
 * one a phrase class. A bucket's values are read off as numbers: "4" or "4-7" or "8+" hold from 4, 4 and 8 on. */
#define GROUPS(X)                                                                                             \
    X(CHARS, "chars", "1-3 4-7 8-14 15-24 25-39 40-59 60-89 90-139 140-219 220-399 400-799 800+")              \
    X(SHAPE, "shape", NULL)                                                                                   \
    X(ENDS, "ends", "stop question ellipsis colon comma quote bracket bar digit letter symbol")               \
    X(BEGINS, "begins", "lower upper letter digit quote bullet number bracket bar hash at copyright symbol")  \
    X(CASE, "case", "none upper title sentence lower one-capital")                                            \
    X(FUNCTION, "function", "none few some many")                                                             \
    X(PLACE, "place", "alone first middle last")                                                              \
    X(NAME, "name", "shaped given")                                                                           \
    X(DATE, "date", "whole part relative time in-prose")                                                      \
    X(PROSE, "prose", "yes")                                                                                  \
    X(TWIN, "twin", "before-next before after-next after prefix")                                             \
    X(RECUR, "recur", "0 1-24 25-49 50-74 75-99 100+")                                                        \
    X(PHRASE, "phrase", NULL)                                                                                 \
    X(ALL, "all", NULL)                                                                                       \
    X(TAIL, "tail", "shared")                                                                                 \
    X(THREAD, "thread", "control-weak control control-sure header-weak header header-sure body-weak body "    \
                        "body-sure trailer-weak trailer trailer-sure")                                        \
    X(OPENS, "opens", NULL)                                                                                   \
    X(CLOSES, "closes", NULL)                                                                                 \
    X(WORDS, "words", "0 1 2 3-4 5-7 8-12 13-20 21-40 41+")                                                   \
    X(COMMAS, "commas", "0 1 2 3-5 6+")                                                                       \
    X(SENTENCES, "sentences", "0 1 2 3+")                                                                     \
    X(BARS, "bars", "0 1 2 3+")                                                                               \
    X(DIGITS, "digits", "none few half all")                                                                  \
    X(MARKS, "marks", "url mail exclamation quotes brackets no-letters equals credit copyright")              \
    X(BLOCK, "block", "1 2 3-5 6-12 13+")                                                                     \
    X(BLOCK_LONGEST, "block-longest", "0 25 60 120 300+")                                                     \
    X(INDEX, "index", "0 1 2 3 4-5 6-9 10-19 20-39 40-79 80+")                                                \
    X(FROM_END, "from-end", "0 1-2 3-5 6-11 12-24 25-59 60+")                                                 \
    X(SHARE_BEFORE, "share-before", "0 1-4 5-19 20-79 80-94 95-99 100+")                                      \
    X(CORE, "core", "none far-before before first inside last after far-after")                               \
    X(CORE_SHAPE, "core-shape", NULL)                                                                         \
    X(PROSE_ABOVE, "prose-above", "0 1 2 3-4 5-8 9-20 21+")                                                   \
    X(PROSE_BELOW, "prose-below", "0 1 2 3-4 5-8 9-20 21+")                                                   \
    X(DENSITY, "density", "0 1-14 15-29 30-49 50-74 75+")                                                     \
    X(PERIOD, "period", "2 3 4 5-6")                                                                          \
    X(FORM, "form", "0-3 4-10 11+")                                                                           \
    X(COMMENTS, "comments", "0-3 4-10 11+")                                                                   \
    X(REPLIES, "replies", "1 2 3-5 6+")                                                                       \
    X(HEADERS, "headers", "1 2 3-5 6+")                                                                       \
    X(RELATED_ABOVE, "related-above", "0-1 2-4 5-12")                                                         \
    X(APPEAL_ABOVE, "appeal-above", "0-1 2-4 5-12 13-30")                                                     \
    X(SERVICE_ABOVE, "service-above", "0 1-2 3-6 7-15")                                                       \
    X(SERVICE_NEAR, "service-near", "1 2 3-4 5-8 9+")                                                         \
    X(REGION, "region", "before inside after")                                                                \
    X(APPEAL_NEAR, "appeal-near", "1 2 3-4 5+")                                                               \
    X(HOUSE_NEAR, "house-near", "1 2 3-4 5+")                                                                 \
    X(APPEAL_BOX, "appeal-box", "yes")                                                                        \
    X(BIOGRAPHY, "biography", "yes")                                                                          \
    X(HEADING, "heading", "recurs plain")                                                                     \
    X(PLACE_SHAPE, "place-shape", NULL)                                                                       \
    X(SITE, "site", "20-49 50+")                                                                              \
    X(BIAS, "bias", "yes")

#define GROUP_ENUM(id, name, values) G_##id,
enum group { GROUPS(GROUP_ENUM) G_COUNT };
#undef GROUP_ENUM

enum { MOST_VALUES = 16, QUICK = 128, NO_BUCKET = 255 };

/* Where each group's features begin, and where its buckets do. */
struct features_table {
    uint16_t base[G_COUNT + 1];
    uint8_t buckets[G_COUNT];
    bool closed[G_COUNT]; /* what lies past the last bucket is in none */
    uint8_t quick[G_COUNT][QUICK]; /* the bucket of each small number, NO_BUCKET where it falls in none */
    unsigned low[G_COUNT][MOST_VALUES], last[G_COUNT];
};

/* The bucket of group g that n falls in; NO_BUCKET where it falls in none. */
unsigned features_bucket(const struct features_table *t, int g, unsigned long n);

#endif
