/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define PUBLISHED_VALUES(X)                                                                                   \
    X(CHANCE_META, "chance-meta") X(CHANCE_BODY, "chance-body") X(CHANCE_SAID, "chance-said")                 \
    X(CHANCE_CONTROL, "chance-control") X(CHANCE_AFTER, "chance-after") X(CHANCE_BEFORE, "chance-before")     \
    X(KIND, "kind") X(FROM_TITLE, "from-title") X(TITLE_GAP, "title-gap") X(INDEX, "index")                   \
    X(FROM_END, "from-end") X(REST, "rest") X(NTH, "nth-of-line") X(PUBLISHED, "published")                   \
    X(UPDATED, "updated") X(EVENT, "event") X(BY, "by") X(LEGAL, "legal") X(RELATED, "related")               \
    X(HOUR, "hour") X(SEPARATOR, "separator") X(LATEST, "latest")                   \
    X(EARLIEST, "earliest") X(DATES, "dates") X(SAME, "same-day") X(ORDER, "order") X(PROSE, "prose")         \
    X(LENGTH, "length") X(CORE, "from-core") X(LINES, "lines") X(COMMENTS, "comments") X(CREDIT, "credit")    \
    X(AT, "at") X(FUNCTION, "function") X(NEXT_DATED, "next-dated") X(PREV_DATED, "previous-dated")           \
    X(SPAN, "span") X(BARS, "bars") X(OPENS, "opens-line") X(LATER_GAP, "days-to-latest")                     \
    X(NEAR, "dates-near") X(RANGE, "range") X(LABEL, "label") X(NAME, "name") X(TO_PROSE, "to-prose")         \
    X(FROM_PROSE, "from-prose") X(NEXT_LENGTH, "next-length") X(PREV_LENGTH, "previous-length") X(REGION, "thread") \
    X(SERVICE, "service") X(BEFORE, "before") X(AFTER, "after") X(PREV_PUBLISHED, "previous-published")       \
    X(PREV_EVENT, "previous-event") X(NEXT_EVENT, "next-event") X(LIKE, "like-lines")                         \
    X(LIKE_ABOVE, "like-lines-above") X(NEAR_LIKE, "lines-alike-nearby")                                      \
    X(WORD_BEFORE, "word-before") X(WORD_AFTER, "word-after")                                                 \
    X(TOLD_LATER, "told-later") X(TOLD_EARLIER, "told-earlier") X(BODY_LINES, "body-lines")                   \
    X(BODY_PROSE, "body-prose") X(EVENTS, "events") X(BYLINES, "bylines") X(DATED, "dated-lines")             \
    X(PROSE_ABOVE, "prose-above") X(PROSE_BELOW, "prose-below")

#define VALUE_ENUM(id, name) P_##id,
enum { PUBLISHED_VALUES(VALUE_ENUM) P_COUNT };
#undef VALUE_ENUM
#define VALUE_NAME(id, name) name,
static const char *const names[P_COUNT] = {PUBLISHED_VALUES(VALUE_NAME)};
#undef VALUE_NAME

_Static_assert((int)P_COUNT <= (int)FIELDS_MOST_VALUES, "room for the values of a candidate");

enum { MOST_DATES = 128, MOST_EVENTS = 8, DATES_A_LINE = 3, NEAR_LINES = 12, FAR_LINES = 30 };
enum { LONGEST_LINE = 200, SENTENCE = 50, FRAME = 24, NEAR_FRAME = 4 }; /* bytes */

static const float LEAST_SCORE = 1.1f;

const char *const *published_names(size_t *count)
{
    *count = P_COUNT;
    return names;
}

