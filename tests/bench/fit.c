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
#include "base/unicode.h"
#include "parse/fields.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EPOCHS = 14, INNER_FOLDS = 3, NONE_AGAIN = 4 };

static const float RATE = 0.12f, SHRINK = 0.005f;

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
    size_t n = p->page.lines.count, i;
    float moves[(MODEL_PARTS + 1) * MODEL_WIDTH] = {0};
    float weight = p->weight * 8.0f / sqrtf((float)n + 16);
    double gain;
    int part;

    model_score(f->model, &p->page.features, f->scores);
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
            model_each_row(f->model, &p->page.features, i, move_row, f);
    }
    for (part = 0; part <= MODEL_PARTS; part++)
        move_weights(f, f->weights + part * MODEL_WIDTH, moves + part * MODEL_WIDTH);
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
    f.model = model_new();
    f.weights = model_weights(f.model, &f.count);
    f.squares = mem_zalloc(f.count, sizeof *f.squares);
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
        for (gain = 0, i = 0; i < n; i++)
            gain += fit_page(&f, &g->page[order[i]]);
        for (i = 0; i < f.count && epoch >= EPOCHS / 2; i++)
            f.mean[i] += f.weights[i] / (float)(EPOCHS - EPOCHS / 2);
    }
    fprintf(stderr, "fold %d.%d: %.1f over %zu pages\n", c->fold, c->inner, gain, n);
    memcpy(f.weights, f.mean, f.count * sizeof *f.weights);
    free(f.squares);
    free(f.mean);
    free(f.scores);
    free(f.room);
    free(f.with);
    free(f.without);
    free(order);
    return f.model;
}

/* The letters and digits of a name, folded. */
static void name_of(const char *s, size_t len, struct buf *out)
{
    struct buf folded;
    size_t i;

    buf_init(&folded);
    unicode_fold(s, len, &folded);
    for (i = 0; i < folded.len; i++) {
        unsigned char ch = (unsigned char)folded.data[i];

        if (ch >= 0x80 || (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z'))
            buf_add_char(out, (char)ch);
    }
    buf_release(&folded);
}

static bool same_name(const char *a, size_t a_len, const char *b)
{
    struct buf x, y;
    bool same;

    buf_init(&x);
    buf_init(&y);
    name_of(a, a_len, &x);
    name_of(b, strlen(b), &y);
    same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
    buf_release(&x);
    buf_release(&y);
    return same;
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
        const char *s = page_text(page, i, &len);
        bool right;

        if (!title_is_candidate(page, i))
            continue;
        right = !any && same_name(s, len, p->title);
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
            right = right || same_name(p->page.lines.text + c[i].start, c[i].end - c[i].start, p->authors[k]);
        grow_row(rows, c[i].values, right, group);
    }
    free(c);
}

static void add_dates(struct grow *rows, const struct gold_page *p, size_t group)
{
    enum { ROOM = 200 };
    struct published_date *c = mem_alloc(ROOM * sizeof *c);
    size_t n = published_collect(&p->page, c, ROOM), i;
    char date[DATES_ROOM];

    for (i = 0; i < n; i++) {
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
    bool choice;
    int trees, depth;
    float rate;
} forests[FORESTS] = {
    {"title.txt", title_names, true, 90, 4, 0.12f},
    {"author.txt", byline_names, false, 90, 4, 0.12f},
    {"date.txt", published_names, false, 70, 4, 0.12f},
};

/* Grows a forest from the pages' rows; returns it, for the steps that follow. */
static struct forest *grow_one(const struct gold *g, const struct choice *c, int which, const char *folder)
{
    struct grow rows = {0};
    const char *const *names = forests[which].names(&rows.features);
    struct forest *f = forest_new(names, rows.features);
    struct buf out;
    size_t i, k, features = rows.features;

    for (i = 0; i < g->count; i++) {
        const struct gold_page *p = &g->page[i];

        if (!may_see(c, p))
            continue;
        if (which == TITLES && p->title)
            add_titles(&rows, p, i);
        if (which == AUTHORS && (p->named || p->no_author))
            add_authors(&rows, p, i);
        if (which == DATES && (p->dated || p->no_date))
            add_dates(&rows, p, i);
        /* Pages that name no date are few; what they show counts as often as they are met elsewhere. */
        for (k = 0; k < NONE_AGAIN && which == DATES && p->no_date; k++)
            add_dates(&rows, p, i);
    }
    buf_init(&out);
    grow_forest(&rows, names, forests[which].choice, forests[which].trees, forests[which].depth,
                forests[which].rate, &out);
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
