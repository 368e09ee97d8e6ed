/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "parse/byline_cut.h"
#include "parse/repeats.h"

#include <stdlib.h>
#include <string.h>

#define BYLINE_VALUES(X)                                                                                      \
    X(BY, "by") X(WORDS, "words") X(LENGTH, "length") X(CAPITAL, "capital") X(GIVEN_FIRST, "given-first")     \
    X(GIVEN, "given") X(FUNCTION, "function") X(ROLE, "role") X(ORGANISATION, "organisation")                 \
    X(PAPER, "paper") X(TOPIC, "topic") X(NAVIGATION, "navigation") X(AGENCY, "agency")                       \
    X(CHANCE_META, "chance-meta") X(CHANCE_BODY, "chance-body") X(CHANCE_SAID, "chance-said")                 \
    X(CHANCE_CONTROL, "chance-control") X(CHANCE_AFTER, "chance-after") X(CHANCE_BEFORE, "chance-before")     \
    X(CHANCE_TITLE, "chance-title") X(KIND, "kind") X(FROM_TITLE, "from-title") X(TITLE_GAP, "title-gap")     \
    X(INDEX, "index") X(FROM_END, "from-end") X(FROM_CORE_END, "from-core-end") X(REST, "rest")               \
    X(AT, "at") X(DATED, "dated") X(NEXT_DATED, "next-dated") X(PREV_DATED, "previous-dated")                 \
    X(SEEN, "seen") X(SEEN_PROSE, "seen-in-prose") X(ABOUT, "about") X(ABOUT_ABOVE, "about-above")            \
    X(NEXT_LENGTH, "next-length") X(NEXT_PROSE, "next-prose") X(BIO, "biography") X(NTH, "nth-of-line")       \
    X(ORDER, "order") X(UPPER, "upper") X(LINE_LENGTH, "line-length") X(CREDIT, "credit")                     \
    X(SERVICE, "service") X(COMMENTING, "commenting") X(TWIN, "twin") X(STOP, "stop") X(WHOLE, "whole-line")  \
    X(LIST_MARK, "list-mark") X(BLANK, "blank-before") X(ALONE, "alone") X(PREV_BY, "previous-by")            \
    X(PHRASES, "phrases") X(LINES, "lines") X(COLON, "colon") X(BY_LENGTH, "by-length") X(BY_COLON, "by-colon")  \
    X(COPYRIGHT, "copyright") X(SAME, "same-name") X(FIRST, "first-of-name") X(BEFORE, "character-before")    \
    X(DATE_BEHIND, "date-behind") X(DATE_AHEAD, "date-ahead") X(BRACKET, "in-brackets") X(DIGITS, "digits")   \
    X(STRIPPED, "stripped") X(TO_META, "byline-lines-near") X(CHANCE_NEXT, "next-chance-meta")                \
    X(CHANCE_PREV, "previous-chance-meta") X(NEAR_NAMES, "names-near") X(BODY_GAP, "from-body")               \
    X(TITLE_WORDS, "title-words") X(BYS, "lines-with-by") X(NTH_BY, "nth-line-with-by")                        \
    X(WORD_AFTER, "word-after") X(REGION, "thread") X(LIKE, "like-lines")

#define VALUE_ENUM(id, name) B_##id,
enum { BYLINE_VALUES(VALUE_ENUM) B_COUNT };
#undef VALUE_ENUM
#define VALUE_NAME(id, name) name,
static const char *const names[B_COUNT] = {BYLINE_VALUES(VALUE_NAME)};
#undef VALUE_NAME

_Static_assert((int)B_COUNT <= (int)FIELDS_MOST_VALUES, "room for the values of a candidate");

enum { LONGEST_LINE = 220, LONGEST_NAME = 56, MOST_WORDS = 6, MOST_NAMES = 160, MOST_A_LINE = 8 };
enum { LONGEST_LABEL = 40 };

/* Scores from which a name is an author: the best one of the page, others of its line, others elsewhere. */
static const float LEAST_BEST = -1.6f, LEAST_BESIDE = -1.0f, LEAST_FURTHER = 1.75f;

