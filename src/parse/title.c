/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"
#include "parse/mend.h"

#include "base/word.h"
#include "parse/repeats.h"

#include <math.h>
#include <string.h>

/* What is asked of a line that might be the headline. */
#define TITLE_VALUES(X)                                                                                       \
    X(CHANCE, "chance") X(CHANCE_BODY, "chance-body") X(CHANCE_META, "chance-meta")                           \
    X(CHANCE_BEFORE, "chance-before") X(CHANCE_SHARE, "chance-share") X(CHANCE_RANK, "chance-rank")           \
    X(INDEX, "index") X(TO_CORE, "to-core") X(LENGTH, "length") X(WORDS, "words")                             \
    X(CAPITAL, "capital") X(FUNCTION, "function") X(ENDS, "ends") X(BEGINS, "begins")                         \
    X(ALONE_BEFORE, "blank-before") X(ALONE_AFTER, "blank-after") X(NEXT_LENGTH, "next-length")               \
    X(PREV_LENGTH, "previous-length") X(NEXT_META, "next-meta") X(NEXT_BODY, "next-body")                     \
    X(NEXT_TITLE, "next-chance") X(PREV_TITLE, "previous-chance") X(PREV_META, "previous-meta")               \
    X(SECOND_META, "second-meta") X(META_BELOW, "meta-below") X(META_ABOVE, "meta-above")                     \
    X(RECUR, "recur") X(RECUR_COUNT, "recur-words") X(TWIN_GAP, "twin-gap")                                   \
    X(FRONTS, "begins-lines") X(ENDS_LINES, "ends-lines") X(TOPIC, "topic") X(SERVICE, "service")             \
    X(CREDIT, "credit") X(COMMENTING, "commenting") X(DATED, "dated") X(NAME, "name")                         \
    X(ABOVE, "heads-above") X(BELOW, "heads-below") X(UPPER, "upper") X(COLON, "colon")                       \
    X(BAR, "bar") X(TAIL, "tail") X(LINES, "lines") X(DIGITS, "digits") X(LIKE_NEXT, "like-next")             \
    X(LIKE_PREV, "like-previous") X(LIKE_BEST, "like-best") X(NEXT_CREDIT, "next-credit")                     \
    X(QUOTES, "quotes") X(SHORT_ABOVE, "short-above") X(FIRST_LIKE, "like-first-prose")                       \
    X(COMMAS, "commas") X(FRONT, "another-at-front") X(END, "another-at-end")                                 \
    X(NEXT_PROSE, "next-prose") X(PROSE_BELOW, "prose-below") X(ORGANISATION, "organisation")                 \
    X(PAPER, "paper") X(PERSON, "person") X(GIVEN, "given") X(BEGUN, "words-begun")                           \
    X(BEGUN_SHARE, "begun-share") X(HEAD_ABOVE, "head-above-gap") X(ABOVE_BEGUN, "head-above-begun")          \
    X(ABOVE_LENGTH, "head-above-length") X(ABOVE_CHANCE, "head-above-chance")                                 \
    X(HEAD_BELOW, "head-below-gap") X(BELOW_BEGUN, "head-below-begun")                                        \
    X(BELOW_LENGTH, "head-below-length") X(BELOW_CHANCE, "head-below-chance")                                 \
    X(BELOW_ENDS, "head-below-ends") X(ABOVE_ENDS, "head-above-ends") X(TWINS, "twins")                       \
    X(TO_BEST, "to-best") X(FROM_META, "date-above") X(CORE, "from-core")                                     \
    X(CREDIT_MARK, "credit-mark") X(NAVIGATION, "navigation") X(SENTENCE, "sentence")                         \
    X(LINES_WITH, "lines-with") X(PROSE_WITH, "prose-with")

#define VALUE_ENUM(id, name) T_##id,
enum { TITLE_VALUES(VALUE_ENUM) T_COUNT };
#undef VALUE_ENUM
#define VALUE_NAME(id, name) name,
static const char *const names[T_COUNT] = {TITLE_VALUES(VALUE_NAME)};
#undef VALUE_NAME

_Static_assert((int)T_COUNT <= (int)FIELDS_MOST_VALUES, "room for the values of a candidate");

static const float LEAST_CHANCE = 0.02f, SENTENCE_PENALTY = 2.0f, SLACK = 0.01f; /* more than rounding can make */

