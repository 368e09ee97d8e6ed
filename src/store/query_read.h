/* SPDX-License-Identifier: ISC */
/*
 * What the files of store/query share: a query, and the reading of one. For them alone.
 * Knows: store/query. Owns: see each part. Fails: as store/query.
 */
#ifndef STORE_QUERY_READ_H
#define STORE_QUERY_READ_H

#include "base/buf.h"
#include "store/query.h"

struct query_term {
    char *text;
    bool flag;          /* a word: prefix; a path: without */
    const char *column; /* of a word: where alone it is looked for; NULL: anywhere */
};

struct query_beginning {
    uint64_t key;
    bool without;
};

struct query {
    char *match;
    bool dated;
    int64_t from, to; /* minutes */
    struct query_beginning *beginnings;
    size_t beginning_count, beginning_cap;
    bool has_words, broad;
    unsigned with, without;
    struct query_term *words, *paths, *tags, *phrases;
    size_t word_count, word_cap, path_count, path_cap, tag_count, tag_cap, phrase_count, phrase_cap;
};

/* The reading of one query. */
struct query_reading {
    const char *text, *at;
    struct query *q;
    struct err *e;
    const struct query_forms *forms; /* NULL: none */
    int depth;
    const char *column; /* of the phrase being read */
    bool apart;  /* short beginnings and dates stand apart, beside the expression */
    size_t parted; /* how many do */
    bool begins; /* the phrase read last is one */
    bool broad;  /* its last word is one */
    uint64_t key;
    bool inside; /* in a group or an OR, where filters make no sense */
    bool bound;  /* in a NOT of a group or an OR, where nothing can stand apart */
    bool again;  /* an OR turned up behind what was put apart before it */
    bool negative;
};

/* ---- query_field.c ---- */

/* Says what is wrong at a byte of the text; false. */
bool query_fail(struct query_reading *r, const char *at, const char *why);

void query_add_term(struct query_term **terms, size_t *count, size_t *cap, const char *s, size_t len, bool flag);

/* Adds one packed word inside an FTS5 string: the quote is doubled, even where it is a length. */
void query_add_packed(struct buf *out, const char *s, size_t len);

/* What parts words and values, beside the end. */
bool query_is_space(char c);

/* A field, known by its name and colon. */
struct query_field;

/* The field whose name and colon stand here, which it passes; NULL for none. An unknown one is a fault, a time (12:30)
 * or an address is not. */
bool query_field_find(struct query_reading *r, const struct query_field **field);

/* The column of the index that it is; NULL for a field that has values of its own. */
const char *query_field_column(const struct query_field *field);

/* Reads the value of such a field: what the index has of it into out, or a filter into the query. */
bool query_field_value(struct query_reading *r, const struct query_field *field, struct buf *out);

/* ---- query_read.c ---- */

/* Reads it with short beginnings and dates apart, or all in the expression; NULL and e where it cannot be read. *again:
 * it is to be the latter. */
struct query *query_read(const char *text, const struct query_forms *forms, bool apart, bool *again, struct err *e);

#endif
