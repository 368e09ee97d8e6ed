/* SPDX-License-Identifier: ISC */
/*
 * What the model sees of each line: a short list of features, each one value of a group.
 * Knows: parse/lines, parse/phrases, parse/dates, and what a site repeats. Owns: its arrays, until
 * features_release. Fails: never. Linear in the text.
 *
 * A group is a question ("how long is it?") with a few answers ("chars=8-14"); features_groups.h holds the table.
 * The model looks at a line's own features and, of the groups marked so, at those of its neighbours.
 */
#ifndef PARSE_FEATURES_H
#define PARSE_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "parse/dates.h"
#include "parse/lines.h"
#include "parse/parse.h"
#include "parse/phrases.h"

/* What is known of one line beyond its counts. */
struct features_line {
    struct phrases_hits hits;
    struct dates_found date;  /* the first one in it, where has_date */
    uint64_t digest;          /* of its folded words in order, 0 where it has none: what parse_site counts */
    size_t first_word, words; /* its words in features.words */
    size_t first_content, contents; /* its content words in features.place */
    uint32_t length;          /* characters, those of scripts without spaces counting double */
    size_t twin;              /* the nearest line that says the same before it, else behind it; itself if none */
    unsigned site_share;      /* of a hundred pages of its site, how many hold it */
    int recur;           /* of a hundred content words, how many stand in prose elsewhere; -1 without any */
    bool has_date, prose, name_shaped;
    bool date_sought;         /* what has_date says holds for all of it */
    unsigned char look;       /* the same for lines that are prose, dated, short and a phrase alike */
    bool tailed;              /* its " - NAME" at the end stands on other lines too; set from outside */
    unsigned char front;      /* of its words, so many are all of another line's; 0 where it begins with none */
    unsigned char end;        /* the same at its end */
    unsigned char fronts, ends; /* lines that begin, that end with all of its words, counted up to 255 */
};

/* Whether a phrase of the class stands in the line; at its start. */
static inline bool features_has(const struct features_line *x, enum phrases_class class)
{
    return (x->hits.any >> class & 1) != 0;
}

static inline bool features_opens(const struct features_line *x, enum phrases_class class)
{
    return (x->hits.start >> class & 1) != 0;
}

struct features {
    const struct lines *lines; /* borrowed */
    struct features_line *line;
    struct phrases_words words;
    uint16_t *id;  /* the features of line i: id[start[i]] .. id[start[i + 1]] */
    size_t *start; /* lines->count + 1 of them */
    size_t id_count, id_cap, line_cap, start_cap;
    uint32_t languages[PHRASES_LANGUAGES]; /* function words of each language in the page */
    size_t core_from, core_to;             /* lines [from, to) where the prose is thickest */
    struct features_slot *slot;            /* scratch: a hash table of lines, slot_cap of slot_room slots */
    size_t slot_cap, slot_room;
    struct features_word *word;            /* the content words, by hash, word_cap of word_room places */
    size_t word_cap, word_room;
    uint32_t *place;                       /* in word, of each content word of the page */
    size_t place_cap;
};

void features_init(struct features *f);
void features_release(struct features *f);

/* The groups laid out for quick use; read-only, free with free(). */
struct features_table;
struct parse_thread;
struct features_table *features_table_new(void);

/* Looks at the lines of a page one by one: fills line, words and languages. site may be NULL. What was there
 * before is forgotten, the memory kept. */
void features_look(struct features *f, const struct phrases *p, const struct lines *lines,
                   const struct parse_site *site);

/* Looks at them together and takes their features. thread (which may be NULL) has looked at the same lines. */
void features_take(struct features *f, const struct features_table *table, const struct parse_thread *thread);

/* How many features there are; those below features_near() are seen from neighbouring lines too. */
size_t features_count(void);
size_t features_near(void);

/* Adds the name of feature id, "group=value". */
void features_name(size_t id, struct buf *out);

/* The names of all features, for looking many up; features_names_free it. */
struct features_names;
struct features_names *features_names_new(void);
void features_names_free(struct features_names **n);

/* The feature called name; false where there is none. */
bool features_names_find(const struct features_names *n, const char *name, size_t len, size_t *id);

#endif