static void line_values(const struct page *p, size_t i, float *v)
{
    const struct features_line *x = page_line(p, i);
    size_t n = p->lines.count, k, len;
    const char *s;
    long from = p->title < n ? (long)i - (long)p->title : (long)i;

    v[P_CHANCE_META] = page_chance(p, i, MODEL_META);
    v[P_CHANCE_BODY] = page_chance(p, i, MODEL_BODY);
    v[P_CHANCE_SAID] = page_chance(p, i, MODEL_HEADER) + page_chance(p, i, MODEL_COMMENT);
    v[P_CHANCE_CONTROL] = page_chance(p, i, MODEL_CONTROL);
    v[P_CHANCE_AFTER] = page_chance(p, i, MODEL_AFTER);
    v[P_CHANCE_BEFORE] = page_chance(p, i, MODEL_BEFORE);
    v[P_KIND] = (float)p->kind[i];
    v[P_FROM_TITLE] = fields_clip(from);
    v[P_TITLE_GAP] = fields_clip(from < 0 ? -from : from);
    v[P_INDEX] = fields_clip((long)i);
    v[P_FROM_END] = fields_clip((long)(n - 1 - i));
    v[P_PUBLISHED] = features_opens(x, PHRASES_PUBLISHED) ? 2 : features_has(x, PHRASES_PUBLISHED);
    v[P_UPDATED] = features_opens(x, PHRASES_UPDATED) ? 2 : features_has(x, PHRASES_UPDATED);
    v[P_EVENT] = features_has(x, PHRASES_EVENT);
    v[P_BY] = features_opens(x, PHRASES_BY) ? 2 : features_has(x, PHRASES_BY);
    v[P_LEGAL] = features_has(x, PHRASES_LEGAL);
    v[P_RELATED] = features_has(x, PHRASES_RELATED) || features_has(x, PHRASES_MORE);
    v[P_CREDIT] = features_has(x, PHRASES_CREDIT);
    v[P_COMMENTS] = features_has(x, PHRASES_COMMENT_COUNT) || features_has(x, PHRASES_REPLY) ||
                    features_has(x, PHRASES_SAYS);
    v[P_PROSE] = x->prose;
    v[P_LENGTH] = (float)x->length;
    v[P_CORE] = fields_clip((long)i - (long)p->features.core_from);
    v[P_LINES] = (float)n;
    v[P_FUNCTION] = x->hits.words ? (float)x->hits.function_words / (float)x->hits.words : 0;
    v[P_NEXT_DATED] = i + 1 < n && page_line(p, i + 1)->has_date;
    v[P_PREV_DATED] = i > 0 && page_line(p, i - 1)->has_date;
    v[P_BARS] = (float)p->lines.line[i].count[LINES_BAR];
    v[P_NAME] = x->name_shaped || features_has(x, PHRASES_GIVEN_NAME);
    s = page_text(p, i, &len);
    v[P_LABEL] = memchr(s, ':', len) != NULL;
    v[P_REGION] = (float)parse_thread_line(p->thread, i).role;
    v[P_SERVICE] = features_has(x, PHRASES_SUBSCRIBE) || features_has(x, PHRASES_ADVERT) ||
                   features_has(x, PHRASES_APPEAL);
    v[P_NEXT_LENGTH] = i + 1 < n ? (float)page_line(p, i + 1)->length : 0;
    v[P_PREV_LENGTH] = i > 0 ? (float)page_line(p, i - 1)->length : 0;
    v[P_PREV_PUBLISHED] = i > 0 && features_has(page_line(p, i - 1), PHRASES_PUBLISHED);
    v[P_NEXT_EVENT] = i + 1 < n && features_has(page_line(p, i + 1), PHRASES_EVENT);
    v[P_PREV_EVENT] = i > 0 && features_has(page_line(p, i - 1), PHRASES_EVENT);
    for (k = i > NEAR_LINES ? i - NEAR_LINES : 0; k < n && k <= i + NEAR_LINES; k++)
        v[P_NEAR] += page_line(p, k)->has_date && !page_line(p, k)->prose;
    for (k = i + 1; k < n && k < i + FAR_LINES && !page_line(p, k)->prose;)
        k++;
    v[P_TO_PROSE] = (float)(k - i);
    for (k = i; k > 0 && k + FAR_LINES > i && !page_line(p, k - 1)->prose;)
        k--;
    v[P_FROM_PROSE] = (float)(i - k);
}

