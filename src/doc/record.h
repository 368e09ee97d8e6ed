/* SPDX-License-Identifier: ISC */
/*
 * One record: an article's text as it stands in a corpus, before parsing, with what its format says of it.
 * Knows: base/charset. Owns: everything in it, until record_release.
 * Fails: never; filling it from files is source/'s work.
 */
#ifndef DOC_RECORD_H
#define DOC_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/charset.h"
#include "base/digest.h"

/* Fields that a format may give, so that the parser need not find them. Bits of record.given. */
enum record_field {
    RECORD_TITLE = 1 << 0,
    RECORD_AUTHORS = 1 << 1,
    RECORD_SITE = 1 << 2,
    RECORD_URL = 1 << 3,
    RECORD_PUBLISHED = 1 << 4,
    RECORD_LANGUAGE = 1 << 5,
    RECORD_STANDFIRST = 1 << 6,
};

/* What of a text is taken apart: no page has more lines, nor more bytes. What is beyond is shown as it stands. */
enum { RECORD_LINES = 200000, RECORD_BYTES = 16 << 20 };

/* What one article has at most of comments that a format gives, in their number and in bytes of their words: the
 * longest threads of the largest sites fit. Those beyond are left out, and counted. */
enum { RECORD_COMMENTS = 250000, RECORD_TALK = 64 << 20 };

/* A comment that the format itself gives, with its true parent. */
struct record_comment {
    const char *id, *parent; /* the format's own ids; parent NULL for the article itself */
    const char *author, *published, *text; /* NULL where the format does not say; text is never NULL */
    long score;
    bool has_score, removed;
};

struct record {
    struct buf text;        /* UTF-8 (bad bytes stay bad), white space and line ends as in the source */
    struct charset_map map; /* text offsets to offsets of the source bytes; empty where they are the same */
    enum charset charset;   /* what the source bytes were */
    size_t source_len;      /* bytes of the record in its source */
    struct digest key;      /* of the source bytes: the article's identity for the reading state */
    char *locator;          /* path inside the corpus, "#" and a number where a file holds many records;
                               in the arena */
    long number;            /* which record of its file it is, counting bad ones and blank lines too, from 1 */
    int64_t mtime;          /* of the file, seconds since 1970; 0 where unknown */
    uint64_t file_at;       /* how much of the file had been read, in bytes as they lie on disk; 0 where unknown */

    unsigned given; /* record_field bits: which of these are set; strings are in the arena */
    const char *title, *standfirst, *site, *url, *published, *language;
    const char **authors;
    size_t author_count;

    struct record_comment *comments; /* in the arena; only from formats with true threads */
    size_t comment_count;
    size_t left_out; /* how many more the format has */

    struct arena arena;
};

void record_init(struct record *r);
void record_release(struct record *r);

/* Makes it empty for the next record and keeps its memory. */
void record_reset(struct record *r);

/* A number for all that the format says beside the text: fields and comments; 0 where it says nothing. It is another
 * one, almost surely, where any of that is. */
uint64_t record_extra(const struct record *r);

/* Each becomes the other. */
void record_swap(struct record *a, struct record *b);

/* Decodes len bytes of encoding c into r->text, and sets map, charset, source_len and key from them. */
void record_set_bytes(struct record *r, enum charset c, const char *bytes, size_t len);

/* Sets r->text to text that a format gave as UTF-8 (a JSON string, say); offsets are offsets of this text. */
void record_set_text(struct record *r, const char *text, size_t len);

#endif
