/* SPDX-License-Identifier: ISC */
/*
 * Notes: passages that the reader has highlighted, what was written on them, and the places marked with a
 * letter. Part of the reading state.
 * Knows: store/state. Owns: the tables `note` and `letter` of reading.db. Fails: with a struct err.
 *
 * A note keeps the words of its passage and some of those around it, and what is needed to cite the article, so
 * that it can be found again in a text that has changed, and shown where the article is gone. Nothing is ever
 * taken out of the table: a note that was removed has `removed` set, so that it can be put back. Each has a
 * random name, and its words never change: what is written anew on a passage is another note, so that what two machines
 * wrote on one is kept, both. Of taking away and putting back the later one stands.
 */
#ifndef STORE_NOTES_H
#define STORE_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/state.h"

struct notes_note {
    int64_t id; /* in this file */
    struct state_id article;
    int comment;       /* 0: the article's own text; else the id of the comment */
    size_t start, end; /* bytes of that text, where the passage was seen last */
    size_t source_start, source_end; /* the same in the record's source; 0, 0 where unknown */
    char *words, *before, *after;    /* the passage, and some words before and after it */
    char *text;                      /* what was written on it, "" for a highlight alone */
    char *title, *site, *author, *published, *root, *locator; /* of the article; NULL where unknown */
    int64_t made, changed;           /* ms since 1970 */
};

void notes_note_release(struct notes_note *n);

/* A copy with strings of its own. */
struct notes_note notes_note_copy(const struct notes_note *n);

/* Keeps a new note; n->id, made and changed are filled in. */
bool notes_add(struct state *s, struct notes_note *n, struct err *e);

/* Puts a note with another text in the place of note id, which is taken away, so that it can be put back: the new
 * one's id, 0 and e where that fails. */
int64_t notes_change(struct state *s, int64_t id, const char *text, struct err *e);

/* Keeps where a passage stands now, which is no change of the reader's. */
bool notes_set_place(struct state *s, const struct notes_note *n, struct err *e);

/* Takes note id away, or puts it back. */
bool notes_set_removed(struct state *s, int64_t id, bool removed, struct err *e);

/* Calls fn with each note that is not removed: those of one article (by its bytes, or by its place where they
 * have changed), in order of place; or all (article NULL), the newest first. What fn gets is its own for the
 * call. */
bool notes_each(struct state *s, const struct state_id *article,
                void (*fn)(void *ctx, const struct notes_note *n), void *ctx, struct err *e);

/* Calls fn with the bytes of each article that has a note which is not removed. */
void notes_each_article(struct state *s, void (*fn)(void *ctx, const struct digest *d), void *ctx);

/* A place marked with a letter, and the folder or file that it belongs to. */
struct notes_letter {
    char letter;
    bool reading; /* in the article, not in the list */
    struct state_id article;
    char *root, *locator;
    int comment;
    size_t offset;
};

/* Keeps a letter in its root, in place of what it marked there. */
bool notes_set_letter(struct state *s, const struct notes_letter *l, struct err *e);

/* Calls fn with each place that the letter marks, the newest first, until it returns false. */
bool notes_each_letter(struct state *s, char letter, bool (*fn)(void *ctx, const struct notes_letter *l),
                       void *ctx, struct err *e);

/* The tables, for store/state: what is done to a reading state that has none of them. */
const char *notes_tables(void);

#endif
