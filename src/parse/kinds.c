/* SPDX-License-Identifier: ISC */
#include "parse/kinds.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/dateline.h"
#include "parse/shape.h"

#include <stdlib.h>
#include <string.h>

/* What a line shows that tells one kind from another inside a part. */
#define SIGNS(X)                                                                                              \
    X(ALWAYS, "always")                                                                                       \
    X(BULLET, "begins with a bullet or number")                                                               \
    X(CHEVRON, "begins with >")                                                                               \
    X(TINY, "under 12 characters")                                                                            \
    X(HEADLINE, "as long as a headline, without a stop")                                                      \
    X(SENTENCE, "a sentence")                                                                                 \
    X(PROSE, "prose")                                                                                         \
    X(BEFORE_TEXT, "text follows")                                                                            \
    X(SHORT_RUN, "between short lines of one block")                                                          \
    X(CREDIT, "a picture's credit")                                                                           \
    X(CREDIT_SHAPE, "names with a slash")                                                                         \
    X(TAIL, "ends as other lines do")                                                                         \
    X(DOUBLED, "said again next to it")                                                                       \
    X(DOUBLE_FAR, "said again elsewhere")                                                                     \
    X(ABOVE_RELATED, "below a heading of other articles")                                                     \
    X(RELATED, "words of pointing elsewhere")                                                                 \
    X(SERVICE, "words of the site's service")                                                                 \
    X(COMMENTING, "words of commenting")                                                                      \
    X(AFTER_COMMENTING, "next to words of commenting")                                                        \
    X(AMID_COMMENTING, "amid words of commenting")                                                            \
    X(BARE_NUMBER, "a number next to words of commenting")                                                    \
    X(THREAD_CONTROL, "words of a thread's form")                                                             \
    X(NEAR_TITLE, "close to the headline")                                                                    \
    X(INSIDE, "amid the body")                                                                                \
    X(DATED, "a date")                                                                                        \
    X(ONLY_DATE, "little but a date")                                                                         \
    X(NAMED, "a name or byline")                                                                              \
    X(LEAD, "first of the body, parted from the rest")                                                        \
    X(AMID_PROSE, "short and alone between texts")                                                            \
    X(BEFORE_FIRST, "alone between the byline and the text")

#define SIGN_ENUM(id, name) S_##id,
enum sign { SIGNS(SIGN_ENUM) SIGN_COUNT };
#undef SIGN_ENUM

static const char *const sign_names[SIGN_COUNT] = {
#define SIGN_NAME(id, name) name,
    SIGNS(SIGN_NAME)
#undef SIGN_NAME
};

/* Which kinds a part may become. */
enum family { FAMILY_BODY, FAMILY_META, FAMILY_OTHER, FAMILY_COUNT };

