/* SPDX-License-Identifier: ISC */
/*
 * fit GOLD FOLDS FOLD FOLDER: fits the parser's tables to the gold pages of all sites but those of the fold (a FOLD
 * of -1 leaves none out) and writes them to the folder: model.txt, title.txt, author.txt, date.txt. The same gold
 * gives the same tables.
 *
 * The model: stochastic gradient ascent (AdaGrad: Duchi, Hazan, Singer 2011) on the likelihood of the labellings
 * that the gold allows, against that of all: what the gold does not tell of a line, it need not be told. The
 * forests see what models say that have not seen the page's site, as they will when they are used.
 */
#include "gold.h"
#include "grow.h"

#include "base/mem.h"
#include "base/path.h"
#include "parse/fields.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EPOCHS = 14, INNER_FOLDS = 3 };

/* What neighbours say is held back more: they are six times as many weights. */
static const float RATE = 0.12f, SHRINK = 0.0075f, SHRINK_NEAR = 0.0225f;

enum { TIMES = MODEL_PARTS };

struct fit {
    struct model *model;
    float *weights, *squares, *mean;
    size_t count;
    float *scores, *room, *with, *without; /* of the longest page */
    const float *step;                     /* the line's gradient, for add_row */
    float *sums;                           /* the page's, a row as the weights have, and in TIMES its lines */
    size_t *moved, moved_count;            /* rows of sums that are not zero */
};

static uint32_t random_next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void move_weights(struct fit *f, float *row, const float *gradient, float shrink)
{
    float *square = f->squares + (row - f->weights);
    int part;

    for (part = 0; part < MODEL_PARTS; part++) {
        float g = gradient[part] - shrink * row[part];

        square[part] += g * g;
        row[part] += RATE * g / (sqrtf(square[part]) + 1e-4f);
    }
}

/* Adds the line's gradient to that of its page: weights move once a page, or those of common features would run
 * away with every line. */
static void add_row(void *ctx, float *row, size_t feature, int offset)
{
    struct fit *f = ctx;
    float *sum = f->sums + (row - f->weights);
    int part;

    (void)feature;
    (void)offset;
    if (sum[TIMES] <= 0)
        f->moved[f->moved_count++] = (size_t)(row - f->weights);
    sum[TIMES]++;
    for (part = 0; part < MODEL_PARTS; part++)
        sum[part] += f->step[part];
}

