/* SPDX-License-Identifier: ISC */
/* The chain of lines, held against sums written plainly: each row of weights, each labelling of a short page. */
#include "../check.h"

#include "parse/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char text[] = "News\nSport\nThe ferry will run again\nBy Ann Low\n12 March 2019\n\n"
                           "The ferry to Low Island will run again, the council said on Monday. It had not run for "
                           "nine years, and nobody on the quay had thought that it would come back.\n\n"
                           "Read more: https://example.org/a\n\n2 Comments\n\nBob says:\nGood. When?\nReply\n";

/* The page's lines with what they show, and a model of weights that no feature shares with another. */
struct page {
    struct phrases *phrases;
    struct lines lines;
    struct features features;
    struct model *model;
    size_t n;
};

static float any_weight(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return (float)(*state % 2001) / 1000.0f - 1.0f;
}

static void open_page(struct page *p, const char *s)
{
    struct err e = ERR_INIT;
    struct features_table *table = features_table_new();
    uint32_t state = 1;
    size_t count, i;
    float *weights;

    p->phrases = phrases_open(&e);
    if (!p->phrases)
        fail_msg("%s", e.text);
    lines_init(&p->lines);
    lines_split(&p->lines, s, strlen(s));
    features_init(&p->features);
    features_look(&p->features, p->phrases, &p->lines, NULL);
    features_take(&p->features, table, NULL);
    free(table);
    p->model = model_new();
    weights = model_weights(p->model, &count);
    for (i = 0; i < count; i++)
        weights[i] = i % MODEL_WIDTH < MODEL_PARTS ? any_weight(&state) : 0;
    p->n = p->lines.count;
}

static void close_page(struct page *p)
{
    model_free(&p->model);
    features_release(&p->features);
    lines_release(&p->lines);
    phrases_free(&p->phrases);
}

static void add_row(void *ctx, float *row, size_t feature, int offset)
{
    float *sum = ctx;

    assert_true(feature < features_count());
    assert_in_range(offset + MODEL_SPAN, 0, 2 * MODEL_SPAN);
    for (int part = 0; part < MODEL_PARTS; part++)
        sum[part] += row[part];
}

CHECK(the_rows_that_speak_at_a_line_are_its_scores)
{
    struct page p;
    float *scores;

    open_page(&p, text);
    assert_true(p.n > 10);
    scores = test_malloc(p.n * MODEL_WIDTH * sizeof *scores);
    model_score(p.model, &p.features, scores);
    for (size_t i = 0; i < p.n; i++) {
        float sum[MODEL_PARTS] = {0};

        model_each_row(p.model, &p.features, i, add_row, sum);
        for (int part = 0; part < MODEL_PARTS; part++)
            assert_float_equal(sum[part], scores[i * MODEL_WIDTH + (size_t)part], 1e-3);
    }
    test_free(scores);
    close_page(&p);
}

enum { SHORT = 4 }; /* lines whose labellings are all tried: MODEL_PARTS to this power */

/* The weight of one labelling, the parts its digits; 0 where a line may not have its part. */
static double weigh(const float *move, const float *scores, const uint16_t *allowed, size_t n, long labelling)
{
    int before = MODEL_PARTS;
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        int part = (int)(labelling % MODEL_PARTS);

        if (allowed && !(allowed[i] >> part & 1))
            return 0;
        sum += (double)move[before * MODEL_WIDTH + part] + (double)scores[i * MODEL_WIDTH + (size_t)part];
        before = part;
        labelling /= MODEL_PARTS;
    }
    return exp(sum);
}

static void assert_marginals(const struct page *p, const uint16_t *allowed)
{
    float scores[SHORT * MODEL_WIDTH], room[SHORT * MODEL_WIDTH], marginals[SHORT * MODEL_WIDTH];
    double chance[SHORT][MODEL_PARTS] = {{0}}, all = 0, logarithm;
    long labellings = 1, l;
    size_t n = p->n, i, count;
    const float *move = model_weights(p->model, &count);

    assert_in_range(n, 1, SHORT);
    for (i = 0; i < n; i++)
        labellings *= MODEL_PARTS;
    model_score(p->model, &p->features, scores);
    for (l = 0; l < labellings; l++) {
        double weight = weigh(move, scores, allowed, n, l);
        long digits = l;

        all += weight;
        for (i = 0; i < n; i++, digits /= MODEL_PARTS)
            chance[i][digits % MODEL_PARTS] += weight;
    }
    logarithm = model_marginals(p->model, scores, n, allowed, room, marginals);
    assert_float_equal(logarithm, log(all), 1e-3);
    for (i = 0; i < n; i++)
        for (size_t part = 0; part < MODEL_PARTS; part++)
            assert_float_equal(marginals[i * MODEL_WIDTH + part], chance[i][part] / all, 1e-4);
}

CHECK(chances_are_those_of_all_labellings)
{
    const uint16_t allowed[SHORT] = {1u << MODEL_TITLE | 1u << MODEL_BEFORE, 0x1ff, 1u << MODEL_BODY, 0x1ff};
    struct page p;

    open_page(&p, "The ferry will run again\nBy Ann Low\nIt had not run for nine years, they said.\nReply\n");
    assert_marginals(&p, NULL);
    assert_marginals(&p, allowed);
    close_page(&p);
    open_page(&p, "Alone\n");
    assert_marginals(&p, NULL);
    close_page(&p);
}

static void put_file(const char *folder, const char *name, const char *s)
{
    char path[300];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(s, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void remove_file(const char *folder, const char *name)
{
    char path[300];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(unlink(path), 0);
}

CHECK(a_table_that_is_read_is_written_as_it_was)
{
    char folder[] = "/tmp/cuttings-model-XXXXXX", *home = strdup(getenv("CUTTINGS_DATADIR"));
    struct err e = ERR_INIT;
    struct page p;
    struct model *back;
    struct buf first, second;

    open_page(&p, text);
    buf_init(&first);
    buf_init(&second);
    model_write(p.model, &first);
    assert_non_null(mkdtemp(folder));
    put_file(folder, "model.txt", first.data);
    put_file(folder, "priors.txt", "; none\n");
    setenv("CUTTINGS_DATADIR", folder, 1);
    back = model_open(&e);
    if (!back)
        fail_msg("%s", e.text);
    model_write(back, &second);
    assert_true(first.len > 1000);
    assert_string_equal(first.data, second.data);
    model_free(&back);
    put_file(folder, "priors.txt", "0 no-such=feature 1 2 3 4 5 6 7 8 9\n");
    back = model_open(&e);
    assert_null(back);
    assert_non_null(strstr(e.text, "priors.txt', line 1"));
    setenv("CUTTINGS_DATADIR", home, 1);
    remove_file(folder, "model.txt");
    remove_file(folder, "priors.txt");
    assert_int_equal(rmdir(folder), 0);
    buf_release(&first);
    buf_release(&second);
    close_page(&p);
    free(home);
}

CHECK_MAIN(T(the_rows_that_speak_at_a_line_are_its_scores), T(chances_are_those_of_all_labellings),
           T(a_table_that_is_read_is_written_as_it_was))
