/* SPDX-License-Identifier: ISC */
#include "parse/model.h"

#include "base/mem.h"
#include "base/path.h"
#include "parse/table.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct model {
    float *weights;              /* all that follow lie in it */
    size_t count;
    float *move;                 /* MODEL_PARTS + 1 rows */
    float *own;                  /* own_rows */
    float *near[2 * MODEL_SPAN]; /* near_rows for each offset -3 -2 -1 1 2 3 */
    size_t own_rows, near_rows;
    bool *heard;                 /* near_rows: whether any weight of a feature says something at a neighbour */
};

static const char *const part_names[MODEL_PARTS] = {"title", "meta",    "body",   "before", "inside",
                                                    "after", "control", "header", "comment"};

const char *model_part_name(enum model_part part)
{
    return part_names[part];
}

static int offset_of(int index)
{
    return index < MODEL_SPAN ? index - MODEL_SPAN : index - MODEL_SPAN + 1;
}

struct model *model_new(void)
{
    struct model *m = mem_zalloc(1, sizeof *m);
    int i;

    m->own_rows = features_count();
    m->near_rows = features_near();
    m->count = (MODEL_PARTS + 1 + m->own_rows + 2 * MODEL_SPAN * m->near_rows) * MODEL_WIDTH;
    m->weights = mem_zalloc(m->count, sizeof *m->weights);
    m->heard = mem_zalloc(m->near_rows, sizeof *m->heard);
    m->move = m->weights;
    m->own = m->move + (MODEL_PARTS + 1) * MODEL_WIDTH;
    for (i = 0; i < 2 * MODEL_SPAN; i++)
        m->near[i] = m->own + (m->own_rows + (size_t)i * m->near_rows) * MODEL_WIDTH;
    return m;
}

void model_free(struct model **m)
{
    if (*m == NULL)
        return;
    free((*m)->weights);
    free((*m)->heard);
    free(*m);
    *m = NULL;
}

float *model_weights(struct model *m, size_t *count)
{
    *count = m->count;
    memset(m->heard, true, m->near_rows * sizeof *m->heard); /* they may become anything */
    return m->weights;
}

/* The row that a table line names: "move body" or "0 chars=8-14"; NULL where there is no such. */
static float *named_row(struct model *m, const struct features_names *names, const char *where, size_t where_len,
                        const char *what, size_t what_len)
{
    char number[8] = "";
    size_t id;
    int i;

    if (where_len == 4 && memcmp(where, "move", 4) == 0) {
        for (i = 0; i < MODEL_PARTS; i++) {
            if (strlen(part_names[i]) == what_len && memcmp(part_names[i], what, what_len) == 0)
                return &m->move[i * MODEL_WIDTH];
        }
        return what_len == 5 && memcmp(what, "start", 5) == 0 ? &m->move[MODEL_PARTS * MODEL_WIDTH] : NULL;
    }
    if (where_len >= sizeof number || !features_names_find(names, what, what_len, &id))
        return NULL;
    memcpy(number, where, where_len);
    if (strcmp(number, "0") == 0)
        return &m->own[id * MODEL_WIDTH];
    for (i = 0; i < 2 * MODEL_SPAN; i++) {
        if (strtol(number, NULL, 10) == offset_of(i) && id < m->near_rows) {
            m->heard[id] = true;
            return &m->near[i][id * MODEL_WIDTH];
        }
    }
    return NULL;
}

/* "-12 0 345 ..." in hundredths, one a part, added to what is there. */
static bool read_weights(const char *s, size_t len, float *row)
{
    const char *word;
    size_t n;
    int part;

    for (part = 0; part < MODEL_PARTS; part++) {
        long weight;

        if (!table_word(&s, &len, &word, &n) || !table_integer(word, n, &weight))
            return false;
        row[part] += (float)weight / 100.0f;
    }
    return !table_word(&s, &len, &word, &n);
}

/* Adds the weights of the rows in a table, whose file is name. */
static bool add_text(struct model *m, const struct features_names *names, const char *name, const char *text,
                     size_t len, struct err *e)
{
    struct table_reader r;
    const char *s, *where, *what;
    size_t n, where_len, what_len;

    table_start(&r, text, len);
    while (table_line(&r, &s, &n)) {
        float *row = NULL;

        if (table_word(&s, &n, &where, &where_len) && table_word(&s, &n, &what, &what_len))
            row = named_row(m, names, where, where_len, what, what_len);
        if (row == NULL || !read_weights(s, n, row))
            return err_set(e, ERR_IO, "'%s', line %zu: not a row of weights", name, r.number);
    }
    return true;
}

struct model *model_open(struct err *e)
{
    static const char *const files[] = {"model.txt", "priors.txt"};
    struct features_names *names = features_names_new();
    struct model *m = model_new();
    bool good = true;
    size_t i;