/* The hand-set weights: a sign speaks for a kind within its family. A family's stand together. */
static const struct {
    enum family family;
    enum sign sign;
    enum kind kind;
    int weight;
} weights[] = {
    {FAMILY_BODY, S_ALWAYS, KIND_PARAGRAPH, 2},
    {FAMILY_BODY, S_PROSE, KIND_PARAGRAPH, 3},
    {FAMILY_BODY, S_SENTENCE, KIND_PARAGRAPH, 2},
    {FAMILY_BODY, S_HEADLINE, KIND_SECTION, 2},
    {FAMILY_BODY, S_BEFORE_TEXT, KIND_SECTION, 2},
    {FAMILY_BODY, S_SENTENCE, KIND_SECTION, -4},
    {FAMILY_BODY, S_SHORT_RUN, KIND_SECTION, -3},
    {FAMILY_BODY, S_BULLET, KIND_LIST_ITEM, 7},
    {FAMILY_BODY, S_SHORT_RUN, KIND_LIST_ITEM, 4},
    {FAMILY_BODY, S_AMID_PROSE, KIND_LIST_ITEM, -6},
    {FAMILY_BODY, S_BEFORE_FIRST, KIND_CAPTION, 6},
    {FAMILY_BODY, S_CHEVRON, KIND_QUOTE, 9},
    {FAMILY_BODY, S_LEAD, KIND_STANDFIRST, 9},
    {FAMILY_META, S_ALWAYS, KIND_BYLINE, 1},
    {FAMILY_META, S_NAMED, KIND_BYLINE, 3},
    {FAMILY_META, S_DATED, KIND_DATE, 1},
    {FAMILY_META, S_ONLY_DATE, KIND_DATE, 3},
    {FAMILY_META, S_CREDIT_SHAPE, KIND_CAPTION, 6},
    {FAMILY_META, S_CREDIT, KIND_CAPTION, 4},
    {FAMILY_META, S_TAIL, KIND_CAPTION, 6},
    {FAMILY_OTHER, S_ALWAYS, KIND_BOILERPLATE, 3},
    {FAMILY_OTHER, S_SERVICE, KIND_BOILERPLATE, 4},
    {FAMILY_OTHER, S_TINY, KIND_BOILERPLATE, 2},
    {FAMILY_OTHER, S_CREDIT, KIND_CAPTION, 5},
    {FAMILY_OTHER, S_CREDIT_SHAPE, KIND_CAPTION, 4},
    {FAMILY_OTHER, S_TAIL, KIND_CAPTION, 6},
    {FAMILY_OTHER, S_DOUBLED, KIND_CAPTION, 3},
    {FAMILY_OTHER, S_INSIDE, KIND_CAPTION, 1},
    {FAMILY_OTHER, S_NEAR_TITLE, KIND_CAPTION, 1},
    {FAMILY_OTHER, S_SENTENCE, KIND_CAPTION, 1},
    {FAMILY_OTHER, S_TINY, KIND_CAPTION, -3},
    {FAMILY_OTHER, S_HEADLINE, KIND_RELATED, 3},
    {FAMILY_OTHER, S_INSIDE, KIND_RELATED, 2},
    {FAMILY_OTHER, S_RELATED, KIND_RELATED, 4},
    {FAMILY_OTHER, S_ABOVE_RELATED, KIND_RELATED, 3},
    {FAMILY_OTHER, S_SENTENCE, KIND_RELATED, -1},
    {FAMILY_OTHER, S_TINY, KIND_RELATED, -2},
    {FAMILY_OTHER, S_DATED, KIND_RELATED, 1},
    {FAMILY_OTHER, S_COMMENTING, KIND_COMMENT_CONTROL, 8},
    {FAMILY_OTHER, S_AFTER_COMMENTING, KIND_COMMENT_CONTROL, 3},
    {FAMILY_OTHER, S_AMID_COMMENTING, KIND_COMMENT_CONTROL, 7},
    {FAMILY_OTHER, S_BARE_NUMBER, KIND_COMMENT_CONTROL, 4},
    {FAMILY_OTHER, S_THREAD_CONTROL, KIND_COMMENT_CONTROL, 9},
};

static const enum kind family_kinds[FAMILY_COUNT][7] = {
    [FAMILY_BODY] = {KIND_PARAGRAPH, KIND_SECTION, KIND_LIST_ITEM, KIND_QUOTE, KIND_STANDFIRST, KIND_CAPTION,
                     KIND_COUNT},
    [FAMILY_META] = {KIND_BYLINE, KIND_DATE, KIND_CAPTION, KIND_COUNT},
    [FAMILY_OTHER] = {KIND_BOILERPLATE, KIND_CAPTION, KIND_RELATED, KIND_COMMENT_CONTROL, KIND_COUNT},
};

/* How likely the model must hold comments at a line at all. */
static const float LEAST_SAID = 0.01f;

/* Whether a thread that is believed begins below line i and does not count i among its own: whatever the line
 * says of comments, it only points at them. */
