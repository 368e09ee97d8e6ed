/* SPDX-License-Identifier: ISC */
/*
 * The table is a tree after the other, each in the order of a walk: a question, then what follows where the
 * answer is yes, then what follows where it is no.
 *
 *     gap <= 2.5        a question about a feature
 *     = -0.31           an answer: what is added to the score
 *
 * A tree that begins directly behind another's last answer needs no mark of its own.
 */
#include "parse/forest.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/word.h"
#include "parse/table.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 8, LEAF = UINT16_MAX, NAMED = 256 };

struct node {
    float value;      /* the threshold, or the answer */
    uint16_t feature; /* LEAF for an answer */
    uint32_t no;      /* the node for "no"; "yes" is the next one */
};

/* The same for scoring: all trees are filled up to one depth, so that what follows the question at i is at 2 i for
 * "yes" and 2 i + 1 for "no", from 1 on, and is never branched on. */
struct step {
    float value;
    uint32_t feature;
};

enum { TOGETHER = 4 /* trees whose ways do not wait for each other */ };

struct forest {
    const char *const *names;
    size_t features;
    uint16_t named[NAMED]; /* the features by the hashes of their names, LEAF where free */
    struct node *node;
    size_t nodes, cap;
    uint32_t *root;
    size_t roots, root_cap;
    size_t groups;     /* of TOGETHER trees; the last is filled up with a tree that says 0 */
    unsigned depth;    /* of the deepest tree */
    struct step *step; /* 1 << depth a tree */
    float *answer;     /* as many, in the order of the ways */
    float *most;       /* what these and all trees behind them can say at most */
};

void forest_free(struct forest **f)
{
    if (*f == NULL)
        return;
    free((*f)->node);
    free((*f)->root);
    free((*f)->step);
    free((*f)->answer);
    free((*f)->most);
    free(*f);
    *f = NULL;
}

/* The place of a name in f->named: where it stands, else a free one. */
static size_t name_place(const struct forest *f, const char *name, size_t len)
{
    size_t at;

    for (at = word_hash_of(name, len) % NAMED; f->named[at] != LEAF; at = (at + 1) % NAMED) {
        const char *found = f->names[f->named[at]];

        if (strncmp(found, name, len) == 0 && found[len] == '\0')
            break;
    }
    return at;
}

struct forest *forest_new(const char *const *names, size_t count)
{
    struct forest *f = mem_zalloc(1, sizeof *f);
    size_t i;

    f->names = names;
    f->features = count;
    assert(count < NAMED / 2);
    for (i = 0; i < NAMED; i++)
        f->named[i] = LEAF;
    for (i = 0; i < count; i++)
        f->named[name_place(f, names[i], strlen(names[i]))] = (uint16_t)i;
    return f;
}

/* Reads "NAME <= NUMBER" or "= NUMBER". */
static bool read_node(const struct forest *f, const char *s, size_t len, struct node *n)
{
    const char *name, *sign, *number;
    size_t name_len, sign_len, number_len;

    if (!table_word(&s, &len, &name, &name_len))
        return false;
    n->feature = LEAF;
    if (name_len != 1 || *name != '=') {
        if (!table_word(&s, &len, &sign, &sign_len) || sign_len != 2 || memcmp(sign, "<=", 2) != 0)
            return false;
        n->feature = f->named[name_place(f, name, name_len)];
        if (n->feature == LEAF)
            return false;
    }
    if (!table_word(&s, &len, &number, &number_len))
        return false;
    return table_number(number, number_len, &n->value) && !table_word(&s, &len, &number, &number_len);
}

/* The longest way from node at to an answer. */
static unsigned depth_of(const struct forest *f, size_t at)
{
    struct {
        size_t node;
        unsigned depth;
    } open[DEPTH + 1];
    unsigned deepest = 0, left = 1;

    open[0].node = at;
    open[0].depth = 0;
    while (left--) {
        const struct node *n = &f->node[open[left].node];
        size_t node = open[left].node;
        unsigned depth = open[left].depth;

        deepest = depth > deepest ? depth : deepest;
        if (n->feature == LEAF)
            continue;
        open[left].node = n->no;
        open[left++].depth = depth + 1;
        open[left].node = node + 1;
        open[left++].depth = depth + 1;
    }
    return deepest;
}

/* The largest answer of the tree that is nodes [from, to). */
static float largest_answer(const struct forest *f, size_t from, size_t to)
{
    float most = -INFINITY;

    for (; from < to; from++) {
        if (f->node[from].feature == LEAF && f->node[from].value > most)
            most = f->node[from].value;
    }
    return most;
}

/* Fills up tree k, whose first node is at; f->nodes stands for a tree that says 0. */
static void fill_tree(struct forest *f, size_t k, size_t at)
{
    static const struct node none = {.feature = LEAF};
    size_t size = (size_t)1 << f->depth, from[2 << DEPTH], i;

    from[1] = at;
    for (i = 1; i < 2 * size; i++) {
        const struct node *n = from[i] < f->nodes ? &f->node[from[i]] : &none;
        bool leaf = n->feature == LEAF;

        if (i >= size) {
            f->answer[k * size + i - size] = n->value;
            continue;
        }
        f->step[k * size + i] = (struct step){leaf ? INFINITY : n->value, leaf ? 0 : n->feature};
        from[2 * i] = leaf ? from[i] : from[i] + 1;
        from[2 * i + 1] = leaf ? from[i] : n->no;
    }
}