enum { LONGEST = 260, SHORTEST = 3, FAR = 40, NEAR_HEAD = 9, TWO_SENTENCES = 80,
       LONG_SENTENCES = 120 };

const char *const *title_names(size_t *count)
{
    *count = T_COUNT;
    return names;
}

/* The share of the content words of line i that line k has too. */
static float likeness(const struct page *p, size_t i, size_t k)
{
    const struct features_line *a = page_line(p, i), *b = page_line(p, k);
    const uint32_t *words = p->features.words.hash;
    size_t content = 0, same = 0, v, w;

    for (v = 0; v < a->words && v < 40; v++) {
        uint32_t word = words[a->first_word + v];

        if (!(word & 1))
            continue;
        content++;
        for (w = 0; w < b->words && w < 60; w++) {
            if (words[b->first_word + w] == word) {
                same++;
                break;
            }
        }
    }
    return content ? (float)same / (float)content : 0;
}

/* "Ann Lee on the quay. Photo: Jane Doe" */
static bool ends_in_credit(const struct page *p, size_t i, const char *s, size_t len)
{
    enum { NAMES = 48 };
    size_t colon = len;

    if (!(page_line(p, i)->hits.any >> PHRASES_CREDIT & 1))
        return false;
    while (colon > 0 && s[colon - 1] != ':' && len - colon < NAMES)
        colon--;
    return colon > 1 && s[colon - 1] == ':' && phrases_suffix(p->phrases, PHRASES_CREDIT, s, colon - 1) > 0 &&
           phrases_suffix(p->phrases, PHRASES_CREDIT, s, colon - 1) < colon - 1;
}

/* "Keep the Gazette dry!" on a page that holds "A word from the Gazette:". */
static bool is_call(const struct page *p, size_t i, const char *s, size_t len)
{
    enum { FAR_BELOW = 300 };
    size_t k;

    if (s[len - 1] != '!')
        return false;
    for (k = i + 1; k < p->lines.count && k < i + FAR_BELOW; k++) {
        if (features_opens(page_line(p, k), PHRASES_MESSAGE_FROM) && likeness(p, i, k) >= 0.5f)
            return true;
    }
    return false;
}

/* Whether the line cannot be a headline whatever stands around it: without a letter, with the sign of copyright,
 * a list of what the page is about, the way to another page, the salutation of a letter, "Tips by", what another
 * line says to its end, a picture's text, a call of those who ask for help on the same page. */
static bool is_other(const struct page *p, size_t i)
{
    const struct features_line *x = page_line(p, i);
    const struct lines_line *line = &p->lines.line[i];
    size_t len;
    const char *s = page_text(p, i, &len);
    enum shape_end end = shape_end(s, len);

    return line->count[LINES_LOWER] + line->count[LINES_UPPER] + line->count[LINES_LETTER] == 0 ||
           shape_has_copyright(line, s, len) || end == SHAPE_END_COMMA || (end == SHAPE_END_ELLIPSIS && x->fronts) ||
           shape_begin(s, len) == SHAPE_BEGIN_BAR || (x->hits.end >> PHRASES_BY & 1) ||
           (features_opens(x, PHRASES_TAGS) && memchr(s, ':', len)) || ends_in_credit(p, i, s, len) ||
           is_call(p, i, s, len);
}

bool title_is_candidate(const struct page *p, size_t i)
{
    const struct features_line *x = page_line(p, i);

    return x->length >= SHORTEST && x->length <= LONGEST && !(x->hits.end >> PHRASES_CREDIT & 1) &&
           page_chance(p, i, MODEL_TITLE) > LEAST_CHANCE && !is_other(p, i);
}

/* A short line of its own without a stop. */
static bool is_head(const struct page *p, size_t i)
{
    const struct features_line *x = page_line(p, i);

    return x->length >= 15 && x->length < 160 && !x->prose && page_chance(p, i, MODEL_TITLE) > 0.03f;
}

/* The beginnings of words: German compounds and endings hide that two lines speak of the same. */
enum { STEM = 5, LINE_BEGINS = 64 };

