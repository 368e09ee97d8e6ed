/* SPDX-License-Identifier: ISC */
/*
 * JSON objects made into records, whatever their fields are called.
 * Knows: jansson, source/fields. Owns: nothing between calls. Fails: what is no article is an answer.
 */
#ifndef SOURCE_OBJECT_H
#define SOURCE_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/err.h"
#include "doc/record.h"

/* Whether "key": stands at s + at, or the beginning of it where the len bytes at s end. */
bool object_key_at(const char *s, size_t len, size_t at);

/* Reads one JSON value. What JSON forbids but is written all the same is mended: NaN and Infinity, lone
 * halves of surrogate pairs, raw control characters, bytes that are not UTF-8. NULL, with e, where it is
 * still none; free it with json_decref. Of a very long one elements stand as text (source/prune), and *left_out (NULL
 * allowed) of them are left out. */
json_t *object_load(const char *bytes, size_t len, size_t *left_out, struct err *e);

/* Element i of an array, a new reference: read now where it stands as text, and then gone from the array; NULL where it
 * cannot be. *left_out grows by what it lacks. */
json_t *object_element(const json_t *list, size_t i, size_t *left_out);

/* Fills r from the object; false where it holds no article (no text, and not a title with comments). */
bool object_read(const json_t *object, struct record *r);

/* The object's member called key as text in r's arena: a string as it is, a number without needless ".0"; NULL for
 * anything else and for the empty string. */
const char *object_get(const json_t *object, const char *key, struct record *r);

/* Whether the object has a member called key, null too. */
bool object_has(const json_t *object, const char *key);

/* A number as a score; false where the value is none that a long holds. */
bool object_score(const json_t *value, long *score);

/* A string member that may be HTML, as text in the arena; "" where there is none. */
const char *object_text(const json_t *value, struct record *r);

#endif
