/* SPDX-License-Identifier: ISC */
#include "parse/features.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/word.h"
#include "parse/appeal.h"
#include "parse/biography.h"
#include "parse/repeats.h"
#include "parse/shape.h"
#include "parse/thread.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Lengths (struct features_line) that tell a line of text from a heading or a button. */
enum { PROSE_LENGTH = 70, LONG_LINE = 120, NEAR_LINES = 8, FAR = 1 << 20 };

/* The groups: those seen from neighbouring lines first. Values are parted by spaces; a group without values has
 * one a phrase class. A bucket's values are read off as numbers: "4" or "4-7" or "8+" hold from 4, 4 and 8 on. */
#define GROUPS(X)                                                                                             \
    X(CHARS, "chars", "1-3 4-7 8-14 15-24 25-39 40-59 60-89 90-139 140-219 220-399 400-799 800+")              \
    X(SHAPE, "shape", NULL)                                                                                   \
    X(ENDS, "ends", "stop question ellipsis colon comma quote bracket bar digit letter symbol")               \
    X(BEGINS, "begins", "lower upper letter digit quote bullet number bracket bar hash at copyright symbol")  \
    X(CASE, "case", "none upper title sentence lower one-capital")                                            \
    X(FUNCTION, "function", "none few some many")                                                             \
    X(PLACE, "place", "alone first middle last")                                                              \
    X(NAME, "name", "shaped given")                                                                           \
    X(DATE, "date", "whole part relative time in-prose")                                                      \
    X(PROSE, "prose", "yes")                                                                                  \
    X(TWIN, "twin", "before-next before after-next after prefix")                                             \
    X(RECUR, "recur", "0 1-24 25-49 50-74 75-99 100+")                                                        \
    X(PHRASE, "phrase", NULL)                                                                                 \
    X(ALL, "all", NULL)                                                                                       \
    X(TAIL, "tail", "shared")                                                                                 \
    X(THREAD, "thread", "control-weak control control-sure header-weak header header-sure body-weak body "    \
                        "body-sure trailer-weak trailer trailer-sure")                                        \
    X(OPENS, "opens", NULL)                                                                                   \
    X(CLOSES, "closes", NULL)                                                                                 \
    X(WORDS, "words", "0 1 2 3-4 5-7 8-12 13-20 21-40 41+")                                                   \
    X(COMMAS, "commas", "0 1 2 3-5 6+")                                                                       \
    X(SENTENCES, "sentences", "0 1 2 3+")                                                                     \
    X(BARS, "bars", "0 1 2 3+")                                                                               \
    X(DIGITS, "digits", "none few half all")                                                                  \
    X(MARKS, "marks", "url mail exclamation quotes brackets no-letters equals credit copyright")              \
    X(BLOCK, "block", "1 2 3-5 6-12 13+")                                                                     \
    X(BLOCK_LONGEST, "block-longest", "0 25 60 120 300+")                                                     \
    X(INDEX, "index", "0 1 2 3 4-5 6-9 10-19 20-39 40-79 80+")                                                \
    X(FROM_END, "from-end", "0 1-2 3-5 6-11 12-24 25-59 60+")                                                 \
    X(SHARE_BEFORE, "share-before", "0 1-4 5-19 20-79 80-94 95-99 100+")                                      \
    X(CORE, "core", "none far-before before first inside last after far-after")                               \
    X(CORE_SHAPE, "core-shape", NULL)                                                                         \
    X(PROSE_ABOVE, "prose-above", "0 1 2 3-4 5-8 9-20 21+")                                                   \
    X(PROSE_BELOW, "prose-below", "0 1 2 3-4 5-8 9-20 21+")                                                   \
    X(DENSITY, "density", "0 1-14 15-29 30-49 50-74 75+")                                                     \
    X(PERIOD, "period", "2 3 4 5-6")                                                                          \
    X(FORM, "form", "0-3 4-10 11+")                                                                           \
    X(COMMENTS, "comments", "0-3 4-10 11+")                                                                   \
    X(REPLIES, "replies", "1 2 3-5 6+")                                                                       \
    X(HEADERS, "headers", "1 2 3-5 6+")                                                                       \
    X(RELATED_ABOVE, "related-above", "0-1 2-4 5-12")                                                         \
    X(APPEAL_ABOVE, "appeal-above", "0-1 2-4 5-12 13-30")                                                     \
    X(SERVICE_ABOVE, "service-above", "0 1-2 3-6 7-15")                                                       \
    X(SERVICE_NEAR, "service-near", "1 2 3-4 5-8 9+")                                                         \
    X(REGION, "region", "before inside after")                                                                \
    X(APPEAL_NEAR, "appeal-near", "1 2 3-4 5+")                                                               \
    X(HOUSE_NEAR, "house-near", "1 2 3-4 5+")                                                                 \
    X(APPEAL_BOX, "appeal-box", "yes")                                                                        \
    X(BIOGRAPHY, "biography", "yes")                                                                          \
    X(HEADING, "heading", "recurs plain")                                                                     \
    X(PLACE_SHAPE, "place-shape", NULL)                                                                       \
    X(SITE, "site", "20-49 50+")                                                                              \
    X(BIAS, "bias", "yes")

