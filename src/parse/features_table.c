/* SPDX-License-Identifier: ISC */
#include "parse/features_groups.h"

#include "base/mem.h"
#include "base/word.h"
#include "parse/features.h"
#include "parse/shape.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Shapes: six lengths by four ends; their values have made-up names. */
enum { NEAR_GROUPS = G_OPENS, CORES = 8, PLACES = 4, PLACES_OF_NAMES = 4096 };

static const struct {
    const char *name, *values;
} groups[G_COUNT] = {
#define GROUP_ROW(id, name, values) {name, values},
    GROUPS(GROUP_ROW)
#undef GROUP_ROW
};

static const char *const shape_lengths[SHAPE_LENGTHS] = {"tiny", "short", "line", "long", "text", "block"};
static const char *const shape_ends[SHAPE_ENDS] = {"stop", "colon", "mark", "open"};

static size_t values_in(const char *values)
{
    size_t n = 1;

    for (; *values; values++)
        n += *values == ' ';
    return n;
}

static size_t group_size(enum group g)
{
    switch (g) {
    case G_SHAPE:
        return SHAPES;
    case G_CORE_SHAPE:
        return SHAPES * CORES;
    case G_PLACE_SHAPE:
        return SHAPES * PLACES;
    case G_PHRASE:
    case G_ALL:
    case G_OPENS:
    case G_CLOSES:
        return PHRASES_CLASS_COUNT;
    default:
        return values_in(groups[g].values);
    }
}

static void read_buckets(struct features_table *t, int g)
{
    const char *s = groups[g].values;
    char *end;

    for (; s; s = strchr(s, ' ') ? strchr(s, ' ') + 1 : NULL) {
        assert(t->buckets[g] < MOST_VALUES);
        t->low[g][t->buckets[g]++] = (unsigned)strtoul(s, &end, 10);
        t->closed[g] = *end != '+';
        t->last[g] = *end == '-' ? (unsigned)strtoul(end + 1, NULL, 10) : t->low[g][t->buckets[g] - 1];
    }
}

unsigned features_bucket(const struct features_table *t, int g, unsigned long n)
{
    unsigned i = t->buckets[g];

    while (i && n < t->low[g][i - 1])
        i--;
    return i && !(i == t->buckets[g] && t->closed[g] && n > t->last[g]) ? i - 1 : NO_BUCKET;
}

struct features_table *features_table_new(void)
{
    struct features_table *t = mem_zalloc(1, sizeof *t);
    unsigned n;
    int g;

    for (g = 0; g < G_COUNT; g++) {
        t->base[g + 1] = (uint16_t)(t->base[g] + group_size((enum group)g));
        if (groups[g].values)
            read_buckets(t, g);
        for (n = 0; n < QUICK; n++)
            t->quick[g][n] = (uint8_t)features_bucket(t, g, n);
    }
    return t;
}

static size_t base_of(int group)
{
    size_t base = 0;
    int g;

    for (g = 0; g < group; g++)
        base += group_size((enum group)g);
    return base;
}

size_t features_count(void)
{
    return base_of(G_COUNT);
}

size_t features_near(void)
{
    return base_of(NEAR_GROUPS);
}

/* Adds the n-th of the words parted by spaces. */
static void add_value(const char *values, size_t n, struct buf *out)
{
    while (n--)
        values = strchr(values, ' ') + 1;
    buf_add(out, values, strcspn(values, " "));
}

/* Adds the name of a value of group g. */
static void add_name(size_t g, size_t value, struct buf *out)
{
    buf_add_str(out, groups[g].name);
    buf_add_char(out, '=');
    switch (g) {
    case G_CORE_SHAPE:
    case G_PLACE_SHAPE:
        add_value(groups[g == G_CORE_SHAPE ? G_CORE : G_PLACE].values, value / SHAPES, out);
        buf_add_char(out, '-');
        value %= SHAPES;
        /* fall through */
    case G_SHAPE:
        buf_add_str(out, shape_lengths[value / SHAPE_ENDS]);
        buf_add_char(out, '-');
        buf_add_str(out, shape_ends[value % SHAPE_ENDS]);
        break;
    case G_PHRASE:
    case G_ALL:
    case G_OPENS:
    case G_CLOSES:
        buf_add_str(out, phrases_class_name((enum phrases_class)value));
        break;
    default:
        add_value(groups[g].values, value, out);
    }
}

void features_name(size_t id, struct buf *out)
{
    size_t g = 0, value = id, size;

    while (value >= (size = group_size((enum group)g))) {
        value -= size;
        g++;
    }
    assert(g < G_COUNT);
    add_name(g, value, out);
}

struct features_names {
    struct buf text;       /* the names one after the other */
    size_t *at;            /* where each begins in it, and one more */
    uint16_t place[PLACES_OF_NAMES]; /* the features by the hashes of their names, and 1; 0 where free */
};

/* The place of a name: where it stands, else a free one. */
static size_t place_of(const struct features_names *n, const char *name, size_t len)
{
    size_t at;

    for (at = word_hash_of(name, len) % PLACES_OF_NAMES; n->place[at]; at = (at + 1) % PLACES_OF_NAMES) {
        size_t id = n->place[at] - 1u;

        if (n->at[id + 1] - n->at[id] == len && memcmp(n->text.data + n->at[id], name, len) == 0)
            break;
    }
    return at;
}

struct features_names *features_names_new(void)
{
    struct features_names *n = mem_zalloc(1, sizeof *n);
    size_t count = features_count(), id = 0, g, value;

    assert(count < PLACES_OF_NAMES / 2);
    buf_init(&n->text);
    n->at = mem_alloc((count + 1) * sizeof *n->at);
    for (g = 0; g < G_COUNT; g++) {
        size_t size = group_size((enum group)g);

        for (value = 0; value < size; value++) {
            n->at[id++] = n->text.len;
            add_name(g, value, &n->text);
        }
    }
    n->at[count] = n->text.len;
    for (id = 0; id < count; id++)
        n->place[place_of(n, n->text.data + n->at[id], n->at[id + 1] - n->at[id])] = (uint16_t)(id + 1);
    return n;
}

void features_names_free(struct features_names **n)
{
    if (*n == NULL)
        return;
    buf_release(&(*n)->text);
    free((*n)->at);
    free(*n);
    *n = NULL;
}

bool features_names_find(const struct features_names *n, const char *name, size_t len, size_t *id)
{
    size_t found = n->place[place_of(n, name, len)];

    *id = found ? found - 1 : 0;
    return found > 0;
}
