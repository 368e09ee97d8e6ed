/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"

#include "base/utf8.h"

#include <string.h>

enum { LINE_LENGTH = 160, NAME_LENGTH = 48, NAME_WORDS = 5, FAR_LINES = 12 };

/* A run of text that would be a name. */
struct run {
    const char *s;
    size_t len;
};

static const uint64_t never = UINT64_C(1) << PHRASES_SHARE | UINT64_C(1) << PHRASES_SUBSCRIBE |
                              UINT64_C(1) << PHRASES_LEGAL | UINT64_C(1) << PHRASES_RELATED |
                              UINT64_C(1) << PHRASES_MORE | UINT64_C(1) << PHRASES_TAGS |
                              UINT64_C(1) << PHRASES_ADVERT | UINT64_C(1) << PHRASES_READTIME |
                              UINT64_C(1) << PHRASES_COMMENT_COUNT | UINT64_C(1) << PHRASES_COMMENT_FORM |
                              UINT64_C(1) << PHRASES_APPEAL | UINT64_C(1) << PHRASES_COMMENT_HEAD;
static const uint64_t never_whole = UINT64_C(1) << PHRASES_AGENCY | UINT64_C(1) << PHRASES_TOPIC |
                                    UINT64_C(1) << PHRASES_ROLE | UINT64_C(1) << PHRASES_NAVIGATION |
                                    UINT64_C(1) << PHRASES_CREDIT | UINT64_C(1) << PHRASES_REPLY |
                                    UINT64_C(1) << PHRASES_FIELD | UINT64_C(1) << PHRASES_VOTE |
                                    UINT64_C(1) << PHRASES_PUBLISHED | UINT64_C(1) << PHRASES_UPDATED;

static void trim(struct run *r)
{
    while (r->len) {
        uint32_t cp;
        size_t step = utf8_next(r->s, r->len, &cp);
        enum lines_class class = lines_class(cp);

        if (class >= LINES_UPPER && class <= LINES_DIGIT)
            break;
        r->s += step;
        r->len -= step;
    }
    while (r->len) {
        uint32_t cp;
        size_t step = utf8_prev(r->s, r->len, &cp);
        enum lines_class class = lines_class(cp);

        if ((class >= LINES_UPPER && class <= LINES_DIGIT) || (cp == '.' && r->len > 2 && r->s[r->len - 3] == ' '))
            break;
        r->len -= step;
    }
}

/* Cuts r where a name must end: a digit, a bar, a bracket, a dash between blanks, a date, a role. */
static void cut(const struct page *p, struct run *r)
{
    struct dates_found d;
    size_t at = 0;
    const char *role;

    if (dates_find(r->s, r->len, 0, &d) && d.start > 0)
        r->len = d.start;
    while (at < r->len) {
        uint32_t cp;
        size_t step = utf8_next(r->s + at, r->len - at, &cp);
        enum lines_class class = lines_class(cp);

        if (class == LINES_DIGIT || class == LINES_BAR || class == LINES_SYMBOL ||
            strchr("([{@:", (int)(cp < 128 ? cp : 'x')) ||
            (at && r->s[at - 1] == ' ' && (cp == '-' || cp == 0x2013 || cp == 0x2014)))
            break;
        at += step;
    }
    r->len = at;
    for (at = 0; at < r->len; at++) {
        if (r->s[at] != ' ' && r->s[at] != ',')
            continue;
        role = r->s + at;
        if (phrases_prefix(p->phrases, PHRASES_ROLE, role, r->len - at) > 0) {
            r->len = at;
            break;
        }
    }
    trim(r);
}

/* Whether r reads as the name of a person (strict: two words and more, without BY before it). */
static bool is_name(const struct page *p, const struct run *r, bool strict)
{
    struct phrases_hits hits;
    struct lines_line shape;
    struct lines one;
    bool good;

    if (r->len < 2 || r->len > NAME_LENGTH)
        return false;
    lines_init(&one);
    lines_split(&one, r->s, r->len);
    good = one.count == 1;
    if (good)
        shape = one.line[0];
    lines_release(&one);
    if (!good)
        return false;
    phrases_match(p->phrases, r->s, r->len, &hits, NULL, NULL);
    if (hits.any & never || hits.whole & never_whole || hits.words > NAME_WORDS + 1)
        return false;
    if (shape.count[LINES_DIGIT] > 0 || shape.count[LINES_COMMA] || shape.words > NAME_WORDS)
        return false;
    if (shape.wide)
        return shape.chars <= 6;
    if (shape.capital == 0)
        return !strict && shape.words == 1 && hits.function_words == 0 && shape.count[LINES_LETTER] == 0;
    if (shape.capital * 2 < shape.words || hits.function_words * 2 > hits.words)
        return false;
    return !strict || (shape.words >= 2 && shape.capital + 1 >= shape.words &&
                       !(hits.any & (UINT64_C(1) << PHRASES_ORGANISATION | UINT64_C(1) << PHRASES_TOPIC |
                                     UINT64_C(1) << PHRASES_NAVIGATION)));
}