/* Whether the date goes on as a span does: "- 19:00", "bis 5. Mai". */
static bool is_range(const char *s, size_t len, size_t at)
{
    size_t k;

    while (at < len && s[at] == ' ')
        at++;
    if (len - at > 3 && memcmp(s + at, "\xE2\x80", 2) == 0 && (unsigned char)s[at + 2] < 0x96)
        at += 3;
    else if (at < len && s[at] == '-')
        at++;
    else if (len - at > 4 && memcmp(s + at, "bis ", 4) == 0)
        at += 4;
    else
        return false;
    for (k = at; k < len && s[k] == ' ';)
        k++;
    return k < len && s[k] >= '0' && s[k] <= '9';
}

enum { NO_WORD, SMALL, CAPITAL, NUMBER };

static int word_kind(uint32_t cp)
{
    enum lines_class class = lines_class(cp);

    return class == LINES_LOWER                          ? SMALL
           : class == LINES_UPPER || class == LINES_LETTER ? CAPITAL
           : class == LINES_DIGIT                          ? NUMBER
                                                           : NO_WORD;
}

/* How the word directly before a date begins: a date amid a sentence has a small one on either side. */
static int word_before(const char *s, size_t at)
{
    int kind = NO_WORD;
    uint32_t cp;

    if (at > 0 && s[at - 1] == ' ')
        at--;
    while (at > 0) {
        size_t step = utf8_prev(s, at, &cp);

        if (word_kind(cp) == NO_WORD)
            break;
        kind = word_kind(cp);
        at -= step;
    }
    return kind;
}

static int word_after(const char *s, size_t len, size_t at)
{
    uint32_t cp;

    if (at < len && s[at] == ' ')
        at++;
    if (at == len)
        return NO_WORD;
    utf8_next(s + at, len - at, &cp);
    return word_kind(cp);
}

static void date_values(const struct page *p, struct published_date *c, size_t nth)
{
    const struct dates_found *d = &c->date;
    size_t len;
    const char *s = page_text(p, c->line, &len);

    c->values[P_REST] = (float)(len - (d->end - d->start));
    c->values[P_NTH] = (float)nth;
    c->values[P_HOUR] = d->hour >= 0;
    c->values[P_SEPARATOR] = (float)d->separator;
    c->values[P_AT] = (float)d->start;
    c->values[P_SPAN] = (float)(d->end - d->start);
    c->values[P_OPENS] = d->start <= 1;
    c->values[P_RANGE] = is_range(s, len, d->end);
    c->values[P_BEFORE] = d->start > 0 ? (float)(unsigned char)s[d->start - 1] : 0;
    c->values[P_WORD_BEFORE] = (float)word_before(s, d->start);
    c->values[P_WORD_AFTER] = (float)word_after(s, len, d->end);
    c->values[P_AFTER] = d->end < len ? (float)(unsigned char)s[d->end] : 0;
}

/* What stands around the date in its line, or the nearest of it: the same for all dates of a list. */
static uint64_t frame_of(const struct page *p, const struct published_date *c, size_t before)
{
    size_t len, behind, from = c->date.start > before ? c->date.start - before : 0;
    const char *s = page_text(p, c->line, &len);

    behind = len - c->date.end < FRAME ? len - c->date.end : FRAME;
    return digest_short(s + from, c->date.start - from) * 31 + digest_short(s + c->date.end, behind);
}

/* How many other lines say a date in the same words. */
static void find_likes(const struct page *p, struct published_date *c, size_t n)
{
    uint64_t frame[MOST_DATES], near[MOST_DATES];
    size_t i, k;

    for (i = 0; i < n; i++) {
        frame[i] = frame_of(p, &c[i], SIZE_MAX);
        near[i] = frame_of(p, &c[i], NEAR_FRAME);
        for (k = 0; k < i; k++) {
            if (c[k].line == c[i].line)
                continue;
            c[k].values[P_NEAR_LIKE] += near[k] == near[i];
            c[i].values[P_NEAR_LIKE] += near[k] == near[i];
            if (frame[k] != frame[i])
                continue;
            c[k].values[P_LIKE]++;
            c[i].values[P_LIKE]++;
            c[i].values[P_LIKE_ABOVE]++;
        }
    }
}

