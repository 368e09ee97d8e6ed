/* SPDX-License-Identifier: ISC */
/*
 * The parser's one public door: from a record's text to an article.
 * Knows: doc/, base/, and the rules and the model in share/. Owns: a struct parser owns its tables.
 * Fails: loading rules can fail; parsing cannot: every text gives an article whose blocks tile it.
 * Linear in the text, no recursion on input. A parser is read-only after parse_open: many threads may parse
 * with one, each with its own struct article.
 */
#ifndef PARSE_PARSE_H
#define PARSE_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "doc/article.h"
#include "doc/fix.h"
#include "doc/record.h"

/* Raised with every change that can change what is found; the store parses again what an older one made. */
enum { PARSE_VERSION = 4 };

struct parser;

/* Reads phrases, platforms and the model from the program's data folder (base/path). NULL and e where a file
 * is missing or wrong, naming file and line. Free with parse_close. */
struct parser *parse_open(struct err *e);
void parse_close(struct parser **p);

/* What is known beside the record.
 * What other records of the same site say of a line: how many of `pages` pages hold a line with this digest
 * (a name for its words in order, whatever their case and punctuation, never 0). NULL where nobody counts. Called
 * once for every line with a word in it, so that who counts lines need not fold them again. */
struct parse_site {
    unsigned (*pages_with)(void *ctx, uint64_t line); /* 0 where not counted */
    void *ctx;
    unsigned pages; /* records of this site counted so far */
    bool (*wants)(void *ctx); /* asked behind the last line: whether the rest is wanted; NULL: it is */
    const struct fix *fix; /* what the reader said of this record's lines and of its site's, the later ones above */
    size_t fix_count;
};

/* Fills a, which article_init or article_reset has prepared, from r, whose text a borrows from then on.
 * site may be NULL. Fields that r gives win over what the page says. False, and a as it
 * was, where site's `wants` said no: a fraction of the work. */
bool parse_article(const struct parser *p, const struct record *r, const struct parse_site *site,
                   struct article *a);

/* The rule by which other pages of its site would get the answer that the line at byte `at` of the record's text got:
 * its forms (parse/form) into before, line and after. False where the line has no form
 * of its own, so that a rule would say the same of any. */
bool parse_form(const struct parser *p, const struct record *r, size_t at, enum fix_answer answer,
                struct buf *before, struct buf *line, struct buf *after);

/* As parse_article, and adds to out, for each line: its label, the runner-up with its distance, and the
 * features that decided, one line each: what `parse --explain` prints. */
void parse_explain(const struct parser *p, const struct record *r, const struct parse_site *site,
                   struct article *a, struct buf *out);

/* The same for the one line that byte `at` of the record's text is in, without its words and its number: "KIND: ...".
 * False, and nothing added, where that is blank. */
bool parse_explain_at(const struct parser *p, const struct record *r, const struct parse_site *site,
                      struct article *a, size_t at, struct buf *out);

#endif
