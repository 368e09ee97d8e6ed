/* SPDX-License-Identifier: ISC */
/*
 * The linear-chain model (a conditional random field: Lafferty, McCallum, Pereira 2001) that labels the lines
 * of a page all together: what each line shows, and what may follow what.
 * Knows: parse/features, share/model.txt (its head tells the format). Owns: its weights, until model_free.
 * Fails: reading the table can, naming file and line; labelling never does. Linear in the lines.
 *
 * The parts are coarser than the kinds of block, for they are what gold data tells; kinds.h refines them.
 */
#ifndef PARSE_MODEL_H
#define PARSE_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "parse/features.h"

enum model_part {
    MODEL_TITLE,
    MODEL_META,   /* author, date and what stands with them */
    MODEL_BODY,
    MODEL_BEFORE, /* anything else before the body, amid it, behind it */
    MODEL_INSIDE,
    MODEL_AFTER,
    MODEL_CONTROL, /* the words of the comment form, sorter, heading */
    MODEL_HEADER,  /* a comment's author, date, number */
    MODEL_COMMENT,
    MODEL_PARTS
};

enum {
    MODEL_WIDTH = 12, /* floats from one line's or weight's row to the next: MODEL_PARTS and padding */
    MODEL_SPAN = 3,   /* neighbours seen on either side */
};

struct model;

/* All weights zero; and the program's own, from its data folder: what was fitted (model.txt) and what was set by
 * hand (priors.txt), added up. */
struct model *model_new(void);
struct model *model_open(struct err *e);
void model_free(struct model **m);

/* The table as text, as model_open reads it; rows whose weights all round to zero are left out. */
void model_write(const struct model *m, struct buf *out);

/* scores[i * MODEL_WIDTH + part]: what line i's own features and its neighbours' say for each part. */
void model_score(const struct model *m, const struct features *f, float *scores);

/* Turns the scores of n lines into probabilities: that of each part at each line, given the whole page
 * (forward and backward sums). allowed (which may be NULL) has a bit a part for each line. room is scratch for
 * n * MODEL_WIDTH floats. Returns the logarithm of the sum over all labellings. */
double model_marginals(const struct model *m, const float *scores, size_t n, const uint16_t *allowed, float *room,
                       float *marginals);

/* Calls each for every weight row that speaks at line i: its weights, feature and offset. Together they are the
 * line's scores. For --explain and the fitting tool. */
void model_each_row(const struct model *m, const struct features *f, size_t i,
                    void (*each)(void *ctx, float *row, size_t feature, int offset), void *ctx);

/* All weights in one array: first a row for each part (what follows it) and one for the start of the page,
 * then the features' rows. */
float *model_weights(struct model *m, size_t *count);

const char *model_part_name(enum model_part part);

#endif
