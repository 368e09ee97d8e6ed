/* SPDX-License-Identifier: ISC */
#include "grow.h"

#include "base/mem.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 64, MOST_DEPTH = 8 };

static const double RIDGE = 2.0;

struct sums {
    double gradient, curve;
    size_t rows;
};

struct work {
    const struct grow *g;
    const char *const *names;
    uint8_t *bin;   /* features a row */
    float *edge;    /* BINS a feature: the upper edge of each bin */
    double *score, *gradient, *curve;
    size_t *order;  /* rows, those of a node next to each other */
    const struct grow_how *how;
    struct buf *out;
    bool *bag;   /* the rows that this tree learns from */
    bool *asked; /* the features that it may ask about */
    uint32_t seed;
};

void grow_row(struct grow *g, const float *values, bool right, size_t group)
{
    mem_grow(&g->values, &g->values_cap, (g->rows + 1) * g->features, sizeof *g->values);
    mem_grow(&g->truth, &g->truth_cap, g->rows + 1, sizeof *g->truth);
    mem_grow(&g->group, &g->group_cap, g->rows + 1, sizeof *g->group);
    memcpy(g->values + g->rows * g->features, values, g->features * sizeof *values);
    g->truth[g->rows] = right ? 1 : 0;
    g->group[g->rows++] = group;
}

void grow_release(struct grow *g)
{
    free(g->values);
    free(g->truth);
    free(g->group);
    memset(g, 0, sizeof *g);
}

static uint32_t random_next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static void make_bins(struct work *w)
{
    const struct grow *g = w->g;
    float *column = mem_alloc((g->rows + 1) * sizeof *column);
    size_t f, i, k;

    for (f = 0; f < g->features; f++) {
        float *edge = w->edge + f * BINS;
        size_t used = 0;

        for (i = 0; i < g->rows; i++)
            column[i] = g->values[i * g->features + f];
        qsort(column, g->rows, sizeof *column, by_value);
        for (k = 1; k < BINS; k++) {
            float low = column[k * g->rows / BINS];

            if (used == 0 || low > edge[used - 1])
                edge[used++] = low;
        }
        /* Few values: every one its own bin. */
        for (i = 0, k = 0; i < g->rows && k < BINS; i++)
            k += i == 0 || column[i] > column[i - 1];
        if (k < BINS) {
            for (i = 0, used = 0; i < g->rows; i++) {
                if (i == 0 || column[i] > column[i - 1])
                    edge[used++] = column[i];
            }
        }
        for (; used < BINS; used++)
            edge[used] = INFINITY;
        for (i = 0; i < g->rows; i++) {
            float v = g->values[i * g->features + f];

            for (k = 0; k < BINS - 1 && v > edge[k];)
                k++;
            w->bin[i * g->features + f] = (uint8_t)k;
        }
    }
    free(column);
}

/* Moves the rows of one group by what is likelier of them than the truth says. */
static void take_group(struct work *w, size_t from, size_t to)
{
    const struct grow *g = w->g;
    bool none = w->how->choice == GROW_MOST;
    double sum, right = 0, most = none ? 0 : -1e30;
    size_t i;

    for (i = from; i < to; i++)
        most = fmax(most, w->score[i]);
    sum = none ? exp(-most) : 0;
    for (i = from; i < to; i++) {
        sum += exp(w->score[i] - most);
        right += (double)g->truth[i] * exp(w->score[i] - most);
    }
    for (i = from; i < to; i++) {
        double odds = exp(w->score[i] - most), p = odds / sum;

        w->gradient[i] = (g->truth[i] > 0 ? odds / right : 0) - p;
        w->curve[i] = p * (1 - p) + 1e-6;
    }
}

static void take_gradients(struct work *w)
{
    const struct grow *g = w->g;
    size_t i, end;

    for (i = 0; i < g->rows; i = end) {
        for (end = i; end < g->rows && g->group[end] == g->group[i];)
            end++;
        if (w->how->choice != GROW_EACH) {
            take_group(w, i, end);
            continue;
        }
        for (size_t k = i; k < end; k++) {
            double p = 1 / (1 + exp(-w->score[k]));

            w->gradient[k] = (double)g->truth[k] - p;
            w->curve[k] = p * (1 - p) + 1e-6;
        }
    }
}

static double gain(const struct sums *s)
{
    return s->gradient * s->gradient / (s->curve + RIDGE);
}

