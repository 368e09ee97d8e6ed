/* SPDX-License-Identifier: ISC */
/*
 * The article: a record after parsing. Plain data, passed between all floors, but for the comments of long threads,
 * which are read when they are asked for.
 * Knows: doc/kind. Owns: its strings and arrays, in its arena; the text itself is borrowed.
 * Fails: never; article_check states the invariants.
 *
 * Blocks tile the text: each is a run of whole lines without the white space around it, in order, without
 * overlap; all that lies between two blocks is white space. A comment's author, date and text are parts of
 * `comment` blocks, and its start and end lie on block borders.
 */
#ifndef DOC_ARTICLE_H
#define DOC_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "doc/kind.h"

enum article_block_flag {
    ARTICLE_DOUBLE = 1 << 0, /* says again what an earlier block said; shown folded */
    ARTICLE_SITE = 1 << 1,   /* stands on many pages of its site */
};

struct article_block {
    size_t start, end;               /* bytes of the text */
    size_t source_start, source_end; /* bytes of the record's source; the same for UTF-8 */
    enum kind kind;
    unsigned flags; /* article_block_flag bits */
};

struct article_comment {
    int id;       /* 1 for the first, in page order */
    int parent;   /* id of the comment answered, 0 where it answers the article */
    bool inferred; /* parent is a guess from the text */
    bool has_score;
    bool removed; /* the page or the format says that its text was taken away */
    long score;
    const char *author;    /* NULL where unknown */
    const char *published; /* "2020-08-28" or "2020-08-28T23:40", NULL where unknown */
    const char *text;      /* paragraphs with an empty line between */
    size_t start, end;     /* bytes of the article's text that it was taken from; 0, 0 where the format gave it */
};

/*
 * Where the comments are that are not read with their article: a long thread is looked at in few places. What comment
 * gives stays as long as the article where it is kept, else until the next call.
 */
struct article_thread {
    const struct article_comment *(*comment)(void *ctx, int id, bool keep);
    const int32_t *(*parents)(void *ctx); /* of comment id at id - 1 */
    const uint32_t *(*signs)(void *ctx);  /* comment_sign, the same way */
    void (*free)(void *ctx);
    void *ctx; /* owned */
    uint64_t sum; /* comment_sum */
};

struct article_dateline {
    const char *place;  /* NULL: no dateline */
    const char *agency; /* NULL: none named */
    const char *date;   /* "2020-08-28" or NULL */
};

struct article {
    struct arena arena;

    const char *text; /* borrowed from the record, valid as long as it is */
    size_t len;

    const char *title, *standfirst, *site, *url, *language; /* NULL where unknown */
    const char *published;                                  /* "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM" */
    const char **authors;
    size_t author_count, author_cap;
    struct article_dateline dateline;
    unsigned given; /* record_field bits that the format gave */

    struct article_block *blocks; /* by mem_grow, freed by article_release */
    size_t block_count, block_cap;
    struct article_comment *comments; /* while it is made; read them by doc/comment. By mem_grow */
    size_t comment_count, comment_cap;
    struct article_thread thread; /* where they are if not in comments; comment NULL: they are */
    long stated_comments; /* what the page says of itself, -1 where it says nothing */

    long words; /* words of the body, for the reading time; CJK counts two characters a word */
};

void article_init(struct article *a);
void article_release(struct article *a);

/* Makes it empty for the next record and keeps its memory. */
void article_reset(struct article *a);

/* Appends a block; start must not lie before the last block's end. */
void article_add_block(struct article *a, enum kind kind, size_t start, size_t end, unsigned flags);

/* Appends an author, copied. One that is there already is not added again. */
void article_add_author(struct article *a, const char *name, size_t len);

/* The authors with commas between them, for free(); NULL where none is known. */
char *article_join_authors(const struct article *a);

/* The number of the block that byte `at` of the text is in, or of the next one; block_count past the last. */
size_t article_block_at(const struct article *a, size_t at);

/* Appends an empty comment with the next id and returns it, valid until the next one is added. */
struct article_comment *article_add_comment(struct article *a);

/* A zero-terminated copy in the article's arena; zero bytes in it become spaces, so that nothing is cut off. */
const char *article_str(struct article *a, const char *s, size_t len);

/* Sets words from the body blocks. */
void article_count_words(struct article *a);

/* Minutes to read the body at 230 words a minute, at least 1; 0 where there is no body. */
int article_minutes(const struct article *a);

/* Whether no line was taken for the article's own text or a comment: what else is put aside is then all there is. */
bool article_is_bare(const struct article *a);

/* Whether the block says the article's headline, or enough of it: pages cut it and add to it. One that the format gave
 * need not be the one in the text. */
bool article_is_headline(const struct article *a, size_t block);

/* Asserts the invariants above; returns true so that it can stand inside assert(). */
bool article_check(const struct article *a);

#endif