struct reader {
    const struct page *p;
    size_t line, len;
    const char *s;
    struct byline_name *out;
    size_t count, room, nth;
    size_t by_length; /* of the words that opened the byline */
    bool by_colon;
    uint64_t held;    /* the classes whose phrases the line holds at all */
    float values[B_COUNT]; /* of the line, whoever is named in it */
    struct phrases_words words; /* of the latest name */
};

const char *const *byline_names(size_t *count)
{
    *count = B_COUNT;
    return names;
}

static bool has(uint64_t mask, enum phrases_class class)
{
    return (mask >> class & 1) != 0;
}

/* Whether the line above says that a name follows: "Author:", "10 December 2022 by". */
static bool below_label(const struct page *p, size_t i)
{
    const struct features_line *above = i > 0 ? page_line(p, i - 1) : NULL;

    return above && above->length < LONGEST_LABEL &&
           (has(above->hits.whole, PHRASES_BY) || (above->has_date && has(above->hits.end, PHRASES_BY)));
}

static void values_of_line(const struct page *p, size_t i, float *v)
{
    const struct features_line *x = page_line(p, i);
    const uint64_t service = UINT64_C(1) << PHRASES_SHARE | UINT64_C(1) << PHRASES_SUBSCRIBE |
                             UINT64_C(1) << PHRASES_LEGAL | UINT64_C(1) << PHRASES_RELATED |
                             UINT64_C(1) << PHRASES_MORE | UINT64_C(1) << PHRASES_TAGS |
                             UINT64_C(1) << PHRASES_ADVERT | UINT64_C(1) << PHRASES_APPEAL;
    size_t n = p->lines.count, k;
    long from = p->title < n ? (long)i - (long)p->title : (long)i;

    v[B_ROLE] = has(x->hits.any, PHRASES_ROLE);
    v[B_CHANCE_META] = page_chance(p, i, MODEL_META);
    v[B_CHANCE_BODY] = page_chance(p, i, MODEL_BODY);
    v[B_CHANCE_SAID] = page_chance(p, i, MODEL_HEADER) + page_chance(p, i, MODEL_COMMENT);
    v[B_CHANCE_CONTROL] = page_chance(p, i, MODEL_CONTROL);
    v[B_CHANCE_AFTER] = page_chance(p, i, MODEL_AFTER);
    v[B_CHANCE_BEFORE] = page_chance(p, i, MODEL_BEFORE);
    v[B_CHANCE_TITLE] = i == p->title ? 2 : page_chance(p, i, MODEL_TITLE);
    v[B_KIND] = (float)p->kind[i];
    v[B_FROM_TITLE] = fields_clip(from);
    v[B_TITLE_GAP] = fields_clip(from < 0 ? -from : from);
    v[B_INDEX] = fields_clip((long)i);
    v[B_FROM_END] = fields_clip((long)(n - 1 - i));
    v[B_FROM_CORE_END] = fields_clip((long)i - (long)p->features.core_to);
    v[B_DATED] = x->has_date;
    v[B_NEXT_DATED] = i + 1 < n && page_line(p, i + 1)->has_date && page_line(p, i + 1)->length < 80;
    v[B_PREV_DATED] = i > 0 && page_line(p, i - 1)->has_date && page_line(p, i - 1)->length < 80;
    v[B_ABOUT] = has(x->hits.any, PHRASES_ABOUT_AUTHOR);
    v[B_ABOUT_ABOVE] = i > 0 && has(page_line(p, i - 1)->hits.any, PHRASES_ABOUT_AUTHOR);
    v[B_PREV_BY] = below_label(p, i);
    v[B_REGION] = (float)parse_thread_line(p->thread, i).role;
    v[B_NEXT_LENGTH] = i + 1 < n ? (float)page_line(p, i + 1)->length : 0;
    v[B_NEXT_PROSE] = i + 1 < n && page_line(p, i + 1)->prose;
    v[B_LINE_LENGTH] = (float)x->length;
    v[B_CREDIT] = has(x->hits.start, PHRASES_CREDIT) ? 2 : has(x->hits.any, PHRASES_CREDIT);
    v[B_SERVICE] = (x->hits.any & service) != 0;
    v[B_COMMENTING] = has(x->hits.any, PHRASES_COMMENT_COUNT) || has(x->hits.any, PHRASES_REPLY) ||
                      has(x->hits.any, PHRASES_SAYS);
    v[B_TWIN] = x->twin != i;
    v[B_BLANK] = (float)p->lines.line[i].blank_before;
    v[B_ALONE] = (i + 1 == n || p->lines.line[i + 1].blank_before > 0) && p->lines.line[i].blank_before > 0;
    v[B_LINES] = (float)n;
    v[B_CHANCE_NEXT] = i + 1 < n ? page_chance(p, i + 1, MODEL_META) : 0;
    v[B_CHANCE_PREV] = i > 0 ? page_chance(p, i - 1, MODEL_META) : 0;
    v[B_BODY_GAP] = fields_clip((long)i - (long)p->first_body);
    for (k = i > 6 ? i - 6 : 0; k < n && k <= i + 6; k++) {
        v[B_NEAR_NAMES] += page_line(p, k)->name_shaped;
        v[B_TO_META] += page_chance(p, k, MODEL_META) > 0.4f;
    }
}