static void write_leaf(struct work *w, size_t from, size_t to, const struct sums *all)
{
    double value = (double)w->how->rate * all->gradient / (all->curve + RIDGE);
    size_t i;

    buf_add_fmt(w->out, "= %.4f\n", value);
    for (i = from; i < to; i++)
        w->score[w->order[i]] += value;
}

/* Grows the node of order[from..to): depth is bounded, so that this may call itself. */
static void grow_node(struct work *w, size_t from, size_t to, int depth)
{
    const struct grow *g = w->g;
    struct sums all = {0, 0, 0}, *bins;
    size_t i, k, f, best_feature = 0, best_bin = 0, low = from, high = to;
    double best = 1e-3;

    for (i = from; i < to; i++) {
        if (!w->bag[w->order[i]])
            continue;
        all.gradient += w->gradient[w->order[i]];
        all.curve += w->curve[w->order[i]];
        all.rows++;
    }
    if (depth == 0 || all.rows < 2 * w->how->least) {
        write_leaf(w, from, to, &all);
        return;
    }
    bins = mem_zalloc(g->features * BINS, sizeof *bins);
    for (i = from; i < to; i++) {
        size_t row = w->order[i];

        if (!w->bag[row])
            continue;
        for (f = 0; f < g->features; f++) {
            struct sums *s = &bins[f * BINS + w->bin[row * g->features + f]];

            if (!w->asked[f])
                continue;
            s->gradient += w->gradient[row];
            s->curve += w->curve[row];
            s->rows++;
        }
    }
    for (f = 0; f < g->features; f++) {
        struct sums left = {0, 0, 0};

        for (k = 0; k + 1 < BINS; k++) {
            struct sums right;
            double won;

            left.gradient += bins[f * BINS + k].gradient;
            left.curve += bins[f * BINS + k].curve;
            left.rows += bins[f * BINS + k].rows;
            right = (struct sums){all.gradient - left.gradient, all.curve - left.curve, all.rows - left.rows};
            if (left.rows < w->how->least || right.rows < w->how->least)
                continue;
            won = gain(&left) + gain(&right) - gain(&all);
            if (won > best) {
                best = won;
                best_feature = f;
                best_bin = k;
            }
        }
    }
    free(bins);
    if (best <= 1e-3) {
        write_leaf(w, from, to, &all);
        return;
    }
    while (low < high) {
        if (w->bin[w->order[low] * g->features + best_feature] <= best_bin) {
            low++;
        } else {
            size_t swap = w->order[low];

            w->order[low] = w->order[--high];
            w->order[high] = swap;
        }
    }
    buf_add_fmt(w->out, "%s <= %.6g\n", w->names[best_feature], (double)w->edge[best_feature * BINS + best_bin]);
    grow_node(w, from, low, depth - 1);
    grow_node(w, low, to, depth - 1);
}

/* The pages and the features that the next tree sees. */
static void draw(struct work *w)
{
    const struct grow *g = w->g;
    bool in = true;
    size_t i;

    for (i = 0; i < g->rows; i++) {
        w->order[i] = i;
        if (i == 0 || g->group[i] != g->group[i - 1])
            in = random_next(&w->seed) % 1000 < w->how->pages;
        w->bag[i] = in;
    }
    for (i = 0; i < g->features; i++)
        w->asked[i] = random_next(&w->seed) % 1000 < w->how->questions;
}

void grow_forest(const struct grow *g, const char *const *names, const struct grow_how *how, struct buf *out)
{
    struct work w = {.g = g, .names = names, .how = how, .out = out, .seed = 20260122};
    int t;

    w.bin = mem_alloc(g->rows * g->features + 1);
    w.edge = mem_alloc(g->features * BINS * sizeof *w.edge);
    w.score = mem_zalloc(g->rows + 1, sizeof *w.score);
    w.gradient = mem_zalloc(g->rows + 1, sizeof *w.gradient);
    w.curve = mem_zalloc(g->rows + 1, sizeof *w.curve);
    w.bag = mem_zalloc(g->rows + 1, 1);
    w.asked = mem_zalloc(g->features + 1, 1);
    w.order = mem_alloc((g->rows + 1) * sizeof *w.order);
    make_bins(&w);
    for (t = 0; t < how->trees; t++) {
        take_gradients(&w);
        draw(&w);
        grow_node(&w, 0, g->rows, how->depth < MOST_DEPTH ? how->depth : MOST_DEPTH);
    }
    free(w.bin);
    free(w.edge);
    free(w.score);
    free(w.gradient);
    free(w.curve);
    free(w.order);
    free(w.bag);
    free(w.asked);
}
