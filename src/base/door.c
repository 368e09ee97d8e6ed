/* SPDX-License-Identifier: ISC */
#include "base/door.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <string.h>

enum {
    SOFT_HYPHEN = 0xAD,
    ZWNJ = 0x200C,
    ZWJ = 0x200D,
    DOTTED_CIRCLE = 0x25CC,
    BLACK_FLAG = 0x1F3F4,
    MARKS_MAX = 4, /* what a cell of curses holds beside its base */
    NO_BASE = -1,
};

static bool within(uint32_t cp, uint32_t first, uint32_t last)
{
    return cp - first <= last - first;
}

/* Characters of the commonest scripts that pass as they are and can carry marks. */
static bool is_plain(uint32_t cp)
{
    if (cp < 0x80)
        return cp > 32 && cp < 127;
    if (cp < 0x0300)
        return cp >= 0xA0 && cp != SOFT_HYPHEN;
    if (cp < 0x2010)
        return within(cp, 0x0400, 0x0481) || within(cp, 0x048A, 0x052F) || within(cp, 0x03A3, 0x03FF) ||
               within(cp, 0x0390, 0x03A1) || within(cp, 0x05D0, 0x05EA) || within(cp, 0x0620, 0x064A) ||
               within(cp, 0x0904, 0x0939) || within(cp, 0x0E01, 0x0E30) || within(cp, 0x1E00, 0x1EFF);
    return within(cp, 0x2010, 0x2027) || within(cp, 0x2030, 0x205E) || within(cp, 0x20A0, 0x20BF) ||
           within(cp, 0x3000, 0x3029) || within(cp, 0x3041, 0x3096) || within(cp, 0x30A0, 0x30FF) ||
           within(cp, 0x3400, 0x4DBF) || within(cp, 0x4E00, 0x9FFC) || within(cp, 0xAC00, 0xD7A3) ||
           within(cp, 0xFF01, 0xFF60);
}

static void put(struct door *d, struct buf *out, uint32_t cp, int marks)
{
    if (cp < 0x80)
        buf_add_char(out, (char)cp);
    else
        buf_add_cp(out, cp);
    d->last = cp;
    d->marks = marks;
}

static void put_named(struct door *d, struct buf *out, uint32_t value, bool bad_byte)
{
    if (bad_byte)
        buf_add_fmt(out, "<%02X>", (unsigned)value);
    else
        buf_add_fmt(out, "<U+%04X>", (unsigned)value);
    d->last = '>';
    d->marks = NO_BASE;
}

static void put_space(struct door *d, struct buf *out, char c)
{
    put(d, out, (unsigned char)c, NO_BASE);
}

static void take_control(struct door *d, struct buf *out, uint32_t cp, unsigned flags)
{
    if (cp == '\t')
        put_space(d, out, flags & DOOR_KEEP_TABS ? '\t' : ' ');
    else if (cp == '\n' || cp == '\r' || cp == 0x85)
        put_space(d, out, flags & DOOR_KEEP_ENDS ? '\n' : ' ');
    else if (cp < 32)
        put(d, out, 0x2400 + cp, NO_BASE);
    else if (cp == 127)
        put(d, out, 0x2421, NO_BASE);
    else
        put_named(d, out, cp, false);
}

static bool is_jamo(uint32_t cp)
{
    return within(cp, 0x1100, 0x11FF) || within(cp, 0xA960, 0xA97F) || within(cp, 0xAC00, 0xD7FF);
}

/* Letters that ZWJ and ZWNJ shape, and their marks; the presentation forms of Arabic have their shape. */
static bool takes_joiners(uint32_t cp)
{
    enum unicode_form form = unicode_form(cp);

    if (form != UNICODE_VISIBLE && form != UNICODE_MARK)
        return false;
    switch (unicode_script(cp)) {
    case UNICODE_ARABIC:
        return cp < 0xFB50;
    case UNICODE_INDIC:
    case UNICODE_THAI:
        return true;
    default:
        return within(cp, 0x0700, 0x08FF) || within(cp, 0x1800, 0x18AF) || within(cp, 0x1B00, 0x1BFF);
    }
}

static bool is_selector(uint32_t cp)
{
    return within(cp, 0xFE00, 0xFE0F) || within(cp, 0xE0100, 0xE01EF) || within(cp, 0x180B, 0x180D) || cp == 0x180F;
}