/* In how many lines the rarest word of the name stands, all in all and of prose. */
static void count_seen(const struct page *p, const struct phrases_words *words, float *v)
{
    size_t w;
    bool any = false;

    for (w = 0; w < words->count; w++) {
        struct repeats_count c;

        if (!(words->hash[w] & 1))
            continue;
        c = repeats_lines_with(&p->features, words->hash[w]);
        if (!any || (float)c.all < v[B_SEEN])
            v[B_SEEN] = (float)c.all;
        if (!any || (float)c.prose < v[B_SEEN_PROSE])
            v[B_SEEN_PROSE] = (float)c.prose;
        any = true;
    }
}

/* Whether the next line tells of the one who is named: it begins with a word of the name. */
static bool is_biography(const struct page *p, size_t i, const struct phrases_words *words)
{
    const struct features_line *next;
    size_t w, k;

    if (i + 1 >= p->lines.count)
        return false;
    next = page_line(p, i + 1);
    for (k = 0; k < next->words && k < 3; k++) {
        for (w = 0; w < words->count; w++) {
            if ((words->hash[w] & 1) && p->features.words.hash[next->first_word + k] == words->hash[w])
                return true;
        }
    }
    return false;
}

/* Whether words of publishing stand at `at`; a capital one of two or three letters may be a name's ("Le Clerc"). */
static bool is_publishing(const struct reader *r, size_t at)
{
    size_t len = phrases_prefix(r->p->phrases, PHRASES_PUBLISHED, r->s + at, r->len - at), next = at + len;
    uint32_t cp;

    if (len == 0)
        return false;
    utf8_next(r->s + at, r->len - at, &cp);
    return len > 3 || lines_class(cp) != LINES_UPPER ||
           (next + 1 < r->len && r->s[next + 1] >= '0' && r->s[next + 1] <= '9');
}

/* A date behind the name ("March 18 at 3:57") is none of it, nor are words before one ("Updated"). */
static void cut_date(const struct reader *r, struct byline_run *name)
{
    struct dates_found d;
    size_t at;

    if (page_line(r->p, r->line)->has_date && dates_find(r->s + name->start, name->end - name->start, 0, &d) &&
        d.start > 0)
        name->end = name->start + d.start;
    for (at = name->start; at < name->end && (has(r->held, PHRASES_UPDATED) || has(r->held, PHRASES_PUBLISHED));
         at++) {
        if (r->s[at] != ' ' || at + 1 >= name->end)
            continue;
        if (phrases_prefix(r->p->phrases, PHRASES_UPDATED, r->s + at + 1, r->len - at - 1) ||
            is_publishing(r, at + 1))
            name->end = at;
    }
    byline_trim(r->s, name);
}

/* Whether a date begins directly behind at, or ends directly before it. */
static bool date_touches(const struct reader *r, size_t from, size_t to, bool behind)
{
    const struct features_line *x = page_line(r->p, r->line);

    if (!x->has_date)
        return false;
    return behind ? x->date.start >= to && x->date.start <= to + 6 : x->date.end <= from && x->date.end + 6 >= from;
}

