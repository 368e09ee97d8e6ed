/* SPDX-License-Identifier: ISC */
#include "base/word.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The highest bits of the eight bytes of x, which has no others, as eight bits. */
static uint64_t gather(uint64_t x)
{
    return (x >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

void word_look_plain(const char *s, size_t len, struct word_window *out)
{
    size_t width = len < WORD_WINDOW ? len : WORD_WINDOW, at;

    *out = (struct word_window){.width = width};
    for (at = 0; at < width; at += 8) {
        uint64_t x = word_load(s + at, width - at);

        out->lower |= gather(word_between(x, 'a', 'z')) << at;
        out->upper |= gather(word_between(x, 'A', 'Z')) << at;
        out->digit |= gather(word_between(x, '0', '9')) << at;
        out->apostrophe |= gather(word_between(x, '\'', '\'')) << at;
        out->space |= gather(word_between(x, ' ', ' ')) << at;
        out->control |= gather(word_between(x, 0, ' ' - 1)) << at;
        out->high |= gather(x & WORD_ONES * 0x80) << at;
    }
    out->control &= word_below(width);
}

#if defined(__SSE2__)
/* Which of sixteen bytes are from low to high, both ASCII: the range is moved to the top of the signed ones. */
static inline uint64_t between(__m128i x, char low, char high)
{
    __m128i moved = _mm_add_epi8(x, _mm_set1_epi8((char)(0x7F - high)));

    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(moved, _mm_set1_epi8((char)(0x7E - high + low))));
}

static inline uint64_t equal(__m128i x, char c)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8(c)));
}

void word_look(const char *s, size_t len, struct word_window *out)
{
    char rest[WORD_WINDOW];
    uint64_t lower = 0, upper = 0, digit = 0, high = 0, apostrophe = 0, space = 0, control = 0;
    size_t width = len < WORD_WINDOW ? len : WORD_WINDOW, at;

    if (width < WORD_WINDOW) {
        memset(rest, 0, sizeof rest);
        memcpy(rest, s, width);
        s = rest;
    }
    for (at = 0; at < width; at += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(s + at));

        lower |= between(x, 'a', 'z') << at;
        upper |= between(x, 'A', 'Z') << at;
        digit |= between(x, '0', '9') << at;
        apostrophe |= equal(x, '\'') << at;
        space |= equal(x, ' ') << at;
        control |= between(x, 0, ' ' - 1) << at;
        high |= (uint64_t)(unsigned)_mm_movemask_epi8(x) << at;
    }
    control &= word_below(width);
    *out = (struct word_window){lower, upper, digit, high, apostrophe, space, control, width};
}
#else
void word_look(const char *s, size_t len, struct word_window *out)
{
    word_look_plain(s, len, out);
}
#endif