#define GROUP_ENUM(id, name, values) G_##id,
enum group { GROUPS(GROUP_ENUM) G_COUNT };
#undef GROUP_ENUM

enum { NEAR_GROUPS = G_OPENS, MOST_VALUES = 16, QUICK = 128, NO_BUCKET = 255 };

/* Shapes: six lengths by four ends; their values have made-up names. */
enum { CORES = 8, PLACES = 4, PLACES_OF_NAMES = 4096 };

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

/* Where each group's features begin, and where its buckets do. */
struct features_table {
    uint16_t base[G_COUNT + 1];
    uint8_t buckets[G_COUNT];
    bool closed[G_COUNT]; /* what lies past the last bucket is in none */
    uint8_t quick[G_COUNT][QUICK]; /* the bucket of each small number, NO_BUCKET where it falls in none */
    unsigned low[G_COUNT][MOST_VALUES], last[G_COUNT];
};

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

static unsigned bucket_of(const struct features_table *t, int g, unsigned long n)
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
            t->quick[g][n] = (uint8_t)bucket_of(t, g, n);
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

void features_init(struct features *f)
{
    memset(f, 0, sizeof *f);
}

void features_release(struct features *f)
{
    free(f->line);
    free(f->words.hash);
    free(f->id);
    free(f->start);
    free(f->slot);
    free(f->word);
    free(f->place);
    features_init(f);
}

/* Taking features down. */

enum { MOST_A_LINE = 2 * G_COUNT + 4 * PHRASES_CLASS_COUNT };

struct taker {
    struct features *f;
    const struct lines *lines;
    const struct features_table *table;
    uint16_t *at; /* where the next one goes: there is room for all of a line and one more */
};

static inline void take(struct taker *t, enum group g, size_t value)
{
    *t->at++ = (uint16_t)(t->table->base[g] + value);
}

/* Takes it if so: without a branch, as nothing tells beforehand. */
static inline void take_if(struct taker *t, enum group g, size_t value, bool so)
{
    *t->at = (uint16_t)(t->table->base[g] + value);
    t->at += so;
}

/* Takes the bucket that n falls in, if any. */
static inline void take_bucket(struct taker *t, enum group g, unsigned long n)
{
    unsigned bucket = n < QUICK ? t->table->quick[g][n] : bucket_of(t->table, g, n);

    take_if(t, g, bucket, bucket != NO_BUCKET);
}

/* One bit of a mask of phrase classes each. */
static inline void take_mask(struct taker *t, enum group g, uint64_t mask)
{
    for (; mask; mask &= mask - 1)
        take(t, g, (size_t)__builtin_ctzll(mask));
}

/* What a line looks like by itself. */

/* Bare kinds of text: many function words, or a script without spaces and sentence marks. */
static bool is_prose(const struct lines_line *line, const struct features_line *x, enum shape_end end)
{
    bool closes = end <= SHAPE_END_COLON || end == SHAPE_END_QUOTE;

    if (x->length < PROSE_LENGTH)
        return false;
    if (line->wide * 2 > line->chars)
        return closes || x->length > LONG_LINE;
    if (x->hits.words < 8)
        return false;
    if (x->hits.function_words * 6 < x->hits.words)
        return x->hits.function_words == 0 && closes && line->count[LINES_COMMA] && x->length > LONG_LINE;
    return closes || x->length > 2 * LONG_LINE;
}

static void find_date(const struct lines *l, const struct lines_line *line, struct features_line *x)
{
    size_t len = line->end - line->start;
    bool may = shape_may_hold_date(l, line);

    x->date_sought = !may || (len < 400 && (line->count[LINES_DIGIT] > 0 || len < 60));
    x->has_date = may && x->date_sought && dates_find(l->text + line->start, len, 0, &x->date);
}