/* Adds the names of a run: parted by commas, slashes and words like "and". Returns how many. */
static size_t add_names(const struct page *p, struct run all, bool strict, struct article *a)
{
    size_t at = 0, start = 0, added = 0;

    while (at <= all.len) {
        size_t skip = 0;

        if (at == all.len)
            skip = 1;
        else if (all.s[at] == ',' || all.s[at] == '/' || all.s[at] == '&' || all.s[at] == ';')
            skip = 1;
        else if (all.s[at] == ' ')
            skip = phrases_prefix(p->phrases, PHRASES_CONNECTOR, all.s + at, all.len - at);
        if (skip && at < all.len && all.s[at] == ' ' && at + skip < all.len && all.s[at + skip] != ' ')
            skip = 0;
        if (skip) {
            struct run r = {all.s + start, at - start};

            cut(p, &r);
            if (is_name(p, &r, strict)) {
                article_add_author(a, r.s, r.len);
                added++;
            }
            start = at + skip;
            at = start > at ? start : at + 1;
            continue;
        }
        at++;
    }
    return added;
}

/* Takes dates and what introduces a byline off the front of r; true where a BY was there. */
static bool strip_front(const struct page *p, struct run *r)
{
    bool by = false;
    int turns;

    for (turns = 0; turns < 4 && r->len; turns++) {
        struct dates_found d;
        size_t skip;

        trim(r);
        skip = phrases_prefix(p->phrases, PHRASES_BY, r->s, r->len);
        if (skip && skip < r->len && (r->s[skip] == ' ' || r->s[skip] == ':')) {
            by = true;
            r->s += skip;
            r->len -= skip;
            continue;
        }
        skip = by ? 0 : phrases_prefix(p->phrases, PHRASES_PUBLISHED, r->s, r->len);
        if (skip == 0 && dates_find(r->s, r->len, 0, &d) && d.start <= 1)
            skip = d.end;
        if (skip == 0)
            break;
        r->s += skip;
        r->len -= skip;
    }
    trim(r);
    return by;
}

static bool is_near(const struct page *p, size_t i)
{
    size_t gap = p->title < p->lines.count ? (i > p->title ? i - p->title : p->title - i) : i;

    return gap <= FAR_LINES;
}

/* Reads line i; true where it gave a name. */
static bool read_line(const struct page *p, size_t i, struct article *a)
{
    const struct features_line *x = page_line(p, i);
    struct run r;
    bool by;
    size_t k, before = a->author_count;

    r.s = page_text(p, i, &r.len);
    if (x->length > LINE_LENGTH)
        return false;
    by = strip_front(p, &r);
    if (!by) {
        /* "Posted 11 April 2018 by NAME": the word stands further on. */
        for (k = 1; k < r.len; k++) {
            struct run rest = {r.s + k, r.len - k};
            size_t skip;

            if (r.s[k - 1] != ' ' || (skip = phrases_prefix(p->phrases, PHRASES_BY, rest.s, rest.len)) == 0)
                continue;
            if (skip < rest.len && (rest.s[skip] == ' ' || rest.s[skip] == ':') && x->has_date) {
                r.s += k + skip;
                r.len -= k + skip;
                by = true;
                break;
            }
        }
    }
    if (by && r.len == 0 && i + 1 < p->lines.count) {
        r.s = page_text(p, i + 1, &r.len);
        if (page_line(p, i + 1)->length > 60)
            return false;
    }
    add_names(p, r, !by, a);
    return a->author_count > before;
}

void byline_set(const struct page *p, struct article *a)
{
    size_t n = p->lines.count, i;

    /* Lines that introduce their names, then lines that are bylines by their place alone. */
    for (i = 0; i < n && a->author_count == 0; i++) {
        if (p->kind[i] == KIND_BYLINE && page_line(p, i)->hits.start >> PHRASES_BY & 1 && is_near(p, i))
            read_line(p, i, a);
    }
    for (i = 0; i < n && a->author_count == 0; i++) {
        if ((p->kind[i] == KIND_BYLINE || p->kind[i] == KIND_DATE) && is_near(p, i))
            read_line(p, i, a);
    }
    for (i = 0; i < n && a->author_count == 0; i++) {
        if (p->part[i] != MODEL_BODY && p->kind[i] != KIND_COMMENT && p->kind[i] != KIND_RELATED &&
            page_line(p, i)->hits.start >> PHRASES_BY & 1 && page_line(p, i)->length < 60)
            read_line(p, i, a);
    }
}
