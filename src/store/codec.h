/* SPDX-License-Identifier: ISC */
/*
 * An article as bytes of the cache: its text once, and the outline that parsing gave, compressed together; the
 * comments of a long thread apart from it, in pieces.
 * Knows: doc/, store/packing, store/pieces. Owns: a struct codec owns its compressor. Fails: bytes that are no article
 * are an answer.
 *
 * Format 2: byte 2; one frame (store/packing). The raw form is the text (varint length, bytes) and the outline:
 * fields, blocks, comments, and what of the record a later parser needs to start from here instead of from the source
 * (see codec.c). Strings of the outline that stand in the text too cost nothing: the compressor finds them.
 */
#ifndef STORE_CODEC_H
#define STORE_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "doc/article.h"
#include "doc/record.h"
#include "store/pieces.h"

struct codec; /* for one thread */

struct codec *codec_new(void);
void codec_free(struct codec **c);

/* Adds the bytes for article a, parsed from record r, to out; pieces is filled with what they leave out. */
void codec_encode(struct codec *c, const struct record *r, const struct article *a, struct buf *out,
                  struct pieces *pieces);

/* Fills a (as article_init or article_reset left it) from len bytes; its text is in text (cleared first),
 * which must outlive a's use, as must what `from` reads pieces by (NULL: nothing, and bytes that need them are
 * refused). False where the bytes are damaged; a is then to be reset. */
bool codec_decode(struct codec *c, const void *bytes, size_t len, struct article *a, struct buf *text,
                  const struct pieces_source *from);

/* Fills r (as record_init or record_reset left it) with the record that the article was parsed from, but for
 * its locator and key. */
bool codec_decode_record(struct codec *c, const void *bytes, size_t len, struct record *r,
                         const struct pieces_source *from);

#endif