/* First pass: what each line is by itself. */
static void look_at_line(struct features *f, const struct phrases *p, const struct parse_site *site, size_t i)
{
    const struct lines_line *line = &f->lines->line[i];
    const char *s = f->lines->text + line->start;
    size_t len = line->end - line->start, w;
    struct features_line *x = &f->line[i];

    memset(x, 0, sizeof *x);
    x->length = line->chars + line->wide;
    x->twin = i;
    x->first_word = f->words.count;
    phrases_match_words(p, f->lines->word + line->first_word, line->word_count, &x->hits, f->languages, &f->words);
    x->words = f->words.count - x->first_word;
    for (w = x->first_word; w < f->words.count; w++)
        x->digest = repeats_roll(x->digest, f->words.hash[w]);
    find_date(f->lines, line, x);
    x->prose = is_prose(line, x, shape_end(s, len));
    x->name_shaped = shape_is_name(line, x->length);
    x->look = (unsigned char)(x->prose | x->has_date << 1 | (x->length < 30) << 2 | (x->hits.whole != 0) << 3);
    if (site && site->pages > 2 && x->digest)
        x->site_share = site->pages_with(site->ctx, x->digest) * 100 / site->pages;
}

/* What a line is among the others. */

/* What the walk down the page keeps. */
struct walk {
    size_t prose_above, form, comments, related, appeal, service; /* lines since the last of each */
    size_t length_before, length_all;            /* of prose */
};

/* Sums over a window of lines, kept while it slides. */
struct window {
    int prose, lines, replies, headers, service, appeal, house;
};

static bool is_header_like(const struct features *f, size_t i)
{
    const struct features_line *x = &f->line[i];

    if (x->length > 90 || x->prose)
        return false;
    return features_has(x, PHRASES_SAYS) || (x->has_date && x->date.end - x->date.start < x->length) ||
           (x->name_shaped && i + 1 < f->lines->count && f->line[i + 1].has_date && f->line[i + 1].length < 60);
}

static const uint64_t service = UINT64_C(1) << PHRASES_SUBSCRIBE | UINT64_C(1) << PHRASES_APPEAL |
                                UINT64_C(1) << PHRASES_LEGAL | UINT64_C(1) << PHRASES_SHARE |
                                UINT64_C(1) << PHRASES_NAVIGATION | UINT64_C(1) << PHRASES_MORE |
                                UINT64_C(1) << PHRASES_MESSAGE_FROM;

static void slide(const struct features *f, struct window *w, size_t i, int sign)
{
    const struct features_line *x = &f->line[i];

    w->lines += sign;
    w->prose += x->prose ? sign : 0;
    w->replies += x->length < 40 && features_has(x, PHRASES_REPLY) ? sign : 0;
    w->headers += is_header_like(f, i) ? sign : 0;
    w->appeal += features_has(x, PHRASES_APPEAL) ? sign : 0;
    w->house += features_has(x, PHRASES_HOUSE) ? sign : 0;
    w->service += x->length < 200 && (x->hits.start & service) ? sign : 0;
}

static void take_own(struct taker *t, size_t i, enum shape_end end)
{
    const struct lines_line *line = &t->lines->line[i];
    const struct features_line *x = &t->f->line[i];
    const uint32_t *n = line->count;
    const char *s = t->lines->text + line->start;

    take_bucket(t, G_CHARS, x->length);
    take(t, G_SHAPE, shape_of(x->length, end));
    take(t, G_ENDS, (size_t)end);
    take(t, G_BEGINS, (size_t)shape_begin(s, line->end - line->start));
    if (n[LINES_UPPER] + n[LINES_LOWER] == 0)
        take(t, G_CASE, 0);
    else if (n[LINES_UPPER] > 2 && n[LINES_LOWER] == 0)
        take(t, G_CASE, 1);
    else if (line->words > 2 && line->capital * 4 >= line->words * 3)
        take(t, G_CASE, 2);
    else if (line->capital > 1)
        take(t, G_CASE, 3);
    else
        take(t, G_CASE, line->capital ? 5 : 4);
    if (x->hits.words >= 3)
        take(t, G_FUNCTION, x->hits.function_words == 0                      ? 0
                            : x->hits.function_words * 5 < x->hits.words     ? 1
                            : x->hits.function_words * 5 < x->hits.words * 2 ? 2
                                                                             : 3);
}

