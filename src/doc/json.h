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

/* Adds a member of an object: "NAME": and value as a string, or null. */
void json_add_member(struct buf *out, const char *name, const char *value);

/* Adds one object and a line end. Its members, null where unknown:
 *   id, path, locator   where id is not 0, path and locator are not NULL
 *   title, standfirst, site, url, language; authors, an array
 *   published           "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM"
 *   dateline            {place, agency, date}
 *   blocks              [{kind, start, end, text}]: all of the text, start and end bytes of the record's source
 *   comments            [{id, parent, inferred, author, published, score, text}]; inferred only where it is true
 *   comment_count       how many the page says that there are
 *   given               which of these the format gave, in an array; left out where that is none */
void json_add_article(struct buf *out, const struct article *a, const char *path, int64_t id,
                      const char *locator);

#endif