/* One that has columns needs no base: a narrow line may have been broken before it. */
static void take_mark(struct door *d, struct buf *out, uint32_t cp, bool columns)
{
    bool jamo = is_jamo(cp);
    bool lone = d->marks == NO_BASE || d->last == 0 || (jamo && !is_jamo(d->last) && d->last != DOTTED_CIRCLE);

    if (is_selector(cp))
        return;
    if (lone && columns) {
        put(d, out, cp, 1);
        return;
    }
    if (lone)
        put(d, out, DOTTED_CIRCLE, 0);
    if (d->marks < MARKS_MAX)
        put(d, out, cp, d->marks + 1);
}

/* Invisible characters that only say where letters join, lines break or directions turn. */
static bool is_hint(uint32_t cp)
{
    return cp == SOFT_HYPHEN || within(cp, 0x200B, 0x200F) || cp == 0x2060 || cp == 0xFEFF || cp == 0x061C ||
           cp == 0x180E;
}

/* A joiner passes whatever follows: a line may end with one. */
static void take_format(struct door *d, struct buf *out, uint32_t cp, unsigned flags)
{
    if (cp == 0x2028 || cp == 0x2029)
        put_space(d, out, flags & DOOR_KEEP_ENDS ? '\n' : ' ');
    else if ((cp == ZWNJ || cp == ZWJ) && takes_joiners(d->last) && d->marks != NO_BASE &&
             d->marks + 1 < MARKS_MAX) /* so that a mark after it has room too */
        put(d, out, cp, d->marks + 1);
    else if (is_hint(cp))
        return;
    else if (d->last == BLACK_FLAG && within(cp, 0xE0020, 0xE007F))
        return;
    else
        put_named(d, out, cp, false);
}

size_t door_next(struct door *d, struct buf *out, const char *s, size_t len, unsigned flags)
{
    uint32_t cp;
    size_t step = utf8_next(s, len, &cp);

    if (is_plain(cp)) {
        put(d, out, cp, 0);
    } else if (cp == ' ') {
        put_space(d, out, ' ');
    } else if (cp < 32 || within(cp, 0x7F, 0x9F)) {
        if (cp == '\r' && step < len && s[step] == '\n')
            step++;
        take_control(d, out, cp, flags);
    } else if (cp == UTF8_BAD && step == 1) {
        put_named(d, out, (unsigned char)s[0], true);
    } else if (within(cp, 0x1F3FB, 0x1F3FF) && unicode_is_emoji(d->last)) {
        return step;
    } else {
        switch (unicode_form(cp)) {
        case UNICODE_VISIBLE:
            put(d, out, cp, 0);
            break;
        case UNICODE_MARK:
            take_mark(d, out, cp, unicode_columns(s, step) > 0);
            break;
        case UNICODE_FORMAT:
            take_format(d, out, cp, flags);
            break;
        case UNICODE_UNKNOWN:
            put_named(d, out, cp, false);
        }
    }
    return step;
}

/* Bytes at s that are printable ASCII. */
static size_t ascii_run(const char *s, size_t len)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    size_t at = 0;
    uint64_t w;

    while (len - at >= sizeof w) {
        memcpy(&w, s + at, sizeof w);
        /* A high bit: not ASCII; or a byte below 0x20; or 0x7F, which adding 1 carries to 0x80. */
        if ((w | (w - ones * 0x20) | (w + ones)) & high)
            break;
        at += sizeof w;
    }
    while (at < len && (unsigned char)s[at] >= 32 && (unsigned char)s[at] < 127)
        at++;
    return at;
}

void door_add(struct buf *out, const char *s, size_t len, unsigned flags)
{
    struct door d = {0, 0};
    size_t at = 0;

    buf_reserve(out, len);
    while (at < len) {
        size_t run = ascii_run(s + at, len - at);

        if (run) {
            buf_add(out, s + at, run);
            at += run;
            d.last = (unsigned char)s[at - 1];
            d.marks = d.last == ' ' ? NO_BASE : 0;
        } else {
            at += door_next(&d, out, s + at, len - at, flags);
        }
    }
}

bool door_is_clean(const char *s, size_t len, unsigned flags)
{
    struct door d = {0, 0};
    struct buf out;
    size_t at = 0;
    bool clean = true;

    buf_init(&out);
    while (at < len && clean) {
        size_t step = ascii_run(s + at, len - at);
        uint32_t cp;

        if (step) {
            at += step;
            d.last = (unsigned char)s[at - 1];
            d.marks = d.last == ' ' ? NO_BASE : 0;
            continue;
        }
        step = utf8_next(s + at, len - at, &cp);
        if (is_plain(cp)) {
            d.last = cp;
            d.marks = 0;
        } else {
            buf_clear(&out);
            step = door_next(&d, &out, s + at, len - at, flags);
            clean = out.len == step && memcmp(out.data, s + at, step) == 0;
        }
        at += step;
    }
    buf_release(&out);
    return clean;
}

