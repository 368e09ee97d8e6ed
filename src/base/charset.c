/* SPDX-License-Identifier: ISC */
#include "base/charset.h"

#include "base/mem.h"
#include "base/mojibake.h"
#include "base/utf8.h"
#include "base/word.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLE = 1 << 20, BINARY_SAMPLE = 8192 };

/* Upper halves: the Unicode Consortium's mapping tables (VENDORS/MICSFT/WINDOWS/CP1252.TXT, CP1251.TXT) and
 * RFC 1489. 0 where the set has no character. Only 80 to 9F of windows-1252 differ from Latin-1. */
static const uint16_t cp1252_c1[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static const uint16_t cp1251_low[64] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A,
    0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,      0x2122,
    0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6,
    0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456,
    0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
};

static const uint16_t koi8_low[64] = {
    0x2500, 0x2502, 0x250C, 0x2510, 0x2514, 0x2518, 0x251C, 0x2524, 0x252C, 0x2534, 0x253C, 0x2580, 0x2584,
    0x2588, 0x258C, 0x2590, 0x2591, 0x2592, 0x2593, 0x2320, 0x25A0, 0x2219, 0x221A, 0x2248, 0x2264, 0x2265,
    0x00A0, 0x2321, 0x00B0, 0x00B2, 0x00B7, 0x00F7, 0x2550, 0x2551, 0x2552, 0x0451, 0x2553, 0x2554, 0x2555,
    0x2556, 0x2557, 0x2558, 0x2559, 0x255A, 0x255B, 0x255C, 0x255D, 0x255E, 0x255F, 0x2560, 0x2561, 0x0401,
    0x2562, 0x2563, 0x2564, 0x2565, 0x2566, 0x2567, 0x2568, 0x2569, 0x256A, 0x256B, 0x256C, 0x00A9,
};

/* The lower case letters at C0 to DF, as their distance from U+0430; E0 to FF are the same in upper case. */
static const uint8_t koi8_letters[32] = {
    30, 0,  1,  22, 4,  5,  20, 3,  21, 8,  9, 10, 11, 12, 13, 14,
    15, 31, 16, 17, 18, 19, 6,  2,  28, 27, 7, 24, 29, 25, 23, 26,
};

uint32_t charset_of_byte(enum charset c, unsigned char byte)
{
    if (byte < 0x80)
        return byte;
    switch (c) {
    case CHARSET_WINDOWS_1252:
        return byte < 0xA0 ? cp1252_c1[byte - 0x80] : byte;
    case CHARSET_WINDOWS_1251:
        return byte < 0xC0 ? cp1251_low[byte - 0x80] : 0x0410u + (byte - 0xC0u);
    case CHARSET_KOI8_R:
        if (byte < 0xC0)
            return koi8_low[byte - 0x80];
        return byte < 0xE0 ? 0x0430u + koi8_letters[byte - 0xC0] : 0x0410u + koi8_letters[byte - 0xE0];
    default:
        return byte;
    }
}

/* UTF-16: what a pair of bytes says, and how many bytes it took; a lone half is U+FFFD. */
static size_t utf16_next(const unsigned char *s, size_t len, bool big, uint32_t *cp)
{
    uint32_t high, low;

    *cp = UTF8_BAD;
    if (len < 2)
        return 1;
    high = big ? (uint32_t)s[0] << 8 | s[1] : (uint32_t)s[1] << 8 | s[0];
    if (high < 0xD800 || high > 0xDFFF) {
        *cp = high;
        return 2;
    }
    if (high > 0xDBFF || len < 4)
        return 2;
    low = big ? (uint32_t)s[2] << 8 | s[3] : (uint32_t)s[3] << 8 | s[2];
    if (low < 0xDC00 || low > 0xDFFF)
        return 2;
    *cp = 0x10000 + ((high & 0x3FF) << 10 | (low & 0x3FF));
    return 4;
}

/* How text-like the bytes are as UTF-16: the number of white space characters, or 0 where controls,
 * lone surrogates or code points that no text has stand in it. */
static size_t utf16_spaces(const unsigned char *s, size_t len, bool big)
{
    size_t at = 0, spaces = 0, units = 0, bad = 0;

    while (at + 1 < len) {
        uint32_t cp;

        at += utf16_next(s + at, len - at, big, &cp);
        units++;
        if (cp == ' ' || cp == '\n' || cp == '\r' || cp == '\t' || cp == 0x3000 || cp == 0x3002)
            spaces++;
        else if (cp < 0x20 || cp == UTF8_BAD || (cp & 0xFFFE) == 0xFFFE)
            bad++;
        else if (cp >= 0x0700 && cp < 0x0900)
            bad++; /* scripts of very few pages, where the swapped bytes of Latin text come to lie */
    }
    return bad * 500 > units || spaces * 100 < units ? 0 : spaces;
}

