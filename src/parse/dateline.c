/* SPDX-License-Identifier: ISC */
#include "parse/dateline.h"

#include "base/utf8.h"

#include <string.h>

enum { PLACE_LENGTH = 40, BRACKET_LENGTH = 60 };

/* Length of a dash with blanks around it, or of a colon or full stop, at s[at]; 0 for none. */
static size_t separator(const char *s, size_t len, size_t at)
{
    static const char *const dashes[] = {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x95", "--", "-"};
    size_t from = at, i;

    while (at < len && s[at] == ' ')
        at++;
    for (i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        size_t n = strlen(dashes[i]);

        if (at + n < len && memcmp(s + at, dashes[i], n) == 0 && (s[at + n] == ' ' || n == 3) &&
            (at > from || n == 3))
            return at + n - from;
    }
    return at < len && at == from && s[at] == ':' ? 1 : 0;
}

/* End of the run of place words at the start of s: capitalised words, commas, dots, hyphens. *upper says
 * whether they are all capitals. */
static size_t place_end(const char *s, size_t len, bool *upper)
{
    size_t at = 0, end = 0, words = 0;

    *upper = true;
    while (at < len && at < PLACE_LENGTH) {
        bool first = true, lower = false;
        uint32_t cp;
        size_t step;

        for (; at < len; at += step, first = false) {
            enum lines_class class;

            step = utf8_next(s + at, len - at, &cp);
            class = lines_class(cp);
            if (class == LINES_SPACE || cp == ',' || cp == '(' || cp == ':')
                break;
            if (first && class != LINES_UPPER && class != LINES_LETTER)
                return end;
            lower = lower || class == LINES_LOWER;
            if (class == LINES_DIGIT || class == LINES_QUOTE || class == LINES_SYMBOL || class == LINES_BAR)
                return end;
        }
        if (first)
            return end;
        *upper = *upper && !lower;
        end = at;
        if (++words > 4)
            return 0;
        while (at < len && (s[at] == ' ' || s[at] == ','))
            at++;
        if (at < len && s[at] == '(')
            return end;
    }
    return end;
}

/* "(dpa)", "(UrduPoint News / Sputnik - 28th August, 2020)": an agency with a date or without. */
static size_t read_bracket(const char *s, size_t len, size_t base, struct dateline *d)
{
    const char *close = memchr(s, ')', len < BRACKET_LENGTH ? len : BRACKET_LENGTH);
    size_t end, stop;

    if (close == NULL)
        return 0;
    stop = end = (size_t)(close - s);
    if (dates_find(s, end, 1, &d->date) && !d->date.relative && d->date.day)
        stop = d->date.start;
    else
        memset(&d->date, 0, sizeof d->date);
    while (stop > 1 && strchr(" -,;/", s[stop - 1]))
        stop--;
    d->agency = base + 1;
    d->agency_end = base + stop;
    return end + 1;
}

bool dateline_find(const struct page *p, size_t i, struct dateline *out)
{
    struct dateline found = {0}, *d = out ? out : &found;
    size_t len, at, step = 0, start = p->lines.line[i].start;
    const char *s = page_text(p, i, &len);
    bool upper, bracket = false, known;

    memset(d, 0, sizeof *d);
    if (len < 40)
        return false;
    at = place_end(s, len, &upper);
    d->place = start;
    d->place_end = start + at;
    if (at < 2)
        return false;
    while (at < len && (s[at] == ' ' || s[at] == ','))
        at++;
    if (at < len && s[at] == '(') {
        bracket = true;
        step = read_bracket(s + at, len - at, start + at, d);
        if (step == 0)
            return false;
        at += step;
    } else {
        at = d->place_end - start;
    }
    step = separator(s, len, at);
    d->end = start + at + step;
    if (step && s[at + step - 1] == ':' && !upper)
        return false;
    /* Without capitals, an agency must be named; without a dash, capitals and a bracket must be there. */
    known = bracket && phrases_prefix(p->phrases, PHRASES_AGENCY, p->lines.text + d->agency, d->agency_end - d->agency);
    return step ? upper || known : upper && bracket;
}
