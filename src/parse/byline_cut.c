/* SPDX-License-Identifier: ISC */
#include "parse/byline_cut.h"

#include "base/utf8.h"
#include "parse/lines.h"

#include <string.h>

static bool is_letter(enum lines_class class)
{
    return class == LINES_UPPER || class == LINES_LOWER || class == LINES_LETTER;
}

/* Small words that stand inside names. */
static bool is_particle(const char *s, size_t len)
{
    static const char *const particles[] = {"von", "van", "de",  "der", "den", "del", "di", "da", "dos", "du", "la",
                                            "le",  "zu",  "zur", "bin", "al",  "el",  "y",  "e",  "ten", "ter", "af",
                                            "av",  "dem", "das", "ibn", "v",   "d",   "des", "of"};
    size_t i;

    for (i = 0; i < sizeof particles / sizeof particles[0]; i++) {
        if (strlen(particles[i]) == len && memcmp(particles[i], s, len) == 0)
            return true;
    }
    return false;
}

void byline_trim(const char *s, struct byline_run *r)
{
    uint32_t cp;

    while (r->start < r->end) {
        size_t step = utf8_next(s + r->start, r->end - r->start, &cp);
        enum lines_class class = lines_class(cp);

        if (is_letter(class) || class == LINES_DIGIT)
            break;
        r->start += step;
    }
    while (r->start < r->end) {
        size_t step = utf8_prev(s, r->end, &cp);
        enum lines_class class = lines_class(cp);

        if (is_letter(class) || class == LINES_DIGIT)
            break;
        if (cp == '.' && r->end - r->start > 3 && (s[r->end - 3] == ' ' || s[r->end - 3] == '.'))
            break;
        r->end -= step;
    }
}

/* Where a word that is glued to the one before it begins: a capital behind three small letters. */
static size_t glued_at(const char *s, size_t start, size_t end)
{
    size_t at = start, small = 0;

    while (at < end) {
        uint32_t cp;
        size_t step = utf8_next(s + at, end - at, &cp);
        enum lines_class class = lines_class(cp);

        if (class == LINES_UPPER && small >= 3)
            return at;
        small = class == LINES_LOWER ? small + 1 : 0;
        at += step;
    }
    return end;
}

/* Whether the digit at `at` is an alias's ("delta201", "Bo2man"): no date or hour is glued on behind it. */
static bool is_alias_digit(const char *s, size_t word, size_t at, size_t end)
{
    size_t k = at;

    while (k < end && s[k] >= '0' && s[k] <= '9')
        k++;
    return at > word + 1 && k - at <= 4 && (k == end || s[k] != '.' || k + 1 == end || s[k + 1] == ' ') &&
           (k == end || !strchr(":/-", s[k])) && !(k - at <= 2 && k < end && s[k] == '.');
}

size_t byline_name_end(const char *s, const struct byline_run *r)
{
    size_t at = r->start, end = r->start, words = 0;

    while (at < r->end) {
        size_t word = at, glued;
        enum lines_class class, first;
        uint32_t cp;

        utf8_next(s + at, r->end - at, &cp);
        first = lines_class(cp);
        if (!is_letter(first))
            break;
        while (at < r->end) {
            size_t step = utf8_next(s + at, r->end - at, &cp);

            class = lines_class(cp);
            if (class == LINES_DIGIT && words == 0 && is_alias_digit(s, word, at, r->end))
                class = LINES_LOWER;
            if (!is_letter(class) && cp != '\'' && cp != 0x2019 && cp != '-' && cp != '.' && cp != 0xAD && cp != '*')
                break;
            at += step;
        }
        if (first == LINES_LOWER && words && !is_particle(s + word, at - word))
            break;
        glued = glued_at(s, word, at);
        if (glued < at && words)
            return glued;
        words++;
        if (first != LINES_LOWER || words == 1)
            end = at;
        if (at - word > 3 && s[at - 1] == '.' && s[at - 2] >= 'a' && s[at - 2] <= 'z')
            break;
        if (first == LINES_LOWER && words == 1 && !is_particle(s + word, at - word))
            return at < r->end && s[at] >= '0' && s[at] <= '9' ? at + strspn(s + at, "0123456789") : at;
        if (at >= r->end || (s[at] != ' ' && (unsigned char)s[at] != 0xC2))
            break;
        while (at < r->end && s[at] == ' ')
            at++;
        if (at + 1 < r->end && (unsigned char)s[at] == 0xC2 && (unsigned char)s[at + 1] == 0xA0)
            at += 2;
    }
    return end;
}

void byline_strip_end(const struct phrases *p, const char *s, struct byline_run *r)
{
    static const enum phrases_class classes[] = {PHRASES_PUBLISHED, PHRASES_UPDATED, PHRASES_ROLE, PHRASES_SHARE,
                                                 PHRASES_READTIME, PHRASES_ABOUT_AUTHOR, PHRASES_TOPIC, PHRASES_EVENT};
    uint64_t wanted = 0;
    size_t i, turns;

    for (i = 0; i < sizeof classes / sizeof classes[0]; i++)
        wanted |= UINT64_C(1) << classes[i];
    for (turns = 0; turns < 3; turns++) {
        size_t before = r->end;
        uint64_t ends = phrases_ends(p, s + r->start, r->end - r->start) & wanted;

        for (i = 0; i < sizeof classes / sizeof classes[0] && ends != 0; i++) {
            size_t cut = (ends >> classes[i] & 1) ? phrases_suffix(p, classes[i], s + r->start, r->end - r->start)
                                               : 0;

            if (cut && cut < r->end - r->start) {
                r->end -= cut;
                byline_trim(s, r);
                ends = phrases_ends(p, s + r->start, r->end - r->start) & wanted;
            }
        }
        if (r->end == before)
            break;
    }
}
