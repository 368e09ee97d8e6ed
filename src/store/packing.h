/* SPDX-License-Identifier: ISC */
/*
 * Numbers and strings as bytes, and runs of such bytes compressed: what the formats of store/codec and store/pieces
 * are made of.
 * Knows: base/, zstd. Owns: a struct packer owns its compressor. Fails: bytes that are damaged are an answer; after the
 * first fault a reader gives 0 and NULL.
 *
 * n is a varint, z a zigzag varint, str is n (length + 1, 0 for NULL), bytes and a zero byte; a frame is n (length of
 * the raw form) and one zstd frame with a checksum.
 */
#ifndef STORE_PACKING_H
#define STORE_PACKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

void packing_put(struct buf *b, uint64_t n);
void packing_put_signed(struct buf *b, int64_t n);
void packing_put_str(struct buf *b, const char *s);

struct packing_reader {
    const unsigned char *at, *end;
    bool bad;
};

uint64_t packing_get(struct packing_reader *r);
int64_t packing_get_signed(struct packing_reader *r);

/* A count or length of things that take at least size bytes each in what is left. */
size_t packing_get_count(struct packing_reader *r, size_t size);

/* A str, copied to the arena; where that is NULL, as it lies in the bytes. */
const char *packing_get_str(struct packing_reader *r, struct arena *arena);

struct packer; /* for one thread */

struct packer *packer_new(void);
void packer_free(struct packer **p);

/* Adds raw to out as a frame. */
void packer_press(struct packer *p, const struct buf *raw, struct buf *out);

/* Sets raw to what a frame of len bytes was made of; false where it is damaged. */
bool packer_loosen(struct packer *p, const void *bytes, size_t len, struct buf *raw);

#endif
