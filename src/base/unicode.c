/* SPDX-License-Identifier: ISC */
#include "base/unicode.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <uniwbrk.h>
#include <uniwidth.h>

enum {
    SOFT_HYPHEN = 0xAD,
    ZWSP = 0x200B,
    ZWNJ = 0x200C,
    ZWJ = 0x200D,
    FRACTION_SLASH = 0x2044,
    WORD_JOINER = 0x2060,
    BOM = 0xFEFF
};

static enum unicode_class ascii_class(uint32_t cp)
{
    if (cp >= 'a' && cp <= 'z')
        return UNICODE_LOWER;
    if (cp >= 'A' && cp <= 'Z')
        return UNICODE_UPPER;
    if (cp >= '0' && cp <= '9')
        return UNICODE_DIGIT;
    if (cp == ' ' || (cp >= 9 && cp <= 13))
        return UNICODE_SPACE;
    if (cp < 32 || cp == 127 || strchr("$+<=>^`|~", (int)cp))
        return UNICODE_OTHER;
    return UNICODE_PUNCT;
}

bool unicode_is_space(uint32_t cp)
{
    if (cp < 0x80)
        return cp == ' ' || (cp >= 9 && cp <= 13) || (cp >= 0x1C && cp <= 0x1F);
    switch (cp) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case ZWSP:
    case BOM:
        return true;
    }
    return cp >= 0x2000 && cp <= 0x200A;
}

/* The class of the letters that most texts of Europe and East Asia are written with, and of their punctuation,
 * without a look into the tables. */
static bool common_class(uint32_t cp, enum unicode_class *class)
{
    if (cp >= 0xC0 && cp <= 0xFF)
        *class = cp == 0xD7 || cp == 0xF7 ? UNICODE_OTHER : cp < 0xDF ? UNICODE_UPPER : UNICODE_LOWER;
    else if (cp >= 0x400 && cp <= 0x45F)
        *class = cp < 0x430 ? UNICODE_UPPER : UNICODE_LOWER;
    else if (cp >= 0x2010 && cp <= 0x2027)
        *class = UNICODE_PUNCT;
    else if ((cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x4E00 && cp <= 0x9FA5) || (cp >= 0xAC00 && cp <= 0xD7A3))
        *class = UNICODE_LETTER;
    else
        return false;
    return true;
}

enum unicode_class unicode_class(uint32_t cp)
{
    enum unicode_class class;

    if (cp < 0x80)
        return ascii_class(cp);
    if (common_class(cp, &class))
        return class;
    if (unicode_is_space(cp))
        return UNICODE_SPACE;
    if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt))
        return UNICODE_UPPER;
    if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Ll))
        return UNICODE_LOWER;
    if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M))
        return UNICODE_LETTER;
    if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Nd))
        return UNICODE_DIGIT;
    if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_P))
        return UNICODE_PUNCT;
    return UNICODE_OTHER;
}

bool unicode_is_letter(uint32_t cp)
{
    enum unicode_class class;

    if (cp < 0x80)
        return (cp | 32) - 'a' < 26;
    class = unicode_class(cp);
    return class == UNICODE_UPPER || class == UNICODE_LOWER || class == UNICODE_LETTER;
}