static void move_rows(struct fit *f)
{
    size_t i, near = (MODEL_PARTS + 1 + features_count()) * MODEL_WIDTH;

    for (i = 0; i < f->moved_count; i++) {
        float *sum = f->sums + f->moved[i];

        move_weights(f, f->weights + f->moved[i], sum,
                     (f->moved[i] < near ? SHRINK : SHRINK_NEAR) * sum[TIMES]);
        memset(sum, 0, MODEL_WIDTH * sizeof *sum);
    }
    f->moved_count = 0;
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

/* Scripts without capitals, in languages of which the dictionary knows little, are not in the gold: a copy of a
 * page without what only Western letters and known words show stands for them. */
struct plain {
    uint16_t *to; /* what each feature becomes, NO_FEATURE where it is dropped */
    struct features features;
};

enum { NO_FEATURE = UINT16_MAX };

static const float PLAIN_WEIGHT = 0.35f;

static bool begins(const struct buf *name, const char *with)
{
    return name->len >= strlen(with) && memcmp(name->data, with, strlen(with)) == 0;
}

static void plain_open(struct plain *p)
{
    struct features_names *names = features_names_new();
    size_t id, none, letter, count = features_count();
    struct buf name;

    buf_init(&name);
    p->to = mem_alloc(count * sizeof *p->to);
    features_names_find(names, "case=none", 9, &none);
    features_names_find(names, "begins=letter", 13, &letter);
    for (id = 0; id < count; id++) {
        buf_clear(&name);
        features_name(id, &name);
        p->to[id] = (uint16_t)id;
        if (begins(&name, "case="))
            p->to[id] = (uint16_t)none;
        else if (begins(&name, "begins=lower") || begins(&name, "begins=upper"))
            p->to[id] = (uint16_t)letter;
        else if (begins(&name, "phrase=") || begins(&name, "all=") || begins(&name, "opens=") ||
                 begins(&name, "closes=") || begins(&name, "name="))
            p->to[id] = NO_FEATURE;
    }
    buf_release(&name);
    features_names_free(&names);
}

static void plain_close(struct plain *p)
{
    free(p->to);
    free(p->features.id);
    free(p->features.start);
}

/* The features of f as a page without capitals would have them; words: without known words too. Good until the
 * next call. */
static const struct features *plain_copy(struct plain *p, const struct features *f, bool words)
{
    struct features *out = &p->features;
    size_t n = f->lines->count, i, k;

    out->lines = f->lines;
    out->line = f->line;
    out->id_count = 0;
    mem_grow(&out->id, &out->id_cap, f->id_count + 1, sizeof *out->id);
    mem_grow(&out->start, &out->start_cap, n + 1, sizeof *out->start);
    for (i = 0; i < n; i++) {
        out->start[i] = out->id_count;
        for (k = f->start[i]; k < f->start[i + 1]; k++) {
            uint16_t to = p->to[f->id[k]];

            if (to != NO_FEATURE || words)
                out->id[out->id_count++] = to == NO_FEATURE ? f->id[k] : to;
        }
    }
    out->start[n] = out->id_count;
    return out;
}

static double fit_page(struct fit *f, const struct gold_page *p, const struct features *features, float share)
{
    size_t n = p->page.lines.count, i;
    float moves[(MODEL_PARTS + 1) * MODEL_WIDTH] = {0};
    float weight = share * p->weight * 8.0f / sqrtf((float)n + 16);
    double gain;
    int part;

    model_score(f->model, features, f->scores);
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
            model_each_row(f->model, features, i, add_row, f);
    }
    move_rows(f);
    for (part = 0; part <= MODEL_PARTS; part++)
        move_weights(f, f->weights + part * MODEL_WIDTH, moves + part * MODEL_WIDTH, SHRINK);
    return gain * (double)weight;
}

/* Pages that a fit may see. */
struct choice {
    int folds, fold;   /* of the outer cross validation */
    int inner;         /* the inner fold left out, -1 for none */
};

static bool may_see(const struct choice *c, const struct gold_page *p)
{
    return p->page.lines.count > 0 && gold_fold(p->domain, c->folds) != c->fold;
}

static int inner_fold(const struct gold_page *p)
{
    char name[300];

    snprintf(name, sizeof name, "inner %s", p->domain);
    return gold_fold(name, INNER_FOLDS);
}

static struct model *fit_model(const struct gold *g, const struct choice *c)
{
    struct fit f = {0};
    struct plain plain = {0};
    size_t *order = mem_alloc(g->count * sizeof *order), n = 0, i, longest = 1;
    uint32_t seed = 20260122;
    double gain = 0;
    int epoch;

