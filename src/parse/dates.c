/* SPDX-License-Identifier: ISC */
/*
 * Every form is tried where a run of digits begins, looking back for a month, weekday or "vor" before it; a
 * line without digits costs one pass over its bytes. Words alone ("yesterday", "an hour ago") are looked for
 * in short lines only, where a date is news of the line and not part of a story.
 */
#include "parse/dates.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "parse/dates_scan.h"

/* Steps back over blanks and at most one of the given marks; returns where the text before them ends. */
static size_t back_over(const struct scan *sc, size_t pos, const char *marks)
{
    bool marked = false;

    while (pos > sc->from) {
        uint32_t cp;
        size_t n = utf8_prev(sc->s, pos, &cp);

        if (blank_at(sc, pos - n) == n) {
            pos -= n;
        } else if (!marked && n == 1 && cp != 0 && strchr(marks, (int)cp) != NULL) {
            marked = true;
            pos--;
        } else {
            break;
        }
    }
    return pos;
}

/* The word that ends at pos, its start in *start. Where it is unknown but begins with a name glued to a
 * capitalised month or weekday ("ElizabethOctober", "HansMontag"), that one. */
static const struct dateword *word_before(const struct scan *sc, size_t pos, size_t *start)
{
    size_t begin = pos, tail = pos;
    const struct dateword *w;
    uint32_t cp;

    while (begin > sc->from && pos - begin < 60) {
        size_t n = utf8_prev(sc->s, begin, &cp);

        if (!is_letter(cp))
            break;
        begin -= n;
        if (tail == pos && (n > 1 || (cp >= 'A' && cp <= 'Z')) && pos - begin <= 24) {
            w = begin < pos ? dateword_find(sc->s + begin, pos - begin) : NULL;
            if (w != NULL && (w->kind == W_MONTH || w->kind == W_WEEKDAY || w->kind == W_LOOSE) &&
                pos - begin >= 3)
                tail = begin;
        }
    }
    *start = begin;
    w = begin < pos ? dateword_find(sc->s + begin, pos - begin) : NULL;
    if (w == NULL && tail < pos) {
        *start = tail;
        w = dateword_find(sc->s + tail, pos - tail);
    }
    return w;
}