static bool above_thread(const struct parse_thread *thread, size_t i)
{
    size_t from, to;

    return parse_thread_region(thread, &from, &to) && i < from && parse_thread_line(thread, i).role != THREAD_CONTROL;
}

/* A thread that is believed for its structure knows its lines better than the model, which sees a few of them. */
static int part_of_thread(const struct parse_thread *thread, size_t i, int part, int other)
{
    struct parse_thread_line l = parse_thread_line(thread, i);

    if (part == MODEL_CONTROL && above_thread(thread, i))
        return other;
    if (l.strength < 0.85F || l.role == THREAD_NONE)
        return part;
    if (l.role == THREAD_BODY)
        return MODEL_COMMENT;
    if (l.role == THREAD_CONTROL)
        return part == MODEL_BODY || part == MODEL_COMMENT || part == MODEL_HEADER ? MODEL_CONTROL : part;
    return MODEL_HEADER;
}

void kinds_choose_parts(struct page *p)
{
    size_t i;

    for (i = 0; i < p->lines.count; i++) {
        const float *m = &p->marginals[i * MODEL_WIDTH];
        float other = m[MODEL_BEFORE] + m[MODEL_INSIDE] + m[MODEL_AFTER], best = other;
        float said = m[MODEL_HEADER] + m[MODEL_COMMENT];
        int part = m[MODEL_BEFORE] >= m[MODEL_INSIDE] && m[MODEL_BEFORE] >= m[MODEL_AFTER] ? MODEL_BEFORE
                   : m[MODEL_INSIDE] >= m[MODEL_AFTER]                                     ? MODEL_INSIDE
                                                                                           : MODEL_AFTER;
        int outside = part;

        if (m[MODEL_META] > best)
            best = m[part = MODEL_META];
        if (m[MODEL_BODY] > best)
            best = m[part = MODEL_BODY];
        if (m[MODEL_CONTROL] > best)
            best = m[part = MODEL_CONTROL];
        if (said > best)
            part = m[MODEL_HEADER] > m[MODEL_COMMENT] ? MODEL_HEADER : MODEL_COMMENT;
        if (said + m[MODEL_CONTROL] > LEAST_SAID)
            part = part_of_thread(p->thread, i, part, outside);
        p->part[i] = (unsigned char)part;
    }
}

enum { SAME_TAILS = 3 };

/* Where the last " - NAME", " | NAME" or dash of any length begins; len where there is none. */
static size_t tail_start(const struct lines_line *line, const char *s, size_t len)
{
    size_t at = len, found = len, last = len < 64 ? len : 64;
    const char *end = s + len - last;

    if (lines_is_ascii(line) && !(line->signs & (lines_sign('-') | lines_sign('|'))))
        return len;
    if (!memchr(end, '-', last) && !memchr(end, '|', last) && !memchr(end, '\xE2', last))
        return len;
    while (at > 3 && len - at < 60) {
        size_t mark = 1;

        at--;
        if (s[at] != ' ')
            continue;
        if ((unsigned char)s[at - 1] == 0x93 || (unsigned char)s[at - 1] == 0x94)
            mark = 3;
        if (at < mark + 1 || s[at - mark - 1] != ' ')
            continue;
        if (mark == 3 ? memcmp(s + at - 3, "\xE2\x80", 2) == 0 : strchr("-|", s[at - 1]) != NULL) {
            found = at - mark - 1;
            break;
        }
    }
    return found;
}

