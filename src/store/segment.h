/* SPDX-License-Identifier: ISC */
/*
 * One segment of the full-text index, made in memory: the words of some articles, and of each word the articles and
 * the places where it stands. FTS5's own way there takes most of the time that indexing takes, on the one thread that
 * writes; this one needs no database, and so any thread will do.
 * Knows: store/leaves, store/prefixes. Owns: its memory, which it keeps for the next segment. Fails: never.
 */
#ifndef STORE_SEGMENT_H
#define STORE_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/entry.h"
#include "store/leaves.h"
#include "store/prefixes.h"

/* An article of the segment, and how many words each of its columns has. */
struct segment_article {
    int64_t rowid;
    int64_t id; /* of a new article, whose words' beginnings are gathered; else 0 */
    uint32_t words[ENTRY_COLUMNS];
};

struct segment;

struct segment *segment_new(void);
void segment_free(struct segment **s);

/* Adds an article, of which there is none in the segment yet: its columns as words_pack packs them, side by side, and
 * where each ends. */
void segment_add(struct segment *s, int64_t rowid, int64_t id, const char *packed, const size_t end[ENTRY_COLUMNS]);

/* How many articles it has, and bytes of memory in use. */
size_t segment_count(const struct segment *s);
size_t segment_size(const struct segment *s);

/* No articles follow: puts words and articles in order. */
void segment_seal(struct segment *s);

/* The articles: as they came, and by rowid once it is sealed. */
const struct segment_article *segment_articles(const struct segment *s, size_t *count);

/* Writes the next words of a sealed segment into l, as many as make some bytes of pages, and gathers their beginnings
 * in p; false when that were the last. l was reset and p begun, for all ids of its articles, before the first call. */
bool segment_write(struct segment *s, struct leaves *l, struct prefixes *p, size_t bytes);

/* Makes it empty. */
void segment_clear(struct segment *s);

#endif