struct shown door_show(struct buf *room, const char *s, size_t len)
{
    if (door_is_clean(s, len, DOOR_LINE))
        return (struct shown){s, len};
    buf_clear(room);
    door_add(room, s, len, DOOR_LINE);
    return (struct shown){room->data, room->len};
}

/* Stand-ins where compatibility decomposition has none. */
struct stand_in {
    uint32_t cp;
    const char *ascii;
};

static const struct stand_in stand_ins[] = {
    {0x00A0, " "},   {0x00A1, "!"},    {0x00A2, "c"},    {0x00A3, "GBP "}, {0x00A5, "JPY "}, {0x00A6, "|"},
    {0x00A7, "S."},  {0x00A9, "(c)"},  {0x00AB, "\""},   {0x00AC, "!"},    {0x00AE, "(R)"},  {0x00B0, "deg"},
    {0x00B1, "+-"},  {0x00B4, "'"},    {0x00B6, "P."},   {0x00B7, "."},    {0x00BB, "\""},   {0x00BF, "?"},
    {0x00C6, "AE"},  {0x00D0, "D"},    {0x00D7, "x"},    {0x00D8, "O"},    {0x00DE, "Th"},   {0x00DF, "ss"},
    {0x00E6, "ae"},  {0x00F0, "d"},    {0x00F7, "/"},    {0x00F8, "o"},    {0x00FE, "th"},   {0x0110, "D"},
    {0x0111, "d"},   {0x0131, "i"},    {0x0141, "L"},    {0x0142, "l"},    {0x0152, "OE"},   {0x0153, "oe"},
    {0x02BC, "'"},   {0x2010, "-"},    {0x2011, "-"},    {0x2012, "-"},    {0x2013, "-"},    {0x2014, "--"},
    {0x2015, "--"},  {0x2018, "'"},    {0x2019, "'"},    {0x201A, ","},    {0x201B, "'"},    {0x201C, "\""},
    {0x201D, "\""},  {0x201E, "\""},   {0x201F, "\""},   {0x2020, "+"},    {0x2021, "++"},   {0x2022, "*"},
    {0x2026, "..."}, {0x2030, "0/00"}, {0x2032, "'"},    {0x2033, "\""},   {0x2039, "<"},    {0x203A, ">"},
    {0x2044, "/"},   {0x20AC, "EUR "}, {0x20BD, "RUB "}, {0x2122, "(TM)"}, {0x2190, "<-"},   {0x2191, "^"},
    {0x2192, "->"},  {0x2193, "v"},    {0x2212, "-"},    {0x22EF, "..."},  {0x2500, "-"},    {0x2502, "|"},
    {0x2506, ":"},   {0x258F, "|"},    {0x25B8, ">"},    {0x25BE, "v"},    {0x25CF, "*"},    {0x25E6, "o"},
    {0x2605, "+"},   {0x3001, ","},    {0x3002, "."},
};

/* Small letters of Greek and Cyrillic as they are written in Latin ones, near to how ELOT 743 and BGN/PCGN do it, so
 * that a headline can be read where nothing but ASCII can be shown. The signs that only soften have none. */
