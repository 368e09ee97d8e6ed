/* SPDX-License-Identifier: ISC */
/* Static, written once: the classes and folded forms of the characters below TABLE, since asking Unicode's
 * tables for each letter would take longer than all the rest of indexing. */
#include "store/words.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "base/word.h"

#include <pthread.h>
#include <string.h>

enum { TABLE = 0x590, FOLD_MAX = 6 };

enum sort { NO_WORD, WORD, PAIRS, HIDDEN };

static struct {
    uint8_t sort, len;
    char folded[FOLD_MAX];
} table[TABLE];

static pthread_once_t table_once = PTHREAD_ONCE_INIT;

static enum sort sort_slowly(uint32_t cp)
{
    if (unicode_is_joint(cp))
        return HIDDEN;
    switch (unicode_class(cp)) {
    case UNICODE_UPPER:
    case UNICODE_LOWER:
    case UNICODE_LETTER:
    case UNICODE_DIGIT:
        break;
    default:
        return NO_WORD;
    }
    switch (unicode_script(cp)) {
    case UNICODE_HAN:
    case UNICODE_KANA:
    case UNICODE_THAI:
        return PAIRS;
    default:
        return WORD;
    }
}

static void fill_table(void)
{
    struct buf folded;
    char utf8[4];
    uint32_t cp;

    buf_init(&folded);
    for (cp = 0; cp < TABLE; cp++) {
        table[cp].sort = (uint8_t)sort_slowly(cp);
        buf_clear(&folded);
        unicode_fold(utf8, utf8_encode(cp, utf8), &folded);
        table[cp].len = (uint8_t)(folded.len <= FOLD_MAX ? folded.len : FOLD_MAX);
        memcpy(table[cp].folded, folded.data, table[cp].len);
    }
    buf_release(&folded);
}

static enum sort sort_of(uint32_t cp)
{
    return cp < TABLE ? (enum sort)table[cp].sort : sort_slowly(cp);
}

void words_init(struct words *w, const char *text, size_t len)
{
    pthread_once(&table_once, fill_table);
    buf_init(&w->folded);
    w->forms = NULL;
    words_reset(w, text, len);
}

void words_release(struct words *w)
{
    buf_release(&w->folded);
}

void words_reset(struct words *w, const char *text, size_t len)
{
    w->text = text;
    w->len = len;
    w->at = 0;
    w->pair_end = 0;
}

static void cut(struct word *word)
{
    if (word->len > WORDS_LONGEST)
        word->len = utf8_floor(word->text, word->len, WORDS_LONGEST);
}

/* The word that begins at w->at, a character of the sort WORD, beyond the ASCII letters before it. */
static void long_word(struct words *w, struct word *word)
{
    size_t at = w->at, step, slow = 0;
    uint32_t cp;

    buf_clear(&w->folded);
    while (at < w->len) {
        step = utf8_next(w->text + at, w->len - at, &cp);
        enum sort sort = sort_of(cp);

        if (sort != WORD && sort != HIDDEN)
            break;
        if (cp >= TABLE && sort == WORD)
            slow = 1;
        if (sort == WORD && cp < TABLE)
            buf_add(&w->folded, table[cp].folded, table[cp].len);
        at += step;
    }
    word->end = at;
    if (slow) {
        /* Marks of these scripts depend on the letter before them: fold the whole, then drop what is hidden.
         */
        size_t from = word->start;

        buf_clear(&w->folded);
        while (from < at) {
            size_t to = from;

            while (to < at && (step = utf8_next(w->text + to, at - to, &cp)) && sort_of(cp) != HIDDEN)
                to += step;
            unicode_fold(w->text + from, to - from, &w->folded);
            from = to < at ? to + step : to;
        }
    }
    word->text = w->folded.data;
    word->len = w->folded.len;
    w->at = at;
}

/* Two characters of a run without spaces, or its last one. */
static void pair(struct words *w, struct word *word)
{
    size_t first, second = 0;
    uint32_t cp;

    if (w->pair_end == 0) {
        w->pair_end = w->at;
        while (w->pair_end < w->len) {
            size_t step = utf8_next(w->text + w->pair_end, w->len - w->pair_end, &cp);

            if (sort_of(cp) != PAIRS)
                break;
            w->pair_end += step;
        }
    }
    first = utf8_next(w->text + w->at, w->pair_end - w->at, &cp);
    if (w->at + first < w->pair_end)
        second = utf8_next(w->text + w->at + first, w->pair_end - w->at - first, &cp);
    word->end = w->at + first + second;
    buf_clear(&w->folded);
    unicode_fold(w->text + w->at, first + second, &w->folded);
    word->text = w->folded.data;
    word->len = w->folded.len;
    w->at += first;
    if (w->at >= w->pair_end)
        w->pair_end = 0;
}

