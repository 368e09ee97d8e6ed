/* SPDX-License-Identifier: ISC */
/*
 * Parses a record as one page of its site: by what the site is known to repeat, noting what the page adds to it.
 * Knows: parse/, store/voice, corpus/fixes. Owns: a struct site_page its lines, until site_page_release.
 * Fails: never.
 */
#ifndef CORPUS_SITE_H
#define CORPUS_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "corpus/fixes.h"
#include "parse/parse.h"
#include "store/voice.h"

struct site_page {
    int64_t origin, turn; /* as in store/schema.h, as is voice */
    uint64_t voice;
    uint64_t *line; /* its lines, each once: for sites_count */
    size_t count, cap;
};

void site_page_release(struct site_page *page);

/* The site that a record says it is of: by its address, its site's name, or a host as its topmost folder; 0 where
 * it does not say. */
int64_t site_of(const struct record *r);

/* What it is called: as site_of finds it, else by the name that the page gives it (NULL: none). False where nothing
 * names it. */
bool site_name(const struct record *r, const char *given, struct buf *out);

/* What is known beside the record: what its site repeats, what the reader said, and the root that it was found in.
 * voice and fixes may be NULL, root where fixes is. */
struct site_known {
    const struct voice *voice;
    const struct fixes *fixes;
    const char *root;
    const uint64_t *met; /* not NULL: the digest (site_page.voice) of the verdicts that the page met before */
};

/* As parse_article. origin: the site where it is known already, 0 to find it, in the end by the name that the
 * page gives it: then a page that repeats that site's lines, or has rules, is parsed twice. False, and not parsed,
 * where the page meets the same verdicts as before (known->met, which wants an origin). */
bool site_parse(const struct parser *p, const struct site_known *known, int64_t origin, const struct record *r,
                struct article *a, struct site_page *page);

/* Adds why the line at byte `at` of the record's text is what it is, by what is known of the site that origin says
 * (parse_explain_at). */
bool site_explain(const struct parser *p, const struct site_known *known, int64_t origin, const struct record *r,
                  struct article *a, size_t at, struct buf *out);

#endif
