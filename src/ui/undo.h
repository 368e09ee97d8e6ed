/* SPDX-License-Identifier: ISC */
/*
 * What was changed in the reading state, so that it can be taken back.
 * Knows: nothing. Owns: its changes. Fails: never; beyond UNDO_MOST changes the oldest are forgotten. A step of that
 * many at most can be taken back whole.
 */
#ifndef UI_UNDO_H
#define UI_UNDO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UNDO_MOST = 100000 };

enum undo_kind {
    UNDO_READ,
    UNDO_STAR,
    UNDO_HIDE,
    UNDO_TAG,
    UNDO_NOTE,   /* id is a note's; before: it was away */
    UNDO_REPAIR, /* id is a correction's or a rule's (corpus/repair.h) */
    UNDO_RULE,
    UNDO_COMMENT_STAR, /* of a comment of the article */
    UNDO_COMMENT_HIDE,
    UNDO_AUTHOR, /* tag: whom the reader hid on the site of the article */
};

struct undo_change {
    int64_t id; /* of the article, where the kind does not say otherwise */
    enum undo_kind kind;
    bool before;
    const char *tag; /* of UNDO_TAG; of UNDO_AUTHOR the author */
    int comment;     /* of UNDO_COMMENT_STAR and UNDO_COMMENT_HIDE */
    long step;       /* changes of one step are taken back together */
};

struct undo {
    struct undo_change *changes; /* oldest first */
    size_t count, cap;
    long step;
    char **names; /* of tags and authors; kept until the release */
    size_t name_count, name_cap;
};

void undo_release(struct undo *u);

/* Begins a step: what is noted from here on is taken back at once. */
void undo_begin(struct undo *u);

/* Notes that article id was so before. */
void undo_note(struct undo *u, int64_t id, enum undo_kind kind, bool before);

/* Notes that the article had the tag, or had it not. */
void undo_note_tag(struct undo *u, int64_t id, const char *tag, bool before);

/* The same for a comment of the article, and for an author. */
void undo_note_comment(struct undo *u, int64_t id, int comment, enum undo_kind kind, bool before);
void undo_note_author(struct undo *u, int64_t id, const char *author, bool before);

/* Takes the last change of the last step out; false where there is none left of that step. *step is 0 at the first
 * call of a series, and kept by it. */
bool undo_take(struct undo *u, long *step, struct undo_change *out);

#endif
