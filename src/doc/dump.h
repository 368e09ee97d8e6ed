/* SPDX-License-Identifier: ISC */
/*
 * An article as lines for people: its fields, then "kind: text" for each block, then its comments.
 * Knows: doc/article. Owns: nothing. Fails: never.
 * The text stays as it is in the article: it has to pass the door where it is shown.
 */
#ifndef DOC_DUMP_H
#define DOC_DUMP_H

#include "base/buf.h"
#include "doc/article.h"

/* Adds the article a; name stands in the first line. Lines of a block after its first one are indented. */
void dump_add_article(struct buf *out, const struct article *a, const char *name);

#endif
