/* SPDX-License-Identifier: ISC */
/*
 * Which articles the cache holds already: by file, by their source's bytes, by the parser that made them.
 * Knows: store/cache. Owns: nothing. Fails: through the cache's sticky fault.
 */
#ifndef STORE_KNOWN_H
#define STORE_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "doc/record.h"
#include "store/cache.h"
#include "store/codec.h"

/* An article as the file that holds it knows it. */
struct known {
    int64_t id;
    long seq;
    unsigned flags;
    struct digest digest;
    int64_t origin; /* the site that it was counted to, and the digest of the verdicts that it met */
    uint64_t voice;
    uint64_t extra; /* record_extra of what it was made from */
    bool kept, present; /* the caller's, as passed is */
    size_t passed;
};

/* The articles of a file by number, into *out as mem_grow grows it; returns how many. */
size_t known_in_file(struct db *db, int64_t file, struct known **out, size_t *cap);

/* Up to max articles with an id above from that an older parser than this made. */
size_t known_outdated(struct db *db, int64_t from, int parser, struct known *out, size_t max);


/* Puts down that an article was looked at with the verdicts of this turn. */
bool known_settle(struct cache *c, int64_t id, int64_t turn);

/* Where a record stands. */
struct known_place {
    int64_t file;
    size_t name_len;  /* of the file's name, in the locator */
    const char *root; /* path of the root, in the record's arena */
    int64_t origin;   /* the site that it was counted to */
};

/* Fills r with the record that article id was made from, but for its number. */
bool known_record(struct db *db, struct codec *codec, int64_t id, struct record *r, struct known_place *place);

/* The articles of a site, some at a call: up to max of those behind *cursor, which is all zero at first. */
struct known_cursor {
    int64_t turn, id;
};

size_t known_of_site(struct db *db, int64_t origin, struct known_cursor *cursor, int64_t *ids, size_t max);

/* The same for those alone that were parsed by verdicts before this turn. */
size_t known_unsettled(struct db *db, int64_t origin, int64_t turn, struct known_cursor *cursor, struct known *out,
                       size_t max);

/* What is known of one article; false where it is not there. */
bool known_article(struct db *db, int64_t id, struct known *out);

/* Calls fn with each article (up to 64) whose source bytes have this digest. */
void known_each_digest(struct db *db, const struct digest *d, void (*fn)(void *ctx, int64_t id), void *ctx);

/* Calls fn with each article that has any flag. */
void known_each_flagged(struct db *db, void (*fn)(void *ctx, int64_t id), void *ctx);

#endif
