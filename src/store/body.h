/* SPDX-License-Identifier: ISC */
/*
 * The bodies of articles in a cache: the tables body and talk.
 * Knows: store/db, store/codec. Owns: nothing. Fails: by the connection's sticky fault; a body that is damaged is an
 * answer.
 */
#ifndef STORE_BODY_H
#define STORE_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "doc/article.h"
#include "store/codec.h"
#include "store/db.h"

enum body_answer { BODY_FOUND, BODY_ABSENT, BODY_DAMAGED };

/* Reads article id as codec_decode does. The comments of a long thread are read through db when they are asked for,
 * so that it must outlive the article; what became of them meanwhile is not shown (store/pieces). */
enum body_answer body_article(struct db *db, struct codec *codec, int64_t id, struct article *a, struct buf *text);

/* The record that article id was parsed from, as codec_decode_record has it. */
enum body_answer body_record(struct db *db, struct codec *codec, int64_t id, struct record *r);

/* Keeps the len bytes of a body, as codec_encode made them, and its pieces. */
bool body_put(struct db *db, int64_t id, const char *body, size_t len, const struct pieces *pieces);
bool body_remove(struct db *db, int64_t id);

#endif
