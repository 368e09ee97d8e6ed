/* SPDX-License-Identifier: ISC */
/*
 * Which names stand for which field of an article, in all formats whose fields have names.
 * Knows: doc/record. Owns: the names added by the configuration. Fails: a name that is not known is an
 * answer.
 */
#ifndef SOURCE_FIELDS_H
#define SOURCE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "doc/record.h"

enum field {
    FIELD_TEXT,
    FIELD_TITLE,
    FIELD_STANDFIRST,
    FIELD_AUTHORS,
    FIELD_SITE,
    FIELD_URL,
    FIELD_PUBLISHED,
    FIELD_LANGUAGE,
    FIELD_COMMENTS, /* the page's comments, as text or as objects */
    FIELD_INSIDE,   /* an object that holds more of the fields */
    FIELD_CRAWLED,  /* says that a plain "date" is that of the crawl */
    FIELD_ID,       /* from here on: of comments alone */
    FIELD_PARENT,
    FIELD_SCORE,
    FIELD_COUNT
};

/* A field that a name can stand for, and how surely: the higher the surer. */
struct field_match {
    enum field field;
    int rank;
};

enum { FIELD_MATCHES = 4, FIELD_RANK_MAX = 200 };

/* Finds what name can stand for; returns how many matches there are. Case, "_", "-", ".", ":" and blanks
 * in name do not count. */
size_t field_find(const char *name, size_t len, struct field_match out[FIELD_MATCHES]);

enum { FIELD_AUTHORS_MOST = 500 };

/* Sets a field of r from text (UTF-8) and says in r->given that it was given; text that says nothing ("", "null", a
 * date that is none) leaves it alone. Authors are split and added to those there are, up to FIELD_AUTHORS_MOST: a
 * longer list is not of those who wrote an article. */
void field_set(struct record *r, enum field f, const char *text, size_t len);

/* Whether the text is an address of the web. */
bool field_is_url(const char *text, size_t len);

/* The two-letter code of the language that the tag or ISO 639-3 code names ("en-US", "eng"), in out; false
 * where it names none that is known. */
bool field_language(const char *tag, size_t len, char out[4]);

#endif