/* Text without a mark: zero bytes must be there (a space is one), on one side only. */
static bool guess_utf16(const unsigned char *s, size_t len, enum charset *c)
{
    size_t i, zeros[2] = {0, 0}, little, big;

    len = len > BINARY_SAMPLE ? BINARY_SAMPLE : len;
    if (!memchr(s, 0, len))
        return false;
    for (i = 0; i < len; i++)
        zeros[i & 1] += s[i] == 0;
    if (len < 4 || (zeros[0] + zeros[1]) * 100 < len)
        return false;
    little = zeros[1] > zeros[0] ? utf16_spaces(s, len, false) : 0;
    big = zeros[0] > zeros[1] ? utf16_spaces(s, len, true) : 0;
    if (!little && !big)
        return false;
    *c = little > big ? CHARSET_UTF16LE : CHARSET_UTF16BE;
    return true;
}

/* Whether bytes that are not all valid are UTF-8 all the same: sequences that hang together by chance are
 * rare in the single-byte sets, so more good ones than bad bytes decide. */
static bool mostly_utf8(const char *s, size_t len)
{
    size_t at = 0, good = 0, bad = 0;

    while (at < len) {
        uint32_t cp;
        size_t step = utf8_next(s + at, len - at, &cp);

        if (step > 1)
            good++;
        else if ((unsigned char)s[at] >= 0x80 && len - at >= 4)
            bad++; /* at the very end it may only be cut */
        at += step;
    }
    return good > bad;
}

/* ---- Letter statistics of the single-byte sets ---- */

/* Frequency of а to я in Russian prose, in one per mille and rounded up (after Lyashevskaya and Sharov,
 * "Chastotnyi slovar", 2009). */
static const uint8_t russian[32] = {
    80, 16, 45, 17, 30, 85, 9, 16, 74, 12, 35, 44, 32, 67, 110, 28,
    47, 55, 63, 26, 3,  10, 5, 14, 7,  4,  1,  19, 17, 3,  6,   20,
};

/* The commonest pairs of letters in Russian. */
static const char russian_pairs[] = "стноентонаовниравоконеротересказаналиолереталовасорепоинтикосьтьлкпрогодееи";

static const uint8_t western_common[] = { /* é è à ü ä ö ß ç ñ ó í á ú ã õ ê â ô î û ø å æ ë ï ì ò ù É Ü Ö Ä */
    0xE9, 0xE8, 0xE0, 0xFC, 0xE4, 0xF6, 0xDF, 0xE7, 0xF1, 0xF3, 0xED, 0xE1, 0xFA, 0xE3, 0xF5, 0xEA,
    0xE2, 0xF4, 0xEE, 0xFB, 0xF8, 0xE5, 0xE6, 0xEB, 0xEF, 0xEC, 0xF2, 0xF9, 0xC9, 0xDC, 0xD6, 0xC4,
};

struct letter_stats {
    uint8_t frequency[256];       /* 0: not a letter here */
    uint8_t upper[256];           /* whether it is a capital */
    uint8_t pair[32][32];         /* Cyrillic: whether the pair is common */
    uint8_t index[256];           /* Cyrillic: а is 0, in either case; 255: none */
};

static void stats_cyrillic(struct letter_stats *st, enum charset c)
{
    size_t at, len = sizeof russian_pairs - 1;
    int byte;

    memset(st, 0, sizeof *st);
    memset(st->index, 255, sizeof st->index);
    for (byte = 0x80; byte < 256; byte++) {
        uint32_t cp = charset_of_byte(c, (unsigned char)byte);

        if (cp >= 0x0410 && cp < 0x0450) {
            st->index[byte] = (uint8_t)((cp - 0x0410) & 31);
            st->frequency[byte] = (uint8_t)(russian[st->index[byte]] + 1);
            st->upper[byte] = cp < 0x0430;
        } else if (cp >= 0x0400 && cp < 0x0500) { /* ё, and the letters of Ukrainian, Serbian, Macedonian */
            st->frequency[byte] = 6;
            st->upper[byte] = cp < 0x0430 || cp == 0x0490;
        }
    }
    for (at = 0; at + 4 <= len; at += 4) {
        uint32_t first, second;

        utf8_next(russian_pairs + at, 2, &first);
        utf8_next(russian_pairs + at + 2, 2, &second);
        st->pair[first - 0x0430][second - 0x0430] = 1;
    }
}

static void stats_western(struct letter_stats *st)
{
    size_t i;
    int byte;

    memset(st, 0, sizeof *st);
    for (byte = 0xC0; byte < 256; byte++) {
        st->frequency[byte] = byte == 0xD7 || byte == 0xF7 ? 0 : 2;
        st->upper[byte] = byte < 0xDF;
    }
    for (i = 0; i < sizeof western_common; i++)
        st->frequency[western_common[i]] = i < 12 ? 70 : 20;
    st->frequency[0x8A] = st->frequency[0x9A] = st->frequency[0x8C] = st->frequency[0x9C] = 4;
    st->frequency[0x8E] = st->frequency[0x9E] = st->frequency[0x9F] = 2;
    st->upper[0x8A] = st->upper[0x8C] = st->upper[0x8E] = st->upper[0x9F] = 1;
}