static void take_place(struct taker *t, size_t i, enum shape_end end)
{
    const struct lines *l = t->lines;
    bool before = i == 0 || l->line[i].blank_before > 0;
    bool after = i + 1 == l->count || l->line[i + 1].blank_before > 0;

    size_t place = before && after ? 0 : before ? 1 : after ? 3 : 2;

    take(t, G_PLACE, place);
    take(t, G_PLACE_SHAPE, place * SHAPES + shape_of(t->f->line[i].length, end));
}

static void take_marks(struct taker *t, size_t i)
{
    const struct features_line *x = &t->f->line[i];

    take_if(t, G_NAME, 0, x->name_shaped);
    take_if(t, G_NAME, 1, x->length <= 40 && features_opens(x, PHRASES_GIVEN_NAME));
    if (x->has_date) {
        size_t part = x->date.end - x->date.start;

        if (x->length > PROSE_LENGTH && x->prose)
            take(t, G_DATE, 4);
        else
            take(t, G_DATE, part + 4 >= t->lines->line[i].end - t->lines->line[i].start ? 0 : 1);
        take_if(t, G_DATE, 2, x->date.relative);
        take_if(t, G_DATE, 3, x->date.time_only);
    }
    take_if(t, G_PROSE, 0, x->prose);
    if (x->twin != i && x->words) {
        size_t gap = x->twin < i ? i - x->twin : x->twin - i;

        take(t, G_TWIN, (x->twin < i ? 0u : 2u) + (gap > 2));
    }
    take_if(t, G_TWIN, 4, x->fronts || x->ends);
    take_if(t, G_TAIL, 0, x->tailed);
}

static void take_thread(struct taker *t, const struct parse_thread *thread, size_t i)
{
    struct parse_thread_line tl;

    if (thread == NULL)
        return;
    tl = parse_thread_line(thread, i);
    if (tl.role != THREAD_NONE)
        take(t, G_THREAD, (size_t)(tl.role - THREAD_CONTROL) * 3 +
                              (tl.strength >= 0.8f ? 2u : tl.strength >= 0.5f ? 1u : 0u));
}

static void take_counts(struct taker *t, size_t i)
{
    const struct lines_line *line = &t->lines->line[i];
    const uint32_t *n = line->count;
    uint32_t letters = n[LINES_UPPER] + n[LINES_LOWER] + n[LINES_LETTER];
    const char *s = t->lines->text + line->start;
    size_t len = line->end - line->start;

    take_bucket(t, G_WORDS, line->words + line->wide / 2);
    take_bucket(t, G_COMMAS, n[LINES_COMMA]);
    take_bucket(t, G_SENTENCES, n[LINES_STOP]);
    take_bucket(t, G_BARS, n[LINES_BAR]);
    take(t, G_DIGITS, n[LINES_DIGIT] == 0               ? 0
                      : n[LINES_DIGIT] * 3 < line->chars ? 1
                      : letters                          ? 2
                                                         : 3);
    take_if(t, G_MARKS, 0, len > 6 && (memcmp(s, "http", 4) == 0 || memcmp(s, "www.", 4) == 0));
    take_if(t, G_MARKS, 1, len < 200 && (line->signs & lines_sign('@')));
    take_if(t, G_MARKS, 2, len < 400 && (line->signs & lines_sign('!')));
    take_if(t, G_MARKS, 3, n[LINES_QUOTE] >= 2);
    take_if(t, G_MARKS, 4, len < 400 && (line->signs & (lines_sign('(') | lines_sign('['))));
    take_if(t, G_MARKS, 5, letters == 0);
    take_if(t, G_MARKS, 6, (line->signs & (lines_sign('{') | lines_sign('='))) != 0);
    take_if(t, G_MARKS, 7, shape_is_credit(line, s, len));
    take_if(t, G_MARKS, 8, shape_has_copyright(line, s, len));
}

enum { CORE_NONE, CORE_FAR_BEFORE, CORE_BEFORE, CORE_FIRST, CORE_INSIDE, CORE_LAST, CORE_AFTER, CORE_FAR_AFTER };

static size_t core_place(const struct features *f, size_t i)
{
    if (f->core_to == 0)
        return CORE_NONE;
    if (i < f->core_from)
        return f->core_from - i > 4 ? CORE_FAR_BEFORE : CORE_BEFORE;
    if (i >= f->core_to)
        return i - f->core_to >= 4 ? CORE_FAR_AFTER : CORE_AFTER;
    return i == f->core_from ? CORE_FIRST : i + 1 == f->core_to ? CORE_LAST : CORE_INSIDE;
}

