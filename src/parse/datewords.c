/* SPDX-License-Identifier: ISC */
#include "parse/datewords.h"

#include <pthread.h>
#include <string.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "base/word.h"

static const struct dateword words[] = {
#define DATEWORD(text, kind, value) {text, kind, value},
#include "parse/datewords.def"
#undef DATEWORD
};

enum { WORDS = sizeof words / sizeof words[0], LONGEST = 24 };

const struct dateword *dateword_at(size_t i)
{
    return i < WORDS ? &words[i] : NULL;
}

/* How long, in bytes, the words are that begin with a byte: a bit a length. The test holds it complete. */
static const uint32_t lengths[256] = {
    ['a'] = 0x3FE,     ['b'] = 0xC8,      ['c'] = 0x398,    ['d'] = 0x7FE,    ['e'] = 0x17C,
    ['f'] = 0x3FC,     ['g'] = 0x3F8,     ['h'] = 0xDFE,    ['i'] = 0x13C,    ['j'] = 0x5F8,
    ['k'] = 0x7CC,     ['l'] = 0x3FC,     ['m'] = 0xFFC,    ['n'] = 0x3AC,    ['o'] = 0x3FE,
    ['p'] = 0x33FC,    ['q'] = 0x40,      ['r'] = 0x3C,     ['s'] = 0x7FC,    ['t'] = 0x5FC,
    ['u'] = 0xC,       ['v'] = 0x1EE,     ['w'] = 0x3FE,    ['y'] = 0x23C,    ['z'] = 0x1C2,
    [0xC2] = 0x4,      [0xC3] = 0x5FC,    [0xC4] = 0x380,   [0xC5] = 0xD0,    [0xCE] = 0x154404,
    [0xCF] = 0x400000, [0xD0] = 0x455554, [0xD1] = 0x55550, [0xD7] = 0x15540, [0xD8] = 0x15554,
    [0xD9] = 0x1544,   [0xE4] = 0x40,     [0xE5] = 0x40,    [0xEC] = 0x40,
};

/* The rows by the hashes of their words, and 1; 0 where none is. */
enum { PLACES = 2048 };
static uint64_t hashes[WORDS];
static uint16_t places[PLACES];
_Static_assert(WORDS * 2 < PLACES, "room for all words and free places");
static pthread_once_t places_once = PTHREAD_ONCE_INIT;

/* The place of a word with this hash: its own or a free one. */
static inline size_t place_of(uint64_t hash)
{
    size_t at = (size_t)(hash >> 40) % PLACES;

    while (places[at] != 0 && hashes[places[at] - 1] != hash)
        at = (at + 1) % PLACES;
    return at;
}

static void fill_places(void)
{
    size_t i;

    for (i = 0; i < WORDS; i++) {
        hashes[i] = word_hash_of(words[i].text, strlen(words[i].text));
        places[place_of(hashes[i])] = (uint16_t)(i + 1);
    }
}

const struct dateword *dateword_find(const char *s, size_t len)
{
    char low[LONGEST + 4];
    size_t n = 0, i = 0, row;

    if (len == 0 || len > LONGEST)
        return NULL;
    while (i < len && n < LONGEST) {
        uint32_t cp;

        i += utf8_next(s + i, len - i, &cp);
        if (cp < 0x80)
            low[n++] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
        else
            n += utf8_encode(unicode_lower(cp), low + n);
    }
    if (!(lengths[(unsigned char)low[0]] >> n & 1))
        return NULL;
    pthread_once(&places_once, fill_places);
    row = places[place_of(word_hash_of(low, n))];
    return row ? &words[row - 1] : NULL;
}
