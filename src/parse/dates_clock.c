/* SPDX-License-Identifier: ISC */
#include "parse/dates_scan.h"

/* The end of "pm", "a.m." or a word like it behind pos, which is where an hour of twelve ends; 0 where none stands. */
static size_t half_of_day(const struct scan *sc, size_t pos, int hour, struct dates_found *f)
{
    size_t half = skip_blanks(sc, pos), next, day;
    const struct dateword *w;
    int value = -1, digits, number_behind;

    if (hour < 1 || hour > 12)
        return 0;
    if (((at(sc, half) | 32) == 'a' || (at(sc, half) | 32) == 'p') && at(sc, half + 1) == '.') {
        next = skip_blanks(sc, half + 2);
        if ((at(sc, next) | 32) == 'm' && at(sc, next + 1) == '.') {
            value = (at(sc, half) | 32) == 'p' ? 12 : 0;
            next += 2;
        }
    }
    if (value < 0) {
        w = word_at(sc, half, &next);
        if (w == NULL || w->kind != W_NOON)
            return 0;
        /* "um 9:30 am 5. Mai": the German "am" stands before a day */
        day = skip_blanks(sc, next);
        digits = number(sc, day, 2, &number_behind);
        if (digits > 0 && at(sc, day + (size_t)digits) == '.')
            return 0;
        value = w->value;
    }
    f->hour = hour % 12 + value;
    f->twelve = true;
    return next;
}

size_t dates_clock_at(const struct scan *sc, size_t pos, struct dates_found *f)
{
    int hour, minute = 0, second, n;
    size_t end, next;
    const struct dateword *w;
    bool dotted = false, bare = false;

    end = counted(sc, pos, "\xE6\x99\x82", &hour);
    if (end != 0 && hour <= 24) {
        f->hour = hour;
        next = counted(sc, end, "\xE5\x88\x86", &f->minute);
        f->minute = next != 0 ? f->minute : 0;
        return next != 0 ? next : end;
    }
    n = number(sc, pos, 2, &hour);
    if (n == 0 || hour > 24)
        return 0;
    end = pos + (size_t)n;
    if ((at(sc, end) == ':' || at(sc, end) == '.' || (at(sc, end) | 32) == 'h') &&
        number(sc, end + 1, 2, &minute) == 2 && minute < 60) {
        dotted = at(sc, end) == '.';
        end += 3;
        if (at(sc, end) == ':' && number(sc, end + 1, 2, &second) == 2 && second < 61)
            end += 3;
        if (at(sc, end) == '.' && is_digit(at(sc, end + 1)) && !dotted)
            for (end++; is_digit(at(sc, end)); end++)
                ;
    } else {
        minute = 0;
        bare = true;
    }
    next = half_of_day(sc, end, hour, f);
    if (next != 0) {
        f->minute = minute;
        return next;
    }
    w = word_at(sc, skip_blanks(sc, end), &next);
    if (w != NULL && w->kind == W_UHR) {
        f->hour = hour;
        f->minute = minute;
        return next;
    }
    if (bare || dotted)
        return 0;
    f->hour = hour;
    f->minute = minute;
    return end;
}

size_t dates_clock_over_zone(const struct scan *sc, size_t pos)
{
    size_t p = skip_blanks(sc, pos), end, out = pos;
    bool bracket = at(sc, p) == '(';
    const struct dateword *w;
    int value, n;

    if (bracket)
        p++;
    w = word_at(sc, p, &end);
    if (w != NULL && w->kind == W_ZONE && sc->s[p] < 'a') {
        out = end;
        p = skip_blanks(sc, end);
    } else if (bracket || p != pos) {
        return pos;
    }
    if ((at(sc, p) == '+' || at(sc, p) == '-') && (n = number(sc, p + 1, 4, &value)) > 0) {
        p += 1 + (size_t)n;
        if (at(sc, p) == ':' && number(sc, p + 1, 2, &value) == 2)
            p += 3;
        out = p;
    }
    if (bracket)
        out = at(sc, out) == ')' ? out + 1 : pos;
    return out;
}

size_t dates_clock_over_at(const struct scan *sc, size_t pos)
{
    static const char *const marks[] = {
        ",", "-", "|", "/", "@", "(", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7", "\xE2\x80\xA2",
        ".", ":", ";"};
    size_t end, i, words;
    const struct dateword *w;

    pos = skip_blanks(sc, pos);
    for (i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t n = strlen(marks[i]);

        if (pos + n <= sc->len && memcmp(sc->s + pos, marks[i], n) == 0) {
            pos = skip_blanks(sc, pos + n);
            break;
        }
    }
    for (words = 0; words < 2; words++) {
        w = word_at(sc, pos, &end);
        /* "a las 5", "alle ore 9" */
        if (w == NULL ||
            (w->kind != W_AT && !(w->kind == W_ONE && end == pos + 1) && !(w->kind == W_UNIT && words == 1)))
            break;
        pos = at(sc, end) == '.' ? end + 1 : end;
        pos = skip_blanks(sc, pos);
    }
    if (at(sc, pos) == '@')
        pos = skip_blanks(sc, pos + 1);
    return pos;
}

size_t dates_clock_with(const struct scan *sc, size_t pos, struct dates_found *f)
{
    const struct dateword *noon;
    size_t p, end;

    if (at(sc, pos) == 'T' && is_digit(at(sc, pos + 1))) {
        end = dates_clock_at(sc, pos + 1, f);
        return end != 0 ? dates_clock_over_zone(sc, end) : pos;
    }
    p = dates_clock_over_at(sc, pos);
    noon = (unsigned char)at(sc, p) >= 0x80 ? word_at(sc, p, &end) : NULL;
    if (noon != NULL && noon->kind == W_NOON) /* before the time in Chinese and Japanese */
        p = skip_blanks(sc, end);
    if (p == pos || !is_digit(at(sc, p)))
        return pos;
    end = dates_clock_at(sc, p, f);
    if (end != 0 && noon != NULL && noon->kind == W_NOON && f->hour < 12)
        f->hour += noon->value;
    return end != 0 ? dates_clock_over_zone(sc, end) : pos;
}
