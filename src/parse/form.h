/* SPDX-License-Identifier: ISC */
/*
 * The form of a line: what it has in common with its like on other pages of its site.
 * Knows: base/unicode. Owns: nothing. Fails: never; a form that cannot be read fits no line.
 *
 * A form is words and signs in the notation of platform rules (parse/platform.h): `{name} says:` fits "Anna Holm
 * says:". Words fit in any case. {name} is one to five words, {date} a date or time, {n} a number, {text} a whole
 * line of prose, {line} any whole line, {start} and {end} what lies beyond the first and the last line of a page;
 * "" fits everything. Linear in the line for each word of the form, which has FORM_TOKENS at most.
 */
#ifndef PARSE_FORM_H
#define PARSE_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { FORM_TOKENS = 96 };

/* A line as forms see it; s is NULL beyond the first and the last line of a page. */
struct form_line {
    const char *s;
    size_t len;
    bool prose;
    bool first;            /* with s NULL: before the first line */
    size_t date, date_end; /* bytes of a date in it; equal where there is none */
};

enum form_how {
    FORM_WORDS, /* as it is, but for dates and numbers */
    FORM_NAMES, /* runs of words with capitals become {name}, prose {text} */
};

/* Adds the form of a line. */
void form_add(struct buf *out, const struct form_line *l, enum form_how how);

bool form_fits(const char *form, const struct form_line *l);

/* Bytes [*start, *end) of a line that fits the form: what its one {name} stands for. False where it has none or
 * several. */
bool form_name(const char *form, const struct form_line *l, size_t *start, size_t *end);

/* Whether the form has a word, sign, number or date of its own: others fit too much to be a rule alone. */
bool form_is_own(const char *form);
bool form_has_word(const char *form); /* a word alone counts */

#endif