void kinds_find_tails(struct page *p)
{
    size_t n = p->lines.count, i, cap = 64, len;
    struct tail {
        uint64_t digest;
        size_t count;
    } *seen;
    size_t *slot = mem_zalloc(n + 1, sizeof *slot);

    while (cap < n * 2)
        cap *= 2;
    seen = mem_zalloc(cap, sizeof *seen);
    for (i = 0; i < n; i++) {
        const char *s = page_text(p, i, &len);
        size_t from = len < 500 ? tail_start(&p->lines.line[i], s, len) : len, at;
        uint64_t digest;

        if (from == len || page_line(p, i)->twin < i)
            continue;
        digest = digest_short(s + from, len - from);
        for (at = digest & (cap - 1); seen[at].count && seen[at].digest != digest;)
            at = (at + 1) & (cap - 1);
        slot[i] = at + 1;
        seen[at].digest = digest;
        seen[at].count++;
        p->tail[i] = len - from;
    }
    for (i = 0; i < n; i++) {
        if (slot[i] && seen[slot[i] - 1].count >= SAME_TAILS)
            p->features.line[i].tailed = true;
        else
            p->tail[i] = 0;
    }
    free(slot);
    free(seen);
}

static bool ends_with_stop(const char *s, size_t len)
{
    uint32_t cp;
    size_t step = utf8_prev(s, len, &cp);

    if (lines_class(cp) == LINES_QUOTE || cp == ')' || cp == ']') {
        if (step == len)
            return false;
        utf8_prev(s, len - step, &cp);
    }
    return lines_class(cp) == LINES_STOP;
}

static const uint64_t service = UINT64_C(1) << PHRASES_SHARE | UINT64_C(1) << PHRASES_SUBSCRIBE |
                                UINT64_C(1) << PHRASES_APPEAL | UINT64_C(1) << PHRASES_LEGAL |
                                UINT64_C(1) << PHRASES_NAVIGATION | UINT64_C(1) << PHRASES_TAGS |
                                UINT64_C(1) << PHRASES_ADVERT | UINT64_C(1) << PHRASES_READTIME;

static const uint64_t commenting = UINT64_C(1) << PHRASES_COMMENT_COUNT | UINT64_C(1) << PHRASES_COMMENT_FORM;

static bool is_commenting(const struct features_line *x)
{
    return x->length < 160 && (x->hits.start & commenting || x->hits.whole & (UINT64_C(1) << PHRASES_COMMENT_HEAD));
}

/* Whether the next line of the body, at most three lines on, is longer and reads as text. */
static bool text_follows(const struct page *p, size_t i)
{
    size_t k;

    for (k = i + 1; k < p->lines.count && k <= i + 3; k++) {
        if (p->part[k] == MODEL_BODY && page_line(p, k)->length > page_line(p, i)->length &&
            page_line(p, k)->length > 60)
            return true;
    }
    return false;
}

static bool in_short_run(const struct page *p, size_t i)
{
    const struct lines_line *l = p->lines.line;
    bool above = i > 0 && l[i].blank_before == 0 && page_line(p, i - 1)->length < 120 && p->part[i - 1] == MODEL_BODY;
    bool below = i + 1 < p->lines.count && l[i + 1].blank_before == 0 && page_line(p, i + 1)->length < 120 &&
                 p->part[i + 1] == MODEL_BODY;

    return page_line(p, i)->length < 120 && (above || below);
}

/* The standfirst is parted from the text by the byline, a picture or the dateline of the text itself. */
static bool is_lead(const struct page *p, size_t i)
{
    const struct features_line *x = page_line(p, i);
    size_t k;

    if (i != p->first_body || p->title >= i || x->length < 30 || x->length > 450 || i - p->title > 12)
        return false;
    for (k = i + 1; k < p->lines.count && k < i + 8; k++) {
        if (p->part[k] == MODEL_BODY && page_line(p, k)->length > 60)
            break;
    }
    if (k == p->lines.count || p->part[k] != MODEL_BODY)
        return false;
    return k > i + 1 || dateline_find(p, k, NULL);
}

/* A short line of its own right below the byline or the date, and right above the first of the text: what stands
 * there is a picture's text more often than a heading. */
