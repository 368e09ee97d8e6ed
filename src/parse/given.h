/* SPDX-License-Identifier: ISC */
/*
 * Comments that a record's format gives, with their true parents.
 * Knows: doc/record, doc/article. Owns: nothing. Fails: never; a parent that is not there is the article.
 */
#ifndef PARSE_GIVEN_H
#define PARSE_GIVEN_H

#include "doc/article.h"
#include "doc/record.h"

/* Adds r's comments, which stand with each parent before its children, to a, which has none. */
void given_comments(const struct record *r, struct article *a);

#endif
