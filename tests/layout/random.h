/* SPDX-License-Identifier: ISC */
/*
 * Texts of random pieces, the same at every run: words, scripts without spaces, marks, emoji, bad bytes.
 * Knows: base/buf. Owns: nothing. Fails: never.
 */
#ifndef TESTS_LAYOUT_RANDOM_H
#define TESTS_LAYOUT_RANDOM_H

#include "../dice.h"

#include "base/buf.h"

static inline void random_text(struct buf *out, uint64_t *seed, int pieces, bool bad_bytes)
{
    static const char *plain[] = {
        "the",
        "harbour",
        "a",
        "newspapers",
        "U.S.",
        "and/or",
        "well-known",
        "—",
        "“quoted”",
        "(so",
        "they)",
        "say…",
        "1939–45",
        "$5.00",
        "Überraschung",
        "Ёлка",
        "строительство",
        "漢字かな交じり文",
        "、「引用」。",
        "한국어 문장",
        "ภาษาไทยไม่มีวรรคเลย",
        "مرحبا بالعالم",
        "שלום",
        "हिन्दी",
        "👩👧 🇩🇪",
        "e\xCC\x81",
        "\xC2\xA0",
        "c'est-à-dire",
        "https://example.org/a/b?c=d&e=f",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "...",
        "!",
        "?",
        "it’s",
        "«oui»",
        "x|y",
        "  ",
        "-",
        "--",
        "ＷＩＤＥ",
        "₽100",
    };
    static const char *bad[] = {"\xFF", "\xC3", "\x1B[1m",  "\xE2\x80\xAE", "\xC2\xAD", "\xE2\x80\x8B",
                                "\t",   "\r",   "\xCC\x81", "\xE2\x80\x8D", "\xF0\x9F", "\xEE\x80\x80",
                                "\x7F", "\0"};
    const unsigned plain_count = sizeof plain / sizeof plain[0], bad_count = sizeof bad / sizeof bad[0];
    int i;

    for (i = 0; i < pieces; i++) {
        if (bad_bytes && dice(seed, 6) == 0) {
            unsigned k = dice(seed, bad_count);

            buf_add(out, bad[k], k == bad_count - 1 ? 1 : strlen(bad[k]));
        } else {
            buf_add_str(out, plain[dice(seed, plain_count)]);
        }
        if (dice(seed, 4))
            buf_add_char(out, ' ');
    }
}

#endif
