/* SPDX-License-Identifier: ISC */
#include "source/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

struct when {
    int year, month, day;     /* 0: not seen */
    int hour, minute, second; /* hour -1: not seen */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool write_when(const struct when *w, char out[WHEN_SIZE])
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = w->year % 4 == 0 && (w->year % 100 != 0 || w->year % 400 == 0);

    if (w->year < 1600 || w->year > 2200 || w->month < 1 || w->month > 12 || w->day < 1 ||
        w->day > days[w->month - 1] + (leap && w->month == 2))
        return false;
    snprintf(out, WHEN_SIZE, "%04u-%02u-%02u", (unsigned)w->year % 10000, (unsigned)w->month % 100,
             (unsigned)w->day % 100);
    if (w->hour < 0 || w->hour > 23 || w->minute > 59 || w->hour + w->minute + w->second == 0)
        return true;
    snprintf(out + 10, WHEN_SIZE - 10, "T%02u:%02u", (unsigned)w->hour % 100, (unsigned)w->minute % 100);
    return true;
}

bool when_seconds(double seconds, char out[WHEN_SIZE])
{
    struct when w;
    struct tm tm;
    time_t t;

    if (seconds > 1e11)
        seconds /= 1000;
    if (!(seconds > 0) || seconds > 7e9)
        return false;
    t = (time_t)seconds;
    if (!gmtime_r(&t, &tm))
        return false;
    w = (struct when){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, 1};
    return write_when(&w, out);
}

/* The month that the letters at s begin to name, 0 for none; *len is how many letters there are. */
static int month_at(const char *s, size_t *len)
{
    static const char names[12][10] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
    size_t n = 0;
    int i;

    while (is_letter(s[n]))
        n++;
    *len = n;
    if (n < 3)
        return 0;
    if (n == 4 && strncasecmp(s, "sept", 4) == 0)
        return 9;
    for (i = 0; i < 12; i++)
        if ((n == 3 || n == strlen(names[i])) && strncasecmp(s, names[i], n) == 0)
            return i + 1;
    return 0;
}

/* HH:MM or HH:MM:SS at s, after which AM or PM may stand. */
static const char *read_clock(const char *s, struct when *w)
{
    const char *at = s;
    char *end;

    w->hour = (int)strtol(at, &end, 10);
    w->minute = is_digit(end[1]) ? (int)strtol(end + 1, &end, 10) : 0;
    w->second = 0;
    if (end[0] == ':' && is_digit(end[1]))
        w->second = (int)strtol(end + 1, &end, 10);
    if (end[0] == '.' && is_digit(end[1]))
        strtol(end + 1, &end, 10);
    at = end + strspn(end, " ");
    if (strncasecmp(at, "pm", 2) == 0 && w->hour < 12)
        w->hour += 12;
    else if (strncasecmp(at, "am", 2) == 0 && w->hour == 12)
        w->hour = 0;
    if (w->hour == 0 && w->minute == 0 && w->second == 0 && strncasecmp(at, "am", 2) == 0)
        w->second = 1;
    return end;
}

/* Three numbers with "-", "/" or "." between: the year is the one of four digits. */
static bool read_triple(const char *s, struct when *w, const char **end)
{
    int n[3], digits[3], i;

    for (i = 0; i < 3; i++) {
        char *after;

        if (!is_digit(s[0]))
            return false;
        n[i] = (int)strtol(s, &after, 10);
        digits[i] = (int)(after - s);
        s = after;
        if (i < 2 && (*s == '\0' || !strchr("-/.", *s)))
            return false;
        if (i < 2 && *s++ == '.' && digits[0] != 4) /* "28.08.2020": the day is first */
            w->second = -1;
    }
    *end = s;
    if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2) {
        *w = (struct when){n[0], n[1], n[2], -1, 0, 0};
        return true;
    }
    if (digits[2] != 4 || digits[0] > 2 || digits[1] > 2)
        return false;
    if (w->second == -1 || n[0] > 12)
        *w = (struct when){n[2], n[1], n[0], -1, 0, 0};
    else
        *w = (struct when){n[2], n[0], n[1], -1, 0, 0};
    return true;
}

/* Eight digits or more that are a date, a date and a time, or seconds since 1970. */
static bool read_digits(const char *s, size_t count, char out[WHEN_SIZE])
{
    struct when w = {0, 0, 0, -1, 0, 0};

    if (count == 8 || count == 14) {
        int fields =
            sscanf(s, "%4d%2d%2d%2d%2d%2d", &w.year, &w.month, &w.day, &w.hour, &w.minute, &w.second);

        if (fields >= 3 && write_when(&w, out))
            return true;
    }
    return count >= 9 && count <= 13 && when_seconds(strtod(s, NULL), out);
}

/* Words and numbers in any order: a month's name, a day, a year, a clock. */
static bool read_loose(const char *s, struct when *w)
{
    while (*s) {
        size_t len;
        int month;

        if (is_letter(*s)) {
            month = month_at(s, &len);
            if (month && !w->month)
                w->month = month;
            s += len;
        } else if (is_digit(*s)) {
            size_t digits = strspn(s, "0123456789");
            int n = (int)strtol(s, NULL, 10);

            if (s[digits] == ':' && digits <= 2 && w->hour < 0) {
                s = read_clock(s, w);
                continue;
            }
            if (digits == 4 && !w->year)
                w->year = n;
            else if (digits <= 2 && !w->day)
                w->day = n;
            s += digits;
        } else if ((*s == '+' || *s == '-') && w->hour >= 0) {
            break; /* the zone */
        } else {
            s++;
        }
    }
    return w->year && w->month && w->day;
}

bool when_read(const char *s, char out[WHEN_SIZE])
{
    struct when w = {0, 0, 0, -1, 0, 0};
    const char *end;
    size_t digits;

    s += strspn(s, " \t\r\n");
    if (strlen(s) > 60)
        return false;
    digits = strspn(s, "0123456789");
    if (digits >= 8 && (s[digits] == '\0' || s[digits] == '.'))
        return read_digits(s, digits, out);
    if (read_triple(s, &w, &end)) {
        if (*end == 'T' || *end == 't')
            end++;
        end += strspn(end, " ,");
        if (is_digit(end[0]) && (end[1] == ':' || (is_digit(end[1]) && end[2] == ':')))
            read_clock(end, &w);
        return write_when(&w, out);
    }
    if (digits == 8 && s[8] == 'T')
        return read_digits(s, 8, out);
    w = (struct when){0, 0, 0, -1, 0, 0};
    return read_loose(s, &w) && write_when(&w, out);
}

const char *when_keep(const char *s, struct arena *arena)
{
    char out[WHEN_SIZE];

    return s && when_read(s, out) ? arena_strndup(arena, out, strlen(out)) : NULL;
}
