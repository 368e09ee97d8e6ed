/* SPDX-License-Identifier: ISC */
/*
 * What a line looks like: how it begins and ends, how long it is, whether it could be a name.
 * Knows: parse/lines. Owns: nothing. Fails: never.
 */
#ifndef PARSE_SHAPE_H
#define PARSE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/lines.h"

enum shape_end {
    SHAPE_END_STOP, /* also before a closing quotation mark or bracket */
    SHAPE_END_QUESTION,
    SHAPE_END_ELLIPSIS,
    SHAPE_END_COLON,
    SHAPE_END_COMMA,
    SHAPE_END_QUOTE,
    SHAPE_END_BRACKET,
    SHAPE_END_BAR,
    SHAPE_END_DIGIT,
    SHAPE_END_LETTER,
    SHAPE_END_SYMBOL
};

enum shape_begin {
    SHAPE_BEGIN_LOWER,
    SHAPE_BEGIN_UPPER,
    SHAPE_BEGIN_LETTER,
    SHAPE_BEGIN_DIGIT,
    SHAPE_BEGIN_QUOTE,
    SHAPE_BEGIN_BULLET,
    SHAPE_BEGIN_NUMBER, /* "1. " or "1) " */
    SHAPE_BEGIN_BRACKET,
    SHAPE_BEGIN_BAR,
    SHAPE_BEGIN_HASH,
    SHAPE_BEGIN_AT,
    SHAPE_BEGIN_COPYRIGHT,
    SHAPE_BEGIN_SYMBOL
};

enum { SHAPE_LENGTHS = 6, SHAPE_ENDS = 4, SHAPES = SHAPE_LENGTHS * SHAPE_ENDS };

/* len > 0 for both. */
enum shape_end shape_end(const char *s, size_t len);
enum shape_begin shape_begin(const char *s, size_t len);

/* One of SHAPES: length * SHAPE_ENDS + end, for a line of so many characters. */
size_t shape_of(uint32_t length, enum shape_end end);

/* Whether the line begins as an item of a list: with a bullet or a number and a stop. */
bool shape_is_item(const char *s, size_t len);

/* Two to four words that all begin with a capital, as the name of a person does; length as in struct
 * features_line. */
bool shape_is_name(const struct lines_line *line, uint32_t length);

/* A photographer behind an agency and a slash: "dpa/Jane Doe", "Jane Doe / dpa". */
bool shape_is_credit(const struct lines_line *line, const char *s, size_t len);

/* Whether a line that is no long text holds the sign of copyright. */
bool shape_has_copyright(const struct lines_line *line, const char *s, size_t len);

/* Whether dates_find can find a date in the line: it has digits, or is short and has a word that a date can begin
 * with. */
bool shape_may_hold_date(const struct lines *l, const struct lines_line *line);

#endif
