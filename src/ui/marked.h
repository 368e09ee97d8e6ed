/* SPDX-License-Identifier: ISC */
/*
 * What stands out in the open article: what the search that led here looks for, what the reader has highlighted and
 * written on, and the passage that is being selected.
 * Knows: ui/reader, corpus/notes. Owns: the reader's lists of them. Fails: never; what cannot be read is not shown.
 */
#ifndef UI_MARKED_H
#define UI_MARKED_H

#include "ui/reader.h"

/* Marks all of it in the page, as it is now. */
void marked_show(struct reader *r);

/* Forgets all of it; the page, which borrows it, is gone already. */
void marked_forget(struct reader *r);

/* Reads the notes on the open article. The page, which borrows them, must be gone, and be set anew. */
void marked_read_notes(struct reader *r);

/* Takes bytes [start, end) of the article's text (comment 0) or of a comment's for a hit; they come in order. Hits
 * in what is folded away are left out. */
void marked_add_hit(struct reader *r, int comment, size_t start, size_t end);

/* Goes to hit number n; false where there is none. */
bool marked_show_hit(struct reader *r, long n);

#endif
