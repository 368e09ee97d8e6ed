/* SPDX-License-Identifier: ISC */
/*
 * Foreign text made ready to be set: through the door, its white space folded, with the way back to its
 * bytes.
 * Knows: base/door, base/arena. Owns: nothing; what it makes lives in the caller's arena, or is the source
 * itself where the door would change nothing (most paragraphs). Fails: never.
 */
#ifndef LAYOUT_FLOW_H
#define LAYOUT_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* From byte `text` of the flow on, its bytes stand for those of the source from byte `source` on; where
 * fixed, all of them stand for the one character there. */
struct flow_step {
    uint32_t text, source;
    bool fixed;
};

/* Where the source allows a break that the text no longer shows. */
struct flow_hint {
    uint32_t text;
    bool hyphen; /* a soft hyphen: the line ends in a hyphen there; else a zero-width space */
};

struct flow {
    const char *text; /* safe, valid UTF-8, one line */
    uint32_t len;
    uint32_t source_len;
    const struct flow_step *steps; /* none: the text is the source */
    uint32_t step_count;
    const struct flow_hint *hints;
    uint32_t hint_count;
};

enum flow_flag {
    FLOW_ASCII = 1 << 0, /* stand-ins for what ASCII lacks */
    FLOW_KEEP = 1 << 1,  /* white space as it stands, tabs to columns of eight */
};

/* Words of our own to be put before byte `source`, ASCII. */
struct flow_note {
    uint32_t source;
    const char *text;
};

/* Memory that is kept from one text to the next. */
struct flow_work {
    struct buf safe, piece, plain;
    struct flow_step *steps;
    size_t step_cap;
    struct flow_hint *hints;
    size_t hint_cap;
    size_t counted; /* bytes of safe that columns counts, for the next tab */
    int columns;
};

void flow_work_init(struct flow_work *w);
void flow_work_release(struct flow_work *w);

/* Makes len bytes at s (less than 4 GB) ready in *f, borrowing s and a. Notes are in order. */
void flow_make(struct flow *f, struct flow_work *w, struct arena *a, const char *s, size_t len,
               unsigned flags, const struct flow_note *notes, size_t note_count);

/* The step that byte `at` of the text is part of; f has steps. */
const struct flow_step *flow_step_at(const struct flow *f, uint32_t at);

/* The byte of the source that byte `at` of the text, 0 <= at <= len, stands for; inside of what stands for
 * one character, the byte after that one. */
uint32_t flow_source(const struct flow *f, uint32_t at);

/* The byte of the source where the character begins that byte `at` of the text is part of. */
uint32_t flow_character(const struct flow *f, uint32_t at);

/* The first byte of the text that stands for byte `source` or for one after it. */
uint32_t flow_text(const struct flow *f, uint32_t source);

#endif
