/* SPDX-License-Identifier: ISC */
#include "layout/flow.h"

#include "base/door.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { SOFT_HYPHEN = 0xAD, ZERO_SPACE = 0x200B, TAB_STOP = 8 };

void flow_work_init(struct flow_work *w)
{
    memset(w, 0, sizeof *w);
    buf_init(&w->safe);
    buf_init(&w->piece);
    buf_init(&w->plain);
}

void flow_work_release(struct flow_work *w)
{
    buf_release(&w->safe);
    buf_release(&w->piece);
    buf_release(&w->plain);
    free(w->steps);
    free(w->hints);
    memset(w, 0, sizeof *w);
}

static bool is_ascii(const char *s, size_t len)
{
    const uint64_t high = 0x8080808080808080u;
    size_t at = 0;
    uint64_t word;

    for (; len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, s + at, sizeof word);
        if (word & high)
            return false;
    }
    for (; at < len; at++) {
        if ((unsigned char)s[at] >= 0x80)
            return false;
    }
    return true;
}

/* Whether the bytes can be shown as they are. */
static bool is_ready(const char *s, size_t len, unsigned flags)
{
    const char *space = s, *end = s + len;

    if (flags & FLOW_ASCII && !is_ascii(s, len))
        return false;
    if (!(flags & FLOW_KEEP) && len > 0) {
        if (s[0] == ' ' || s[len - 1] == ' ')
            return false;
        while ((space = memchr(space, ' ', (size_t)(end - space)))) {
            if (*++space == ' ')
                return false;
        }
    }
    return door_is_clean(s, len, DOOR_LINE);
}

/* What is being made: the next bytes of the text stand for the source from `source` on. */
static void add_step(struct flow_work *w, uint32_t *count, uint32_t source, bool fixed)
{
    uint32_t text = (uint32_t)w->safe.len;

    if (*count) {
        const struct flow_step *last = &w->steps[*count - 1];

        if (!fixed && !last->fixed && source - last->source == text - last->text)
            return;
        if (last->text == text)
            --*count;
    }
    mem_grow(&w->steps, &w->step_cap, *count + 1, sizeof *w->steps);
    w->steps[*count] = (struct flow_step){text, source, fixed};
    ++*count;
}

static void add_hint(struct flow_work *w, uint32_t *count, uint32_t cp)
{
    if (cp != SOFT_HYPHEN && cp != ZERO_SPACE)
        return;
    mem_grow(&w->hints, &w->hint_cap, *count + 1, sizeof *w->hints);
    w->hints[*count] = (struct flow_hint){(uint32_t)w->safe.len, cp == SOFT_HYPHEN};
    ++*count;
}

/* The safe form of one character (with a CR LF as one), in w->piece. */
static size_t take(struct flow_work *w, struct door *door, const char *s, size_t len, unsigned flags)
{
    size_t step;

    buf_clear(&w->piece);
    step = door_next(door, &w->piece, s, len, DOOR_LINE);
    if (flags & FLOW_KEEP && s[0] == '\t') {
        buf_clear(&w->piece);
        w->columns += unicode_columns(w->safe.data + w->counted, w->safe.len - w->counted);
        do
            buf_add_char(&w->piece, ' ');
        while (++w->columns % TAB_STOP);
        w->counted = w->safe.len + w->piece.len;
        return step;
    }
    if (flags & FLOW_ASCII && !is_ascii(w->piece.data, w->piece.len)) {
        struct buf wide = w->piece;

        buf_clear(&w->plain);
        door_add_ascii(&w->plain, wide.data, wide.len);
        w->piece = w->plain;
        w->plain = wide;
    }
    return step;
}

static void copy_out(struct flow *f, struct flow_work *w, struct arena *a)
{
    struct flow_step *steps = arena_alloc(a, f->step_count * sizeof *steps);
    struct flow_hint *hints = arena_alloc(a, f->hint_count * sizeof *hints);

    if (f->step_count)
        memcpy(steps, w->steps, f->step_count * sizeof *steps);
    if (f->hint_count)
        memcpy(hints, w->hints, f->hint_count * sizeof *hints);
    f->steps = steps;
    f->hints = hints;
    f->text = arena_strndup(a, w->safe.data, w->safe.len);
    f->len = (uint32_t)w->safe.len;
}