static uint32_t begin_hash(const char *s, size_t len, size_t run)
{
    const uint64_t high = WORD_ONES * 0x80;
    uint64_t x = word_low(word_load(s, len), run), small = ~x & high;

    /* bytes that go on with a character are no letters of their own */
    if (run - word_count(x & ~(x << 1) & high) < STEM)
        return 0;
    return (uint32_t)(word_mix(x | word_low(small >> 2, run)) >> 16) | 1;
}

/* The hashes of how the words of s begin, those of few letters left out; how many there are, up to room. */
static size_t take_begins(const char *s, size_t len, uint32_t *out, size_t room)
{
    size_t at = 0, n = 0, start, run;
    bool amid = false; /* a word that began before the window */

    while (at < len && n < room) {
        struct word_window w;
        uint64_t letters;
        size_t next;

        word_look(s + at, len - at, &w);
        next = w.width;
        for (letters = w.lower | w.upper | w.high; letters && n < room; letters &= ~(word_below(run) << start)) {
            uint32_t hash;

            start = (size_t)__builtin_ctzll(letters);
            run = ~(letters >> start) ? (size_t)__builtin_ctzll(~(letters >> start)) : 64;
            if (start && start + run == w.width && at + w.width < len) {
                next = start; /* it may go on: a window of its own */
                break;
            }
            hash = amid && start == 0 ? 0 : begin_hash(s + at + start, len - at - start, run);
            out[n] = hash;
            n += hash != 0;
        }
        amid = next == w.width && w.width == 64 && (w.lower | w.upper | w.high) >> 63;
        at += next;
    }
    return n;
}

static void note_begins(const struct page *p, size_t i, struct title_page *t)
{
    uint32_t hash[TITLE_BEGUN];
    size_t len, n, k;
    const char *s = page_text(p, i, &len);

    n = take_begins(s, len, hash, TITLE_BEGUN - t->begun);
    for (k = 0; k < n; k++)
        t->begins[hash[k] >> 4 & (TITLE_BEGINS - 1)] |= (unsigned char)(1u << (hash[k] >> 1 & 7));
    t->begun += n;
}

/* How many of the line's words begin as a word of the text's first lines does; all gets their number. */
static float count_begun(const struct page *p, const struct title_page *t, size_t i, float *all)
{
    uint32_t hash[LINE_BEGINS];
    size_t len, n, k, known = 0;
    const char *s = page_text(p, i, &len);

    n = take_begins(s, len, hash, LINE_BEGINS);
    for (k = 0; k < n; k++)
        known += t->begins[hash[k] >> 4 & (TITLE_BEGINS - 1)] >> (hash[k] >> 1 & 7) & 1;
    *all = (float)n;
    return (float)known;
}

static const uint64_t service = UINT64_C(1) << PHRASES_SHARE | UINT64_C(1) << PHRASES_SUBSCRIBE |
                                UINT64_C(1) << PHRASES_APPEAL | UINT64_C(1) << PHRASES_LEGAL |
                                UINT64_C(1) << PHRASES_NAVIGATION | UINT64_C(1) << PHRASES_TAGS |
                                UINT64_C(1) << PHRASES_ADVERT | UINT64_C(1) << PHRASES_RELATED |
                                UINT64_C(1) << PHRASES_MORE;

static void neighbour_values(const struct page *p, size_t i, float *v)
{
    size_t n = p->lines.count, k;

    v[T_NEXT_LENGTH] = v[T_PREV_LENGTH] = 0;
    if (i + 1 < n) {
        v[T_ALONE_AFTER] = (float)p->lines.line[i + 1].blank_before;
        v[T_NEXT_LENGTH] = (float)page_line(p, i + 1)->length;
        v[T_NEXT_META] = page_chance(p, i + 1, MODEL_META);
        v[T_NEXT_BODY] = page_chance(p, i + 1, MODEL_BODY);
        v[T_NEXT_TITLE] = page_chance(p, i + 1, MODEL_TITLE);
        v[T_NEXT_CREDIT] = features_has(page_line(p, i + 1), PHRASES_CREDIT);
        v[T_LIKE_NEXT] = likeness(p, i, i + 1);
    }
    if (i + 2 < n)
        v[T_SECOND_META] = page_chance(p, i + 2, MODEL_META);
    if (i > 0) {
        v[T_PREV_LENGTH] = (float)page_line(p, i - 1)->length;
        v[T_PREV_META] = page_chance(p, i - 1, MODEL_META);
        v[T_PREV_TITLE] = page_chance(p, i - 1, MODEL_TITLE);
        v[T_LIKE_PREV] = likeness(p, i, i - 1);
    }
    v[T_META_BELOW] = v[T_META_ABOVE] = FAR;
    for (k = i + 1; k < n && k < i + FAR && v[T_META_BELOW] >= FAR; k++) {
        if (page_chance(p, k, MODEL_META) > 0.4f)
            v[T_META_BELOW] = (float)(k - i);
    }
    for (k = i; k-- > 0 && k + FAR > i && v[T_META_ABOVE] >= FAR;) {
        if (page_chance(p, k, MODEL_META) > 0.4f)
            v[T_META_ABOVE] = (float)(i - k);
    }
    for (k = i; k-- > 0 && k + FAR > i;) {
        v[T_ABOVE] += is_head(p, k);
        v[T_SHORT_ABOVE] += page_line(p, k)->length < 15;
    }
    for (k = i + 1; k < n && k < i + 8; k++)
        v[T_BELOW] += is_head(p, k);
}

