/* SPDX-License-Identifier: ISC */
/*
 * The beginnings of the words of a segment, and which of its new articles have one: gathered while its words are
 * written in their order, where the words of one beginning stand next to each other. Asking each article for its
 * beginnings would look at each of its words once more. Knows: store/begins. Owns: what was gathered. Fails: through
 * the connection's sticky fault.
 */
#ifndef STORE_PREFIXES_H
#define STORE_PREFIXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"

struct prefixes;

struct prefixes *prefixes_new(void);
void prefixes_free(struct prefixes **p);

/* Forgets what was gathered. The articles that follow have ids low to high, both above 0; none has where high is 0. */
void prefixes_begin(struct prefixes *p, int64_t low, int64_t high);

/* The next word, folded and not empty; in any order, but quickly in that of their bytes alone. */
void prefixes_word(struct prefixes *p, const char *word, size_t len);

/* It stands in article id; in none where id is 0. */
void prefixes_article(struct prefixes *p, int64_t id);

/* Adds what was gathered to the table begins, and forgets it. */
bool prefixes_save(struct prefixes *p, struct db *db);

#endif