static bool ascii_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_capital(const struct letter_stats *st, unsigned char c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : st->upper[c];
}

static int log_of(unsigned frequency)
{
    int bits = 0;

    for (; frequency > 1; frequency >>= 1)
        bits++;
    return bits;
}

/* How well one byte above 7F fits between its neighbours, in bits. A Cyrillic word is all above 7F, a
 * Western one mostly below: letters of the two do not mix in a word. */
static int fit(const struct letter_stats *st, bool cyrillic, unsigned char prev, unsigned char c,
               unsigned char next)
{
    bool before = prev >= 0x80 && st->frequency[prev], after = next >= 0x80 && st->frequency[next];
    int bits;

    if (!st->frequency[c])
        return 0;
    bits = log_of(st->frequency[c]) - 4;
    if (cyrillic) {
        bits -= ascii_letter(prev) ? 6 : 0;
        bits -= ascii_letter(next) ? 6 : 0;
        if (before && st->index[prev] < 32 && st->index[c] < 32)
            bits += st->pair[st->index[prev]][st->index[c]] ? 2 : 0;
    } else {
        bits -= before ? 3 : 0;
        bits -= after ? 3 : 0;
        bits += ascii_letter(prev) || ascii_letter(next) ? 2 : 0;
        bits -= !before && !after && !ascii_letter(prev) && !ascii_letter(next) && c != 0xE0 ? 2 : 0;
    }
    if ((before || ascii_letter(prev)) && is_capital(st, c) && !is_capital(st, prev))
        bits -= 5; /* a capital inside a word */
    if (after && is_capital(st, c) && before && is_capital(st, prev))
        bits -= 1; /* text is mostly lower case */
    return bits;
}

static long fitness(const struct letter_stats *st, enum charset c, const unsigned char *s, size_t len)
{
    bool cyrillic = c != CHARSET_WINDOWS_1252;
    long bits = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        uint32_t cp;

        if (s[i] < 0x80)
            continue;
        cp = charset_of_byte(c, s[i]);
        if (cp == 0 || (cp >= 0x2219 && cp < 0x2600))
            bits -= 6; /* no character, or frames and mathematics, which articles do not have */
        bits += fit(st, cyrillic, i > 0 ? s[i - 1] : ' ', s[i], i + 1 < len ? s[i + 1] : ' ');
    }
    return bits;
}

static enum charset guess_single(const unsigned char *s, size_t len)
{
    static const enum charset candidates[] = {CHARSET_WINDOWS_1252, CHARSET_WINDOWS_1251, CHARSET_KOI8_R};
    struct letter_stats *st = mem_alloc(sizeof *st);
    enum charset best = CHARSET_WINDOWS_1252;
    long best_fit = 0;
    size_t i;

    for (i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        long bits;

        if (candidates[i] == CHARSET_WINDOWS_1252)
            stats_western(st);
        else
            stats_cyrillic(st, candidates[i]);
        bits = fitness(st, candidates[i], s, len);
        if (i == 0 || bits > best_fit) {
            best = candidates[i];
            best_fit = bits;
        }
    }
    free(st);
    if (best != CHARSET_WINDOWS_1252)
        return best;
    for (i = 0; i < len; i++)
        if (s[i] >= 0x80 && s[i] < 0xA0 && cp1252_c1[s[i] - 0x80])
            return CHARSET_WINDOWS_1252;
    return CHARSET_LATIN1;
}

enum charset charset_guess(const char *bytes, size_t len)
{
    const unsigned char *s = (const unsigned char *)bytes;
    enum charset c;
    size_t bad;

    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return CHARSET_UTF8;
    if (len >= 2 && s[0] == 0xFF && s[1] == 0xFE)
        return CHARSET_UTF16LE;
    if (len >= 2 && s[0] == 0xFE && s[1] == 0xFF)
        return CHARSET_UTF16BE;
    if (guess_utf16(s, len, &c))
        return c;
    if (utf8_valid(bytes, len, &bad))
        return CHARSET_UTF8;
    if (mostly_utf8(bytes, len))
        return CHARSET_UTF8;
    bad -= bad < 4096 ? bad : 4096; /* a long beginning in ASCII says nothing */
    len -= bad;
    return guess_single(s + bad, len > SAMPLE ? SAMPLE : len);
}

