/* SPDX-License-Identifier: ISC */
/* Taking lines apart, and patterns the same way. */
#include "parse/platform_rules.h"

#include <string.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "base/word.h"

enum { LONGEST_LINE = 360 };

/* One sign for all dashes, quotes, dots and arrows that are written for each other. */
static uint32_t plain_sign(uint32_t cp)
{
    if (cp >= 0x2010 && cp <= 0x2015)
        return '-';
    if (cp == 0x2018 || cp == 0x2019 || cp == 0x201A || cp == 0x2BC || cp == 0xB4 || cp == '`')
        return '\'';
    if (cp == 0xAB || cp == 0xBB || (cp >= 0x201C && cp <= 0x201F) || cp == 0x2039 || cp == 0x203A)
        return '"';
    if (cp >= 0xFF01 && cp <= 0xFF5E) /* the wide forms of ASCII */
        return cp - 0xFEE0;
    if (cp == 0x60C || cp == 0x3001)
        return ',';
    if (cp == 0x2022 || cp == 0x2219 || cp == 0x22C5 || cp == 0x25CF || cp == 0x30FB)
        return 0xB7;
    return cp;
}

enum { C_SPACE, C_UPPER, C_LOWER, C_DIGIT, C_SIGN };

#define S C_SPACE
#define U C_UPPER
#define L C_LOWER
#define D C_DIGIT
#define X C_SIGN
static const uint8_t ascii[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* 00 */
    S, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, D, D, D, D, D, D, D, D, D, D, X, X, X, X, X, X, /* 20 */
    X, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, X, X, X, X, X, /* 40 */
    X, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, X, X, X, X, X, /* 60 */
};
#undef S
#undef U
#undef L
#undef D
#undef X

static int class_of_long(uint32_t cp)
{
    switch (unicode_class(cp)) {
    case UNICODE_SPACE:
        return C_SPACE;
    case UNICODE_UPPER:
        return C_UPPER;
    case UNICODE_LOWER:
    case UNICODE_LETTER:
        return C_LOWER;
    case UNICODE_DIGIT:
        return C_DIGIT;
    default:
        return C_SIGN;
    }
}

static inline int class_of(uint32_t cp)
{
    return cp < 0x80 ? ascii[cp] : class_of_long(cp);
}

static bool letter_at(const char *s, size_t len)
{
    uint32_t cp;
    int class;

    utf8_next(s, len, &cp);
    class = class_of(cp);
    return class == C_UPPER || class == C_LOWER;
}

/* Adds the character cp, in the bytes that it has in UTF-8. */
static void add_character(struct word_hash *h, uint32_t cp)
{
    char bytes[8] = {0};
    size_t n = utf8_encode(cp, bytes);

    word_add(h, word_load(bytes, sizeof bytes), n);
}

/* The end of the word that begins at text[at]. A capital behind a small letter begins another one; hyphens between
 * letters are part of it. */
static size_t read_word(const char *text, size_t at, size_t stop, struct word_hash *h)
{
    int last = C_SPACE;

    while (at < stop) {
        uint64_t x = word_load(text + at, stop - at);
        size_t n = word_run(word_between(x, 'a', 'z'));
        uint32_t cp;
        int class;

        if (n > 0) {
            word_add(h, word_low(x, n), n);
            last = C_LOWER;
            at += n;
            if (n == 8 || at == stop)
                continue;
        }
        n = utf8_next(text + at, stop - at, &cp);
        class = class_of(cp);
        if (cp == '-' && at + 1 < stop && last != C_SIGN && letter_at(text + at + 1, stop - at - 1))
            word_add(h, cp, 1); /* "e-mail" is one word */
        else if ((class != C_LOWER && class != C_UPPER) || (class == C_UPPER && last == C_LOWER))
            break;
        else if (cp < 0x80)
            word_add(h, cp | 32, 1);
        else
            add_character(h, unicode_lower(cp));
        last = class;
        at += n;
    }
    return at;
}

/* The same for what most words are: ASCII letters, none but the first a capital, and then something that surely ends
 * them. 0 where it is not so. */