/* What stands behind a name: nothing or a mark, a small letter, a capital, a digit. */
static int word_after(const char *s, size_t len, size_t at)
{
    uint32_t cp;

    if (at < len && s[at] == ' ')
        at++;
    if (at == len)
        return 0;
    utf8_next(s + at, len - at, &cp);
    return lines_class(cp) == LINES_LOWER   ? 1
           : lines_class(cp) == LINES_UPPER ? 2
           : lines_class(cp) == LINES_DIGIT ? 3
                                            : 0;
}

/* The byte before `at`, past one blank; 0 at the line's start. */
static unsigned char byte_before(const char *s, size_t at)
{
    if (at > 1 && s[at - 1] == ' ')
        at--;
    return at ? (unsigned char)s[at - 1] : 0;
}

/* How many content words of the name the headline has. */
static size_t in_title(const struct page *p, const struct phrases_words *words)
{
    const struct features_line *x;
    size_t n = 0, w, k;

    if (p->title >= p->lines.count)
        return 0;
    x = page_line(p, p->title);
    for (w = 0; w < words->count; w++) {
        for (k = 0; k < x->words && k < 40; k++)
            n += (words->hash[w] & 1) && p->features.words.hash[x->first_word + k] == words->hash[w];
    }
    return n;
}

/* Whether a sign of copyright or "Photo:" stands directly before: who took a picture. */
static bool is_credit(const struct reader *r, size_t at, int by)
{
    const char *s = r->s;

    while (at > 0 && strchr(" :", s[at - 1]))
        at--;
    return (at > 1 && memcmp(s + at - 2, "\xC2\xA9", 2) == 0) ||
           (by <= 0 && at > 0 && has(r->held, PHRASES_CREDIT) &&
            has(phrases_ends(r->p->phrases, s, at), PHRASES_CREDIT));
}

/* What a name's letters are. */
struct letters {
    size_t upper, lower;
    size_t capitals; /* words that begin with one */
};

static struct letters letters_of(const struct reader *r, struct byline_run name)
{
    struct letters n = {0, 0, 0};
    bool fresh = true;

    while (name.start < name.end) {
        uint32_t cp;
        enum lines_class class;

        name.start += utf8_next(r->s + name.start, name.end - name.start, &cp);
        class = lines_class(cp);
        n.upper += class == LINES_UPPER;
        n.lower += class == LINES_LOWER;
        n.capitals += fresh && class == LINES_UPPER;
        fresh = class == LINES_SPACE;
    }
    return n;
}

/* Leaves of the run what could be the name; true if words were taken off its end, where it is not wanted whole. */
static bool cut_name(const struct reader *r, struct byline_run *name, bool whole)
{
    size_t end;

    byline_trim(r->s, name);
    cut_date(r, name);
    name->end = byline_name_end(r->s, name);
    byline_trim(r->s, name);
    end = name->end;
    if (!whole)
        byline_strip_end(r->p->phrases, r->s, name);
    return name->end != end;
}

static bool could_name(const struct reader *r, struct byline_run name, int by, const struct phrases_hits *hits,
                       const struct letters *n)
{
    const struct features_line *x = page_line(r->p, r->line);

    if (hits->words == 0 || hits->words > MOST_WORDS || is_credit(r, name.start, by))
        return false;
    if (by != 0)
        return true;
    return (n->upper > 0 || n->lower == 0) &&
           (hits->words > 1 || name.end - name.start + 12 >= r->len || (x->has_date && x->length < 60));
}

/* What the name's own words and letters say. */
static void own_values(const struct reader *r, struct byline_run name, const struct phrases_hits *hits,
                       const struct letters *n, float *v)
{
    v[B_WORDS] = (float)hits->words;
    v[B_LENGTH] = (float)(name.end - name.start);
    v[B_CAPITAL] = (float)n->capitals / (float)hits->words;
    v[B_UPPER] = n->lower == 0;
    v[B_GIVEN_FIRST] = has(hits->start, PHRASES_GIVEN_NAME);
    v[B_GIVEN] = has(hits->any, PHRASES_GIVEN_NAME);
    v[B_FUNCTION] = (float)hits->function_words;
    v[B_ORGANISATION] = has(hits->any, PHRASES_ORGANISATION);
    v[B_PAPER] = has(hits->any, PHRASES_PAPER);
    v[B_TOPIC] = has(hits->whole, PHRASES_TOPIC) ? 2 : has(hits->any, PHRASES_TOPIC);
    v[B_NAVIGATION] = has(hits->any, PHRASES_NAVIGATION);
    v[B_AGENCY] = has(hits->whole, PHRASES_AGENCY) ? 2 : has(hits->any, PHRASES_AGENCY);
    v[B_PHRASES] = (float)__builtin_popcountll(hits->any & ~(UINT64_C(1) << PHRASES_GIVEN_NAME));
    count_seen(r->p, &r->words, v);
    v[B_BIO] = is_biography(r->p, r->line, &r->words);
    v[B_TITLE_WORDS] = (float)in_title(r->p, &r->words);
}

