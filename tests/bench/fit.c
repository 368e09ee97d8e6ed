/* SPDX-License-Identifier: ISC */
/*
 * fit GOLD FOLDS FOLD: fits the model to the gold pages of all sites but those of the fold (a FOLD of -1 leaves
 * none out) and writes its table to standard output. The same gold gives the same table.
 *
 * Stochastic gradient ascent (AdaGrad: Duchi, Hazan, Singer 2011) on the likelihood of the labellings that the
 * gold allows, against that of all: what the gold does not tell of a line, it need not be told.
 */
#include "gold.h"

#include "base/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EPOCHS = 14 };

static const float RATE = 0.12f, SHRINK = 0.002f;

struct fit {
    struct model *model;
    float *weights, *squares, *mean;
    size_t count;
    float *scores, *room, *with, *without; /* of the longest page */
    const float *step;                     /* the line's gradient, for move_row */
};

static uint32_t random_next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void move_weights(struct fit *f, float *row, const float *gradient)
{
    float *square = f->squares + (row - f->weights);
    int part;

    for (part = 0; part < MODEL_PARTS; part++) {
        float g = gradient[part] - SHRINK * row[part];

        square[part] += g * g;
        row[part] += RATE * g / (sqrtf(square[part]) + 1e-4f);
    }
}

static void move_row(void *ctx, float *row, size_t feature, int offset)
{
    struct fit *f = ctx;

    (void)feature;
    (void)offset;
    move_weights(f, row, f->step);
}

/* How often one part follows another under the marginals' scores: pairs of neighbours, taken as independent
 * given the two lines' marginals would be wrong, so it is summed exactly. */
static void add_moves(const struct fit *f, const float *scores, size_t n, const uint16_t *allowed, float sign,
                      float *sums)
{
    float *alpha = f->room, *beta = mem_alloc(n * MODEL_WIDTH * sizeof *beta), e[MODEL_PARTS];
    size_t i;
    int a, b;

    for (i = 0; i < n; i++) {
        float most = -1e30f, sum = 1e-30f;

        for (a = 0; a < MODEL_PARTS; a++)
            most = fmaxf(most, (allowed ? allowed[i] : ~0u) >> a & 1 ? scores[i * MODEL_WIDTH + a] : -1e30f);
        for (b = 0; b < MODEL_PARTS; b++) {
            float s = 0;

            for (a = 0; a < MODEL_PARTS && i; a++)
                s += alpha[(i - 1) * MODEL_WIDTH + a] * expf(f->weights[a * MODEL_WIDTH + b]);
            if (i == 0)
                s = expf(f->weights[MODEL_PARTS * MODEL_WIDTH + b]);
            s *= (allowed ? allowed[i] : ~0u) >> b & 1 ? expf(scores[i * MODEL_WIDTH + b] - most) : 0;
            alpha[i * MODEL_WIDTH + b] = s;
            sum += s;
        }
        for (b = 0; b < MODEL_PARTS; b++)
            alpha[i * MODEL_WIDTH + b] /= sum;
    }
    for (a = 0; a < MODEL_PARTS; a++)
        beta[(n - 1) * MODEL_WIDTH + a] = 1;
    for (i = n - 1; i > 0; i--) {
        float most = -1e30f, total = 1e-30f, pair[MODEL_PARTS][MODEL_PARTS], sum = 1e-30f;

        for (a = 0; a < MODEL_PARTS; a++)
            most = fmaxf(most, (allowed ? allowed[i] : ~0u) >> a & 1 ? scores[i * MODEL_WIDTH + a] : -1e30f);
        for (b = 0; b < MODEL_PARTS; b++)
            e[b] = ((allowed ? allowed[i] : ~0u) >> b & 1 ? expf(scores[i * MODEL_WIDTH + b] - most) : 0) *
                   beta[i * MODEL_WIDTH + b];
        for (a = 0; a < MODEL_PARTS; a++) {
            float back = 0;

            for (b = 0; b < MODEL_PARTS; b++) {
                float w = expf(f->weights[a * MODEL_WIDTH + b]) * e[b];

                back += w;
                pair[a][b] = alpha[(i - 1) * MODEL_WIDTH + a] * w;
                total += pair[a][b];
            }
            beta[(i - 1) * MODEL_WIDTH + a] = back;
            sum += back;
        }
        for (a = 0; a < MODEL_PARTS; a++) {
            beta[(i - 1) * MODEL_WIDTH + a] /= sum;
            for (b = 0; b < MODEL_PARTS; b++)
                sums[a * MODEL_WIDTH + b] += sign * pair[a][b] / total;
        }
    }
    free(beta);
}