/* Finds f->depth; false where that is more than DEPTH. */
static bool measure(struct forest *f)
{
    size_t i;

    f->depth = 0;
    for (i = 0; i < f->roots; i++) {
        unsigned depth = depth_of(f, f->root[i]);

        f->depth = depth > f->depth ? depth : f->depth;
    }
    return f->depth <= DEPTH;
}

/* Lays the trees out for scoring. */
static void lay_out(struct forest *f)
{
    size_t groups = (f->roots + TOGETHER - 1) / TOGETHER, i, k;

    f->groups = groups;
    f->step = mem_resize(f->step, (groups * TOGETHER) << f->depth, sizeof *f->step);
    f->answer = mem_resize(f->answer, (groups * TOGETHER) << f->depth, sizeof *f->answer);
    for (i = 0; i < groups * TOGETHER; i++)
        fill_tree(f, i, i < f->roots ? f->root[i] : f->nodes);
    f->most = mem_resize(f->most, groups + 1, sizeof *f->most);
    f->most[groups] = 0;
    for (k = groups; k-- > 0;) {
        f->most[k] = f->most[k + 1];
        for (i = k * TOGETHER; i < f->roots && i < (k + 1) * TOGETHER; i++)
            f->most[k] += largest_answer(f, f->root[i], i + 1 < f->roots ? f->root[i + 1] : f->nodes);
    }
}

bool forest_add_text(struct forest *f, const char *file, const char *text, size_t len, struct err *e)
{
    size_t open[DEPTH], depth = 0; /* questions whose "no" is still to come */
    size_t answers = 0;            /* of this tree */
    bool fresh = true;
    struct table_reader r;
    const char *s;
    size_t n;

    table_start(&r, text, len);
    while (table_line(&r, &s, &n)) {
        struct node node = {0};

        if (!read_node(f, s, n, &node) || (node.feature != LEAF && depth == DEPTH))
            return err_set(e, ERR_IO, "'%s', line %zu: not a question or an answer", file, r.number);
        if (fresh) {
            mem_grow(&f->root, &f->root_cap, f->roots + 1, sizeof *f->root);
            f->root[f->roots++] = (uint32_t)f->nodes;
        }
        mem_grow(&f->node, &f->cap, f->nodes + 1, sizeof *f->node);
        f->node[f->nodes++] = node;
        if (node.feature != LEAF)
            open[depth++] = f->nodes - 1;
        else if (depth)
            f->node[open[--depth]].no = (uint32_t)f->nodes;
        /* A tree is whole when it has one answer more than questions. */
        answers += node.feature == LEAF;
        fresh = answers * 2 == f->nodes - f->root[f->roots - 1] + 1;
        answers = fresh ? 0 : answers;
    }
    if (!fresh)
        return err_set(e, ERR_IO, "'%s', line %zu: the last tree is cut short", file, r.number);
    if (!measure(f))
        return err_set(e, ERR_IO, "'%s', line %zu: a tree asks more than %d questions in a row", file, r.number,
                       DEPTH);
    lay_out(f);
    return true;
}

struct forest *forest_open(const char *name, const char *const *names, size_t count, struct err *e)
{
    char *path = path_program_data(name);
    struct forest *f = forest_new(names, count);
    struct buf text;

    buf_init(&text);
    if (!table_read(path, &text, e) || !forest_add_text(f, path, text.data, text.len, e))
        forest_free(&f);
    buf_release(&text);
    free(path);
    return f;
}

float forest_score(const struct forest *f, const float *values)
{
    return forest_score_from(f, values, -INFINITY);
}

static inline size_t follow(const struct step *tree, const float *values, size_t at)
{
    return 2 * at + !(values[tree[at].feature] <= tree[at].value);
}

/* Adds what TOGETHER trees say to sum, in their order. */
static float add_trees(const struct forest *f, const float *values, size_t group, float sum)
{
    size_t size = (size_t)1 << f->depth, a = 1, b = 1, c = 1, d = 1;
    const struct step *tree = f->step + group * TOGETHER * size;
    const float *answer = f->answer + group * TOGETHER * size - size;
    unsigned turns;

    for (turns = f->depth; turns > 0; turns--) {
        a = follow(tree, values, a);
        b = follow(tree + size, values, b);
        c = follow(tree + 2 * size, values, c);
        d = follow(tree + 3 * size, values, d);
    }
    sum += answer[a];
    sum += answer[b + size];
    sum += answer[c + 2 * size];
    return sum + answer[d + 3 * size];
}

_Static_assert(TOGETHER == 4, "add_trees adds four");

float forest_score_from(const struct forest *f, const float *values, float least)
{
    const float slack = 0.01f; /* more than rounding can make */
    float sum = 0;
    size_t k;

    for (k = 0; k < f->groups && sum + f->most[k] + slack >= least; k++)
        sum = add_trees(f, values, k, sum);
    return k < f->groups ? -INFINITY : sum;
}

float forest_most(const struct forest *f)
{
    return f->roots ? f->most[0] : 0;
}