/* What the rest of the line and the place in it say. */
static void place_values(const struct reader *r, struct byline_run name, float *v)
{
    size_t len = name.end - name.start;
    char last = r->s[r->len - 1];

    v[B_REST] = (float)(r->len - len);
    v[B_AT] = (float)name.start;
    v[B_NTH] = (float)r->nth;
    v[B_ORDER] = (float)r->count;
    v[B_STOP] = last == '.' || last == '!' || last == '?';
    v[B_WHOLE] = len == r->len;
    v[B_COLON] = memchr(r->s, ':', r->len) != NULL;
    v[B_LIST_MARK] = name.end < r->len ? (float)(unsigned char)r->s[name.end] : 0;
    v[B_WORD_AFTER] = (float)word_after(r->s, r->len, name.end);
    v[B_COPYRIGHT] = len < r->len && (unsigned char)r->s[0] == 0xC2 && (unsigned char)r->s[1] == 0xA9;
    v[B_BEFORE] = (float)byte_before(r->s, name.start);
    v[B_DATE_BEHIND] = date_touches(r, name.start, name.end, true);
    v[B_DATE_AHEAD] = date_touches(r, name.start, name.end, false);
    v[B_BRACKET] = name.start > 0 && r->s[name.start - 1] == '(';
    v[B_DIGITS] = (float)r->p->lines.line[r->line].count[LINES_DIGIT];
}

/* Takes the name as a candidate, whole or without the words at its end that may be no part of it; true without. */
static bool add_one(struct reader *r, struct byline_run name, int by, bool whole)
{
    size_t from = r->p->lines.line[r->line].start;
    bool stripped = cut_name(r, &name, whole);
    struct letters letters;
    struct phrases_hits hits;
    struct byline_name *c;

    if (name.end < name.start + 2 || name.end - name.start > LONGEST_NAME || r->count == r->room ||
        r->nth >= MOST_A_LINE)
        return false;
    r->words.count = 0;
    phrases_match(r->p->phrases, r->s + name.start, name.end - name.start, &hits, &r->words);
    letters = letters_of(r, name);
    if (!could_name(r, name, by, &hits, &letters))
        return stripped;
    c = &r->out[r->count];
    memset(c, 0, sizeof *c);
    memcpy(c->values, r->values, sizeof r->values);
    c->line = r->line;
    c->start = from + name.start;
    c->end = from + name.end;
    own_values(r, name, &hits, &letters, c->values);
    place_values(r, name, c->values);
    c->values[B_BY] = (float)by;
    c->values[B_BY_LENGTH] = by > 0 ? (float)r->by_length : 0;
    c->values[B_BY_COLON] = by > 0 && r->by_colon;
    c->values[B_STRIPPED] = stripped ? 1 : whole ? 2 : 0;
    r->count++;
    r->nth++;
    return stripped;
}

static void add(struct reader *r, struct byline_run name, int by)
{
    if (add_one(r, name, by, false))
        add_one(r, name, by, true);
}

/* Takes the names of a run apart: at commas, bars and words like "and". */
static void add_all(struct reader *r, struct byline_run all, int by)
{
    size_t at = all.start, start = all.start;

    while (at < all.end) {
        uint32_t cp;
        size_t step = utf8_next(r->s + at, all.end - at, &cp), skip = 0;
        enum lines_class class = lines_class(cp);

        if (class == LINES_COMMA || class == LINES_BAR || cp == '&' || cp == '(' || cp == '+')
            skip = step;
        else if (cp == ' ' && at > start && has(r->held, PHRASES_CONNECTOR))
            skip = phrases_prefix(r->p->phrases, PHRASES_CONNECTOR, r->s + at, all.end - at);
        if (skip > step && at + skip < all.end && r->s[at + skip] != ' ')
            skip = 0;
        if (skip) {
            add(r, (struct byline_run){start, at}, by);
            at += skip;
            start = at;
            continue;
        }
        at += step;
    }
    add(r, (struct byline_run){start, all.end}, by);
}