static const struct stand_in letters[] = {
    {0x0390, "i"}, {0x03AC, "a"}, {0x03AD, "e"}, {0x03AE, "i"}, {0x03AF, "i"}, {0x03B0, "y"}, {0x03B1, "a"},
    {0x03B2, "v"}, {0x03B3, "g"}, {0x03B4, "d"}, {0x03B5, "e"}, {0x03B6, "z"}, {0x03B7, "i"},
    {0x03B8, "th"}, {0x03B9, "i"}, {0x03BA, "k"}, {0x03BB, "l"}, {0x03BC, "m"}, {0x03BD, "n"},
    {0x03BE, "x"}, {0x03BF, "o"}, {0x03C0, "p"}, {0x03C1, "r"}, {0x03C2, "s"}, {0x03C3, "s"}, {0x03C4, "t"},
    {0x03C5, "y"}, {0x03C6, "f"}, {0x03C7, "ch"}, {0x03C8, "ps"}, {0x03C9, "o"}, {0x03CA, "i"},
    {0x03CB, "y"}, {0x03CC, "o"}, {0x03CD, "y"}, {0x03CE, "o"}, {0x0430, "a"}, {0x0431, "b"}, {0x0432, "v"},
    {0x0433, "g"}, {0x0434, "d"}, {0x0435, "e"}, {0x0436, "zh"}, {0x0437, "z"}, {0x0438, "i"},
    {0x0439, "y"}, {0x043A, "k"}, {0x043B, "l"}, {0x043C, "m"}, {0x043D, "n"}, {0x043E, "o"}, {0x043F, "p"},
    {0x0440, "r"}, {0x0441, "s"}, {0x0442, "t"}, {0x0443, "u"}, {0x0444, "f"}, {0x0445, "kh"},
    {0x0446, "ts"}, {0x0447, "ch"}, {0x0448, "sh"}, {0x0449, "shch"}, {0x044A, ""}, {0x044B, "y"},
    {0x044C, ""}, {0x044D, "e"}, {0x044E, "yu"}, {0x044F, "ya"}, {0x0450, "e"}, {0x0451, "yo"},
    {0x0452, "dj"}, {0x0453, "gj"}, {0x0454, "ye"}, {0x0455, "dz"}, {0x0456, "i"}, {0x0457, "yi"},
    {0x0458, "j"}, {0x0459, "lj"}, {0x045A, "nj"}, {0x045B, "c"}, {0x045C, "kj"}, {0x045D, "i"},
    {0x045E, "w"}, {0x045F, "dz"}, {0x0491, "g"}, {0x0493, "gh"}, {0x0497, "zh"}, {0x049B, "q"},
    {0x04A3, "ng"}, {0x04A9, "h"}, {0x04AF, "u"}, {0x04B1, "u"}, {0x04B3, "h"}, {0x04BB, "h"},
    {0x04D9, "a"}, {0x04E9, "o"},
};

static const char *look_up(const struct stand_in *table, size_t count, uint32_t cp)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (table[mid].cp < cp)
            low = mid + 1;
        else
            high = mid;
    }
    return low < count && table[low].cp == cp ? table[low].ascii : NULL;
}

static const char *stand_in(uint32_t cp)
{
    return look_up(stand_ins, sizeof stand_ins / sizeof stand_ins[0], cp);
}

/* The letter that cp is once marks and case are taken from it; cp where it is none of these scripts. */
static uint32_t plain_letter(uint32_t cp)
{
    enum unicode_script script = unicode_script(cp);
    uint32_t plain = unicode_lower(cp);
    struct buf bytes, folded;

    if (script != UNICODE_GREEK && script != UNICODE_CYRILLIC)
        return cp;
    if (look_up(letters, sizeof letters / sizeof letters[0], plain))
        return plain;
    buf_init(&bytes);
    buf_init(&folded);
    buf_add_cp(&bytes, cp);
    unicode_fold(bytes.data, bytes.len, &folded);
    if (folded.len > 0)
        utf8_next(folded.data, folded.len, &plain);
    buf_release(&folded);
    buf_release(&bytes);
    return plain;
}

/* Adds cp, a letter of another alphabet, in Latin ones; false where it is not. before and after are the characters
 * beside it: among capitals all of its letters are. */
static bool add_letter(struct buf *out, uint32_t before, uint32_t cp, uint32_t after)
{
    uint32_t plain = plain_letter(cp), last = plain_letter(before);
    const char *ascii = look_up(letters, sizeof letters / sizeof letters[0], plain);
    bool capital = unicode_class(cp) == UNICODE_UPPER;
    bool all = capital && (unicode_class(after) == UNICODE_UPPER ||
                           (unicode_class(after) != UNICODE_LOWER && unicode_class(before) == UNICODE_UPPER));

    if (!ascii)
        return false;
    if ((plain == 0x3C5 || plain == 0x3CD) && (last == 0x3BF || last == 0x3CC))
        ascii = "u"; /* omicron and ypsilon are one vowel */
    for (size_t i = 0; ascii[i]; i++)
        buf_add_char(out, (i == 0 && capital) || all ? (char)(ascii[i] - 32) : ascii[i]);
    return true;
}

void door_add_ascii(struct buf *out, const char *s, size_t len)
{
    size_t at = 0;
    uint32_t cp = 0, before, after;

    while (at < len) {
        const char *ascii;

        before = cp;
        after = 0;
        at += utf8_next(s + at, len - at, &cp);
        ascii = cp < 0x80 ? NULL : stand_in(cp);
        if (cp < 0x80)
            buf_add_char(out, (char)cp);
        else if (ascii)
            buf_add_str(out, ascii);
        else if (unicode_form(cp) != UNICODE_MARK && !(cp == ZWJ || cp == ZWNJ) && !unicode_add_ascii(out, cp)) {
            if (at < len)
                utf8_next(s + at, len - at, &after);
            if (!add_letter(out, before, cp, after))
                buf_add_char(out, '?');
        }
    }
}
