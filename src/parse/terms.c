/* SPDX-License-Identifier: ISC */
#include "parse/terms.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "parse/lines.h"

static uint32_t fold_long(uint32_t cp)
{
    if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x410 && cp <= 0x42F))
        return cp + 32;
    if ((cp >= 0xDF && cp <= 0xFF) || (cp >= 0x430 && cp <= 0x45F) || (cp >= 0x3041 && cp <= 0x9FFF))
        return cp;
    return unicode_lower(cp);
}

void terms_add_long(struct word_hash *h, uint32_t cp)
{
    char bytes[8] = {0};
    size_t n = utf8_encode(fold_long(cp), bytes);

    word_add(h, word_load(bytes, sizeof bytes), n);
}

bool terms_next(const char *s, size_t len, size_t at, struct terms_word *w)
{
    struct word_hash h = {0, 0, 0};
    bool letters = false, inside = false;
    size_t start = at;

    while (at < len) {
        enum lines_class class;
        uint32_t cp;
        size_t step, from = at;

        while (at < len && terms_is_ascii((unsigned char)s[at]))
            at++;
        if (at > from) {
            if (!inside && (at == len || (unsigned char)s[at] < 0x80)) {
                uint64_t hash = terms_hash(s + from, at - from, len - from, &letters);

                *w = terms_word(hash, from, at, !letters, false);
                return true;
            }
            start = inside ? start : from;
            letters |= terms_add_ascii(&h, s + from, at - from, len - from);
            inside = true;
        }
        if (at == len)
            break;
        step = utf8_next(s + at, len - at, &cp);
        class = lines_class(cp);
        if (class == LINES_LETTER && lines_is_wide(cp)) {
            if (inside)
                break;
            *w = terms_word(word_mix(cp), at, at + step, false, false);
            return true;
        }
        if (class >= LINES_UPPER && class <= LINES_DIGIT) {
            start = inside ? start : at;
            inside = true;
            letters |= class != LINES_DIGIT;
            terms_add_long(&h, cp);
        } else if (inside && cp != LINES_SOFT_HYPHEN) {
            break;
        }
        at += step;
    }
    *w = terms_word(word_hashed(&h), start, at, !letters, false);
    return inside;
}