    for (i = 0; i < g->count; i++) {
        if (may_see(c, &g->page[i]) && inner_fold(&g->page[i]) != c->inner)
            order[n++] = i;
        if (g->page[i].page.lines.count > longest)
            longest = g->page[i].page.lines.count;
    }
    plain_open(&plain);
    f.model = model_new();
    f.weights = model_weights(f.model, &f.count);
    f.squares = mem_zalloc(f.count, sizeof *f.squares);
    f.sums = mem_zalloc(f.count, sizeof *f.sums);
    f.moved = mem_zalloc(f.count / MODEL_WIDTH + 1, sizeof *f.moved);
    f.mean = mem_zalloc(f.count, sizeof *f.mean);
    f.scores = mem_zalloc(longest * MODEL_WIDTH, sizeof *f.scores);
    f.room = mem_zalloc(longest * MODEL_WIDTH, sizeof *f.room);
    f.with = mem_zalloc(longest * MODEL_WIDTH, sizeof *f.with);
    f.without = mem_zalloc(longest * MODEL_WIDTH, sizeof *f.without);
    for (epoch = 0; epoch < EPOCHS; epoch++) {
        for (i = n - 1; i > 0; i--) {
            size_t k = random_next(&seed) % (i + 1), swap = order[i];

            order[i] = order[k];
            order[k] = swap;
        }
        for (gain = 0, i = 0; i < n; i++) {
            const struct gold_page *p = &g->page[order[i]];

            gain += fit_page(&f, p, &p->page.features, 1);
            /* Every other page an epoch. */
            if ((order[i] + (size_t)epoch) % 2 == 0)
                fit_page(&f, p, plain_copy(&plain, &p->page.features, order[i] % 3 == 0), PLAIN_WEIGHT);
        }
        for (i = 0; i < f.count && epoch >= EPOCHS / 2; i++)
            f.mean[i] += f.weights[i] / (float)(EPOCHS - EPOCHS / 2);
    }
    fprintf(stderr, "fold %d.%d: %.1f over %zu pages\n", c->fold, c->inner, gain, n);
    memcpy(f.weights, f.mean, f.count * sizeof *f.weights);
    plain_close(&plain);
    free(f.squares);
    free(f.sums);
    free(f.moved);
    free(f.mean);
    free(f.scores);
    free(f.room);
    free(f.with);
    free(f.without);
    free(order);
    return f.model;
}

static void add_titles(struct grow *rows, const struct gold_page *p, size_t group)
{
    const struct page *page = &p->page;
    float v[FIELDS_MOST_VALUES];
    struct title_page t;
    size_t i, from = rows->rows;
    bool any = false;

    title_look(page, &t);
    for (i = 0; i < page->lines.count; i++) {
        size_t len;
        const char *s = title_text(page, i, &len);
        bool right;

        if (!title_is_candidate(page, i))
            continue;
        right = !any && gold_same_name(s, len, p->title);
        any = any || right;
        title_values(page, &t, i, v);
        grow_row(rows, v, right, group);
    }
    if (!any)
        rows->rows = from;
}

static void add_authors(struct grow *rows, const struct gold_page *p, size_t group)
{
    enum { ROOM = 400 };
    struct byline_name *c = mem_alloc(ROOM * sizeof *c);
    size_t n = byline_collect(&p->page, c, ROOM), i, k;

    for (i = 0; i < n; i++) {
        bool right = false;

        for (k = 0; k < p->author_count; k++)
            right = right || gold_same_name(p->page.lines.text + c[i].start, c[i].end - c[i].start, p->authors[k]);
        grow_row(rows, c[i].values, right, group);
    }
    free(c);
}

/* Whether the gold's date is that of the text after all, but for a slip or for the day's end elsewhere. */
static bool is_misread(const struct dates_found *d, const char *gold)
{
    enum { NEAR_DAYS = 62 };
    struct dates_found other = *d;
    long days;

    if (sscanf(gold, "%4d-%2d-%2d", &other.year, &other.month, &other.day) != 3)
        return true;
    days = dates_day_number(d) - dates_day_number(&other);
    return (days < NEAR_DAYS && days > -NEAR_DAYS) || (d->day == other.day && d->month == other.month);
}

static void add_dates(struct grow *rows, const struct gold_page *p, size_t group)
{
    enum { ROOM = 200 };
    struct published_date *c = mem_alloc(ROOM * sizeof *c);
    size_t n = published_collect(&p->page, c, ROOM), i, misread = 0;
    char date[DATES_ROOM];

    for (i = 0; i < n && p->dated_elsewhere; i++)
        misread += is_misread(&c[i].date, p->date);
    for (i = 0; i < n && misread == 0; i++) {
        bool right = dates_format(&c[i].date, date) && strncmp(date, p->date, 10) == 0 && p->dated;

        grow_row(rows, c[i].values, right, group);
    }
    free(c);
}