/* The first date of a run of the line, which may be known. */
static bool date_in(const struct reader *r, const struct byline_run *run, struct dates_found *d)
{
    const struct features_line *x = page_line(r->p, r->line);

    if (x->date_sought && (run->end - run->start == r->len || (!x->has_date && r->len <= DATES_SHORT_LINE))) {
        *d = x->date;
        return x->has_date;
    }
    return dates_find(r->s + run->start, run->end - run->start, 0, d);
}

/* Takes dates and words of publishing off the front. */
static void strip_front(const struct reader *r, struct byline_run *run)
{
    int turns;

    for (turns = 0; turns < 4; turns++) {
        struct dates_found d;
        size_t skip = 0;

        byline_trim(r->s, run);
        if (has(r->held, PHRASES_PUBLISHED))
            skip = phrases_prefix(r->p->phrases, PHRASES_PUBLISHED, r->s + run->start, run->end - run->start);
        if (skip == 0 && run->end > run->start && date_in(r, run, &d) && d.start <= 1)
            skip = d.end;
        if (skip == 0)
            break;
        run->start += skip;
    }
}

/* Takes the names before, between and behind dates. */
static void add_undated(struct reader *r, struct byline_run run, int by)
{
    struct dates_found d;
    int turns;

    for (turns = 0; turns < 3 && page_line(r->p, r->line)->has_date && run.start < run.end; turns++) {
        if (!dates_find(r->s + run.start, run.end - run.start, 0, &d))
            break;
        if (d.start > 0)
            add_all(r, (struct byline_run){run.start, run.start + d.start}, by);
        run.start += d.end;
    }
    if (run.start < run.end)
        add_all(r, run, by);
}

/* The words that open a byline, where they are all that it says of who wrote: "Redaktion - 31. Januar 2022". */
static void add_opening(struct reader *r, size_t at, size_t len)
{
    struct dates_found d;
    size_t rest = r->len - at - len;

    if (phrases_prefix(r->p->phrases, PHRASES_ORGANISATION, r->s + at, r->len - at) == len &&
        (rest == 0 || (dates_find(r->s + at + len, rest, 0, &d) && d.start <= 5)))
        add(r, (struct byline_run){at, at + len}, 1);
}

static void read_line(struct reader *r)
{
    struct byline_run run = {0, r->len};
    bool by = false, prefix = false;
    size_t at;

    r->nth = 0;
    /* Wherever a byline's opening words stand. */
    for (at = 0; at < r->len && has(r->held, PHRASES_BY); at++) {
        size_t skip;

        if (at > 0 && r->s[at - 1] != ' ' && r->s[at - 1] != '|' && r->s[at - 1] != '/' && r->s[at - 1] != '-')
            continue;
        if (r->s[at] == ' ')
            continue;
        skip = phrases_prefix(r->p->phrases, PHRASES_BY, r->s + at, r->len - at);
        if (skip == 0)
            continue;
        if (at == 0)
            add_opening(r, at, skip);
        if (at + skip >= r->len || !strchr(" :.\xC2\xEF", r->s[at + skip]))
            continue;
        r->by_length = skip;
        r->by_colon = memchr(r->s + at, ':', skip + (at + skip < r->len)) != NULL;
        add_all(r, (struct byline_run){at + skip, r->len}, at == 0 ? 1 : 2);
        by = true;
        prefix = prefix || at == 0;
        at += skip;
    }
    if (prefix)
        return;
    strip_front(r, &run);
    add_undated(r, run, by ? -1 : page_line(r->p, r->line)->prose || !below_label(r->p, r->line) ? 0 : 3);
}