/* What a date is among the others. */
static void compare(struct published_date *c, size_t n)
{
    long latest = 0, earliest = 0;
    size_t i, k;

    for (i = 0; i < n; i++) {
        long day = dates_day_number(&c[i].date);

        latest = i == 0 || day > latest ? day : latest;
        earliest = i == 0 || day < earliest ? day : earliest;
    }
    for (i = 0; i < n; i++) {
        long day = dates_day_number(&c[i].date);

        c[i].values[P_LATEST] = day == latest;
        c[i].values[P_EARLIEST] = day == earliest;
        c[i].values[P_LATER_GAP] = (float)(latest - day > 4000 ? 4000 : latest - day);
        c[i].values[P_DATES] = (float)n;
        c[i].values[P_ORDER] = (float)i;
        for (k = 0; k < n; k++)
            c[i].values[P_SAME] += k != i && dates_day_number(&c[k].date) == day;
    }
}

/* What the page is like, and which dates its text tells. */
static void page_values(const struct page *p, struct published_date *c, size_t n)
{
    float body = 0, prose = 0, events = 0, bylines = 0, dated = 0;
    size_t i, k;

    for (i = 0; i < p->lines.count; i++) {
        const struct features_line *x = page_line(p, i);

        body += p->part[i] == MODEL_BODY;
        prose += p->part[i] == MODEL_BODY && x->prose;
        for (k = 0; k < n && p->part[i] == MODEL_BODY && x->prose; k++)
            c[k].values[c[k].line > i ? P_PROSE_ABOVE : P_PROSE_BELOW] += (float)x->length;
        events += !x->prose && features_has(x, PHRASES_EVENT);
        bylines += !x->prose && features_opens(x, PHRASES_BY);
        dated += x->has_date;
        for (k = 0; k < n && x->has_date && x->prose && !x->date.relative && x->date.day && x->date.year; k++) {
            if (c[k].line == i || x->date.order_open)
                continue;
            c[k].values[P_TOLD_LATER] += dates_day_number(&x->date) > dates_day_number(&c[k].date);
            c[k].values[P_TOLD_EARLIER] += dates_day_number(&x->date) <= dates_day_number(&c[k].date);
        }
    }
    for (k = 0; k < n; k++) {
        c[k].values[P_BODY_LINES] = body;
        c[k].values[P_BODY_PROSE] = prose;
        c[k].values[P_EVENTS] = events;
        c[k].values[P_BYLINES] = bylines;
        c[k].values[P_DATED] = dated;
    }
}

/* Whether a sentence goes on around the date, or the line leads to what was that day ("Result on 5 May 2020:"). */
static bool is_told(const struct features_line *x, const char *s, size_t len, const struct dates_found *d)
{
    const uint64_t said = UINT64_C(1) << PHRASES_PUBLISHED | UINT64_C(1) << PHRASES_UPDATED |
                          UINT64_C(1) << PHRASES_BY;

    if (d->start > 1 && d->end + 1 == len && s[d->end] == ':')
        return true;
    return len - (d->end - d->start) > SENTENCE && !(x->hits.start & said) &&
           word_before(s, d->start) == SMALL && word_after(s, len, d->end) == SMALL;
}

/* Whether the words directly before the date say that something else than the page is of that day ("Deadline:"),
 * or the line below tells the hour at which it begins. */
