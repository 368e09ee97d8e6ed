/* SPDX-License-Identifier: ISC */
/*
 * The reader's corrections of what the parser found: kept, applied at once, made into rules for a site.
 * Knows: corpus/, parse/, store/repairs. Owns: what a corpus needs to parse beside the indexer, made when it is first
 * needed. Fails: with a struct err. All calls belong to the screen's thread; what parses runs in another one, which is
 * confined, while that waits.
 *
 * What is shown does not wait for the cache: an article that a correction or a rule bears on is parsed when it is
 * opened. The indexer follows, and brings the cache to the same (corpus/batch.h).
 */
#ifndef CORPUS_REPAIR_H
#define CORPUS_REPAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "corpus/corpus.h"
#include "doc/fix.h"

/* Says what a line of article id is: `len` bytes at `line`, which begin at byte `start` of its text. The number is
 * for taking it back; 0 and e where it cannot be kept. */
int64_t repair_line(struct corpus *c, int64_t id, enum fix_answer answer, const char *line, size_t len, size_t start,
                    struct err *e);
bool repair_take_back(struct corpus *c, int64_t number, struct err *e);

/* The rule by which the pages of the article's site would get that answer too. False and e where its site is not
 * known, or where the line is like any other. Release in any case. */
struct repair_rule {
    int64_t number; /* 0: not kept yet, or one of the rules file */
    char *site, *before, *line, *after;
    enum fix_answer answer;
};

void repair_rule_release(struct repair_rule *r);
bool repair_propose(struct corpus *c, int64_t id, enum fix_answer answer, size_t start, struct repair_rule *out,
                    struct err *e);

/* Keeps it, for all pages of its site; 0 and e where that fails. And taking it back. */
int64_t repair_add_rule(struct corpus *c, const struct repair_rule *r, struct err *e);
bool repair_drop_rule(struct corpus *c, int64_t number, struct err *e);

/* Without a corpus: calls fn for each rule, those of the file first; and drops one. */
bool repair_each_rule(void (*fn)(void *ctx, const struct repair_rule *r), void *ctx, struct err *e);
bool repair_forget_rule(int64_t number, struct err *e);

/* What a rule does to one article that it changes. */
struct repair_trial {
    int64_t id;
    const char *locator;
    const char *title_before, *title; /* NULL where there is none */
    size_t comments_before, comments;
    size_t lines; /* how many are of another kind */
};

/* Reads the corpus' articles of the rule's site with and without the rule, and calls fn for each that it changes;
 * *seen is how many were read. fn is called in the thread that parses. */
bool repair_try(struct corpus *c, const struct repair_rule *r, void (*fn)(void *ctx, const struct repair_trial *t),
                void *ctx, long *seen, struct err *e);

/* Adds why the line at byte `at` of article id's text is what it is: "KIND: PART CHANCE, not PART CHANCE, by REASON
 * ...; kind by REASON ...". False and e where that cannot be said. */
bool repair_explain(struct corpus *c, int64_t id, size_t at, struct buf *out, struct err *e);

/* A name for the bytes that the cache has article id from: another one once its file has changed. 0 where it is not
 * there. */
uint64_t repair_stamp(struct corpus *c, int64_t id);

/* For corpus_article: reads the article anew where the reader's word bears on it. False where it does not, and what
 * the cache holds is as good. */
struct repair;
bool repair_article(struct corpus *c, int64_t id, struct article *a, char **text);
void repair_free(struct repair **r);

#endif
