/* SPDX-License-Identifier: ISC */
/*
 * Notes and highlights on the articles of a corpus, and places marked with a letter: kept in the reading state,
 * found again in the articles as they are now.
 * Knows: store/notes, doc/anchor. Owns: nothing. Fails: with a struct err; what could not be kept was not.
 */
#ifndef CORPUS_NOTES_H
#define CORPUS_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "corpus/corpus.h"
#include "doc/article.h"
#include "store/notes.h"

struct corpus_note {
    struct notes_note kept; /* what the reading state has */
    int64_t article;        /* in this corpus; 0 where it is not there */
    bool anchored;          /* the passage stands in the article's text, or a comment's, at the next three */
    int comment;
    size_t start, end;
};

/* Calls fn with each note on article id, which is a, in order of place. Where a passage has moved, the reading state
 * is told. What fn gets is valid during the call. */
bool corpus_notes_of(struct corpus *c, int64_t id, const struct article *a,
                     void (*fn)(void *ctx, const struct corpus_note *n), void *ctx, struct err *e);

/* Calls fn with each note of the reader's, on this corpus or another, the newest first. Passages are not looked for:
 * anchored is false, article is set. */
bool corpus_notes_all(struct corpus *c, void (*fn)(void *ctx, const struct corpus_note *n), void *ctx,
                      struct err *e);

/* Calls fn as corpus_notes_of does with each note on an article that is here. */
bool corpus_notes_found(struct corpus *c, void (*fn)(void *ctx, const struct corpus_note *n), void *ctx,
                        struct err *e);

/* Keeps a note on bytes [start, end) of the text of article id, which is a, or of a comment's; text "" for a
 * highlight alone. Its number, 0 and e where it cannot be kept. */
int64_t corpus_note_add(struct corpus *c, int64_t id, const struct article *a, int comment, size_t start,
                        size_t end, const char *text, struct err *e);

/* Writes something else on a note: a new note takes its place, so that both can be put back. The new note's number,
 * 0 and e where it cannot be kept. */
int64_t corpus_note_change(struct corpus *c, int64_t note, const char *text, struct err *e);

/* Takes a note away, or puts it back. */
bool corpus_note_remove(struct corpus *c, int64_t note, bool removed, struct err *e);

/* The bytes of the record's source that bytes [start, end) of the article's text, or of a comment's, came from: for
 * a comment's those of the whole comment; false where it is not known. */
bool corpus_note_source(const struct article *a, int comment, size_t start, size_t end, size_t *from, size_t *to);

/* Adds where words are from: "Author, “Headline”, Site, 28 Aug 2020. LOCATOR, bytes 12–34". */
struct corpus_citation {
    const char *author, *title, *site, *published, *locator; /* NULL where unknown */
    size_t from, to;                                         /* bytes of the source; 0, 0 for none */
};
void corpus_note_cite(const struct corpus_citation *of, struct buf *out);

/* Marks a place with a letter, and finds the place that a letter marks in this corpus; false, and e untouched, where
 * it marks none. */
bool corpus_set_letter(struct corpus *c, char letter, int64_t id, struct corpus_place place, bool reading,
                       struct err *e);
bool corpus_get_letter(struct corpus *c, char letter, int64_t *id, struct corpus_place *place, bool *reading,
                       struct err *e);

#endif
