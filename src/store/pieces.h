/* SPDX-License-Identifier: ISC */
/*
 * The comments of a long thread as the cache has them: in pieces, each of which is read when a comment of it is
 * looked at.
 * Knows: doc/, store/packing. Owns: the article owns what pieces_open gives it. Fails: a piece that is not there, or
 * is damaged, or another one than was written with the article, makes comments without a text, and pieces_lost says so.
 *
 * A piece is a stamp, which all pieces of an article have and its body too (8 bytes, little endian), and one frame;
 * but piece 0, which is read whenever the article is opened, has its raw form as it is: the parent of each comment (4
 * bytes, little endian). In piece 1 is comment_sign of each (the same way); from 2 on PIECES_COMMENTS comments each,
 * the last one fewer.
 *   comment     n parent, n flags, z score, str author published text, n start, n length
 */
#ifndef STORE_PIECES_H
#define STORE_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "doc/article.h"
#include "store/packing.h"

enum { PIECES_COMMENTS = 128 };

/* Pieces one after another; piece i ends at byte ends[i]. */
struct pieces {
    struct buf bytes;
    size_t *ends;
    size_t count, cap;
    uint64_t stamp; /* 0 where there is none */
    uint64_t sum;   /* comment_sum */
};

void pieces_init(struct pieces *p);
void pieces_release(struct pieces *p);

/* Fills p with the article's comments where they are many and a format gave them; empties it where not. */
void pieces_make(struct pieces *p, struct packer *packer, const struct article *a);

/* Where pieces are read from: load fills out (cleared first) with piece i of an article; false where there is none. */
struct pieces_source {
    bool (*load)(void *ctx, int64_t article, size_t i, struct buf *out);
    void *ctx;
    int64_t article;
};

/* Gives a its count comments, to be read from there as long as the article lives. */
void pieces_open(struct article *a, size_t count, uint64_t stamp, uint64_t sum, const struct pieces_source *from);

/* Whether what was asked of its comments so far could not all be read. */
bool pieces_lost(const struct article *a);

/* One comment as in a piece. The reader's fault is set where it is none, of an article with so many comments and
 * bytes of text; strings go where packing_get_str puts them. */
void pieces_put_comment(struct buf *b, const struct article_comment *c);
void pieces_get_comment(struct packing_reader *r, struct article_comment *c, size_t count, size_t len,
                        struct arena *arena);

#endif