static inline size_t read_plain(const char *text, size_t at, size_t stop, uint64_t *hash)
{
    uint64_t x = word_load(text + at, stop - at) | 0x20, sum = 0;
    unsigned char first = (unsigned char)text[at], after;
    size_t n = word_run(word_between(x, 'a', 'z')), end = at + n;

    if ((unsigned)(first | 32) - 'a' >= 26)
        return 0;
    while (n == 8) {
        sum = word_mix(sum ^ x);
        x = word_load(text + end, stop - end);
        n = word_run(word_between(x, 'a', 'z'));
        end += n;
    }
    after = end < stop ? (unsigned char)text[end] : ' ';
    if (after >= 0x80 || after == '-' || (ascii[after] == C_UPPER && end == at + 1))
        return 0;
    *hash = word_mix(word_mix(sum ^ word_low(x, n)) + n);
    return end;
}

static size_t read_number(const char *text, size_t at, size_t stop, struct word_hash *h)
{
    while (at < stop) {
        uint32_t cp;
        size_t n = utf8_next(text + at, stop - at, &cp);

        if (class_of(cp) != C_DIGIT)
            break;
        add_character(h, cp);
        at += n;
    }
    return at;
}

/* The end of the run of signs that begins at text[at]: one that is repeated is one. */
static size_t read_sign(const char *text, size_t at, size_t stop, struct word_hash *h)
{
    uint32_t cp, first;
    size_t end = at + utf8_next(text + at, stop - at, &first);

    /* most stand alone, and are written in one way */
    if (first < 0x80 && first != '\'' && first != '`' &&
        (end == stop || ((unsigned char)text[end] < 0x80 && (unsigned char)text[end] != first))) {
        word_add(h, first, 1);
        return end;
    }
    first = plain_sign(first);
    while (end < stop) {
        size_t n = utf8_next(text + end, stop - end, &cp);

        if (class_of(cp) != C_SIGN || plain_sign(cp) != first)
            break;
        end += n;
    }
    add_character(h, first == '.' && end - at > 1 ? 0x2026 : first); /* "..." is an ellipsis */
    return end;
}

size_t platform_read_token(const char *text, size_t at, size_t stop, struct platform_token *t)
{
    struct word_hash h = {0, 0, 0};
    size_t end = read_plain(text, at, stop, &t->hash);
    uint32_t cp;
    int class;

    t->start = (uint32_t)at;
    t->slot = PLATFORM_UNKNOWN;
    t->class = 0;
    if (end != 0) {
        t->kind = PLATFORM_WORD;
        t->end = (uint32_t)end;
        return end;
    }
    utf8_next(text + at, stop - at, &cp);
    class = class_of(cp);
    if (class == C_SIGN) {
        t->kind = PLATFORM_SIGN;
        at = read_sign(text, at, stop, &h);
    } else if (class == C_DIGIT) {
        t->kind = PLATFORM_NUMBER;
        at = read_number(text, at, stop, &h);
    } else {
        t->kind = PLATFORM_WORD;
        at = read_word(text, at, stop, &h);
    }
    t->hash = word_hashed(&h);
    t->end = (uint32_t)at;
    return at;
}

uint32_t platform_slot_of(const struct platform_rules *r, uint64_t hash)
{
    size_t i;

    if (!(r->known[platform_filter_bit(hash) / 64] >> platform_filter_bit(hash) % 64 & 1))
        return PLATFORM_UNKNOWN;
    for (i = (size_t)hash & (r->places - 1); r->place[i] != 0; i = (i + 1) & (r->places - 1))
        if (r->slot[r->place[i] - 1].hash == hash)
            return r->place[i] - 1u;
    return PLATFORM_UNKNOWN;
}

/* What is known of the token whose bit is given. */
static void take_slot(const struct platform_slot *slot, struct platform_token *t, uint64_t bit,
                      struct platform_line *out)
{
    int g;

    t->class = slot->class;
    if ((t->class & PLATFORM_JOINT) != 0)
        out->joints |= bit;
    if ((t->class & PLATFORM_VERB) != 0) {
        out->verbs |= bit;
        t->bits |= PLATFORM_BIT_VERB;
    }
    if ((t->class & PLATFORM_ONE) != 0) {
        out->counts |= bit;
        t->bits |= PLATFORM_BIT_COUNT;
    }
    for (g = 0; g < PLATFORM_GROUPS; g++)
        out->filed[g] |= slot->group[g].rules > 0 ? bit : 0;
    if (slot->buttons)
        out->buttons |= bit;
}

