/* SPDX-License-Identifier: ISC */
/*
 * Gold pages for the fitting tool: their lines, features, and which parts each line may be.
 * Knows: jansson, the gold folder's format (its own README), parse/. Owns: its pages.
 * Fails: what cannot be read is skipped and counted.
 */
#ifndef TESTS_BENCH_GOLD_H
#define TESTS_BENCH_GOLD_H

#include "parse/label.h"

struct gold_page {
    char *path, *domain;
    struct buf text;
    struct page page;
    uint16_t *allowed; /* parts that line i may be, as model_marginals takes them */
    char *title;       /* white space collapsed; NULL where the gold knows none in the text */
    char **authors;
    size_t author_count;
    char date[16];
    bool named, no_author, dated, no_date; /* the gold names an author in the text; says that there is none */
    bool dated_elsewhere; /* it knows the date, which the text does not say */
    float weight;
};

struct gold {
    struct gold_page *page;
    size_t count, cap;
    struct features_table *table;
    const struct platform_rules *platforms;
};

/* Reads the sets of a gold folder. */
void gold_read(struct gold *g, const char *folder, const struct phrases *p, const struct platform_rules *platforms);
void gold_release(struct gold *g);

/* A number from 0 to folds - 1, the same for all pages of a site. */
int gold_fold(const char *domain, int folds);

/* Whether a says the same as b, whatever its case and signs. */
bool gold_same_name(const char *a, size_t a_len, const char *b);

#endif
