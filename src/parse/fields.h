/* SPDX-License-Identifier: ISC */
/*
 * The fields of an article, from a page whose lines are labelled: one file each (title.c, title_cut.c, byline.c,
 * published.c, site.c, language.c).
 * Knows: parse/page, parse/forest, doc/article. Owns: nothing; strings go to the article. Fails: never; a
 * field that cannot be told stays NULL.
 *
 * Headline, authors and date of publication are chosen among candidates: each is asked for some numbers, of
 * which a forest (parse/forest) makes a score. The fitting tool asks for the same numbers.
 */
#ifndef PARSE_FIELDS_H
#define PARSE_FIELDS_H

#include "parse/forest.h"
#include "parse/page.h"
#include "parse/shape.h"

enum { FIELDS_MOST_VALUES = 100, FIELDS_CLIP = 80 };

/* A distance as a value: those farther than FIELDS_CLIP are as far. */
static inline float fields_clip(long n)
{
    return (float)(n < -FIELDS_CLIP ? -FIELDS_CLIP : n > FIELDS_CLIP ? FIELDS_CLIP : n);
}

/* The ISO 639-1 code of the page's language, static or owned by the phrases; NULL where it cannot be told. */
const char *language_of(const struct page *p);

enum { TITLE_BEGINS = 1024, TITLE_BEGUN = 250 };

/* What the headline's candidates are measured by, worked out once a page. */
struct title_page {
    float most;   /* the best chance of any line */
    size_t best;  /* that line */
    size_t prose; /* the first line of prose in the body; lines.count where there is none */
    size_t begun; /* words that begins[] has taken */
    unsigned char begins[TITLE_BEGINS]; /* a bit for each beginning of a word of the text's first lines */
};

/* Names and number of the values of a candidate for the headline. */
const char *const *title_names(size_t *count);
void title_look(const struct page *p, struct title_page *t);
bool title_is_candidate(const struct page *p, size_t i);
void title_values(const struct page *p, const struct title_page *t, size_t i, float *values);

/* The line of the headline; lines.count where there is none. Needs the marginals and the tails. */
size_t title_choose(const struct page *p, const struct forest *f);

/* The headline that line i would be: without what stands before it (a date, the way to the page, a kicker, as far
 * as a sign or another line of the page shows where it ends) and a site's name behind it. */
const char *title_text(const struct page *p, size_t i, size_t *len);

/* Sets a->title from line p->title, as title_text cuts it, without soft hyphens. */
void title_set(const struct page *p, struct article *a);

/* Sets a->site from what the page says of itself. */
void site_set(const struct page *p, struct article *a);

/* A name that may be an author's: bytes of the page's text. */
struct byline_name {
    size_t start, end, line;
    float score;
    float values[FIELDS_MOST_VALUES];
};

const char *const *byline_names(size_t *count);

/* The candidates, in page order, at most `room` of them. */
size_t byline_collect(const struct page *p, struct byline_name *out, size_t room);

/* Adds the authors. */
void byline_set(const struct page *p, const struct forest *f, struct article *a);

/* A date that may be the day of publication. */
struct published_date {
    struct dates_found date;
    size_t line;
    float values[FIELDS_MOST_VALUES];
};

const char *const *published_names(size_t *count);
size_t published_collect(const struct page *p, struct published_date *out, size_t room);

/* Sets a->published. */
void published_set(const struct page *p, const struct forest *f, struct article *a);

#endif