static bool is_below_byline(const struct page *p, size_t i)
{
    const struct lines_line *l = p->lines.line;

    return i == p->first_body && i > 0 && i + 1 < p->lines.count &&
           p->part[i - 1] == MODEL_META && l[i].blank_before > 0 && l[i + 1].blank_before > 0 &&
           !page_line(p, i)->prose && page_line(p, i + 1)->prose && page_line(p, i)->length >= 20;
}

static bool is_amid_prose(const struct page *p, size_t i)
{
    const struct lines_line *l = p->lines.line;

    return i > 0 && i + 1 < p->lines.count && page_line(p, i)->length < 60 && l[i].blank_before > 0 &&
           l[i + 1].blank_before > 0 && page_line(p, i - 1)->prose && page_line(p, i + 1)->prose;
}

static unsigned place_signs(const struct page *p, size_t i)
{
    const struct features_line *x = page_line(p, i);
    unsigned signs = 0, near = 0;
    bool beside = x->length < 60 && !above_thread(p->thread, i);
    size_t k;

    if (text_follows(p, i))
        signs |= 1u << S_BEFORE_TEXT;
    if (in_short_run(p, i))
        signs |= 1u << S_SHORT_RUN;
    if (x->twin != i && (x->twin < i ? i - x->twin : x->twin - i) <= 2)
        signs |= 1u << S_DOUBLED;
    else if (x->twin != i)
        signs |= 1u << S_DOUBLE_FAR;
    for (k = i; k-- > 0 && k + 12 > i && p->part[k] != MODEL_BODY;) {
        if (features_opens(page_line(p, k), PHRASES_RELATED) && page_line(p, k)->length < 60)
            signs |= 1u << S_ABOVE_RELATED;
    }
    for (k = i > 2 ? i - 2 : 0; k < p->lines.count && beside && k <= i + 3; k++)
        near += k != i && is_commenting(page_line(p, k));
    if (near > 0)
        signs |= 1u << S_AFTER_COMMENTING;
    if (near > 1)
        signs |= 1u << S_AMID_COMMENTING;
    if (near > 0 && p->lines.line[i].count[LINES_DIGIT] == p->lines.line[i].chars)
        signs |= 1u << S_BARE_NUMBER;
    if (i > p->title && i < p->title + 5)
        signs |= 1u << S_NEAR_TITLE;
    if (i > p->first_body && p->part[i] == MODEL_INSIDE)
        signs |= 1u << S_INSIDE;
    if (is_amid_prose(p, i))
        signs |= 1u << S_AMID_PROSE;
    if (is_below_byline(p, i))
        signs |= 1u << S_BEFORE_FIRST;
    if (is_lead(p, i))
        signs |= 1u << S_LEAD;
    return signs;
}

static unsigned signs_of(const struct page *p, size_t i)
{
    const struct features_line *x = page_line(p, i);
    const struct lines_line *line = &p->lines.line[i];
    size_t len;
    const char *s = page_text(p, i, &len);
    bool stop = ends_with_stop(s, len);
    unsigned signs = 1u << S_ALWAYS;

    if (s[0] == '>')
        signs |= 1u << S_CHEVRON;
    if (shape_is_item(s, len))
        signs |= 1u << S_BULLET;
    if (x->length < 12)
        signs |= 1u << S_TINY;
    if (!stop && x->length >= 20 && x->length < 160 && line->words + line->wide / 2 >= 3)
        signs |= 1u << S_HEADLINE;
    else if (!stop && x->length < 20 && p->part[i] == MODEL_BODY)
        signs |= 1u << S_HEADLINE;
    if (stop && x->length > 25)
        signs |= 1u << S_SENTENCE;
    if (x->prose)
        signs |= 1u << S_PROSE;
    if (parse_thread_line(p->thread, i).role == THREAD_CONTROL && parse_thread_line(p->thread, i).strength >= 0.5f)
        signs |= 1u << S_THREAD_CONTROL;
    if (features_has(x, PHRASES_CREDIT) && x->length < 400)
        signs |= 1u << S_CREDIT;
    if (shape_is_credit(line, s, len))
        signs |= 1u << S_CREDIT_SHAPE;
    if (p->tail[i])
        signs |= 1u << S_TAIL;
    if (features_opens(x, PHRASES_RELATED) && x->length < 160)
        signs |= 1u << S_RELATED;
    if ((x->length < 100 ? x->hits.start | x->hits.end : x->hits.start) & service)
        signs |= 1u << S_SERVICE;
    if (is_commenting(x) && !above_thread(p->thread, i))
        signs |= 1u << S_COMMENTING;
    if (x->has_date)
        signs |= 1u << S_DATED;
    if (x->has_date && len < x->date.end - x->date.start + 12)
        signs |= 1u << S_ONLY_DATE;
    if (features_opens(x, PHRASES_BY) || x->name_shaped || features_opens(x, PHRASES_GIVEN_NAME))
        signs |= 1u << S_NAMED;
    return signs | place_signs(p, i);
}

