/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"

#include "base/buf.h"

#include <string.h>

/* Where a word may be divided: no part of its name. */
#define SOFT_HYPHEN "\xC2\xAD"

enum { SHORTEST_REST = 12, SHORTEST_FRONT = 4, LONGEST_LINE = 400, MOST_PLACES = 40, WHOLE_WORDS = 3, SURE_WORDS = 4 };

/* Where a word is said twice in a row, a kicker ends and the headline begins; 0 where none is. */
static size_t doubled_at(const char *s, size_t len)
{
    size_t at = 0, before = 0, before_len = 0;

    while (at < len) {
        const char *space = memchr(s + at, ' ', len - at);
        size_t word = space ? (size_t)(space - s) - at : len - at;

        if (word >= 4 && word == before_len && memcmp(s + before, s + at, word) == 0 && (s[at] < 'a' || s[at] > 'z'))
            return before > 0 || len - at > 2 * word ? at : 0;
        before = at;
        before_len = word;
        at += word + (at + word < len);
    }
    return 0;
}

/* Bytes of a sign between two steps of the way to a page at the start of s, after a space or not. Quotation marks
 * have a space on one side only. */
static size_t step_length(const char *s, size_t len, bool spaced)
{
    static const char *const signs[] = {"/", "\xC2\xBB", "\xE2\x80\xBA"};
    size_t i;

    if (s[0] == '>')
        return 1;
    for (i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t n = strlen(signs[i]);

        if (n < len && memcmp(s, signs[i], n) == 0 && (s[n] == ' ') == spaced)
            return n > 1 || spaced ? n : 0;
    }
    return 0;
}

/* What stands before the headline on its line: a date, the way to the page, a kicker before a spaced colon, which
 * French sets in sentences too. */
static size_t front_of(const struct page *p, size_t i)
{
    const struct features_line *x = page_line(p, i);
    size_t len, at, front = 0, steps = 0, last = 0;
    const char *s = page_text(p, i, &len);

    if (x->has_date && x->date.day && x->date.month && x->date.start == 0)
        front = x->date.end;
    for (at = front; at < len && strchr(" -|:,", s[at]);)
        at++;
    front = front ? at : 0;
    for (at = front; at + 3 < len; at++) {
        size_t step = step_length(s + at, len - at, at > front && s[at - 1] == ' ');

        if (step) {
            steps++;
            last = at + step;
        }
        if (memcmp(s + at, " : ", 3) == 0 && at > front && !(p->language && strcmp(p->language, "fr") == 0) &&
            !(front && s[front - 1] == ' ' && s[front - 2] == ':'))
            front = at + 3;
    }
    if ((steps >= 2 && len - last >= SHORTEST_REST) || (steps > 2 && len - last >= SHORTEST_FRONT))
        return last + (s[last] == ' ');
    if (doubled_at(s + front, len - front))
        front += doubled_at(s + front, len - front);
    while (front < len && s[front] == ' ')
        front++;
    return len - front >= SHORTEST_REST ? front : 0;
}

/* Bytes of a site's name behind a bar. */
static size_t name_behind_bar(const char *s, size_t len)
{
    size_t at = len, words = 0;

    while (at > SHORTEST_REST && len - at < 30) {
        at--;
        words += s[at] == ' ';
        if (s[at] == '|' && s[at - 1] == ' ' && words <= 4)
            return len - at + 1;
    }
    return 0;
}

/* A line of which a part may be the headline, and the places where its words begin. */
struct whole {
    const char *s;
    size_t len, words, place[MOST_PLACES + 1]; /* the last place is the line's end */
};

/* Where the headline may begin: with word number word of the line, behind a front that no more than a space or a
 * step of the way to the page parts from it. What other lines show of it is looked up in struct other. */
struct seam {
    size_t word, rest, front; /* the word, its place, and the bytes before it without the spaces */
    bool path, upper;         /* a step of the way stands before it; it begins as headlines do */
};

/* Another line beside the whole. */
struct other {
    const char *s;
    size_t len;
    size_t same_end;   /* bytes at its end that the whole ends with too */
    size_t at, same;   /* the first place where the whole's first bytes stand, and how many follow as there */
};

/* Bytes of a sign that parts two things at the start of s, with the spaces around it; 0 for none. */
static size_t sign_length(const char *s, size_t len)
{
    static const char *const signs[] = {": ", " : ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " | ", " / ",
                                        " \xC2\xBB ", " > "};
    size_t i;

    for (i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t n = strlen(signs[i]);

        if (n <= len && memcmp(s, signs[i], n) == 0)
            return n;
    }
    return 0;
}

static bool ends_with_sign(const char *s, size_t len)
{
    size_t n;

    for (n = 2; n <= 5 && n <= len; n++) {
        if (sign_length(s + len - n, n) == n)
            return true;
    }
    return false;
}

/* "home / news / REST", "REST by somebody", or "REST" alone. */
static bool shows_rest(const struct whole *w, const struct seam *x, const struct other *o)
{
    size_t words = w->words - x->word, rest = w->len - x->rest;

    if (words < WHOLE_WORDS || (!x->path && (words < SURE_WORDS || x->front > rest)) || rest > o->len)
        return false;
    if (o->same_end >= rest)
        return o->len == rest || (words >= SURE_WORDS && ends_with_sign(o->s, o->len - rest));
    return words >= SURE_WORDS && o->len > rest && o->s[rest] == ' ' && memcmp(o->s, w->s + x->rest, rest) == 0;
}

