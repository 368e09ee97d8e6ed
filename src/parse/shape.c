/* SPDX-License-Identifier: ISC */
#include "parse/shape.h"

#include "base/utf8.h"
#include "parse/dates.h"

#include <string.h>

static enum shape_end end_of_character(uint32_t cp, enum lines_class class)
{
    switch (cp) {
    case '?':
    case 0xFF1F:
    case 0x61F:
        return SHAPE_END_QUESTION;
    case 0x2026:
        return SHAPE_END_ELLIPSIS;
    case ':':
    case 0xFF1A:
        return SHAPE_END_COLON;
    case ')':
    case ']':
    case 0xFF09:
        return SHAPE_END_BRACKET;
    }
    switch (class) {
    case LINES_STOP:
        return SHAPE_END_STOP;
    case LINES_COMMA:
        return SHAPE_END_COMMA;
    case LINES_QUOTE:
        return SHAPE_END_QUOTE;
    case LINES_BAR:
        return SHAPE_END_BAR;
    case LINES_DIGIT:
        return SHAPE_END_DIGIT;
    case LINES_UPPER:
    case LINES_LOWER:
    case LINES_LETTER:
        return SHAPE_END_LETTER;
    default:
        return SHAPE_END_SYMBOL;
    }
}

enum shape_end shape_end(const char *s, size_t len)
{
    uint32_t cp;
    size_t step = utf8_prev(s, len, &cp);
    enum lines_class class = lines_class(cp);
    enum shape_end end = end_of_character(cp, class);

    if ((end == SHAPE_END_QUOTE || end == SHAPE_END_BRACKET) && step < len) {
        utf8_prev(s, len - step, &cp);
        if (lines_class(cp) == LINES_STOP)
            return SHAPE_END_STOP;
    }
    if (end == SHAPE_END_STOP && len >= 3 && memcmp(s + len - 3, "...", 3) == 0)
        return SHAPE_END_ELLIPSIS;
    return end;
}

enum shape_begin shape_begin(const char *s, size_t len)
{
    uint32_t cp;
    size_t at = utf8_next(s, len, &cp);
    bool space = at < len && (s[at] == ' ' || s[at] == '\t');

    if (cp == 0x2022 || cp == 0x25CF || cp == 0x25AA || cp == 0xB7 || cp == 0x2023 || cp == 0x25B6 ||
        ((cp == '-' || cp == '*' || cp == 0x2013 || cp == 0x2014 || cp == '+') && space))
        return SHAPE_BEGIN_BULLET;
    switch (cp) {
    case '#':
        return SHAPE_BEGIN_HASH;
    case '@':
        return SHAPE_BEGIN_AT;
    case 0xA9:
        return SHAPE_BEGIN_COPYRIGHT;
    case '(':
    case '[':
    case 0x3010:
        return SHAPE_BEGIN_BRACKET;
    }
    switch (lines_class(cp)) {
    case LINES_LOWER:
        return SHAPE_BEGIN_LOWER;
    case LINES_UPPER:
        return SHAPE_BEGIN_UPPER;
    case LINES_LETTER:
        return SHAPE_BEGIN_LETTER;
    case LINES_QUOTE:
        return SHAPE_BEGIN_QUOTE;
    case LINES_BAR:
        return SHAPE_BEGIN_BAR;
    case LINES_DIGIT:
        while (at < len && at < 4 && s[at] >= '0' && s[at] <= '9')
            at++;
        return at + 1 < len && (s[at] == '.' || s[at] == ')') && s[at + 1] == ' '
                   ? SHAPE_BEGIN_NUMBER
                   : SHAPE_BEGIN_DIGIT;
    default:
        return SHAPE_BEGIN_SYMBOL;
    }
}

bool shape_is_item(const char *s, size_t len)
{
    enum shape_begin begin = shape_begin(s, len);

    return begin == SHAPE_BEGIN_BULLET || begin == SHAPE_BEGIN_NUMBER;
}

size_t shape_of(uint32_t length, enum shape_end end)
{
    static const uint32_t from[SHAPE_LENGTHS] = {0, 12, 30, 60, 120, 260};
    size_t i = SHAPE_LENGTHS - 1, e = 3;

    while (length < from[i])
        i--;
    if (end == SHAPE_END_STOP || end == SHAPE_END_QUESTION)
        e = 0;
    else if (end == SHAPE_END_COLON)
        e = 1;
    else if (end != SHAPE_END_LETTER && end != SHAPE_END_DIGIT)
        e = 2;
    return i * SHAPE_ENDS + e;
}

bool shape_is_name(const struct lines_line *line, uint32_t length)
{
    const uint32_t *n = line->count;
    uint32_t odd = n[LINES_DIGIT] + n[LINES_BAR] + n[LINES_SYMBOL] + n[LINES_COMMA];

    return odd == 0 && length <= 40 && line->words >= 2 && line->words <= 4 && n[LINES_STOP] <= 2 &&
           n[LINES_PUNCT] <= 1 && line->capital + 1 >= line->words && line->capital >= 2 && n[LINES_LOWER] > 1;
}

bool shape_is_credit(const struct lines_line *line, const char *s, size_t len)
{
    const char *slash;

    if (len >= 80 || !(line->signs & lines_sign('/')))
        return false;
    slash = memchr(s, '/', len);
    if (line->count[LINES_DIGIT] > 4)
        return false;
    if (slash && slash > s && slash + 1 < s + len && line->capital * 2 > line->words && line->count[LINES_STOP] < 3)
        return slash[1] >= 'A' && (slash[-1] >= 'A' || slash[-1] == ' ');
    return false;
}

bool shape_has_copyright(const struct lines_line *line, const char *s, size_t len)
{
    const char *at = len < 600 && !lines_is_ascii(line) ? memchr(s, 0xA9, len) : NULL;

    return at != NULL && at > s && (unsigned char)at[-1] == 0xC2;
}

bool shape_may_hold_date(const struct lines *l, const struct lines_line *line)
{
    const struct terms_word *w = l->word + line->first_word, *end = w + line->word_count;
    bool ascii = lines_is_ascii(line); /* else a word may go on where terms see its end */

    if (line->count[LINES_DIGIT] > 0)
        return true;
    if (line->end - line->start > DATES_SHORT_LINE)
        return false;
    for (; w < end; w++) {
        if (!(ascii || w->plain) || dates_may_open(l->text + line->start + w->start, w->len))
            return true;
    }
    return false;
}