/* Words of ASCII letters and digits, which most are: true where the word ends before anything else begins. */
static bool ascii_word(struct words *w, struct word *word)
{
    size_t at = w->at, n = 0;
    unsigned char c = 0;

    while (at < w->len && (c = (unsigned char)w->text[at]) < 0x80 && table[c].sort == WORD) {
        if (n < WORDS_LONGEST)
            w->ascii[n++] = table[c].folded[0];
        at++;
    }
    if (at < w->len && c >= 0x80)
        return false;
    word->text = w->ascii;
    word->len = n;
    word->end = w->at = at;
    return true;
}

bool words_next(struct words *w, struct word *word)
{
    uint32_t cp;

    while (w->at < w->len) {
        size_t step = utf8_next(w->text + w->at, w->len - w->at, &cp);
        enum sort sort = w->pair_end ? PAIRS : sort_of(cp);

        if (sort == NO_WORD || sort == HIDDEN) {
            w->at += step;
            continue;
        }
        word->start = w->at;
        if (sort == PAIRS)
            pair(w, word);
        else if (cp >= 0x80 || !ascii_word(w, word))
            long_word(w, word);
        cut(word);
        if (word->len > 0)
            return true;
    }
    return false;
}

/* Packs a word of len ASCII letters and digits; left bytes may be read from s on. */
static void pack_word(struct words *w, const char *s, size_t len, size_t left, struct buf *out)
{
    size_t n = len < WORDS_LONGEST ? len : WORDS_LONGEST, i;
    uint64_t eight;
    char *to;

    buf_reserve(out, 1 + WORDS_LONGEST + sizeof eight);
    to = out->data + out->len + 1;
    /* The bit that tells small letters from capitals is set in digits too. */
    for (i = 0; i < n && left - i >= sizeof eight; i += sizeof eight) {
        memcpy(&eight, s + i, sizeof eight);
        eight |= WORD_ONES * 0x20;
        memcpy(to + i, &eight, sizeof eight);
    }
    for (; i < n; i++)
        to[i] = (char)(s[i] | 0x20);
    to[-1] = (char)n;
    out->len += n + 1;
    if (w->forms)
        forms_see(w->forms, to, n, s, len);
}

/* Bytes of s, of which there are len, that are ASCII letters and digits, from the first one on. */
static size_t run_of(const char *s, size_t len)
{
    size_t at = 0;

    while (at < len && (s[at] & 0x80) == 0 && table[(unsigned char)s[at]].sort == WORD)
        at++;
    return at;
}

/* Packs the words of ASCII letters and digits from w->at on, which is most of indexing where most words are such;
 * stops where anything else begins. */
static void pack_ascii(struct words *w, struct buf *out)
{
    while (w->at < w->len) {
        const char *s = w->text + w->at;
        size_t left = w->len - w->at, at = 0, len;
        struct word_window look;
        uint64_t in, rest;

        word_look(s, left, &look);
        in = look.lower | look.upper | look.digit;
        while ((rest = (in | look.high) & ~word_below(at)) != 0) {
            at = (size_t)__builtin_ctzll(rest);
            len = (in >> at) == ~UINT64_C(0) ? WORD_WINDOW : (size_t)__builtin_ctzll(~(in >> at));
            if (at + len == WORD_WINDOW && at > 0) /* it may go on: the next window begins with it */
                break;
            if (len == WORD_WINDOW)
                len = run_of(s, left);
            if (at + len < left && s[at + len] & 0x80) { /* it may go on beyond ASCII */
                w->at += at;
                return;
            }
            pack_word(w, s + at, len, left - at, out);
            at += len;
        }
        w->at += rest ? at : at > look.width ? at : look.width;
    }
}

void words_pack(struct words *w, const char *text, size_t len, struct buf *out)
{
    struct word word;

    words_reset(w, text, len);
    for (;;) {
        if (!w->pair_end)
            pack_ascii(w, out);
        if (!words_next(w, &word))
            break;
        buf_add_char(out, (char)word.len);
        buf_add(out, word.text, word.len);
        if (w->forms)
            forms_see(w->forms, word.text, word.len, text + word.start, word.end - word.start);
    }
    if (w->forms)
        forms_end(w->forms);
    if (out->cap)
        out->data[out->len] = 0;
}