/* "FRONT" alone, or "FRONT: the rest's first words". */
static bool shows_front(const struct whole *w, const struct seam *x, const struct other *o)
{
    size_t two = x->word + 2 < w->words ? w->place[x->word + 2] - 1 : w->len, next = two - x->rest, sign, at;

    if (x->path || !x->upper || o->same < x->front)
        return false;
    at = o->at + x->front;
    if (at == o->len)
        return o->at == 0 && x->word >= WHOLE_WORDS;
    sign = sign_length(o->s + at, o->len - at);
    return sign && o->len - at - sign >= next && memcmp(o->s + at + sign, w->s + x->rest, next) == 0;
}

/* "HomeNewsREST" where "REST" is a line: a way to the page whose steps were run together. */
static bool shows_glued(const struct page *p, size_t k, const struct whole *w, const struct other *o)
{
    return page_line(p, k)->words >= SURE_WORDS && o->same_end == o->len && o->len < w->len &&
           w->s[w->len - o->len - 1] != ' ' && shape_begin(o->s, o->len) != SHAPE_BEGIN_LOWER;
}

/* Lays the line beside the whole. */
static void compare(const struct whole *w, struct other *o)
{
    enum { FIRST = 4 };
    const char *at = o->s, *last;

    o->same_end = o->same = 0;
    while (o->same_end < o->len && o->same_end < w->len &&
           o->s[o->len - o->same_end - 1] == w->s[w->len - o->same_end - 1])
        o->same_end++;
    if (o->len < FIRST || w->len < FIRST)
        return;
    last = o->s + o->len - FIRST;
    while (at <= last && (at = memchr(at, w->s[0], (size_t)(last - at) + 1)) != NULL && memcmp(at, w->s, FIRST) != 0)
        at++;
    if (at == NULL || at > last)
        return;
    o->at = (size_t)(at - o->s);
    while (o->at + o->same < o->len && o->same < w->len && at[o->same] == w->s[o->same])
        o->same++;
}

static void find_words(struct whole *w)
{
    size_t at;

    for (w->words = 0, at = 0; at < w->len && w->words < MOST_PLACES; at++) {
        if (at == 0 || (w->s[at - 1] == ' ' && w->s[at] != ' '))
            w->place[w->words++] = at;
    }
    w->place[w->words] = w->len;
}

/* Whether the headline could begin with that word. */
static bool find_seam(const struct whole *w, size_t word, struct seam *x)
{
    const char *end;
    enum shape_begin begin;
    enum shape_end last;

    *x = (struct seam){.word = word, .rest = w->place[word], .front = w->place[word]};
    while (x->front && w->s[x->front - 1] == ' ')
        x->front--;
    if (x->front < SHORTEST_FRONT || w->len - x->rest < SHORTEST_REST)
        return false;
    begin = shape_begin(w->s + x->rest, w->len - x->rest);
    x->upper = begin == SHAPE_BEGIN_UPPER || begin == SHAPE_BEGIN_QUOTE || begin == SHAPE_BEGIN_DIGIT;
    end = w->s + x->front - 1;
    x->path = *end == '>' || memcmp(end - 1, " /", 2) == 0 || memcmp(end - 1, "\xC2\xBB", 2) == 0;
    last = shape_end(w->s, x->front);
    return x->path || (*end != '-' && (last == SHAPE_END_LETTER || last == SHAPE_END_DIGIT || last == SHAPE_END_QUOTE ||
                                       last == SHAPE_END_BRACKET || last == SHAPE_END_STOP ||
                                       last == SHAPE_END_QUESTION));
}

/* Where the headline begins on line i, of whose bytes from s on at least the last are it: at the first seam that
 * another line shows; 0 where none does. */
static size_t seam_at(const struct page *p, size_t i, const char *s, size_t len)
{
    struct whole w = {.s = s, .len = len};
    struct seam seam[MOST_PLACES];
    size_t n = 0, k, v, found = 0;

    find_words(&w);
    for (k = 1; k < w.words && w.words < MOST_PLACES; k++)
        n += find_seam(&w, k, &seam[n]);
    for (k = 0; k < p->lines.count && n; k++) {
        struct other o = {0};

        o.s = page_text(p, k, &o.len);
        if (k == i || o.len > LONGEST_LINE || page_line(p, k)->digest == page_line(p, i)->digest)
            continue;
        compare(&w, &o);
        if (shows_glued(p, k, &w, &o))
            return w.len - o.len;
        for (v = 0; v < n; v++) {
            if (shows_rest(&w, &seam[v], &o) || shows_front(&w, &seam[v], &o)) {
                found = seam[v].rest;
                n = v; /* only those before it matter now */
            }
        }
    }
    return found;
}

const char *title_text(const struct page *p, size_t i, size_t *len)
{
    const char *s = page_text(p, i, len);
    size_t front = front_of(p, i), behind = name_behind_bar(s, *len);

    if (p->tail[i] > behind && p->tail[i] < *len - front)
        behind = p->tail[i];
    if (front + behind < *len) { /* else what is left is nothing: the whole line then */
        *len -= front + behind;
        s += front;
    }
    front = page_line(p, i)->length <= LONGEST_LINE ? seam_at(p, i, s, *len) : 0;
    *len -= front;
    return s + front;
}

void title_set(const struct page *p, struct article *a)
{
    struct buf plain;
    size_t len, at;
    const char *s;

    if (p->title >= p->lines.count)
        return;
    s = title_text(p, p->title, &len);
    buf_init(&plain);
    for (at = 0; at < len; at++) {
        if (at + 1 < len && memcmp(s + at, SOFT_HYPHEN, 2) == 0)
            at++;
        else
            buf_add_char(&plain, s[at]);
    }
    a->title = article_str(a, plain.data, plain.len);
    buf_release(&plain);
}