static bool is_event(const struct page *p, size_t i, const char *s, const struct dates_found *d)
{
    const struct features_line *next = i + 1 < p->lines.count ? page_line(p, i + 1) : NULL;
    size_t at = d->start;

    if (next && next->has_date && next->date.time_only && features_opens(next, PHRASES_EVENT))
        return true;
    while (at > 0 && strchr(" :", s[at - 1]))
        at--;
    return at > 0 && phrases_ends(p->phrases, s, at) >> PHRASES_EVENT & 1 &&
           phrases_suffix(p->phrases, PHRASES_EVENT, s, at) > phrases_suffix(p->phrases, PHRASES_PUBLISHED, s, at);
}

/* Takes the dates out that have the same hour as one of an event. */
static size_t drop_events(struct published_date *c, size_t n, const struct dates_found *event, size_t events)
{
    size_t i, k, kept = 0;

    for (i = 0; i < n; i++) {
        const struct dates_found *d = &c[i].date;

        for (k = 0; k < events; k++) {
            if (d->hour >= 0 && d->hour == event[k].hour && d->minute == event[k].minute &&
                dates_day_number(d) == dates_day_number(&event[k]))
                break;
        }
        if (k == events)
            c[kept++] = c[i];
    }
    return kept;
}

static void settle(const struct page *p, struct published_date *c, size_t n)
{
    struct dates_found dates[MOST_DATES];
    size_t i;

    for (i = 0; i < n; i++)
        dates[i] = c[i].date;
    dates_settle_order(dates, n, !(p->language && strcmp(p->language, "en") == 0));
    for (i = 0; i < n; i++)
        c[i].date = dates[i];
}

size_t published_collect(const struct page *p, struct published_date *out, size_t room)
{
    struct dates_found event[MOST_EVENTS];
    size_t i, n = 0, events = 0;

    room = room < MOST_DATES ? room : MOST_DATES;
    for (i = 0; i < p->lines.count && n < room; i++) {
        const struct features_line *x = page_line(p, i);
        struct dates_found d = x->date;
        size_t len, nth = 0;
        const char *s;

        if (!x->has_date || (x->prose && x->length > LONGEST_LINE && d.start > 1) || p->kind[i] == KIND_CAPTION)
            continue;
        s = page_text(p, i, &len);
        do {
            if (d.relative || !d.day || !d.year || !d.month || is_range(s, len, d.end) ||
                (x->length > 80 && d.start > 0 && s[d.start - 1] == '(') || is_told(x, s, len, &d))
                continue;
            if (is_event(p, i, s, &d)) {
                if (events < MOST_EVENTS)
                    event[events++] = d;
                continue;
            }
            memset(&out[n], 0, sizeof out[n]);
            out[n].date = d;
            out[n].line = i;
            line_values(p, i, out[n].values);
            date_values(p, &out[n++], nth);
        } while (n < room && ++nth < DATES_A_LINE && dates_find(s, len, d.end, &d));
    }
    settle(p, out, n);
    n = drop_events(out, n, event, events);
    compare(out, n);
    find_likes(p, out, n);
    page_values(p, out, n);
    return n;
}

void published_set(const struct page *p, const struct forest *f, struct article *a)
{
    struct published_date *c = mem_alloc(MOST_DATES * sizeof *c);
    size_t n = published_collect(p, c, MOST_DATES), i, best = n;
    float most = LEAST_SCORE;
    char out[DATES_ROOM];

    for (i = 0; i < n; i++) {
        float score = forest_score_from(f, c[i].values, most);

        if (score > most) {
            most = score;
            best = i;
        }
    }
    if (best < n) {
        struct dates_found d = c[best].date;

        /* The hour may stand elsewhere in the head, with the same day. */
        for (i = 0; i < n && d.hour < 0; i++) {
            if (dates_day_number(&c[i].date) == dates_day_number(&d) && c[i].date.hour >= 0 &&
                c[i].values[P_TITLE_GAP] < 12 && c[i].values[P_UPDATED] <= 0 && p->kind[c[i].line] != KIND_COMMENT)
                d = c[i].date;
        }
        if (dates_format(&d, out))
            a->published = article_str(a, out, strlen(out));
    }
    free(c);
}