enum unicode_script unicode_script(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
        enum unicode_script script;
    } ranges[] = {
        {0x0250, 0x02AF, UNICODE_LATIN},    {0x0370, 0x03FF, UNICODE_GREEK},
        {0x0590, 0x05FF, UNICODE_HEBREW},   {0x0600, 0x06FF, UNICODE_ARABIC},
        {0x0750, 0x077F, UNICODE_ARABIC},   {0x08A0, 0x08FF, UNICODE_ARABIC},
        {0x0900, 0x0DFF, UNICODE_INDIC},    {0x0E00, 0x0EFF, UNICODE_THAI},
        {0x1000, 0x109F, UNICODE_THAI},     {0x1100, 0x11FF, UNICODE_HANGUL},
        {0x1780, 0x17FF, UNICODE_THAI},     {0x1C80, 0x1C8F, UNICODE_CYRILLIC},
        {0x1E00, 0x1EFF, UNICODE_LATIN},    {0x1F00, 0x1FFF, UNICODE_GREEK},
        {0x2E80, 0x2FDF, UNICODE_HAN},      {0x3005, 0x3007, UNICODE_HAN},
        {0x3040, 0x30FF, UNICODE_KANA},     {0x3130, 0x318F, UNICODE_HANGUL},
        {0x31F0, 0x31FF, UNICODE_KANA},     {0x3400, 0x4DBF, UNICODE_HAN},
        {0x4E00, 0x9FFF, UNICODE_HAN},      {0xA960, 0xA97F, UNICODE_HANGUL},
        {0xAC00, 0xD7FF, UNICODE_HANGUL},   {0xF900, 0xFAFF, UNICODE_HAN},
        {0xFB1D, 0xFB4F, UNICODE_HEBREW},   {0xFB50, 0xFDFF, UNICODE_ARABIC},
        {0xFE70, 0xFEFC, UNICODE_ARABIC},   {0xFF21, 0xFF5A, UNICODE_LATIN},
        {0xFF66, 0xFF9F, UNICODE_KANA},     {0x20000, 0x323AF, UNICODE_HAN},
    };
    size_t low = 0, high = sizeof ranges / sizeof ranges[0];

    if (cp < 0x80)
        return unicode_is_letter(cp) ? UNICODE_LATIN : UNICODE_COMMON;
    if (cp >= 0xC0 && cp <= 0x24F)
        return UNICODE_LATIN;
    if (cp >= 0x400 && cp <= 0x52F)
        return UNICODE_CYRILLIC;
    if (cp >= 0x2010 && cp <= 0x2027)
        return UNICODE_COMMON;
    while (low < high) {
        size_t mid = (low + high) / 2;

        if (cp < ranges[mid].first)
            high = mid;
        else if (cp > ranges[mid].last)
            low = mid + 1;
        else
            return ranges[mid].script;
    }
    return uc_is_alpha(cp) ? UNICODE_ELSE : UNICODE_COMMON;
}

enum unicode_form unicode_form(uint32_t cp)
{
    const uint32_t unknown = UC_CATEGORY_MASK_Cn | UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Cs;
    const uint32_t invisible = UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp;

    if ((cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FB && cp != 0xD7C7))
        return uc_is_general_category_withtable(cp, unknown) ? UNICODE_UNKNOWN : UNICODE_MARK;
    if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M))
        return UNICODE_MARK;
    if (uc_is_general_category_withtable(cp, invisible))
        return UNICODE_FORMAT;
    return uc_is_general_category_withtable(cp, unknown) ? UNICODE_UNKNOWN : UNICODE_VISIBLE;
}

bool unicode_is_emoji(uint32_t cp)
{
    return cp >= 0x80 && uc_is_property_emoji(cp);
}

bool unicode_add_ascii(struct buf *out, uint32_t cp)
{
    size_t len = 0, i, keep = out->len;
    uint32_t *plain = u32_normalize(UNINORM_NFKD, &cp, 1, NULL, &len);

    for (i = 0; plain && i < len; i++) {
        if (plain[i] >= 32 && plain[i] < 127)
            buf_add_char(out, (char)plain[i]);
        else if (plain[i] == FRACTION_SLASH)
            buf_add_char(out, '/');
        else if (uc_combining_class(plain[i]) == 0)
            break;
    }
    if (!plain || i < len)
        buf_truncate(out, keep);
    free(plain);
    return out->len > keep;
}

bool unicode_is_joint(uint32_t cp)
{
    return cp == SOFT_HYPHEN || cp == ZWNJ || cp == ZWJ || cp == WORD_JOINER;
}

uint32_t unicode_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    if (cp >= 0xC0 && cp <= 0xFF)
        return cp < 0xDF && cp != 0xD7 ? cp + 32 : cp;
    if (cp >= 0x400 && cp <= 0x45F)
        return cp < 0x410 ? cp + 80 : cp < 0x430 ? cp + 32 : cp;
    if (cp >= 0x2010 && cp <= 0x2027)
        return cp;
    return uc_tolower(cp);
}