    for (i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *path = path_program_data(files[i]);
        struct buf text;

        buf_init(&text);
        good = good && table_read(path, &text, e) && add_text(m, names, path, text.data, text.len, e);
        buf_release(&text);
        free(path);
    }
    features_names_free(&names);
    if (!good)
        model_free(&m);
    return m;
}

static void write_row(const char *where, const char *what, const float *row, struct buf *out)
{
    bool any = false;
    int part;

    for (part = 0; part < MODEL_PARTS; part++)
        any = any || lroundf(row[part] * 100) != 0;
    if (!any)
        return;
    buf_add_fmt(out, "%s %s", where, what);
    for (part = 0; part < MODEL_PARTS; part++)
        buf_add_fmt(out, " %ld", lroundf(row[part] * 100));
    buf_add_char(out, '\n');
}

void model_write(const struct model *m, struct buf *out)
{
    struct buf name;
    size_t id;
    int i;

    buf_init(&name);
    for (i = 0; i <= MODEL_PARTS; i++)
        write_row("move", i < MODEL_PARTS ? part_names[i] : "start", &m->move[i * MODEL_WIDTH], out);
    for (id = 0; id < m->own_rows; id++) {
        char where[8] = "0";

        buf_clear(&name);
        features_name(id, &name);
        write_row(where, name.data, &m->own[id * MODEL_WIDTH], out);
        for (i = 0; i < 2 * MODEL_SPAN && id < m->near_rows; i++) {
            snprintf(where, sizeof where, "%+d", offset_of(i));
            write_row(where, name.data, &m->near[i][id * MODEL_WIDTH], out);
        }
    }
    buf_release(&name);
}

/* Four parts of a row, added at once where the machine can. */
typedef float quad __attribute__((vector_size(16)));

enum { QUADS = MODEL_WIDTH / 4 };

/* A row that stays in registers while others are added to it. */
struct sum {
    quad part[QUADS];
};

static inline void add_row(struct sum *sum, const float *row)
{
    quad part[QUADS];

    memcpy(part, __builtin_assume_aligned(row, sizeof part[0]), sizeof part);
    sum->part[0] += part[0];
    sum->part[1] += part[1];
    sum->part[2] += part[2];
}

_Static_assert(QUADS == 3, "add_row adds three");
_Static_assert(MODEL_WIDTH % 4 == 0, "rows begin where a quad may");

/* The features of a line that are heard at its neighbours, for as many lines as hear each other. */
enum { RING = 2 * MODEL_SPAN + 2 };

struct ring {
    uint16_t *id; /* RING rows of near_rows */
    size_t count[RING];
};

static void hear(const struct model *m, const struct features *f, size_t i, struct ring *ring)
{
    uint16_t *id = &ring->id[i % RING * m->near_rows];
    size_t k, end = f->start[i + 1], n = 0;

    for (k = f->start[i]; k < end; k++) {
        if (f->id[k] < m->near_rows && m->heard[f->id[k]])
            id[n++] = f->id[k];
    }
    ring->count[i % RING] = n;
}

/* Adds what is heard of line i with the weights of one offset. */
static inline struct sum add_near(const struct model *m, const struct ring *ring, size_t i, int index,
                                  struct sum sum)
{
    const uint16_t *id = &ring->id[i % RING * m->near_rows];
    const float *near = m->near[index];
    size_t k, n = ring->count[i % RING];

    for (k = 0; k < n; k++)
        add_row(&sum, &near[id[k] * MODEL_WIDTH]);
    return sum;
}

void model_score(const struct model *m, const struct features *f, float *scores)
{
    struct ring ring = {mem_alloc(RING * m->near_rows * sizeof *ring.id), {0}};
    size_t n = f->lines->count, i, k, ahead = 0;
    int o;

    /* In the order of the lines seen, so that each sum stays in registers. */
    for (i = 0; i < n; i++) {
        struct sum sum = {{{0}}};

        for (; ahead < n && ahead <= i + MODEL_SPAN; ahead++)
            hear(m, f, ahead, &ring);
        for (o = 0; o < MODEL_SPAN; o++) {
            if (i + (size_t)offset_of(o) < n)
                sum = add_near(m, &ring, i + (size_t)offset_of(o), o, sum);
        }
        for (k = f->start[i]; k < f->start[i + 1]; k++)
            add_row(&sum, &m->own[f->id[k] * MODEL_WIDTH]);
        for (; o < 2 * MODEL_SPAN; o++) {
            if (i + (size_t)offset_of(o) < n)
                sum = add_near(m, &ring, i + (size_t)offset_of(o), o, sum);
        }
        memcpy(&scores[i * MODEL_WIDTH], sum.part, sizeof sum.part);
    }
    free(ring.id);
}

