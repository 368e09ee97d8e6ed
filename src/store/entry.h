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
#include "store/begins.h"
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

struct entry {
    int64_t file; /* set by the caller, as parser is: PARSE_VERSION */
    int parser;
    long seq;           /* the record's number in its file, 0 for the first */
    unsigned flags;     /* rank_flag bits, from the reading state */
    struct buf locator; /* the whole one */
    size_t name_len;    /* how much of it is the file's name */
    struct digest digest;
    size_t source_len;
    uint64_t extra; /* record_extra */
    int64_t origin, turn; /* set by the caller, as voice is: see store/schema.h */
    uint64_t voice;

    char *title, *site, *published, *language; /* NULL where unknown */
    long words, comments;                      /* comments: shown or stated, -1 where the page says nothing */
    int minutes;
    struct order_key title_key, site_key;

    struct buf body;                  /* codec_encode */
    struct pieces pieces;
    struct buf column[ENTRY_COLUMNS]; /* words_pack */
    struct begins begins;             /* of those words */
    struct buf stems;                 /* forms_save; nothing where words->forms was NULL */
};

void entry_init(struct entry *en);
void entry_release(struct entry *en);

/* Fills all but file, parser, seq, flags and name_len from record r and what it was parsed to. */
void entry_fill(struct entry *en, struct codec *codec, struct words *words, const struct record *r,
                const struct article *a);

/* Only the columns of the index and the beginnings; what entry_fill put there, given the same article. */
void entry_pack(struct buf column[ENTRY_COLUMNS], struct begins *begins, struct words *words,
                const struct article *a);

#endif
