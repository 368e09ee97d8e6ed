/* SPDX-License-Identifier: ISC */
/*
 * Where words stand in the full-text index: in each of its segments the leaves and bytes that a word's articles take.
 * Knows: the form of FTS5's index; store/leaf. Owns: the list of segments, as it was last read.
 * Fails: an index of another form, or a damaged one, is an answer.
 */
#ifndef STORE_RUNS_H
#define STORE_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/db.h"

/* A word's articles in one segment. */
struct run {
    uint64_t word;      /* a hash of it */
    int64_t page, last; /* leaves: where they begin, and where they end at the latest */
    uint32_t segment;   /* of struct runs */
    uint16_t at, end;   /* bytes of the first leaf */
    int64_t before;     /* for its reader, at first INT64_MAX */
};

struct run_list {
    struct run *at;
    size_t count, cap;
};

struct runs_segment {
    int64_t number, first, last; /* leaves */
};

/* The segments of an index, the newest first: what it says of an article holds against all that follow. */
struct runs {
    struct runs_segment *segments;
    size_t count, cap;
    struct buf structure; /* as the index has it */
    int version;          /* another one when the segments are others */
};

void runs_init(struct runs *r);
void runs_release(struct runs *r);

/* Reads the segments, which another connection may have changed since. False where the index cannot be read. */
bool runs_follow(struct runs *r, struct db *db);

/* How far the runs of a word were looked for; begins with zeros. */
struct runs_place {
    uint32_t segment; /* of struct runs; their count: all are found */
    int64_t page;     /* the leaf that is looked at next; 0: the first one of the segment that can have the word */
};

/* Adds the runs on the next leaf of a word, or of all words that begin so, of at most RUNS_WORD_MOST bytes: segment by
 * segment, in each in the order of the words. False where the leaf cannot be read. */
enum { RUNS_WORD_MOST = 254 };
bool runs_find(const struct runs *r, struct db *db, const char *word, size_t len, bool begins,
               struct runs_place *place, struct run_list *out);

#endif