/* How many of the first n of eight bytes no text has: control characters but for \b to \r and ESC. */
static size_t controls_in(uint64_t eight, size_t n)
{
    uint64_t bits = word_between(eight, 0, 0x1F) | word_between(eight, 0x7F, 0x7F);

    if (bits)
        bits &= ~(word_between(eight, 0x08, 0x0D) | word_between(eight, 0x1B, 0x1B));
    return bits ? word_count(word_low(bits, n)) : 0;
}

bool charset_is_binary(const char *bytes, size_t len)
{
    const unsigned char *s = (const unsigned char *)bytes;
    size_t i, controls = 0;
    enum charset c;

    len = len > BINARY_SAMPLE ? BINARY_SAMPLE : len;
    if (len >= 5 && memcmp(bytes, "%PDF-", 5) == 0)
        return true;
    if (len >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF)))
        return utf16_spaces(s + 2, len - 2, s[0] == 0xFE) == 0 && len > 64;
    for (i = 0; i < len; i += sizeof(uint64_t))
        controls += controls_in(word_load(bytes + i, len - i), len - i);
    return controls > 3 && controls * 32 > len && !guess_utf16(s, len, &c);
}

/* ---- Decoding ---- */

static void add_mark(struct charset_map *map, size_t text, size_t source, size_t text_step, size_t source_step)
{
    struct charset_mark *last;

    if (!map)
        return;
    last = map->count ? &map->marks[map->count - 1] : NULL;
    if (last && last->text_step == text_step && last->source_step == source_step &&
        (text - last->text) % text_step == 0 &&
        last->source + (text - last->text) / text_step * source_step == source)
        return; /* the last mark says so already */
    if (!last && text == source && text_step == source_step)
        return;
    if (last && last->text == text)
        map->count--;
    mem_grow(&map->marks, &map->cap, map->count + 1, sizeof *map->marks);
    map->marks[map->count++] = (struct charset_mark){text, source, (uint8_t)text_step, (uint8_t)source_step};
}

static void decode_single(enum charset c, const unsigned char *s, size_t len, struct buf *out,
                          struct charset_map *map)
{
    size_t at = 0, base = out->len;

    while (at < len) {
        size_t start = at;
        char bytes[4];
        size_t step;
        uint32_t cp;

        while (at < len && s[at] < 0x80)
            at++;
        if (at > start) {
            add_mark(map, out->len - base, start, 1, 1);
            buf_add(out, s + start, at - start);
            continue;
        }
        cp = charset_of_byte(c, s[at]);
        step = utf8_encode(cp ? cp : UTF8_BAD, bytes);
        add_mark(map, out->len - base, at, step, 1);
        buf_add(out, bytes, step);
        at++;
    }
    add_mark(map, out->len - base, len, 1, 1);
}

static void decode_utf16(bool big, const unsigned char *s, size_t len, struct buf *out,
                         struct charset_map *map)
{
    size_t at = 0, base = out->len;

    while (at < len) {
        char bytes[4];
        uint32_t cp;
        size_t took = utf16_next(s + at, len - at, big, &cp), step = utf8_encode(cp, bytes);

        add_mark(map, out->len - base, at, step, took);
        buf_add(out, bytes, step);
        at += took;
    }
    add_mark(map, out->len - base, len, 1, 1);
}

static void decode_utf8(const char *s, size_t len, struct buf *out, struct charset_map *map)
{
    struct mojibake m;
    size_t at = 0, base = out->len;

    mojibake_init(&m, s, len);
    while (mojibake_next(&m)) {
        char bytes[4];
        size_t step = utf8_encode(m.cp, bytes);

        buf_add(out, s + at, m.start - at);
        add_mark(map, out->len - base, m.start, step, m.end - m.start);
        buf_add(out, bytes, step);
        add_mark(map, out->len - base, m.end, 1, 1);
        at = m.end;
    }
    buf_add(out, s + at, len - at);
}

void charset_decode(enum charset c, const char *bytes, size_t len, struct buf *out, struct charset_map *map)
{
    const unsigned char *s = (const unsigned char *)bytes;

    buf_reserve(out, len);
    if (c == CHARSET_UTF8)
        decode_utf8(bytes, len, out, map);
    else if (c == CHARSET_UTF16LE || c == CHARSET_UTF16BE)
        decode_utf16(c == CHARSET_UTF16BE, s, len, out, map);
    else
        decode_single(c, s, len, out, map);
}

size_t charset_source(const struct charset_map *map, size_t t)
{
    size_t low = 0, high = map->count;
    const struct charset_mark *m;

    while (low < high) { /* the first mark beyond t */
        size_t middle = low + (high - low) / 2;

        if (map->marks[middle].text <= t)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return t;
    m = &map->marks[low - 1];
    return m->source + (t - m->text) / m->text_step * m->source_step;
}

void charset_map_release(struct charset_map *map)
{
    free(map->marks);
    memset(map, 0, sizeof *map);
}
