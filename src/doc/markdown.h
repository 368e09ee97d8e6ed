/* SPDX-License-Identifier: ISC */
/*
 * Markdown (CommonMark 0.31): foreign text that stays text in it, and an article as a document.
 * Knows: doc/article. Owns: nothing. Fails: never.
 * What comes out has not passed the door: its lines are to, before they reach a terminal.
 */
#ifndef DOC_MARKDOWN_H
#define DOC_MARKDOWN_H

#include <stddef.h>

#include "base/buf.h"
#include "doc/article.h"

/* Adds text so that it reads the same once it is rendered: what would be markup is escaped. Each line is begun with
 * prefix ("> ", "" for none); empty lines are kept as such. Ends without a line end. */
void markdown_add_text(struct buf *out, const char *s, size_t len, const char *prefix);

/* Adds text as one line: white space of any kind is one blank. */
void markdown_add_line(struct buf *out, const char *s, size_t len);

/* Adds an article: headline, what is known of it, its body with sections, quotes, lists and captions, and its
 * comments, quoted as deep as they answer. Appeals, teasers, and the comment form's words are left out. */
void markdown_add_article(struct buf *out, const struct article *a);

#endif
