/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"

#include "base/utf8.h"

#include <string.h>

enum { NAME_LENGTH = 48, HEAD_LINES = 6, TAIL_LINES = 3, SHORT_LINE = 160 };

/* A run of text with what speaks for its being the site's name. */
struct site_name {
    size_t start, end;
    int votes;
};

/* The end of a run of capitalised words at s, small words between them allowed; 0 where s begins with none. */
static size_t name_end(const char *s, size_t len)
{
    static const char *const small[] = {"of", "the", "and", "de", "la", "der", "die", "das", "für", "du", "des", "&"};
    size_t at = 0, end = 0;

    while (at < len && at < NAME_LENGTH) {
        size_t word = at, i;
        uint32_t cp;
        bool link = false;

        utf8_next(s + at, len - at, &cp);
        while (at < len && s[at] != ' ' && !strchr("!?:,;()\"|", s[at]))
            at++;
        for (i = 0; i < sizeof small / sizeof small[0]; i++)
            link = link || (strlen(small[i]) == at - word && memcmp(small[i], s + word, at - word) == 0);
        if (lines_class(cp) != LINES_UPPER && !link)
            break;
        if (!link)
            end = at;
        if (at >= len || s[at] != ' ')
            break;
        at++;
    }
    while (end && s[end - 1] == '.')
        end--;
    return end;
}

/* Whether the bytes stand in another line than i that is no text. */
static bool is_said_again(const struct page *p, size_t i, const char *name, size_t name_len)
{
    size_t k, at;

    for (k = 0; k < p->lines.count; k++) {
        size_t len;
        const char *s = page_text(p, k, &len);

        for (at = 0; k != i && page_line(p, k)->length < SHORT_LINE && at + name_len <= len; at++) {
            if (memcmp(s + at, name, name_len) == 0)
                return true;
        }
    }
    return false;
}

/* Names that follow "a message from" and the like in what is not the article: the same in two lines. */
static bool from_messages(const struct page *p, struct site_name *out)
{
    size_t i, n = p->lines.count, first = 0, first_len = 0, line = 0;
    int votes = 0;

    for (i = 0; i < n; i++) {
        const struct features_line *x = page_line(p, i);
        size_t len, skip, end;
        const char *s;

        if (p->kind[i] != KIND_BOILERPLATE || !features_opens(x, PHRASES_MESSAGE_FROM))
            continue;
        s = page_text(p, i, &len);
        skip = phrases_prefix(p->phrases, PHRASES_MESSAGE_FROM, s, len);
        while (skip < len && s[skip] == ' ')
            skip++;
        end = name_end(s + skip, len - skip);
        if (end < 4 || memchr(s + skip, ' ', end) == NULL)
            continue;
        if (votes && (end != first_len || memcmp(p->lines.text + first, s + skip, end) != 0))
            continue;
        first = (size_t)(s - p->lines.text) + skip;
        first_len = end;
        line = i;
        votes++;
    }
    out->start = first;
    out->end = first + first_len;
    return votes >= 2 || (votes && is_said_again(p, line, p->lines.text + first, first_len));
}

/* The tail that most lines share. */
static bool from_tails(const struct page *p, struct site_name *out)
{
    size_t i, k, n = p->lines.count, most = TAIL_LINES - 1, asked = 0;

    for (i = 0; i < n && asked < 8; i++) {
        size_t len, count = 0, at, mine = p->tail[i];
        const char *s = page_text(p, i, &len), *tail = s + len - mine;

        if (mine == 0)
            continue;
        asked++;
        for (k = i; k < n; k++) {
            if (p->tail[k] == mine && memcmp(p->lines.text + p->lines.line[k].end - mine, tail, mine) == 0)
                count++;
        }
        if (count <= most)
            continue;
        most = count;
        for (at = 0; at < mine && (tail[at] == ' ' || tail[at] == '-' || tail[at] == '|' || tail[at] < 0);)
            at++;
        out->start = p->lines.line[i].end - mine + at;
        out->end = p->lines.line[i].end;
    }
    return most >= TAIL_LINES;
}

/* Whether s is a host's name with a capital in it or "www." before it, as papers write their own. */
static bool is_domain(const char *s, size_t len)
{
    size_t i, dots = 0, last = 0, upper = 0;

    for (i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c == '.') {
            if (i == 0 || i == last + 1)
                return false;
            dots++;
            last = i;
        } else if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
            return false;
        }
        upper += c >= 'A' && c <= 'Z';
    }
    if (dots == 0 || dots > 3 || len - last - 1 < 2 || len - last - 1 > 6 || last < 4)
        return false;
    for (i = last + 1; i < len; i++) {
        if ((s[i] | 32) < 'a' || (s[i] | 32) > 'z')
            return false;
    }
    return upper > 0 || memcmp(s, "www.", 4) == 0;
}

/* "2020-08-28 UrduPoint.com": a host's name in a short line at the page's head. */
static bool from_domain(const struct page *p, struct site_name *out)
{
    size_t i;

    for (i = 0; i < p->lines.count && i < HEAD_LINES; i++) {
        size_t len, at = 0;
        const char *s = page_text(p, i, &len);

        if (page_line(p, i)->length > 60 || i == p->title)
            continue;
        while (at < len) {
            size_t end = at;

            while (end < len && s[end] != ' ')
                end++;
            if (is_domain(s + at, end - at)) {
                out->start = p->lines.line[i].start + at;
                out->end = out->start + (end - at);
                return true;
            }
            at = end + 1;
        }
    }
    return false;
}

/* Whether the name begins as those of papers and journals do, or holds a word of theirs. */
static bool is_paper(const struct page *p, size_t i, const char *s, size_t len)
{
    static const char *const articles[] = {"The ", "Der ", "Die ", "Das ", "Le ", "La ", "El ", "Il "};
    size_t k;

    for (k = 0; k < sizeof articles / sizeof articles[0]; k++) {
        if (len > strlen(articles[k]) && memcmp(s, articles[k], strlen(articles[k])) == 0)
            return true;
    }
    return (page_line(p, i)->hits.any >> PHRASES_PAPER & 1) != 0;
}

/* The page's first line, or the first behind a way to skip the menu, where it is a name of capitalised words. */
static bool from_first_line(const struct page *p, struct site_name *out)
{
    const uint64_t other = UINT64_C(1) << PHRASES_NAVIGATION | UINT64_C(1) << PHRASES_TOPIC;
    size_t i, len, end;

    for (i = 0; i < p->lines.count && i < 2; i++) {
        const struct features_line *x = page_line(p, i);
        const char *s = page_text(p, i, &len);

        if (i == 0 && x->hits.start & other)
            continue;
        end = len < NAME_LENGTH ? name_end(s, len) : 0;
        if (i >= p->title || end != len || memchr(s, ' ', len) == NULL || x->has_date || x->hits.whole & other)
            return false;
        if (!is_paper(p, i, s, len) && !is_said_again(p, i, s, len))
            return false;
        out->start = p->lines.line[i].start;
        out->end = p->lines.line[i].end;
        return true;
    }
    return false;
}

void site_set(const struct page *p, struct article *a)
{
    struct site_name name;

    if (from_domain(p, &name) || from_tails(p, &name) || from_messages(p, &name) || from_first_line(p, &name))
        a->site = article_str(a, p->lines.text + name.start, name.end - name.start);
}
