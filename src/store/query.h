/* SPDX-License-Identifier: ISC */
/*
 * What a person types to search, read: words and fields to an expression of the full-text index, and filters.
 * Knows: store/words, FTS5's query syntax. Owns: a struct query owns its strings.
 * Fails: a query that cannot be read says where and why, and is never taken for one that matches everything.
 *
 *   word          the word in any field, however it is cased or accented, and its other forms (elections for elected);
 *                 prefix* what begins so
 *   "a phrase"    the words side by side, in order, as they are written; a hyphenated or glued word is one too
 *   a b, a AND b  both;  a OR b  either;  NOT a, -a  articles without it;  ( ) group; AND binds before OR
 *   a NEAR b      within 10 words of one another; a NEAR/3 b within 3
 *   title: body: comment: author: site:   the word or phrase, there
 *   site:="NAME"  of that very site; of an unknown one where NAME is empty
 *   date:2016, date:2016-03, date:2016..2017-03, date:..2016, date:2016..     published then
 *   lang:en, has:comments
 *   is:unread is:read is:starred is:hidden is:noted, tag:NAME, in:PATH
 *                 at the top level only, with - or NOT before them if need be
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct query;

#define QUERY_EVERY "facts:\"\002=a\"" /* for `words MATCH ?`: every article */

/* Reads text; NULL and e ("at character 7 of the query: a quote is not closed") where it cannot be. Free with
 * query_free. */
struct query *query_parse(const char *text, struct err *e);
void query_free(struct query **q);

/* The same with the other forms of words that stand alone: each is called for such a word, folded and as it was typed,
 * and calls add with to for each form, folded. */
struct query_forms {
    void (*each)(void *ctx, const char *folded, size_t len, const char *raw, size_t raw_len,
                 void (*add)(void *to, const char *form, size_t len), void *to);
    void *ctx;
};

struct query *query_parse_forms(const char *text, const struct query_forms *forms, struct err *e);

/* The expression for `words MATCH ?`, valid as long as q; matches every article where only filters were given. */
const char *query_match(const struct query *q);

/* The n-th phrase of query_match in FTS5's order, as an expression of its own; "" for one that says nothing of how
 * well an article matches (a fact, or what must not be there), NULL past the last one. Valid as long as q. */
const char *query_phrase(const struct query *q, size_t n);

/* Whether query_match is more than "every article". */
bool query_has_words(const struct query *q);

/* Whether a beginning of one to three characters stands in a phrase or beside an OR, where the index must be asked for
 * it (see query_beginning), which takes longer than between two keys. */
bool query_is_broad(const struct query *q);

/* What is:noted asks for, beside rank_flag bits: the reader has notes or highlights on it. */
enum { QUERY_NOTED = 1 << 8 };

/* rank_flag bits and QUERY_NOTED that an article must have, and must not have. */
unsigned query_flags_with(const struct query *q);
unsigned query_flags_without(const struct query *q);

/* The n-th in: filter: what locators must begin with, or must not where *without; NULL past the last one. */
const char *query_path(const struct query *q, size_t n, bool *without);

/* The n-th tag: filter: a tag (as tags_name gives it) that an article must have, or must not where *without; NULL past
 * the last one. */
const char *query_tag(const struct query *q, size_t n, bool *without);

/* Whether it asks for a time of publication: from..to, both in it, in minutes as order_minutes counts them. It stands
 * beside query_match, where it is asked for at the top level. */
bool query_dates(const struct query *q, int64_t *from, int64_t *to);

/* The n-th beginning that words of an article must have, or must not where *without, as begins_key numbers it: of one
 * to three characters, which the index could not answer soon; false past the last one. They stand beside query_match,
 * where all must hold, and say nothing of how well an article matches. */
bool query_beginning(const struct query *q, size_t n, uint64_t *key, bool *without);

/* The n-th word that an article may be found by, folded, for marking hits; *prefix where only its beginning is
 * meant. NULL past the last one. */
const char *query_word(const struct query *q, size_t n, bool *prefix);

/* The column of the index in which alone it is looked for ("comment"); NULL for all. */
const char *query_word_column(const struct query *q, size_t n);

#endif