static int write_file(const char *folder, const char *name, const struct buf *text)
{
    char *path = path_join(folder, name);
    FILE *out = fopen(path, "w");
    int good = out != NULL && fwrite(text->data, 1, text->len, out) == text->len;

    good = out != NULL && fclose(out) == 0 && good;
    if (!good)
        fprintf(stderr, "fit: cannot write '%s'\n", path);
    free(path);
    return good;
}

enum { TITLES, AUTHORS, DATES, FORESTS };

static const struct {
    const char *file;
    const char *const *(*names)(size_t *);
    struct grow_how how;
} forests[FORESTS] = {
    {"title.txt", title_names, {GROW_ONE, 180, 4, 40, 0.06f, 600, 400}},
    {"author.txt", byline_names, {GROW_EACH, 110, 4, 12, 0.1f, 600, 400}},
    {"date.txt", published_names, {GROW_MOST, 210, 4, 12, 0.04f, 500, 300}},
};

/* Grows a forest from the pages' rows; returns it, for the steps that follow. */
static struct forest *grow_one(const struct gold *g, const struct choice *c, int which, const char *folder)
{
    struct grow rows = {0};
    const char *const *names = forests[which].names(&rows.features);
    struct forest *f = forest_new(names, rows.features);
    struct buf out;
    size_t i, features = rows.features;

    for (i = 0; i < g->count; i++) {
        const struct gold_page *p = &g->page[i];

        if (!may_see(c, p))
            continue;
        if (which == TITLES && p->title)
            add_titles(&rows, p, i);
        if (which == AUTHORS && (p->named || p->no_author))
            add_authors(&rows, p, i);
        if (which == DATES && (p->dated || p->no_date || p->dated_elsewhere))
            add_dates(&rows, p, i);
    }
    buf_init(&out);
    grow_forest(&rows, names, &forests[which].how, &out);
    forest_add_text(f, "grown", out.data, out.len, NULL);
    write_file(folder, forests[which].file, &out);
    fprintf(stderr, "fold %d: %s of %zu rows\n", c->fold, forests[which].file, rows.rows);
    buf_release(&out);
    rows.features = features;
    grow_release(&rows);
    return f;
}

static void fit_all(struct gold *g, int folds, int fold, const char *folder)
{
    struct choice c = {folds, fold, -1};
    struct forest *f;
    struct model *m;
    struct buf out;
    size_t i;

    for (c.inner = 0; c.inner < INNER_FOLDS; c.inner++) {
        m = fit_model(g, &c);
        for (i = 0; i < g->count; i++) {
            if (inner_fold(&g->page[i]) == c.inner)
                label_judge(&g->page[i].page, m);
        }
        model_free(&m);
    }
    c.inner = -1;
    f = grow_one(g, &c, TITLES, folder);
    for (i = 0; i < g->count; i++)
        label_decide(&g->page[i].page, f);
    forest_free(&f);
    f = grow_one(g, &c, AUTHORS, folder);
    forest_free(&f);
    f = grow_one(g, &c, DATES, folder);
    forest_free(&f);
    m = fit_model(g, &c);
    buf_init(&out);
    model_write(m, &out);
    write_file(folder, "model.txt", &out);
    buf_release(&out);
    model_free(&m);
}

int main(int argc, char **argv)
{
    struct err e = ERR_INIT;
    struct phrases *p;
    struct platform_rules *platforms;
    struct gold g;

    if (argc != 5) {
        fprintf(stderr, "usage: fit GOLD FOLDS FOLD FOLDER\n");
        return ERR_USAGE;
    }
    setenv("CUTTINGS_DATADIR", BENCH_DATADIR, 0); /* this source's own, where no other is asked for */
    p = phrases_open(&e);
    platforms = p ? platform_open(&e) : NULL;
    if (platforms == NULL) {
        fprintf(stderr, "fit: %s\n", e.text);
        return e.status;
    }
    gold_read(&g, argv[1], p, platforms);
    fit_all(&g, (int)strtol(argv[2], NULL, 10), (int)strtol(argv[3], NULL, 10), argv[4]);
    gold_release(&g);
    phrases_free(&p);
    platform_close(&platforms);
    return 0;
}