/* The notes that stand before byte `at`, from *next on. */
static bool add_notes(struct flow *f, struct flow_work *w, const struct flow_note *notes, size_t count,
                      size_t *next, size_t at)
{
    bool any = false;

    for (; *next < count && notes[*next].source <= at; ++*next) {
        add_step(w, &f->step_count, (uint32_t)at, true);
        buf_add_str(&w->safe, notes[*next].text);
        any = true;
    }
    return any;
}

void flow_make(struct flow *f, struct flow_work *w, struct arena *a, const char *s, size_t len,
               unsigned flags, const struct flow_note *notes, size_t note_count)
{
    struct door door = {0, 0};
    size_t at = 0, note = 0;
    bool space = true; /* white space at the start goes, too */

    memset(f, 0, sizeof *f);
    f->source_len = (uint32_t)len;
    if (note_count == 0 && is_ready(s, len, flags)) {
        f->text = s;
        f->len = (uint32_t)len;
        return;
    }
    buf_clear(&w->safe);
    w->counted = 0;
    w->columns = 0;
    while (at < len) {
        size_t step;
        bool is_space;
        uint32_t cp;

        if (add_notes(f, w, notes, note_count, &note, at))
            space = false;
        step = take(w, &door, s + at, len - at, flags);
        is_space = !(flags & FLOW_KEEP) && w->piece.len == 1 && w->piece.data[0] == ' ';
        utf8_next(s + at, len - at, &cp);
        if (w->piece.len == 0)
            add_hint(w, &f->hint_count, cp);
        else if (!(is_space && space)) {
            add_step(w, &f->step_count, (uint32_t)at,
                     w->piece.len != step || memcmp(w->piece.data, s + at, step) != 0);
            buf_add(&w->safe, w->piece.data, w->piece.len);
            space = is_space;
        }
        at += step;
    }
    if (!(flags & FLOW_KEEP) && w->safe.len && w->safe.data[w->safe.len - 1] == ' ')
        buf_truncate(&w->safe, w->safe.len - 1);
    add_notes(f, w, notes, note_count, &note, len);
    copy_out(f, w, a);
}

const struct flow_step *flow_step_at(const struct flow *f, uint32_t at)
{
    uint32_t low = 0, high = f->step_count;

    while (high - low > 1) {
        uint32_t mid = (low + high) / 2;

        if (f->steps[mid].text <= at)
            low = mid;
        else
            high = mid;
    }
    return &f->steps[low];
}

uint32_t flow_source(const struct flow *f, uint32_t at)
{
    const struct flow_step *s;

    if (at >= f->len)
        return f->source_len;
    if (f->step_count == 0)
        return at;
    s = flow_step_at(f, at);
    if (!s->fixed)
        return s->source + (at - s->text);
    if (at == s->text)
        return s->source;
    return s + 1 < f->steps + f->step_count ? s[1].source : f->source_len;
}

uint32_t flow_character(const struct flow *f, uint32_t at)
{
    const struct flow_step *s;

    if (at >= f->len)
        return f->source_len;
    if (f->step_count == 0)
        return at;
    s = flow_step_at(f, at);
    return s->fixed ? s->source : s->source + (at - s->text);
}

uint32_t flow_text(const struct flow *f, uint32_t source)
{
    uint32_t low = 0, high = f->step_count, at, limit;
    const struct flow_step *s;

    if (source >= f->source_len)
        return f->len;
    if (f->step_count == 0)
        return source;
    if (source <= f->steps[0].source)
        return 0;
    while (high - low > 1) {
        uint32_t mid = (low + high) / 2;

        if (f->steps[mid].source <= source)
            low = mid;
        else
            high = mid;
    }
    s = &f->steps[low];
    limit = low + 1 < f->step_count ? f->steps[low + 1].text : f->len;
    at = s->fixed ? source == s->source ? s->text : limit : s->text + (source - s->source);
    return at < limit ? at : limit;
}