/* How often the page's candidates say the same name. */
static void compare_names(const struct page *p, struct byline_name *c, size_t n)
{
    size_t i, k;

    for (i = 0; i < n; i++) {
        size_t len = c[i].end - c[i].start;

        c[i].values[B_FIRST] = 1;
        for (k = 0; k < n; k++) {
            if (k == i || c[k].end - c[k].start != len ||
                memcmp(p->lines.text + c[i].start, p->lines.text + c[k].start, len) != 0)
                continue;
            c[i].values[B_SAME]++;
            if (k < i)
                c[i].values[B_FIRST] = 0;
        }
    }
}

/* How many lines of the page open a byline, and which of them a name's line is; how many say a name in the same
 * words. */
static void compare_lines(const struct page *p, struct byline_name *c, size_t n)
{
    uint64_t frame[MOST_NAMES];
    size_t i, k, bys = 0, at = 0;

    for (i = 0; i < n; i++) {
        size_t len;
        const char *s = page_text(p, c[i].line, &len);
        size_t from = c[i].start - p->lines.line[c[i].line].start;

        for (; at <= c[i].line; at++)
            bys += has(page_line(p, at)->hits.start, PHRASES_BY) && !page_line(p, at)->prose;
        c[i].values[B_NTH_BY] = (float)bys;
        frame[i] = from > 0 ? digest_short(s, from) : 0;
        for (k = 0; k < i && frame[i]; k++) {
            if (frame[k] != frame[i] || c[k].line == c[i].line)
                continue;
            c[k].values[B_LIKE]++;
            c[i].values[B_LIKE]++;
        }
    }
    for (i = 0; i < n; i++)
        c[i].values[B_BYS] = (float)bys;
}

size_t byline_collect(const struct page *p, struct byline_name *out, size_t room)
{
    struct reader r = {.p = p, .out = out, .room = room < MOST_NAMES ? room : MOST_NAMES};
    size_t i;

    for (i = 0; i < p->lines.count && r.count < r.room; i++) {
        const struct features_line *x = page_line(p, i);
        bool near = p->title < p->lines.count && i < p->title + 12 && i + 12 > p->title;
        bool sign = has(x->hits.any, PHRASES_BY) || x->name_shaped || has(x->hits.start, PHRASES_GIVEN_NAME) ||
                    x->has_date || below_label(p, i);

        if (x->length > LONGEST_LINE || x->length < 2 || p->kind[i] == KIND_CAPTION ||
            (x->prose && !has(x->hits.start, PHRASES_BY)))
            continue;
        if (!near && !sign && page_chance(p, i, MODEL_META) < 0.2f)
            continue;
        r.line = i;
        r.s = page_text(p, i, &r.len);
        r.held = x->hits.held;
        memset(r.values, 0, sizeof r.values);
        values_of_line(p, i, r.values);
        read_line(&r);
    }
    compare_names(p, out, r.count);
    compare_lines(p, out, r.count);
    free(r.words.hash);
    return r.count;
}

/* Whether an author of a has the name already, whatever its case. */
static bool is_known(const struct article *a, const char *s, size_t len)
{
    struct buf one, other;
    bool known = false;
    size_t i;

    buf_init(&one);
    buf_init(&other);
    unicode_fold(s, len, &one);
    for (i = 0; i < a->author_count && !known; i++) {
        buf_clear(&other);
        unicode_fold(a->authors[i], strlen(a->authors[i]), &other);
        known = one.len == other.len && memcmp(one.data, other.data, one.len) == 0;
    }
    buf_release(&one);
    buf_release(&other);
    return known;
}

void byline_set(const struct page *p, const struct forest *f, struct article *a)
{
    struct byline_name *c = mem_alloc(MOST_NAMES * sizeof *c);
    size_t n = byline_collect(p, c, MOST_NAMES), i, best = n;

    for (i = 0; i < n; i++) {
        c[i].score = forest_score_from(f, c[i].values, LEAST_BEST);
        if (best == n || c[i].score > c[best].score)
            best = i;
    }
    for (i = 0; i < n && c[best].score > LEAST_BEST; i++) {
        const char *s = p->lines.text + c[i].start;

        if (i != best && (c[i].score < (c[i].line == c[best].line ? LEAST_BESIDE : LEAST_FURTHER) ||
                          (c[i].start < c[best].end && c[i].end > c[best].start)))
            continue;
        if (!is_known(a, s, c[i].end - c[i].start))
            article_add_author(a, s, c[i].end - c[i].start);
    }
    free(c);
}
