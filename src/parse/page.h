/* SPDX-License-Identifier: ISC */
/*
 * One page while it is parsed: what the parts of the parser hand on to each other.
 * Knows: parse/lines, parse/features, parse/model, doc/. Owns: its arrays, until page_release.
 * Fails: never.
 */
#ifndef PARSE_PAGE_H
#define PARSE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "doc/article.h"
#include "parse/features.h"
#include "parse/lines.h"
#include "parse/model.h"
#include "parse/phrases.h"
#include "parse/platform.h"
#include "parse/thread.h"

/* What the reader said of a line. */
struct page_mend {
    unsigned char answer; /* enum fix_answer and 1; 0 for nothing */
    bool sure;            /* of this very line, not of all of its form */
    bool worded;          /* of all of its form, which has words of its own */
    struct platform_span name; /* bytes of the text: of a line that names somebody; equal where it is not known */
};

struct page {
    const struct phrases *phrases;
    struct parse_thread *thread;
    struct lines lines;
    struct features features;
    float *marginals;      /* MODEL_WIDTH a line */
    unsigned char *part;   /* enum model_part a line: the likeliest, those outside the body taken together */
    enum kind *kind;       /* one a line */
    unsigned *flags;       /* article_block_flag bits, one a line */
    size_t *tail;          /* bytes of a line's " - NAME" tail that other lines have too; 0 where there is none */
    size_t title;          /* line of the headline; lines.count where there is none */
    bool post;             /* the format gave title and comments: the text is what was posted, and all of it body */
    struct page_mend *mend; /* one a line; NULL where the reader said nothing */
    size_t first_body;     /* first line of the body; lines.count where there is none */
    const char *language;
    size_t room;           /* lines that the arrays have room for */
};

void page_init(struct page *p, const struct phrases *phrases, const struct platform_rules *platforms);
void page_release(struct page *p);

/* Forgets the page and keeps the memory. */
void page_reset(struct page *p);

/* Room for the arrays, once the lines are known. */
void page_make_room(struct page *p);

/* The text of line i. */
const char *page_text(const struct page *p, size_t i, size_t *len);

static inline const struct features_line *page_line(const struct page *p, size_t i)
{
    return &p->features.line[i];
}

static inline float page_chance(const struct page *p, size_t i, enum model_part part)
{
    return p->marginals[i * MODEL_WIDTH + (size_t)part];
}

#endif