/* The end of the word at text[at], if it is known, ends before stop and is a token: no hyphen or letter beyond ASCII
 * joins it to what follows. 0 where it is not so. */
static inline size_t known_end(const struct platform_line *line, const struct terms_word *w, size_t at, size_t stop)
{
    size_t end = at + w->len;

    if (w->start != at || !w->plain || end > stop)
        return 0;
    return end == stop || ((unsigned char)line->text[end] < 0x80 && line->text[end] != '-') ? end : 0;
}

/* Adds the token that begins at text[at] (no white space) and ends before stop; returns where it ends. word is the
 * first known word that does not begin before it. */
static size_t add_token(const struct platform_rules *r, struct platform_line *out, const struct terms_word *word,
                        size_t at, size_t stop)
{
    struct platform_token *t = &out->token[out->count];
    uint64_t bit = (uint64_t)1 << out->count++;
    size_t end = known_end(out, word, at, stop);

    if (end != 0) {
        t->hash = word->hash;
        t->start = (uint32_t)at;
        t->end = (uint32_t)end;
        t->class = 0;
        t->kind = PLATFORM_WORD;
        at = end;
    } else {
        at = platform_read_token(out->text, at, stop, t);
    }
    out->kinds[t->kind] |= bit;
    t->bits = platform_bit(t->hash);
    if (t->kind == PLATFORM_NUMBER) {
        out->counts |= bit;
        t->bits |= PLATFORM_BIT_COUNT;
    }
    t->slot = platform_slot_of(r, t->hash);
    if (t->slot != PLATFORM_UNKNOWN)
        take_slot(&r->slot[t->slot], t, bit, out);
    return at;
}

static void add_date(struct platform_line *out, const struct dates_found *date)
{
    struct platform_token *t = &out->token[out->count];

    out->kinds[PLATFORM_DATE] |= (uint64_t)1 << out->count++;
    t->kind = PLATFORM_DATE;
    t->hash = PLATFORM_HASH_DATE;
    t->bits = platform_bit(t->hash) | PLATFORM_BIT_DATE;
    t->start = (uint32_t)date->start;
    t->end = (uint32_t)date->end;
    t->slot = PLATFORM_UNKNOWN;
    t->class = 0;
}

static void read_tokens(const struct platform_rules *r, const struct platform_known *known, struct platform_line *out)
{
    static const struct terms_word none = {.start = UINT32_MAX};
    const struct terms_word *word = known->word, *last = known->words ? word + known->words : word;
    const char *text = out->text;
    size_t at = 0, d = 0, len = out->len;

    while (at < len) {
        uint32_t cp;
        size_t n;

        if (text[at] == ' ') {
            at++;
            continue;
        }
        n = utf8_next(text + at, len - at, &cp);
        if (class_of(cp) == C_SPACE) {
            at += n;
            continue;
        }
        if (out->count == PLATFORM_TOKENS) {
            out->full = true;
            return;
        }
        if (d < out->date_count && out->date[d].start <= at) {
            add_date(out, &out->date[d]);
            at = out->date[d++].end;
        } else {
            while (word < last && word->start < at)
                word++;
            at = add_token(r, out, word < last ? word : &none, at, d < out->date_count ? out->date[d].start : len);
        }
    }
}

void platform_read_known(const struct platform_rules *r, const char *text, size_t len,
                         const struct platform_known *known, struct platform_line *out)
{
    struct dates_found *date = out->date;

    out->text = text;
    out->count = out->date_count = 0;
    out->full = len > LONGEST_LINE;
    out->len = len;
    out->joints = out->verbs = out->counts = out->buttons = 0;
    memset(out->filed, 0, sizeof out->filed);
    memset(out->kinds, 0, sizeof out->kinds);
    if (out->full)
        return;
    if (known->first != NULL)
        date[out->date_count++] = *known->first;
    else if (!known->dated && dates_find(text, len, 0, &date[0]))
        out->date_count++;
    while (out->date_count > 0 && out->date_count < PLATFORM_DATES &&
           dates_find(text, len, date[out->date_count - 1].end, &date[out->date_count]))
        out->date_count++;
    read_tokens(r, known, out);
    out->buttons |= out->counts;
}

void platform_read_line(const struct platform_rules *r, const char *text, size_t len,
                        struct platform_line *out)
{
    platform_read_known(r, text, len, &(struct platform_known){NULL, 0, false, NULL}, out);
}