static enum family family_of(unsigned char part)
{
    return part == MODEL_BODY ? FAMILY_BODY : part == MODEL_META ? FAMILY_META : FAMILY_OTHER;
}

/* What the signs say for each kind. */
static void weigh(enum family family, unsigned signs, int sum[KIND_COUNT])
{
    const size_t count = sizeof weights / sizeof weights[0];
    size_t k = 0;

    memset(sum, 0, KIND_COUNT * sizeof *sum);
    while (weights[k].family != family)
        k++;
    for (; k < count && weights[k].family == family; k++)
        sum[weights[k].kind] += signs >> weights[k].sign & 1 ? weights[k].weight : 0;
}

static enum kind choose(const struct page *p, size_t i)
{
    enum family family = family_of(p->part[i]);
    const enum kind *kinds = family_kinds[family];
    unsigned signs;
    enum kind best = kinds[0];
    int sum[KIND_COUNT], most = -1000, k;

    if (p->part[i] == MODEL_CONTROL)
        return KIND_COMMENT_CONTROL;
    if (p->part[i] == MODEL_HEADER || p->part[i] == MODEL_COMMENT)
        return KIND_COMMENT;
    signs = signs_of(p, i);
    weigh(family, signs, sum);
    for (k = 0; kinds[k] != KIND_COUNT; k++) {
        if (sum[kinds[k]] > most) {
            most = sum[kinds[k]];
            best = kinds[k];
        }
    }
    return best;
}

void kinds_set(struct page *p)
{
    size_t n = p->lines.count, i;
    uint64_t title = p->title < n ? page_line(p, p->title)->digest : 0;

    for (i = 0; i < n; i++) {
        const struct features_line *x = page_line(p, i);

        p->kind[i] = choose(p, i);
        if (i == p->title) {
            p->kind[i] = KIND_TITLE;
        } else if (title && x->digest == title && p->part[i] != MODEL_COMMENT && p->part[i] != MODEL_HEADER &&
                   (i < p->first_body || page_chance(p, i, MODEL_AFTER) < 0.5f)) {
            p->kind[i] = KIND_TITLE;
            p->flags[i] |= ARTICLE_DOUBLE;
        } else if (x->twin < i && x->words > 2 && (p->kind[i] == KIND_CAPTION || p->kind[i] == KIND_RELATED)) {
            p->flags[i] |= ARTICLE_DOUBLE;
        }
        if (x->site_share >= 20)
            p->flags[i] |= ARTICLE_SITE;
    }
}

void kinds_explain(const struct page *p, size_t i, struct buf *out)
{
    enum family family = family_of(p->part[i]);
    unsigned signs = signs_of(p, i);
    size_t k;

    for (k = 0; k < sizeof weights / sizeof weights[0]; k++) {
        if (weights[k].family == family && weights[k].kind == p->kind[i] && (signs >> weights[k].sign & 1))
            buf_add_fmt(out, " '%s' %+d", sign_names[weights[k].sign], weights[k].weight);
    }
}