static double fit_page(struct fit *f, const struct gold_page *p)
{
    size_t n = p->lines.count, i;
    float moves[(MODEL_PARTS + 1) * MODEL_WIDTH] = {0};
    float weight = p->weight * 8.0f / sqrtf((float)n + 16);
    double gain;
    int part;

    model_score(f->model, &p->features, f->scores);
    gain = model_marginals(f->model, f->scores, n, p->allowed, f->room, f->with);
    gain -= model_marginals(f->model, f->scores, n, NULL, f->room, f->without);
    add_moves(f, f->scores, n, p->allowed, weight, moves);
    add_moves(f, f->scores, n, NULL, -weight, moves);
    for (part = 0; part < MODEL_PARTS; part++)
        moves[MODEL_PARTS * MODEL_WIDTH + part] = weight * (f->with[part] - f->without[part]);
    for (i = 0; i < n; i++) {
        float step[MODEL_PARTS], any = 0;

        for (part = 0; part < MODEL_PARTS; part++) {
            step[part] = weight * (f->with[i * MODEL_WIDTH + part] - f->without[i * MODEL_WIDTH + part]);
            any += fabsf(step[part]);
        }
        f->step = step;
        if (any > 1e-4f)
            model_each_row(f->model, &p->features, i, move_row, f);
    }
    for (part = 0; part <= MODEL_PARTS; part++)
        move_weights(f, f->weights + part * MODEL_WIDTH, moves + part * MODEL_WIDTH);
    return gain * (double)weight;
}

static void fit_all(struct fit *f, const struct gold *g, int folds, int fold)
{
    size_t *order = mem_alloc(g->count * sizeof *order), n = 0, i, longest = 1;
    uint32_t seed = 20260122;
    int epoch;

    for (i = 0; i < g->count; i++) {
        if (g->page[i].lines.count && gold_fold(g->page[i].domain, folds) != fold)
            order[n++] = i;
        if (g->page[i].lines.count > longest)
            longest = g->page[i].lines.count;
    }
    f->scores = mem_zalloc(longest * MODEL_WIDTH, sizeof *f->scores);
    f->room = mem_zalloc(longest * MODEL_WIDTH, sizeof *f->room);
    f->with = mem_zalloc(longest * MODEL_WIDTH, sizeof *f->with);
    f->without = mem_zalloc(longest * MODEL_WIDTH, sizeof *f->without);
    for (epoch = 0; epoch < EPOCHS; epoch++) {
        double gain = 0;

        for (i = n - 1; i > 0; i--) {
            size_t k = random_next(&seed) % (i + 1), swap = order[i];

            order[i] = order[k];
            order[k] = swap;
        }
        for (i = 0; i < n; i++)
            gain += fit_page(f, &g->page[order[i]]);
        for (i = 0; i < f->count && epoch >= EPOCHS / 2; i++)
            f->mean[i] += f->weights[i] / (float)(EPOCHS - EPOCHS / 2);
        fprintf(stderr, "fold %d, epoch %d: %.1f over %zu pages\n", fold, epoch, gain, n);
    }
    memcpy(f->weights, f->mean, f->count * sizeof *f->weights);
    free(f->scores);
    free(f->room);
    free(f->with);
    free(f->without);
    free(order);
}

int main(int argc, char **argv)
{
    struct err e = ERR_INIT;
    struct phrases *p;
    struct platform_rules *platforms;
    struct fit f = {0};
    struct gold g;
    struct buf out;

    if (argc != 4) {
        fprintf(stderr, "usage: fit GOLD FOLDS FOLD\n");
        return ERR_USAGE;
    }
    p = phrases_open(&e);
    platforms = p ? platform_open(&e) : NULL;
    if (platforms == NULL) {
        fprintf(stderr, "fit: %s\n", e.text);
        return e.status;
    }
    gold_read(&g, argv[1], p, platforms);
    f.model = model_new();
    f.weights = model_weights(f.model, &f.count);
    f.squares = mem_zalloc(f.count, sizeof *f.squares);
    f.mean = mem_zalloc(f.count, sizeof *f.mean);
    fit_all(&f, &g, (int)strtol(argv[2], NULL, 10), (int)strtol(argv[3], NULL, 10));
    buf_init(&out);
    model_write(f.model, &out);
    fwrite(out.data, 1, out.len, stdout);
    buf_release(&out);
    free(f.squares);
    free(f.mean);
    model_free(&f.model);
    phrases_free(&p);
    platform_close(&platforms);
    gold_release(&g);
    return 0;
}