static void take_region(struct taker *t, const struct walk *walk, size_t below, size_t i, enum shape_end end)
{
    const struct features *f = t->f;
    const struct features_line *x = &f->line[i];
    size_t place = core_place(f, i);

    take(t, G_CORE, place);
    take(t, G_CORE_SHAPE, place * SHAPES + shape_of(x->length, end));
    take_bucket(t, G_INDEX, i);
    take_bucket(t, G_FROM_END, t->lines->count - 1 - i);
    take_bucket(t, G_SHARE_BEFORE, walk->length_all ? walk->length_before * 100 / walk->length_all : 0);
    take_bucket(t, G_PROSE_ABOVE, walk->prose_above);
    take_bucket(t, G_PROSE_BELOW, below);
    take_bucket(t, G_FORM, walk->form);
    take_bucket(t, G_COMMENTS, walk->comments);
    take_bucket(t, G_RELATED_ABOVE, walk->related);
    take_bucket(t, G_APPEAL_ABOVE, walk->appeal);
    take_bucket(t, G_SERVICE_ABOVE, walk->service);
}

/* A short line alone between text and text, as the headings of an article stand. */
static void take_heading(struct taker *t, size_t i, size_t below, enum shape_end end)
{
    const struct features_line *x = &t->f->line[i];
    const struct lines *l = t->lines;
    bool open = end == SHAPE_END_LETTER || end == SHAPE_END_DIGIT || end == SHAPE_END_QUESTION ||
                end == SHAPE_END_QUOTE;
    bool alone = i > 0 && i + 1 < l->count && l->line[i].blank_before > 0 && l->line[i + 1].blank_before > 0;

    if (!alone || !open || x->length < 10 || x->length > 110 || !t->f->line[i - 1].prose || below > 3)
        return;
    take(t, G_HEADING, x->recur >= 60 ? 0 : 1);
}

/* Blocks of lines without a blank line between: their number and their longest line. */
struct block {
    size_t to;
    uint32_t longest;
};

static struct block block_at(const struct features *f, size_t i)
{
    struct block b = {i, 0};

    do {
        if (f->line[b.to].length > b.longest)
            b.longest = f->line[b.to].length;
        b.to++;
    } while (b.to < f->lines->count && f->lines->line[b.to].blank_before == 0);
    return b;
}

/* Whether the p lines from i on, which are there, look like the p before it. */
static bool goes_on(const struct features *f, size_t i, size_t p)
{
    for (size_t k = i; k < i + p; k++) {
        if (f->line[k - p].look != f->line[k].look)
            return false;
    }
    return true;
}

/* Whether the page goes on like this every p lines: shapes of two periods agree. */
static void take_period(struct taker *t, size_t i)
{
    const struct features *f = t->f;
    size_t p;

    if (i == 0 || (f->line[i].prose && f->line[i - 1].prose) || f->line[i].length / 30 == f->line[i - 1].length / 30)
        return;
    for (p = 2; p <= 5 && i >= p && i + p < f->lines->count; p++) {
        if (goes_on(f, i, p)) {
            take_bucket(t, G_PERIOD, p);
            return;
        }
    }
}

static void step_walk(struct walk *w, const struct features_line *x)
{
    w->prose_above++;
    w->form++;
    w->comments++;
    w->related++;
    w->appeal++;
    w->service++;
    if (x->prose) {
        w->prose_above = 0;
        w->length_before += x->length;
    }
    if (x->length < 140 && features_has(x, PHRASES_COMMENT_FORM))
        w->form = 0;
    if (x->length < 60 && (features_has(x, PHRASES_COMMENT_COUNT) || (x->hits.whole >> PHRASES_COMMENT_HEAD & 1)))
        w->comments = 0;
    if (x->length < 60 && features_opens(x, PHRASES_RELATED))
        w->related = 0;
    if (features_opens(x, PHRASES_APPEAL) && x->length < 100)
        w->appeal = 0;
    if (features_opens(x, PHRASES_SUBSCRIBE) && x->length < 200)
        w->service = 0;
}

/* Lines until the next prose, for every line, from behind: in start[], which is free until the features are
 * taken. */
static void find_prose_below(struct features *f)
{
    size_t i = f->lines->count, below = FAR;

    while (i--) {
        f->start[i] = below;
        below = f->line[i].prose ? 0 : below + 1;
    }
}

static void begin_line(struct taker *t, size_t i)
{
    struct features *f = t->f;

    f->start[i] = f->id_count;
    mem_grow(&f->id, &f->id_cap, f->id_count + MOST_A_LINE + 1, sizeof *f->id);
    t->at = f->id + f->id_count;
}

