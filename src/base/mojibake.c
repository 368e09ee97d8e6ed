/* SPDX-License-Identifier: ISC */
/*
 * What was once the bytes of a UTF-8 sequence stands as two to four characters of a single-byte set: a letter
 * (the lead byte) and symbols (the rest). Honest text can put a letter before a symbol too ("IRMÃ”, "Spaß”),
 * so each shape is either certain, or taken only where it comes in a chain, or only where the text holds a
 * certain one elsewhere. Runs are mended in rounds, because some text was encoded three times.
 */
#include "base/mojibake.h"

#include "base/charset.h"
#include "base/utf8.h"

#include <string.h>

enum set { LATIN, CYRILLIC, SETS };
enum belief { NEVER, CHAIN_OF_3, CHAIN_OF_2, PROVEN, CERTAIN };
enum { ROUNDS = 3, OVERLAP = 16 };

/* The byte that cp was in the set, or 0. The controls U+0080 to U+009F count as themselves, for those who
 * read Latin-1 or fill the holes of windows-1252 that way. */
static unsigned char byte_of(enum set set, uint32_t cp)
{
    int byte;

    if (set == LATIN) {
        if (cp < 0x100)
            return cp >= 0x80 ? (unsigned char)cp : 0;
        if (cp != 0x0152 && cp != 0x0153 && cp != 0x0160 && cp != 0x0161 && cp != 0x0178 && cp != 0x017D &&
            cp != 0x017E && cp != 0x0192 && cp != 0x02C6 && cp != 0x02DC && (cp < 0x2013 || cp > 0x2122))
            return 0;
        for (byte = 0x80; byte < 0xA0; byte++)
            if (charset_of_byte(CHARSET_WINDOWS_1252, (unsigned char)byte) == cp)
                return (unsigned char)byte;
        return 0;
    }
    if (cp >= 0x0410 && cp < 0x0450)
        return (unsigned char)(0xC0 + (cp - 0x0410));
    if (cp == 0x98)
        return 0x98;
    if (cp < 0xA0 || cp > 0x2122 || (cp > 0x0491 && cp < 0x2013))
        return 0;
    for (byte = 0x80; byte < 0xC0; byte++)
        if (charset_of_byte(CHARSET_WINDOWS_1251, (unsigned char)byte) == cp)
            return (unsigned char)byte;
    return 0;
}

static bool is_continuation(enum set set, uint32_t cp)
{
    unsigned char byte = byte_of(set, cp);

    return byte >= 0x80 && byte < 0xC0;
}

/* Whether a and b could begin a place: cheap, for the pass over clean text. */
static bool could_begin(uint32_t a, uint32_t b)
{
    if (a >= 0xC2 && a <= 0xF4)
        return is_continuation(LATIN, b);
    if (a == 0x0420 || a == 0x0421 || a == 0x0432 || a == 0x0412 || a == 0x0413)
        return is_continuation(CYRILLIC, b);
    return false;
}

/* The character whose UTF-8 the characters at c, of which count are there, spell in the set; 0 where they
 * do not. How many they are goes to *took. */
static uint32_t spelled(enum set set, const struct mojibake_char *c, size_t count, size_t *took)
{
    unsigned char lead = byte_of(set, c->cp);
    size_t need = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0, i;
    char bytes[4];
    uint32_t cp;

    if (need == 0 || need > count)
        return 0;
    bytes[0] = (char)lead;
    for (i = 1; i < need; i++)
        bytes[i] = (char)byte_of(set, c[i].cp);
    if (utf8_next(bytes, need, &cp) != need)
        return 0;
    *took = need;
    return cp;
}

static bool is_lower(uint32_t cp)
{
    return cp >= 'a' && cp <= 'z';
}

static bool is_upper(uint32_t cp)
{
    return (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7);
}

/* What ends or follows a word in honest text: quotes, dashes, dots, a fixed space. */
static bool is_punctuation(uint32_t cp)
{
    return cp == 0xA0 || cp == 0xAB || cp == 0xBB || cp == 0x2026 || (cp >= 0x2013 && cp <= 0x203A);
}

static bool is_quote(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '(' || cp == ')' || cp == '`' || cp == 0xAB || cp == 0xBB ||
           (cp >= 0x2018 && cp <= 0x201F);
}