void title_look(const struct page *p, struct title_page *t)
{
    size_t i;

    memset(t, 0, sizeof *t);
    t->prose = p->lines.count;
    for (i = 0; i < p->lines.count; i++) {
        float chance = page_chance(p, i, MODEL_TITLE);

        if (chance > t->most && title_is_candidate(p, i)) {
            t->most = chance;
            t->best = i;
        }
        if (page_line(p, i)->prose && page_chance(p, i, MODEL_BODY) > 0.5f) {
            if (t->prose == p->lines.count)
                t->prose = i;
            if (t->begun < TITLE_BEGUN)
                note_begins(p, i, t);
        }
    }
}

/* In how many lines a content word of the line stands, on the average. */
static void line_counts(const struct page *p, size_t i, float *v)
{
    const struct features_line *x = page_line(p, i);
    const uint32_t *words = p->features.words.hash + x->first_word;
    float all = 0, prose = 0, n = 0;
    size_t w;

    for (w = 0; w < x->words && w < 40; w++) {
        struct repeats_count count;

        if (!(words[w] & 1))
            continue;
        count = repeats_lines_with(&p->features, words[w]);
        all += (float)count.all;
        prose += (float)count.prose;
        n++;
    }
    v[T_LINES_WITH] = n > 0 ? all / n : 0;
    v[T_PROSE_WITH] = n > 0 ? prose / n : 0;
}

/* The nearest line above or below that might be a headline beside this one. */
static void pair_values(const struct page *p, const struct title_page *t, size_t i, float *v)
{
    size_t n = p->lines.count, k, len;
    const char *s;
    float all;

    v[T_HEAD_ABOVE] = v[T_HEAD_BELOW] = NEAR_HEAD;
    for (k = i; k-- > 0 && k + NEAR_HEAD > i;) {
        if (!is_head(p, k))
            continue;
        s = page_text(p, k, &len);
        v[T_HEAD_ABOVE] = (float)(i - k);
        v[T_ABOVE_BEGUN] = count_begun(p, t, k, &all) - v[T_BEGUN];
        v[T_ABOVE_LENGTH] = (float)page_line(p, k)->length - v[T_LENGTH];
        v[T_ABOVE_CHANCE] = page_chance(p, k, MODEL_TITLE);
        v[T_ABOVE_ENDS] = (float)shape_end(s, len);
        break;
    }
    for (k = i + 1; k < n && k < i + NEAR_HEAD; k++) {
        if (!is_head(p, k))
            continue;
        s = page_text(p, k, &len);
        v[T_HEAD_BELOW] = (float)(k - i);
        v[T_BELOW_BEGUN] = count_begun(p, t, k, &all) - v[T_BEGUN];
        v[T_BELOW_LENGTH] = (float)page_line(p, k)->length - v[T_LENGTH];
        v[T_BELOW_CHANCE] = page_chance(p, k, MODEL_TITLE);
        v[T_BELOW_ENDS] = (float)shape_end(s, len);
        break;
    }
    for (k = i + 1; k < n && k < i + 30; k++)
        v[T_TWINS] += page_line(p, k)->digest == page_line(p, i)->digest;
    v[T_FROM_META] = NEAR_HEAD;
    for (k = i; k-- > 0 && k + NEAR_HEAD > i && v[T_FROM_META] >= NEAR_HEAD;) {
        if (page_line(p, k)->has_date && page_line(p, k)->length < 60)
            v[T_FROM_META] = (float)(i - k);
    }
}

