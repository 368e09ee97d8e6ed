/* SPDX-License-Identifier: ISC */
/*
 * Articles as JSON Lines: the contract of `parse`, `show` and `list --format=json`.
 * Knows: doc/article, RFC 8259. Owns: nothing. Fails: never; bytes that are not UTF-8 come out as U+FFFD.
 */
#ifndef DOC_JSON_H
#define DOC_JSON_H

#include <stddef.h>

#include "base/buf.h"
#include "doc/article.h"

/* Adds s as a JSON string in quotes, or null where s is NULL. */
void json_add_string(struct buf *out, const char *s, size_t len);

/* Adds one object and a line end: the article a as design.md's contract says. path is written as "path"
 * where it is not NULL, id as "id" where it is not 0, locator as "locator" where it is not NULL. */
void json_add_article(struct buf *out, const struct article *a, const char *path, int64_t id,
                      const char *locator);

#endif