void model_each_row(const struct model *m, const struct features *f, size_t i,
                    void (*each)(void *ctx, float *row, size_t feature, int offset), void *ctx)
{
    size_t k;
    int o;

    for (k = f->start[i]; k < f->start[i + 1]; k++)
        each(ctx, &m->own[f->id[k] * MODEL_WIDTH], f->id[k], 0);
    for (o = 0; o < 2 * MODEL_SPAN; o++) {
        size_t at = i + (size_t)offset_of(o);

        if (at >= f->lines->count)
            continue;
        for (k = f->start[at]; k < f->start[at + 1]; k++) {
            if (f->id[k] < m->near_rows)
                each(ctx, &m->near[o][f->id[k] * MODEL_WIDTH], f->id[k], offset_of(o));
        }
    }
}

/* exp of each score less the line's largest, which is returned; 0 for parts that are not allowed. */
static float exponents(const float *scores, unsigned allowed, float *out)
{
    float most = -1e30f;
    int part;

    for (part = 0; part < MODEL_PARTS; part++) {
        if ((allowed >> part & 1) && scores[part] > most)
            most = scores[part];
    }
    for (part = 0; part < MODEL_PARTS; part++)
        out[part] = allowed >> part & 1 ? expf(scores[part] - most) : 0;
    for (; part < MODEL_WIDTH; part++)
        out[part] = 0;
    return most;
}

/* Scales the row, whose unused end is 0, to sum 1 and returns what its sum was. */
static float scale(float *row)
{
    float sum = 1e-30f;
    quad part[QUADS];
    int i;

    for (i = 0; i < MODEL_PARTS; i++)
        sum += row[i];
    memcpy(part, row, sizeof part);
    for (i = 0; i < QUADS; i++)
        part[i] /= sum;
    memcpy(row, part, sizeof part);
    return sum;
}

/* The sum of the rows, each times its number. */
static inline struct sum weighted(const float *rows, const float *by)
{
    struct sum sum = {{{0}}};
    int a;

    for (a = 0; a < MODEL_PARTS; a++) {
        quad row[QUADS];

        memcpy(row, rows + a * MODEL_WIDTH, sizeof row);
        sum.part[0] += row[0] * by[a];
        sum.part[1] += row[1] * by[a];
        sum.part[2] += row[2] * by[a];
    }
    return sum;
}

double model_marginals(const struct model *m, const float *scores, size_t n, const uint16_t *allowed, float *room,
                       float *marginals)
{
    float move[(MODEL_PARTS + 1) * MODEL_WIDTH] = {0}, back[MODEL_WIDTH] = {0};
    struct sum sum;
    float from[MODEL_PARTS * MODEL_WIDTH] = {0}; /* move, by what follows */
    double log_sum = 0, scales = 1; /* the product of the latest scales, whose logarithm is not yet taken */
    size_t i;
    int a, b;

    for (a = 0; a <= MODEL_PARTS; a++) {
        for (b = 0; b < MODEL_PARTS; b++)
            move[a * MODEL_WIDTH + b] = expf(m->move[a * MODEL_WIDTH + b]);
    }
    for (a = 0; a < MODEL_PARTS; a++) {
        for (b = 0; b < MODEL_PARTS; b++)
            from[b * MODEL_WIDTH + a] = move[a * MODEL_WIDTH + b];
    }
    for (i = 0; i < n; i++) {
        float *at = &marginals[i * MODEL_WIDTH], *e = &room[i * MODEL_WIDTH], next[MODEL_WIDTH];

        log_sum += exponents(&scores[i * MODEL_WIDTH], allowed ? allowed[i] : ~0u, e);
        if (i == 0) {
            memcpy(next, &move[MODEL_PARTS * MODEL_WIDTH], sizeof next);
        } else {
            sum = weighted(move, at - MODEL_WIDTH);
            memcpy(next, sum.part, sizeof next);
        }
        for (b = 0; b < MODEL_WIDTH; b++)
            at[b] = next[b] * e[b];
        scales *= scale(at);
        if (scales < 1e-200 || scales > 1e200) {
            log_sum += log(scales);
            scales = 1;
        }
    }
    log_sum += log(scales);
    for (a = 0; a < MODEL_PARTS; a++)
        back[a] = 1;
    for (i = n; i-- > 0;) {
        float *at = &marginals[i * MODEL_WIDTH], *e = &room[i * MODEL_WIDTH], ahead[MODEL_WIDTH];

        for (a = 0; a < MODEL_WIDTH; a++)
            ahead[a] = back[a] * e[a];
        for (a = 0; a < MODEL_WIDTH; a++)
            at[a] *= back[a];
        scale(at);
        sum = weighted(from, ahead);
        memcpy(back, sum.part, sizeof back);
        scale(back);
    }
    return log_sum;
}