static float rank_of(const struct page *p, size_t i)
{
    float chance = page_chance(p, i, MODEL_TITLE);
    size_t k, rank = 0, from = i > 100 ? i - 100 : 0;

    for (k = from; k < p->lines.count && k < i + 100; k++)
        rank += page_chance(p, k, MODEL_TITLE) > chance;
    return (float)rank;
}

/* What the model says of the line. */
static void chance_values(const struct page *p, const struct title_page *t, size_t i, float *v)
{
    v[T_CHANCE] = page_chance(p, i, MODEL_TITLE);
    v[T_CHANCE_BODY] = page_chance(p, i, MODEL_BODY);
    v[T_CHANCE_META] = page_chance(p, i, MODEL_META);
    v[T_CHANCE_BEFORE] = page_chance(p, i, MODEL_BEFORE);
    v[T_CHANCE_SHARE] = t->most > 0 ? v[T_CHANCE] / t->most : 0;
    v[T_CHANCE_RANK] = rank_of(p, i);
}

/* What the line is made of: its words, characters and marks. */
static void shape_values(const struct page *p, size_t i, float *v)
{
    const struct features_line *x = page_line(p, i);
    const struct lines_line *line = &p->lines.line[i];
    size_t len;
    const char *s = page_text(p, i, &len);

    v[T_LENGTH] = (float)x->length;
    v[T_WORDS] = (float)line->words;
    v[T_CAPITAL] = line->words ? (float)line->capital / (float)line->words : 0;
    v[T_FUNCTION] = x->hits.words ? (float)x->hits.function_words / (float)x->hits.words : 0;
    v[T_ENDS] = (float)shape_end(s, len);
    v[T_BEGINS] = (float)shape_begin(s, len);
    v[T_UPPER] = line->count[LINES_LOWER] == 0 && line->count[LINES_UPPER] > 2;
    v[T_COLON] = memchr(s, ':', len) != NULL;
    v[T_BAR] = (float)line->count[LINES_BAR];
    v[T_DIGITS] = (float)line->count[LINES_DIGIT] / (float)line->chars;
    v[T_QUOTES] = (float)line->count[LINES_QUOTE];
    v[T_COMMAS] = (float)line->count[LINES_COMMA];
    v[T_SENTENCE] = (float)line->count[LINES_STOP];
    v[T_CREDIT_MARK] = shape_is_credit(line, s, len) || shape_has_copyright(line, s, len);
}

/* 2 where the line is a phrase of the group, 1 where it has one. */
static float whole_or_any(const struct features_line *x, enum phrases_class class)
{
    return (x->hits.whole >> class & 1) ? 2 : features_has(x, class);
}

/* 2 where the line begins with a phrase of the group, 1 where it has one. */
static float opens_or_any(const struct features_line *x, enum phrases_class class)
{
    return features_opens(x, class) ? 2 : features_has(x, class);
}

/* What the phrases in the line say. */
static void phrase_values(const struct features_line *x, float *v)
{
    v[T_TOPIC] = whole_or_any(x, PHRASES_TOPIC);
    v[T_SERVICE] = x->hits.whole & service ? 2 : (x->hits.start & service) != 0;
    v[T_CREDIT] = opens_or_any(x, PHRASES_CREDIT);
    v[T_COMMENTING] = features_has(x, PHRASES_COMMENT_COUNT) || features_has(x, PHRASES_COMMENT_FORM);
    v[T_DATED] = x->has_date;
    v[T_NAME] = (float)x->name_shaped + 2 * (float)features_opens(x, PHRASES_BY);
    v[T_ORGANISATION] = opens_or_any(x, PHRASES_ORGANISATION);
    v[T_NAVIGATION] = whole_or_any(x, PHRASES_NAVIGATION);
    v[T_PAPER] = features_has(x, PHRASES_PAPER);
    v[T_PERSON] = features_has(x, PHRASES_PERSON);
    v[T_GIVEN] = opens_or_any(x, PHRASES_GIVEN_NAME);
}

