/* SPDX-License-Identifier: ISC */
#include "parse/fields.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <string.h>

enum { SAMPLE = 1200 /* characters that the script is counted on */, LEAST = 3, ALL_SCRIPTS = UNICODE_ELSE + 1 };

/* Scripts that name the language by themselves, unless function words say another that uses it. */
static const char *script_language(const unsigned *count, unsigned letters)
{
    if (count[UNICODE_KANA] * 8 > letters)
        return "ja";
    if (count[UNICODE_HAN] * 3 > letters)
        return count[UNICODE_KANA] ? "ja" : "zh";
    if (count[UNICODE_HANGUL] * 2 > letters)
        return "ko";
    if (count[UNICODE_THAI] * 2 > letters)
        return "th";
    if (count[UNICODE_HEBREW] * 2 > letters)
        return "he";
    if (count[UNICODE_GREEK] * 2 > letters)
        return "el";
    return NULL;
}

static void count_scripts(const struct page *p, unsigned *count, unsigned *letters)
{
    const char *s = p->lines.text;
    size_t len = p->lines.len, at = len > 8 * SAMPLE ? len / 8 : 0, seen = 0;

    while (at < len && seen < SAMPLE) {
        uint32_t cp;
        enum unicode_script script;
        unsigned letter = ((unsigned)(unsigned char)s[at] | 32) - 'a' < 26;

        seen++;
        if ((unsigned char)s[at] < 0x80) {
            count[UNICODE_LATIN] += letter;
            *letters += letter;
            at++;
            continue;
        }
        at += utf8_next(s + at, len - at, &cp);
        script = unicode_script(cp);
        if (script == UNICODE_COMMON)
            continue;
        count[script]++;
        ++*letters;
    }
}

/* Languages written in Arabic or Cyrillic letters tell one another apart by function words alone. */
static bool fits_script(const char *code, const unsigned *count, unsigned letters)
{
    static const char *const arabic[] = {"ar", "fa"}, *const cyrillic[] = {"ru", "uk"};
    bool is_arabic = false, is_cyrillic = false;
    size_t i;

    for (i = 0; i < 2; i++) {
        is_arabic = is_arabic || strcmp(code, arabic[i]) == 0;
        is_cyrillic = is_cyrillic || strcmp(code, cyrillic[i]) == 0;
    }
    if (count[UNICODE_ARABIC] * 2 > letters)
        return is_arabic;
    if (count[UNICODE_CYRILLIC] * 2 > letters)
        return is_cyrillic;
    return !is_arabic && !is_cyrillic;
}

const char *language_of(const struct page *p)
{
    unsigned count[ALL_SCRIPTS] = {0}, letters = 0;
    const char *code, *best = NULL;
    uint32_t most = LEAST - 1;
    size_t i;

    count_scripts(p, count, &letters);
    if (letters == 0)
        return NULL;
    best = script_language(count, letters);
    if (best)
        return best;
    for (i = 0; (code = phrases_language(p->phrases, i)) != NULL; i++) {
        if (p->features.languages[i] > most && fits_script(code, count, letters)) {
            most = p->features.languages[i];
            best = code;
        }
    }
    return best;
}