static void end_line(struct taker *t)
{
    size_t count = (size_t)(t->at - t->f->id);

    assert(count <= t->f->id_count + MOST_A_LINE);
    t->f->id_count = count;
}

static void take_all(struct taker *t, const struct parse_thread *thread)
{
    struct features *f = t->f;
    const struct lines *l = t->lines;
    struct walk walk = {FAR, FAR, FAR, FAR, FAR, FAR, 0, 0};
    struct window window = {0};
    struct biography writer;
    struct block block = {0};
    size_t n = l->count, i, block_from = 0, ahead = 0, region[2] = {0, 0}, box, box_end;

    if (thread == NULL || !parse_thread_region(thread, &region[0], &region[1]))
        region[0] = region[1] = 0;
    biography_look(f, &writer);
    box_end = region[0] < region[1] ? region[0] : n;
    box = appeal_begins(f, box_end);
    for (i = 0; i < n; i++)
        walk.length_all += f->line[i].prose ? f->line[i].length : 0;
    find_prose_below(f);
    for (i = 0; i < n; i++) {
        struct features_line *x = &f->line[i];
        size_t len = l->line[i].end - l->line[i].start, below = f->start[i];
        enum shape_end end = shape_end(l->text + l->line[i].start, len);

        if (i >= block.to) {
            block_from = i;
            block = block_at(f, i);
        }
        for (; ahead < n && ahead <= i + NEAR_LINES; ahead++)
            slide(f, &window, ahead, 1);
        if (i > NEAR_LINES)
            slide(f, &window, i - NEAR_LINES - 1, -1);
        begin_line(t, i);
        take_own(t, i, end);
        take_place(t, i, end);
        take_marks(t, i);
        x->recur = repeats_recurrence(f, i);
        if (x->recur >= 0)
            take_bucket(t, G_RECUR, (unsigned)x->recur);
        take_mask(t, G_PHRASE, x->length < 200 ? x->hits.any : x->hits.start | x->hits.end);
        take_mask(t, G_ALL, x->hits.whole);
        take_thread(t, thread, i);
        take_mask(t, G_OPENS, x->length < 200 ? x->hits.start : 0);
        take_mask(t, G_CLOSES, x->length < 200 ? x->hits.end : 0);
        take_counts(t, i);
        take_bucket(t, G_BLOCK, block.to - block_from);
        take_bucket(t, G_BLOCK_LONGEST, block.longest);
        take_region(t, &walk, below, i, end);
        take_bucket(t, G_DENSITY, (unsigned)(window.prose * 100 / window.lines));
        take_heading(t, i, below, end);
        take_period(t, i);
        if (window.replies)
            take_bucket(t, G_REPLIES, (unsigned)window.replies);
        if (window.headers)
            take_bucket(t, G_HEADERS, (unsigned)window.headers);
        if (window.appeal)
            take_bucket(t, G_APPEAL_NEAR, (unsigned)window.appeal);
        if (window.house)
            take_bucket(t, G_HOUSE_NEAR, (unsigned)window.house);
        if (window.service)
            take_bucket(t, G_SERVICE_NEAR, (unsigned)window.service);
        if (i >= box && i < box_end)
            take(t, G_APPEAL_BOX, 0);
        if (biography_is(f, &writer, i))
            take(t, G_BIOGRAPHY, 0);
        if (region[0] < region[1])
            take(t, G_REGION, i < region[0] ? 0 : i < region[1] ? 1 : 2);
        if (x->site_share)
            take_bucket(t, G_SITE, x->site_share);
        take(t, G_BIAS, 0);
        end_line(t);
        step_walk(&walk, x);
    }
    f->start[n] = f->id_count;
}

void features_look(struct features *f, const struct phrases *p, const struct lines *lines,
                   const struct parse_site *site)
{
    size_t n = lines->count, i;

    f->lines = lines;
    f->words.count = f->id_count = 0;
    memset(f->languages, 0, sizeof f->languages);
    mem_grow(&f->line, &f->line_cap, n + 1, sizeof *f->line);
    mem_grow(&f->start, &f->start_cap, n + 1, sizeof *f->start);
    for (i = 0; i < n; i++)
        look_at_line(f, p, site, i);
    repeats_find_twins(f);
}

void features_take(struct features *f, const struct features_table *table, const struct parse_thread *thread)
{
    struct taker t = {f, f->lines, table, NULL};

    repeats_count_words(f);
    repeats_find_core(f);
    take_all(&t, thread);
}