/* What the page has of the line's words elsewhere. */
static void repeat_values(const struct page *p, const struct title_page *t, size_t i, float *v)
{
    const struct features_line *x = page_line(p, i);
    float recur = (float)x->recur, content = 0;
    size_t w;

    for (w = 0; w < x->words; w++)
        content += (float)(p->features.words.hash[x->first_word + w] & 1);
    v[T_RECUR] = recur;
    v[T_RECUR_COUNT] = recur > 0 ? recur * content / 100 : 0;
    v[T_TWIN_GAP] = x->twin == i ? 0 : (float)((long)x->twin - (long)i);
    v[T_FRONTS] = x->fronts;
    v[T_ENDS_LINES] = x->ends;
    v[T_FRONT] = x->front;
    v[T_END] = x->end;
    v[T_LIKE_BEST] = t->best == i ? 2 : likeness(p, i, t->best);
    v[T_FIRST_LIKE] = t->prose < p->lines.count ? likeness(p, i, t->prose) : 0;
    v[T_BEGUN] = count_begun(p, t, i, &content);
    v[T_BEGUN_SHARE] = content > 0 ? v[T_BEGUN] / content : -1;
}

/* Where on the page the line stands. */
static void place_values(const struct page *p, const struct title_page *t, size_t i, float *v)
{
    size_t below;

    for (below = i + 1; below < p->lines.count && below < i + 20 && !page_line(p, below)->prose;)
        below++;
    v[T_INDEX] = (float)i;
    v[T_LINES] = (float)p->lines.count;
    v[T_ALONE_BEFORE] = i ? (float)p->lines.line[i].blank_before : 9;
    v[T_NEXT_PROSE] = i + 1 < p->lines.count && page_line(p, i + 1)->prose;
    v[T_PROSE_BELOW] = (float)(below - i);
    v[T_TAIL] = p->tail[i] > 0;
    v[T_TO_CORE] = (float)((long)t->prose - (long)i);
    v[T_TO_BEST] = (float)((long)t->best - (long)i);
    v[T_CORE] = (float)((long)p->features.core_from - (long)i);
}

void title_values(const struct page *p, const struct title_page *t, size_t i, float *v)
{
    memset(v, 0, FIELDS_MOST_VALUES * sizeof *v);
    chance_values(p, t, i, v);
    shape_values(p, i, v);
    phrase_values(page_line(p, i), v);
    repeat_values(p, t, i, v);
    place_values(p, t, i, v);
    line_counts(p, i, v);
    neighbour_values(p, i, v);
    pair_values(p, t, i, v);
}

/* A sentence of a text's length, or two sentences that are long together, are the text's rather than its headline. */
static bool is_sentence(const struct page *p, size_t i)
{
    const struct features_line *x = page_line(p, i);
    uint32_t stops = p->lines.line[i].count[LINES_STOP];
    size_t len;
    const char *s = page_text(p, i, &len);

    if (shape_end(s, len) == SHAPE_END_STOP)
        return x->prose || (x->length >= TWO_SENTENCES && stops > 1);
    return x->length >= LONG_SENTENCES && stops > 0;
}

/* How well line i would do as the headline; anything less than least where it does not reach that. */
static float score_of(const struct page *p, const struct title_page *t, const struct forest *f, size_t i, float least)
{
    float v[FIELDS_MOST_VALUES], penalty = is_sentence(p, i) ? SENTENCE_PENALTY : 0, needed = least + penalty;

    if (forest_most(f) + SLACK < needed)
        return -INFINITY;
    title_values(p, t, i, v);
    return forest_score_from(f, v, needed) - penalty;
}

static bool may_be_chosen(const struct page *p, size_t i)
{
    return title_is_candidate(p, i) && !mend_is_other(p, i);
}

size_t title_choose(const struct page *p, const struct forest *f)
{
    float most = -1e30f, reached = -1e30f;
    size_t n = p->lines.count, i, best = n;
    struct title_page t;

    title_look(p, &t);
    /* what the likeliest line reaches, the others must */
    if (t.most > 0 && may_be_chosen(p, t.best))
        reached = score_of(p, &t, f, t.best, reached) - SLACK;
    for (i = 0; i < n; i++) {
        float score;

        if (!may_be_chosen(p, i))
            continue;
        score = score_of(p, &t, f, i, most > reached ? most : reached);
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}
