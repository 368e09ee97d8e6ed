/* SPDX-License-Identifier: ISC */
/*
 * One article made ready for the cache: all that can be done before its turn to be written comes, on any
 * thread. Knows: store/codec, store/words, store/order. Owns: its bytes. Fails: never.
 */
#ifndef STORE_ENTRY_H
#define STORE_ENTRY_H

#include <stdint.h>

#include "base/buf.h"
#include "doc/article.h"
#include "doc/record.h"
#include "store/codec.h"
#include "store/order.h"
#include "store/words.h"

/* Columns of the full-text index, in its order. */
enum entry_column {
    ENTRY_TITLE,
    ENTRY_BODY,
    ENTRY_COMMENT,
    ENTRY_AUTHOR,
    ENTRY_SITE,
    ENTRY_FACTS,
    ENTRY_COLUMNS
};

enum { ENTRY_FACT = '=' }; /* begins each word of ENTRY_FACTS, and no other */

/* Bytes that lie in an entry. */
struct entry_bytes {
    const char *at; /* never NULL once the entry is filled */
    size_t len;
};

struct entry {
    int64_t file; /* set by the caller, as parser is: PARSE_VERSION */
    int parser;
    long seq;        /* the record's number in its file, 0 for the first */
    unsigned flags;  /* rank_flag bits, from the reading state */
    size_t name_len; /* how much of the locator is the file's name */
    struct digest digest;
    size_t source_len;
    uint64_t extra; /* record_extra */
    int64_t origin, turn; /* set by the caller, as voice is: see store/schema.h */
    uint64_t voice;

    const char *title, *site, *published, *language; /* NULL where unknown */
    long words, comments;                            /* comments: shown or stated, -1 where the page says nothing */
    int minutes;
    struct order_key title_key, site_key;

    struct entry_bytes locator;    /* the whole one, and a zero byte behind it */
    struct entry_bytes body;       /* codec_encode */
    struct entry_bytes stems;      /* forms_save; nothing where the maker looks for none */
    struct entry_bytes packed;     /* words_pack of all columns, side by side */
    size_t column[ENTRY_COLUMNS];  /* where each ends therein */

    char *block;          /* what all of these point into; owned */
    struct pieces pieces; /* of the body; codec_encode */
    size_t size;          /* bytes of block and pieces */
};

/* What entries are made with, one after another; for one thread. */
struct entry_maker {
    struct codec *codec;
    struct words words;
    struct buf body, stems;
    struct buf column[ENTRY_COLUMNS]; /* words_pack */
};

/* Looks for the forms of words (store/forms.h) only where stems says so. */
struct entry_maker *entry_maker_new(bool stems);
void entry_maker_free(struct entry_maker **m);

void entry_init(struct entry *en);
void entry_release(struct entry *en);

/* Fills all but what the caller sets, from record r and what it was parsed to. What it was filled with before is
 * freed: it is as large as this article needs. */
void entry_fill(struct entry *en, struct entry_maker *m, const struct record *r, const struct article *a);

/* Only the columns of the index, into the maker: what entry_fill puts there of the same article. */
void entry_index(struct entry_maker *m, const struct article *a);

#endif