static bool is_regional(uint32_t cp)
{
    return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

/* The pair rule of libunistring before 1.2 knows neither emoji joined by ZWJ (GB11) nor that flags come in
 * pairs (GB12): whether the cluster s[0..at) goes on with the character next. */
static bool joins_on(const char *s, size_t at, uint32_t first, uint32_t next)
{
    uint32_t last;

    utf8_prev(s, at, &last);
    return last == ZWJ && !is_regional(first) && uc_is_property_emoji(first) && uc_is_property_emoji(next);
}

/* End of the flag of two letters at s, with the marks on it; of all letters that libunistring takes together. */
static size_t flag_end(const char *s, size_t end)
{
    size_t at = 0;
    uint32_t cp;
    int letters = 0;

    while (at < end) {
        size_t step = utf8_next(s + at, end - at, &cp);

        if (is_regional(cp) && ++letters > 2)
            break;
        at += step;
    }
    return at;
}

/* End of the cluster in s[0..run), which is valid UTF-8. */
static size_t cluster_end(const char *s, size_t run, uint32_t first)
{
    const uint8_t *start = (const uint8_t *)s, *limit = start + run;
    const uint8_t *end = u8_grapheme_next(start, limit);
    uint32_t next;
    size_t at;

    while (end && end < limit) {
        at = (size_t)(end - start);
        utf8_next(s + at, run - at, &next);
        if (!joins_on(s, at, first, next))
            break;
        end = u8_grapheme_next(end, limit);
    }
    at = end ? (size_t)(end - start) : run;
    return is_regional(first) ? flag_end(s, at) : at;
}

/* Characters of living scripts that join no other of their kind: between two of them stands a border. */
static bool stands_alone(uint32_t cp)
{
    if (cp < 0x300)
        return cp >= 32 && (cp < 127 || (cp > 0xAE || (cp >= 0xA0 && cp != 0xA9 && cp != 0xAD && cp != 0xAE)));
    if (cp < 0x2010)
        return (cp >= 0x370 && cp <= 0x482) || (cp >= 0x48A && cp <= 0x556) || (cp >= 0x5D0 && cp <= 0x5EA) ||
               (cp >= 0x620 && cp <= 0x64A) || (cp >= 0x904 && cp <= 0x939) || (cp >= 0xE01 && cp <= 0xE30);
    return (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x3001 && cp <= 0x3029) || (cp >= 0x3041 && cp <= 0x3096) ||
           (cp >= 0x30A1 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
           (cp >= 0xFF01 && cp <= 0xFF60);
}

/* Marks that UAX #29 lets stand by themselves (some vowels of Myanmar and others, a Hangul vowel without its
 * consonant) stay with what they follow, and joiners with them: no line begins with one. */
static size_t with_marks(const char *s, size_t at, size_t len)
{
    uint32_t next;

    while (at < len && (unsigned char)s[at] >= 0x80) {
        size_t step = utf8_next(s + at, len - at, &next);

        if (next != ZWNJ && next != ZWJ && (stands_alone(next) || unicode_form(next) != UNICODE_MARK))
            break;
        at += step;
    }
    return at;
}

static int width_of(uint32_t cp);

/* Where the cluster s[0..end) first takes more than two columns, as Hangul letters and tone marks in a row do: no cell
 * holds more. */
static size_t narrow_end(const char *s, size_t end)
{
    size_t at = 0;
    uint32_t cp;
    int width = 0;

    while (at < end) {
        size_t step = utf8_next(s + at, end - at, &cp);
        int more = cp < 0x80 ? 1 : width_of(cp);

        width += more > 0 ? more : 0;
        if (width > 2 && at > 0)
            break;
        at += step;
    }
    return at;
}

size_t unicode_cluster(const char *s, size_t len)
{
    enum { LONGEST = 256 }; /* bytes: a longer heap of marks is cut, so that no cluster costs more */
    uint32_t first, next;
    size_t at = utf8_next(s, len, &first), run = at;

    if (at == len || (first == UTF8_BAD && at == 1))
        return at;
    /* Two ASCII characters never join, CR LF excepted. */
    if (first < 0x80 && (unsigned char)s[at] < 0x80)
        return first == '\r' && s[at] == '\n' ? at + 1 : at;
    /* libunistring wants valid UTF-8: look no further than the valid run, and past no ASCII. */
    while (run < len && run < LONGEST) {
        size_t step = utf8_next(s + run, len - run, &next);

        if (next < 0x80 || (step == 1 && next == UTF8_BAD))
            break;
        if (stands_alone(next) && stands_alone(first))
            return run == at ? at : narrow_end(s, with_marks(s, cluster_end(s, run, first), run));
        run += step;
    }
    return narrow_end(s, with_marks(s, cluster_end(s, run, first), run));
}

/* Where libunistring 1.0 counts otherwise than the C library does (and Unicode says): vowel signs of Kannada
 * and others that take no column, hexagrams and numbers on black squares that take two. */
static int width_of(uint32_t cp)
{
    if (cp == 0xCBF || cp == 0xCC6 || cp == 0x11A07 || cp == 0x11A08 || cp == 0x11C3F)
        return 0;
    if ((cp >= 0x3248 && cp <= 0x324F) || (cp >= 0x4DC0 && cp <= 0x4DFF))
        return 2;
    return uc_width(cp, "UTF-8");
}

int unicode_columns(const char *s, size_t len)
{
    int columns = 0, more;
    size_t at = 0;
    uint32_t cp;

    while (at < len) {
        at += utf8_next(s + at, len - at, &cp);
        if (cp < 0x80)
            more = cp >= 32 && cp != 127;
        else
            more = width_of(cp);
        if (more > 0)
            columns += more;
    }
    return columns;
}

/* libunistring's break functions read valid UTF-8 only: calls fn on each valid run of s. */
static void each_valid_run(const char *s, size_t len, uint8_t *breaks,
                           void (*fn)(const uint8_t *, size_t, char *))
{
    size_t at = 0, bad;

    memset(breaks, 0, len);
    while (at < len) {
        if (utf8_valid(s + at, len - at, &bad))
            bad = len - at;
        if (bad)
            fn((const uint8_t *)s + at, bad, (char *)breaks + at);
        at += bad + 1;
    }
}

static void line_run(const uint8_t *s, size_t len, char *breaks)
{
    u8_possible_linebreaks(s, len, "UTF-8", breaks);
}

static void word_run(const uint8_t *s, size_t len, char *breaks)
{
    u8_wordbreaks(s, len, breaks);
}

void unicode_line_breaks(const char *s, size_t len, uint8_t *breaks)
{
    size_t i;

    each_valid_run(s, len, breaks, line_run);
    for (i = 0; i < len; i++)
        breaks[i] = breaks[i] == UC_BREAK_POSSIBLE;
}

void unicode_word_breaks(const char *s, size_t len, uint8_t *breaks)
{
    each_valid_run(s, len, breaks, word_run);
}

/* Marks are dropped from scripts where readers leave them out when they search; in others (Indic vowels,
 * Thai, Hebrew points excepted) they are part of the word. */
static bool drops_marks(enum unicode_script script)
{
    return script == UNICODE_LATIN || script == UNICODE_GREEK || script == UNICODE_CYRILLIC ||
           script == UNICODE_HEBREW || script == UNICODE_ARABIC || script == UNICODE_COMMON;
}

static void fold_run(const char *s, size_t len, struct buf *out)
{
    size_t folded_len = 0, at = 0;
    uint8_t *folded = u8_casefold((const uint8_t *)s, len, NULL, UNINORM_NFKD, NULL, &folded_len);
    enum unicode_script base = UNICODE_COMMON;
    uint32_t cp;

    if (!folded) {
        buf_add(out, s, len);
        return;
    }
    while (at < folded_len) {
        size_t step = utf8_next((const char *)folded + at, folded_len - at, &cp);

        if (uc_combining_class(cp) == 0)
            base = unicode_script(cp);
        if (uc_combining_class(cp) == 0 || !drops_marks(base))
            buf_add(out, folded + at, step);
        at += step;
    }
    free(folded);
}

void unicode_fold(const char *s, size_t len, struct buf *out)
{
    size_t i, at = 0, bad;

    for (i = 0; i < len && (unsigned char)s[i] < 0x80; i++)
        ;
    if (i == len) {
        buf_reserve(out, len);
        for (i = 0; i < len; i++)
            buf_add_char(out, (char)unicode_lower((unsigned char)s[i]));
        return;
    }
    while (at < len) {
        if (utf8_valid(s + at, len - at, &bad))
            bad = len - at;
        if (bad)
            fold_run(s + at, bad, out);
        at += bad;
        if (at < len) {
            buf_add_cp(out, UTF8_BAD);
            at++;
        }
    }
}