static enum belief belief_latin(uint32_t meant, const struct mojibake_char *c, uint32_t before,
                                uint32_t after)
{
    uint32_t lead = c[0].cp, second = c[1].cp;

    if (lead == 0xC2) /* Â: the symbols of Latin-1 */
        return meant < 0xA0 ? NEVER : is_upper(before) ? PROVEN : CERTAIN;
    if (lead == 0xC3) { /* Ã: its letters */
        if (!is_punctuation(second) || is_lower(before) || (is_lower(after) && !is_upper(before)))
            return CERTAIN;
        return PROVEN;
    }
    if (lead == 0xC4 || lead == 0xC5) /* Ä, Å: letters of Central Europe */
        return is_lower(before) && is_lower(after) ? CERTAIN : PROVEN;
    if (lead >= 0xCE && lead <= 0xD1) /* Greek, Cyrillic */
        return meant < 0x0370 ? NEVER : CHAIN_OF_2;
    if (lead < 0xE0)
        return meant >= 0x0590 && meant < 0x0700 ? CHAIN_OF_3 : NEVER;
    if (lead == 0xE2) /* quotes, dashes, arrows, signs; an opening low quote never follows a letter */
        return is_punctuation(second) && second != 0x201A && second != 0x201E && second != 0x2020 &&
                       second != 0x2021
                   ? NEVER
                   : CERTAIN;
    if (meant == 0xFEFF || meant == 0xFFFD)
        return CERTAIN;
    if (lead < 0xF0)
        return meant >= 0x0900 && (meant < 0xE000 || meant >= 0xF900) ? CHAIN_OF_2 : NEVER;
    return meant >= 0x1F000 && meant < 0x20000 ? CERTAIN : NEVER; /* emoji */
}

static enum belief belief_cyrillic(uint32_t meant, const struct mojibake_char *c)
{
    uint32_t lead = c[0].cp;

    if (lead == 0x0420 || lead == 0x0421) /* Р, С: Cyrillic itself */
        return meant >= 0x0401 && meant <= 0x0491 ? CHAIN_OF_3 : NEVER;
    if (lead == 0x0432) /* в: quotes and dashes are certain by the Ђ after it */
        return c[1].cp == 0x0402 ? CERTAIN : PROVEN;
    if (lead == 0x0412)
        return meant >= 0xA0 && meant < 0xC0 ? PROVEN : NEVER;
    return NEVER;
}

static uint32_t char_before(const struct mojibake *m, size_t i)
{
    uint32_t cp = ' ';

    if (i > 0)
        return m->run[i - 1].cp;
    if (m->run[0].start > 0)
        utf8_prev(m->text, m->run[0].start, &cp);
    return cp;
}

static uint32_t char_after(const struct mojibake *m, size_t i)
{
    uint32_t cp = ' ';
    size_t end;

    if (i < m->count)
        return m->run[i].cp;
    end = m->run[m->count - 1].end;
    if (end < m->len)
        utf8_next(m->text + end, m->len - end, &cp);
    return cp;
}

/* How many sequences of the same script hang together from i on; stops counting at 3. */
static int chain_from(const struct mojibake *m, enum set set, size_t i, uint32_t meant)
{
    size_t took;
    uint32_t cp;
    int links = 0;

    while (links < 3 && i < m->count) {
        cp = spelled(set, &m->run[i], m->count - i, &took);
        if (cp == 0 || (cp >> 8 != meant >> 8 && (cp < 0x0900 || meant < 0x0900)))
            break;
        links++;
        i += took;
    }
    return links;
}

/* Whether the sequence at i is to be mended; *certain where nothing else can be meant. The link before it,
 * when that was mended just now, keeps a chain going at its end. */
static bool believed(const struct mojibake *m, enum set set, size_t i, size_t took, uint32_t meant, int link,
                     bool *certain)
{
    uint32_t before = char_before(m, i), after = char_after(m, i + took);
    enum belief belief =
        set == LATIN ? belief_latin(meant, &m->run[i], before, after) : belief_cyrillic(meant, &m->run[i]);

    *certain = false;
    if (belief == NEVER || (link == 0 && is_quote(before) && is_quote(after)))
        return false; /* alone in quotes: an article about this very thing */
    if (belief == CHAIN_OF_2 || belief == CHAIN_OF_3) {
        *certain = link + chain_from(m, set, i, meant) >= (belief == CHAIN_OF_2 ? 2 : 3);
        return *certain || m->proven[set];
    }
    *certain = belief == CERTAIN;
    return *certain || m->proven[set];
}