static bool capital(const struct scan *sc, size_t pos)
{
    unsigned char c = (unsigned char)sc->s[pos];

    if (c == 0xD0 && pos + 1 < sc->len)
        return (unsigned char)sc->s[pos + 1] < 0xB0;
    return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool month_word(const struct dateword *w)
{
    return w != NULL && (w->kind == W_MONTH || w->kind == W_LOOSE);
}

/* Two digits of a year: those of the web are of this century, the others of the last. */
static int century(int yy)
{
    return yy < 70 ? 2000 + yy : 1900 + yy;
}

/* A year at pos, after an optional apostrophe for two digits; its end or 0. */
static size_t year_at(const struct scan *sc, size_t pos, int *year)
{
    int value, n;

    if (at(sc, pos) == '\'' || at(sc, pos) == '`') {
        n = number(sc, pos + 1, 2, &value);
        if (n != 2)
            return 0;
        *year = century(value);
        return pos + 3;
    }
    n = number(sc, pos, 4, &value);
    if (n != 4 || value < 1900 || value > 2100)
        return 0;
    *year = value;
    return pos + 4;
}

/* Over ".", "," and blanks and one of "de", "of"; for the way from day to month to year. */
static size_t over_joint(const struct scan *sc, size_t pos, bool slash)
{
    size_t end;
    const struct dateword *w;

    pos = skip_blanks(sc, pos);
    if (at(sc, pos) == '\xD8' && at(sc, pos + 1) == '\x8C') /* the comma of Arabic */
        pos = skip_blanks(sc, pos + 2);
    while (at(sc, pos) == '.' || at(sc, pos) == ',' || (slash && (at(sc, pos) == '-' || at(sc, pos) == '/')))
        pos = skip_blanks(sc, pos + 1);
    w = word_at(sc, pos, &end);
    if (w != NULL && w->kind == W_OF)
        pos = skip_blanks(sc, end);
    return pos;
}

/* Over "st", "nd", "th", "º" behind a day. */
static size_t over_ordinal(const struct scan *sc, size_t pos)
{
    size_t end;
    const struct dateword *w = word_at(sc, pos, &end);

    return w != NULL && w->kind == W_ORDINAL ? end : pos;
}

/* Over "(火)", a weekday of one letter. */
static size_t over_day_sign(const struct scan *sc, size_t pos)
{
    return at(sc, pos) == '(' && at(sc, pos + 4) == ')' && (unsigned char)at(sc, pos + 1) >= 0xE3 ? pos + 5 : pos;
}

/* 2012-10-16, 2012/10/16, 2012.10.16 and 2012年10月16日. */
static size_t year_first(const struct scan *sc, size_t pos, struct dates_found *f)
{
    size_t end = year_at(sc, pos, &f->year), p;
    int n;
    char mark = at(sc, pos + 4);
    bool korean;

    if (end != pos + 4)
        return 0;
    korean = sc->len - end >= 3 && memcmp(sc->s + end, "\xEB\x85\x84", 3) == 0;
    if (korean || (sc->len - end >= 3 && memcmp(sc->s + end, "\xE5\xB9\xB4", 3) == 0)) {
        p = counted(sc, end + 3, korean ? "\xEC\x9B\x94" : "\xE6\x9C\x88", &f->month);
        p = p != 0 ? counted(sc, p, korean ? "\xEC\x9D\xBC" : "\xE6\x97\xA5", &f->day) : 0;
        return p != 0 && f->month <= 12 && f->day <= 31 ? over_day_sign(sc, p) : 0;
    }
    if (mark != '-' && mark != '/' && mark != '.')
        return 0;
    p = end + 1;
    n = number(sc, p, 2, &f->month);
    p += (size_t)n;
    if (n == 0 || at(sc, p) != mark || f->month < 1 || f->month > 12)
        return 0;
    n = number(sc, p + 1, 2, &f->day);
    if (n == 0 || f->day < 1 || f->day > 31)
        return 0;
    return over_day_sign(sc, p + 1 + (size_t)n);
}

/* 10/12/2012, 11.05.12, 24-3-2016, "12. 7. 2012". */
static size_t all_numbers(const struct scan *sc, size_t pos, struct dates_found *f)
{
    int first, second, year, n;
    size_t p = pos;
    bool full;
    char mark;

    n = number(sc, p, 2, &first);
    p += (size_t)n;
    mark = at(sc, p);
    if (n == 0 || (mark != '.' && mark != '/' && mark != '-'))
        return 0;
    p = mark == '.' ? skip_blanks(sc, p + 1) : p + 1;
    n = number(sc, p, 2, &second);
    p += (size_t)n;
    if (n == 0 || (at(sc, p) != mark && !(mark == '.' && at(sc, p) == ',')))
        return 0;
    /* "17.07, 2011" has its year in full */
    full = at(sc, p) != mark;
    p = mark == '.' ? skip_blanks(sc, p + 1) : p + 1;
    n = number(sc, p, 4, &year);
    if (n != 4 && (n != 2 || full))
        return 0;
    p += (size_t)n;
    if (n == 2)
        year = century(year);
    if (year < 1900 || year > 2100 || first < 1 || second < 1 || (first > 12 && second > 12) || first > 31 ||
        second > 31 || (at(sc, p) == mark && is_digit(at(sc, p + 1))))
        return 0;
    f->year = year;
    f->separator = mark;
    f->month = first > 12 ? second : first;
    f->day = first > 12 ? first : second;
    f->month_first = second > 12;
    f->order_open = first <= 12 && second <= 12 && first != second;
    return p;
}

/* 23. Jul, 2012; 28th August 2020; 5 de mayo de 2012; 12-Oct-2012. The year may be missing. */
static size_t day_month(const struct scan *sc, size_t pos, struct dates_found *f)
{
    size_t p, end, year;
    const struct dateword *w;
    int n = number(sc, pos, 2, &f->day);

    if (n == 0 || f->day < 1 || f->day > 31)
        return 0;
    p = over_joint(sc, over_ordinal(sc, pos + (size_t)n), true);
    if (p == sc->len || (p == pos + (size_t)n && !capital(sc, p)))
        return 0;
    w = word_at(sc, p, &end);
    if (!month_word(w))
        return 0;
    f->month = w->value;
    year = year_at(sc, over_joint(sc, end, true), &f->year);
    if (year == 0 && at(sc, end) == '-') {
        int yy;

        if (number(sc, end + 1, 2, &yy) == 2) {
            f->year = century(yy);
            year = end + 3;
        }
    }
    if (year != 0)
        return year;
    f->year = 0;
    return w->kind == W_MONTH || capital(sc, p) ? end : 0;
}

/* October 29th, 2012; Oct. 29; October 2012. The month stands before pos; *start is set to it. */
static size_t month_day(const struct scan *sc, size_t pos, struct dates_found *f, size_t *start)
{
    size_t p = back_over(sc, pos, ".,-/"), begin, end, year;
    const struct dateword *w;
    int n;

    if (p == pos && !is_letter((unsigned char)at(sc, pos - 1)))
        return 0;
    w = word_before(sc, p, &begin);
    if (w != NULL && w->kind == W_OF)
        w = word_before(sc, back_over(sc, begin, ""), &begin);
    if (!month_word(w))
        return 0;
    f->month = w->value;
    end = year_at(sc, pos, &f->year);
    if (end != 0) {
        f->day = 0;
        *start = begin;
        return w->kind == W_MONTH || capital(sc, begin) ? end : 0;
    }
    n = number(sc, pos, 2, &f->day);
    if (n == 0 || f->day < 1 || f->day > 31)
        return 0;
    end = over_ordinal(sc, pos + (size_t)n);
    *start = begin;
    year = year_at(sc, over_joint(sc, end, false), &f->year);
    if (year != 0)
        return year;
    /* "Oct 26 2012" has its year; "March 5:30" is a time behind a month */
    if (!capital(sc, begin) || at(sc, end) == ':')
        return 0;
    f->year = 0;
    return end;
}

static bool word_is_ago(const struct scan *sc, size_t pos, size_t *end)
{
    const struct dateword *w = word_at(sc, pos, end);

    return w != NULL && (w->kind == W_AGO || (*end - pos == 3 && (sc->s[pos] | 32) == 'a' &&
                                              (sc->s[pos + 1] | 32) == 'g' && (sc->s[pos + 2] | 32) == 'o'));
}

/* Whether "vor", "hace", "il y a" stand before pos; *start is then where they begin. */
static bool vor_before(const struct scan *sc, size_t pos, size_t *start)
{
    size_t p = back_over(sc, pos, ""), begin;
    const struct dateword *w;

    if (p == pos)
        return false;
    w = word_before(sc, p, &begin);
    if (w != NULL && w->kind == W_ONE && p - begin == 1 && begin >= sc->from + 5) {
        if ((sc->s[begin - 5] | 32) == 'i' && memcmp(sc->s + begin - 4, "l y ", 4) == 0) {
            *start = begin - 5;
            return true;
        }
        return false;
    }
    if (w == NULL || w->kind != W_VOR || p - begin <= 2)
        return false;
    *start = begin;
    return true;
}

/* "5 minutes ago", "vor 3 Stunden", "3h", "an hour ago", "1 year, 2 months ago": the count stands at pos and
 * ends at after. *start moves to "vor" where that stands before. */
static size_t relative_at(const struct scan *sc, size_t pos, size_t after, long count, struct dates_found *f,
                          size_t *start)
{
    size_t p = skip_blanks(sc, after), end, ago, next;
    const struct dateword *w = word_at(sc, p, &end);
    bool glued = p == after;
    int more, n;

    if (w == NULL || w->kind != W_UNIT || (glued && end - p > 3))
        return 0;
    f->relative = true;
    f->ago = count * w->value;
    if (at(sc, end) == '.')
        end++;
    next = skip_blanks(sc, at(sc, end) == ',' ? end + 1 : end);
    n = number(sc, next, 2, &more);
    if (n > 0) {
        size_t unit_end;
        const struct dateword *unit = word_at(sc, skip_blanks(sc, next + (size_t)n), &unit_end);

        if (unit != NULL && unit->kind == W_UNIT && unit->value < w->value) {
            f->ago += (long)more * unit->value;
            end = unit_end;
        }
    }
    if (word_is_ago(sc, skip_blanks(sc, end), &ago)) {
        vor_before(sc, pos, start);
        return ago;
    }
    if (vor_before(sc, pos, start))
        return end;
    /* "3h" or "2d" closing a short line is how narrow layouts write it */
    if (glued && is_digit(at(sc, pos)) && end - p == 1 && skip_blanks(sc, end) == sc->len &&
        sc->len <= DATES_SHORT_LINE)
        return end;
    f->relative = false;
    return 0;
}

/* Moves start back over a weekday: "Fri, ", "Thursday ". */
static size_t with_weekday(const struct scan *sc, size_t start)
{
    size_t p = back_over(sc, start, ",."), begin;
    const struct dateword *w;

    if (p == start || p == sc->from)
        return start;
    w = word_before(sc, p, &begin);
    /* two letters ("Do", "so") are words more often than days */
    if (w != NULL && w->kind == W_WEEKDAY && p - begin == 2 && capital(sc, begin)) {
        size_t before = back_over(sc, begin, "");

        /* "Do 9 Apr 2020" opens a line or stands behind a mark */
        if (before == sc->from || strchr(",|-/", sc->s[before - 1]) != NULL)
            return begin;
    }
    if (w == NULL || w->kind != W_WEEKDAY ||
        (p - begin < 3 && memchr(sc->s + p, ',', start - p) == NULL &&
         memchr(sc->s + p, '.', start - p) == NULL))
        return start;
    return begin;
}

static void forget(struct dates_found *f)
{
    memset(f, 0, sizeof *f);
    f->hour = f->minute = -1;
}

/* A date whose first number begins at pos. */
static bool date_at(const struct scan *sc, size_t pos, struct dates_found *f)
{
    size_t start = pos, end;

    forget(f);
    end = year_first(sc, pos, f);
    if (end == 0) {
        forget(f);
        end = all_numbers(sc, pos, f);
    }
    if (end == 0) {
        forget(f);
        end = month_day(sc, pos, f, &start);
        if (end == 0 || f->day == 0) {
            struct dates_found other;
            size_t other_end;

            forget(&other);
            other_end = day_month(sc, pos, &other);
            if (other_end != 0) {
                *f = other;
                end = other_end;
                start = pos;
            }
        }
    }
    if (end == 0)
        return false;
    f->start = with_weekday(sc, start);
    f->end = dates_clock_with(sc, end, f);
    return true;
}

/* A time that begins at pos, with the date that may follow it: "9:40 am on July 5, 2012". */
static bool clock_first(const struct scan *sc, size_t pos, struct dates_found *f)
{
    struct dates_found date;
    size_t end, next, word;
    const struct dateword *w;

    forget(f);
    end = dates_clock_at(sc, pos, f);
    if (end == 0 || is_digit(at(sc, end)))
        return false;
    f->start = pos;
    f->end = dates_clock_over_zone(sc, end);
    f->time_only = true;
    next = dates_clock_over_at(sc, f->end);
    w = word_at(sc, next, &word);
    if (w != NULL && w->kind == W_WEEKDAY)
        next = over_joint(sc, word, false);
    w = word_at(sc, next, &word);
    if (w != NULL && w->kind == W_NOON)
        next = skip_blanks(sc, word);
    if (month_word(w))
        next = over_joint(sc, word, false);
    if (is_digit(at(sc, next)) && date_at(sc, next, &date) && date.hour < 0 && date.day != 0 &&
        date.start >= f->end) {
        date.hour = f->hour;
        date.minute = f->minute;
        date.twelve = f->twelve;
        date.start = f->start;
        *f = date;
    }
    return true;
}

/* What begins with the word at pos and has no digits: "yesterday [at 5:30 pm]", "an hour ago", "just now". */
static bool word_date(const struct scan *sc, size_t pos, size_t end, struct dates_found *f)
{
    const struct dateword *w = dateword_find(sc->s + pos, end - pos);
    size_t start = pos;

    forget(f);
    if (w == NULL) {
        if (end - pos == 4 && (sc->s[pos] | 32) == 'j' && memcmp(sc->s + pos + 1, "ust", 3) == 0 &&
            sc->len - end >= 4 && memcmp(sc->s + end, " now", 4) == 0 && word_end(sc, end + 1) == end + 4) {
            f->relative = true;
            f->start = pos;
            f->end = end + 4;
            return true;
        }
        return false;
    }
    if (w->kind == W_DAY) {
        f->relative = true;
        f->ago = w->value;
        f->start = pos;
        f->end = dates_clock_with(sc, end, f);
        /* "hier" is yesterday in French and here in German: only with a time it is a date */
        return f->hour >= 0 || end - pos != 4 || memcmp(w->text, "hier", 4) != 0;
    }
    if (w->kind == W_ONE) {
        size_t stop = relative_at(sc, pos, end, 1, f, &start);

        f->start = start;
        f->end = stop;
        return stop != 0;
    }
    return false;
}

/* The next digit from pos on, or len: eight bytes at a time, by the test for a byte less than n of "Bit
 * Twiddling Hacks" (S. E. Anderson) on the bytes with '0' taken off by exclusive or. */
static size_t next_digit(const char *s, size_t len, size_t pos)
{
    const uint64_t ones = ~(uint64_t)0 / 255;

    for (; pos + 8 <= len; pos += 8) {
        uint64_t x;

        memcpy(&x, s + pos, 8);
        x ^= ones * '0';
        if (((x - ones * 10) & ~x & (ones * 128)) != 0)
            break;
    }
    while (pos < len && !is_digit(s[pos]))
        pos++;
    return pos;
}

/* How long the words are that begin a date without digits, by their first letter: a bit a length. The test holds
 * it complete. */
static const uint16_t opens[26] = {
    ['a' - 'a'] = 0x16, ['b' - 'a'] = 0x40, ['d' - 'a'] = 0xB0, ['e' - 'a'] = 0x2C, ['g' - 'a'] = 0x180,
    ['h' - 'a'] = 0x38, ['i' - 'a'] = 0x30, ['j' - 'a'] = 0x50, ['o' - 'a'] = 0x30, ['t' - 'a'] = 0x20,
    ['u' - 'a'] = 0xC,  ['v' - 'a'] = 0xC0, ['w' - 'a'] = 0x80, ['y' - 'a'] = 0x200,
};

/* The same of the Cyrillic ones, whatever their first letter. */
enum { OPENS_CYRILLIC = 1 << 10 | 1 << 14 | 1 << 16 };

/* Whether a word of len bytes can begin a date without digits; plain: it is ASCII throughout. */
static bool may_open(unsigned char first, size_t len, bool plain)
{
    if (first >= 0x80)
        return len <= 16 && (OPENS_CYRILLIC >> len & 1);
    return !plain || (len < 16 && (opens[(first | 32) - 'a'] >> len & 1));
}

bool dates_may_open(const char *word, size_t len)
{
    return may_open((unsigned char)word[0], len, true);
}

static inline bool is_ascii_letter(char c)
{
    return (unsigned)((unsigned char)c | 32) - 'a' < 26;
}

bool dates_find(const char *s, size_t len, size_t from, struct dates_found *out)
{
    struct seen seen[SEEN];
    struct scan sc = {s, len, from, seen};
    size_t pos = from, i;
    bool words = len <= DATES_SHORT_LINE;

    for (i = 0; i < SEEN; i++)
        seen[i].pos = SIZE_MAX;
    while (pos < len) {
        uint32_t cp;
        size_t next;
        bool plain;

        if (is_digit(s[pos])) {
            size_t end = pos, start = pos;

            while (end < len && is_digit(s[end]))
                end++;
            if (end - pos <= 4) {
                long count = 0;

                for (i = pos; i < end; i++)
                    count = count * 10 + (s[i] - '0');
                if (date_at(&sc, pos, out) || clock_first(&sc, pos, out))
                    return true;
                forget(out);
                next = relative_at(&sc, pos, end, count, out, &start);
                if (next != 0) {
                    out->start = start;
                    out->end = next;
                    return true;
                }
            }
            pos = end;
            continue;
        }
        if (!words) {
            pos = next_digit(s, len, pos + 1);
            continue;
        }
        for (next = pos; next < len && is_ascii_letter(s[next]);)
            next++;
        plain = next == len || (unsigned char)s[next] < 0x80;
        next = plain ? next : word_end(&sc, next);
        if (next == pos) {
            pos += utf8_next(s + pos, len - pos, &cp);
            continue;
        }
        if (may_open((unsigned char)s[pos], next - pos, plain) && word_date(&sc, pos, next, out))
            return true;
        pos = next;
    }
    return false;
}
