/* SPDX-License-Identifier: ISC */
#include "parse/features.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/word.h"
#include "parse/appeal.h"
#include "parse/biography.h"
#include "parse/features_groups.h"
#include "parse/repeats.h"
#include "parse/shape.h"
#include "parse/thread.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Lengths (struct features_line) that tell a line of text from a heading or a button. */
enum { PROSE_LENGTH = 70, LONG_LINE = 120, NEAR_LINES = 8, FAR = 1 << 20 };

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
    unsigned bucket = n < QUICK ? t->table->quick[g][n] : features_bucket(t->table, g, n);

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

/* The way through a page, from its first line to its last. */
struct course {
    const struct parse_thread *thread;
    size_t region[2]; /* of the thread: from, to; the same where there is none */
    size_t box[2];    /* of the appeal at the page's end, likewise */
    struct biography writer;
    struct walk walk;
    struct window window;
    size_t window_to;
    struct block block;
    size_t block_from;
};

static void begin_course(struct course *c, struct features *f, const struct parse_thread *thread)
{
    size_t n = f->lines->count, i;

    memset(c, 0, sizeof *c);
    c->walk = (struct walk){FAR, FAR, FAR, FAR, FAR, FAR, 0, 0};
    c->thread = thread;
    if (thread == NULL || !parse_thread_region(thread, &c->region[0], &c->region[1]))
        c->region[0] = c->region[1] = 0;
    biography_look(f, &c->writer);
    c->box[1] = c->region[0] < c->region[1] ? c->region[0] : n;
    c->box[0] = appeal_begins(f, c->box[1]);
    for (i = 0; i < n; i++)
        c->walk.length_all += f->line[i].prose ? f->line[i].length : 0;
}

/* Brings the block and the window of lines to line i, which follows the one before. */
static void step_course(struct course *c, const struct features *f, size_t i)
{
    if (i >= c->block.to) {
        c->block_from = i;
        c->block = block_at(f, i);
    }
    for (; c->window_to < f->lines->count && c->window_to <= i + NEAR_LINES; c->window_to++)
        slide(f, &c->window, c->window_to, 1);
    if (i > NEAR_LINES)
        slide(f, &c->window, i - NEAR_LINES - 1, -1);
}

static void take_phrases(struct taker *t, const struct features_line *x)
{
    bool brief = x->length < 200;

    take_mask(t, G_PHRASE, brief ? x->hits.any : x->hits.start | x->hits.end);
    take_mask(t, G_ALL, x->hits.whole);
    take_mask(t, G_OPENS, brief ? x->hits.start : 0);
    take_mask(t, G_CLOSES, brief ? x->hits.end : 0);
}

/* What stands in the lines near this one, where there is any. */
static void take_window(struct taker *t, const struct window *w)
{
    const struct {
        enum group group;
        unsigned long count;
    } near[] = {{G_REPLIES, (unsigned long)w->replies},   {G_HEADERS, (unsigned long)w->headers},
                {G_APPEAL_NEAR, (unsigned long)w->appeal}, {G_HOUSE_NEAR, (unsigned long)w->house},
                {G_SERVICE_NEAR, (unsigned long)w->service}};
    size_t k;

    take_bucket(t, G_DENSITY, (unsigned)(w->prose * 100 / w->lines));
    for (k = 0; k < sizeof near / sizeof near[0]; k++) {
        if (near[k].count)
            take_bucket(t, near[k].group, near[k].count);
    }
}

static void take_line(struct taker *t, const struct course *c, size_t i, size_t prose_below)
{
    const struct lines *l = t->lines;
    struct features_line *x = &t->f->line[i];
    enum shape_end end = shape_end(l->text + l->line[i].start, l->line[i].end - l->line[i].start);

    take_own(t, i, end);
    take_place(t, i, end);
    take_marks(t, i);
    x->recur = repeats_recurrence(t->f, i);
    if (x->recur >= 0)
        take_bucket(t, G_RECUR, (unsigned)x->recur);
    take_phrases(t, x);
    take_thread(t, c->thread, i);
    take_counts(t, i);
    take_bucket(t, G_BLOCK, c->block.to - c->block_from);
    take_bucket(t, G_BLOCK_LONGEST, c->block.longest);
    take_region(t, &c->walk, prose_below, i, end);
    take_heading(t, i, prose_below, end);
    take_period(t, i);
    take_window(t, &c->window);
    take_if(t, G_APPEAL_BOX, 0, i >= c->box[0] && i < c->box[1]);
    take_if(t, G_BIOGRAPHY, 0, biography_is(t->f, &c->writer, i));
    if (c->region[0] < c->region[1])
        take(t, G_REGION, i < c->region[0] ? 0 : i < c->region[1] ? 1 : 2);
    if (x->site_share)
        take_bucket(t, G_SITE, x->site_share);
    take(t, G_BIAS, 0);
}

static void take_all(struct taker *t, const struct parse_thread *thread)
{
    struct features *f = t->f;
    struct course course;
    size_t n = f->lines->count, i;

    begin_course(&course, f, thread);
    find_prose_below(f);
    for (i = 0; i < n; i++) {
        size_t prose_below = f->start[i];

        step_course(&course, f, i);
        begin_line(t, i);
        take_line(t, &course, i, prose_below);
        end_line(t);
        step_walk(&course.walk, &f->line[i]);
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
