/* SPDX-License-Identifier: ISC */
/*
 * The pages of one segment of the full-text index, written word by word in the form that FTS5 documents at the head of
 * its fts5_index.c: leaves with words and the places where they stand, and for a word whose articles take many leaves
 * an index of them. Knows: store/varint. Owns: the pages that were not taken yet. Fails: never.
 *
 * A segment's leaves have the numbers 1, 2, ... Words come in the order of their bytes, and a word's articles in the
 * order of their numbers. Of each leaf on which a word begins the table of firsts tells it from those before: there
 * FTS5 begins to look.
 */
#ifndef STORE_LEAVES_H
#define STORE_LEAVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
    LEAVES_PAGE = 8000,   /* bytes of a page, or a few more */
    LEAVES_DEPTH = 6,     /* of a word's index: more than any word has */
    LEAVES_WORD_MOST = 256,
    LEAVES_SLACK = 16, /* bytes that can be read from where places begin, however few there are */
};

/* A page that is done: its key below the segment's (fts5_index.c: the table data), and where it lies in bytes. */
struct leaves_page {
    int64_t key;
    size_t at, len;
};

/* What leads to a leaf: bytes that no word before it reaches and its first one does; page is the leaf's number twice,
 * and one more where the last word that begins on it has an index. */
struct leaves_first {
    int64_t page;
    size_t at, len;
};

/* One page of a word's index that is being written. */
struct leaves_level {
    uint8_t bytes[LEAVES_PAGE + 32];
    size_t len;
    int64_t number, first, last; /* of the page; rowids */
};

/* What is done and was not taken yet. */
struct leaves_done {
    struct buf bytes;
    struct leaves_page *pages;
    struct leaves_first *firsts;
    size_t page_count, page_cap, first_count, first_cap;
};

struct leaves {
    struct leaves_done done;

    uint8_t page[LEAVES_PAGE + LEAVES_WORD_MOST + 64], footer[LEAVES_PAGE];
    size_t len, footer_len, word_at;
    int64_t number; /* of the page that is being written */
    bool no_word, no_rowid; /* on it so far */
    uint8_t word[LEAVES_WORD_MOST], first[LEAVES_WORD_MOST];
    size_t word_len, first_len;
    int64_t first_page; /* the leaf that first leads to; 0 for none */
    bool word_begun;    /* it has no article yet */
    int64_t rowid;      /* of the article before */
    int wordless;       /* leaves in a row on which no word begins */
    struct leaves_level level[LEAVES_DEPTH];
};

void leaves_init(struct leaves *l);
void leaves_release(struct leaves *l);

/* Begins a new segment. */
void leaves_reset(struct leaves *l);

/* The next word, at most LEAVES_WORD_MOST bytes. */
void leaves_word(struct leaves *l, const char *word, size_t len);

/* Its next article, and the places in it as FTS5 writes them; LEAVES_SLACK bytes can be read there. */
void leaves_article(struct leaves *l, int64_t rowid, const uint8_t *places, size_t len);

/* After the last one: all pages are done. */
void leaves_end(struct leaves *l);

/* What is done comes into the caller's hands, for what it took before: l fills that from its beginning on. */
void leaves_take(struct leaves *l, struct leaves_done *done);

void leaves_done_init(struct leaves_done *d);
void leaves_done_release(struct leaves_done *d);

/* How many leaves the segment has, once it is at its end. */
static inline int64_t leaves_count(const struct leaves *l)
{
    return l->number - 1;
}

#endif