/* One round over the run: mends what is believed and closes the gaps. Returns how many were mended. */
static size_t mend_round(struct mojibake *m)
{
    size_t from = 0, to = 0, mended = 0;
    int link = 0;

    while (from < m->count) {
        struct mojibake_char c = m->run[from];
        size_t took = 1;
        int set;

        for (set = LATIN; set < SETS; set++) {
            size_t need = 0;
            uint32_t meant = spelled(set, &m->run[from], m->count - from, &need);
            bool certain;

            if (meant == 0 || !believed(m, set, from, need, meant, link, &certain))
                continue;
            m->proven[set] |= certain;
            c = (struct mojibake_char){meant, c.start, m->run[from + need - 1].end, true};
            took = need;
            break;
        }
        link = took > 1 ? link + 1 : 0;
        mended += took > 1;
        from += took;
        m->run[to++] = c;
        if (to < from)
            m->run[from - 1] = c; /* what char_before looks at */
    }
    m->count = to;
    return mended;
}

/* Where a run that may hold a place begins, from at on; len where there is none. Passes over ASCII eight
 * bytes at a time and over a lone character at once. */
static size_t find_run(const char *s, size_t len, size_t at)
{
    while (at < len) {
        uint64_t word;
        uint32_t cp, last = 0;
        size_t start;

        if (len - at >= sizeof word) {
            memcpy(&word, s + at, sizeof word);
            if (!(word & 0x8080808080808080u)) {
                at += sizeof word;
                continue;
            }
        }
        if ((unsigned char)s[at] < 0x80) {
            at++;
            continue;
        }
        start = at;
        while (at < len && (unsigned char)s[at] >= 0x80) {
            at += utf8_next(s + at, len - at, &cp);
            if (last && could_begin(last, cp))
                return start;
            last = cp;
        }
    }
    return len;
}

/* Takes the run that begins at byte at, or as much of it as there is room for; returns where to go on. */
static size_t take_run(struct mojibake *m, size_t at)
{
    size_t cut;

    m->count = 0;
    m->given = 0;
    while (at < m->len && (unsigned char)m->text[at] >= 0x80 && m->count < MOJIBAKE_RUN) {
        struct mojibake_char *c = &m->run[m->count++];

        c->start = at;
        at += utf8_next(m->text + at, m->len - at, &c->cp);
        c->end = at;
        c->mended = false;
    }
    if (m->count < MOJIBAKE_RUN)
        return at;
    for (cut = MOJIBAKE_RUN - 1; cut > MOJIBAKE_RUN - OVERLAP; cut--) {
        uint32_t cp = m->run[cut].cp;

        if (is_continuation(LATIN, cp) || is_continuation(CYRILLIC, cp))
            continue; /* a long run must not be cut inside a place */
        m->count = cut;
        return m->run[cut].start;
    }
    return at;
}

void mojibake_init(struct mojibake *m, const char *text, size_t len)
{
    size_t first, at;

    memset(m, 0, offsetof(struct mojibake, run));
    m->text = text;
    m->len = len;
    first = at = find_run(text, len, 0);
    m->at = len;
    while (at < len) {
        size_t next = take_run(m, at);

        mend_round(m);
        if (m->proven[LATIN] || m->proven[CYRILLIC]) {
            m->at = first;
            break;
        }
        at = find_run(text, len, next);
    }
    m->count = m->given = 0;
}

bool mojibake_next(struct mojibake *m)
{
    for (;;) {
        int round;

        while (m->given < m->count) {
            const struct mojibake_char *c = &m->run[m->given++];

            if (c->mended) {
                m->start = c->start;
                m->end = c->end;
                m->cp = c->cp;
                return true;
            }
        }
        m->at = find_run(m->text, m->len, m->at);
        if (m->at >= m->len)
            return false;
        m->at = take_run(m, m->at);
        for (round = 0; round < ROUNDS && mend_round(m) > 0; round++)
            continue;
    }
}
