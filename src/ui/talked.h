/* SPDX-License-Identifier: ISC */
/*
 * The comments of the open article as the reader left them: what is new, collapsed, hidden, starred, his own.
 * Knows: ui/reader, corpus/talk. Owns: nothing: the flags are the reader's (struct reader). Fails: never.
 */
#ifndef UI_TALKED_H
#define UI_TALKED_H

#include "ui/reader.h"

/* Sets the flags of all comments from what is kept, after the article was opened or read anew. */
void talked_read(struct reader *r);

/* Reads anew whom the reader hides on the site. */
void talked_read_muted(struct reader *r);

/* For layout/page: what follows for a comment from whose it is. ctx is the reader. */
unsigned talked_author(void *ctx, const char *author);

/* Keeps the flags of all, which were changed: at once, whatever becomes of the program. */
void talked_keep(const struct reader *r);

/* Keeps which comments were there at this visit, if any was on the screen. */
void talked_leave(const struct reader *r);

/* Notes whether comments are on the screen: then they have been there at this visit. */
void talked_note(struct reader *r);

/* Whether comment id, or one that it answers, is hidden. */
bool talked_is_hidden(const struct reader *r, int id);

#endif
