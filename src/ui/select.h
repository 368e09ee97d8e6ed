/* SPDX-License-Identifier: ISC */
/*
 * Selecting a passage: a caret that stands on a character of the text and moves by characters, words, sentences,
 * lines and paragraphs as they are shown, and the passage between it and where it was begun.
 * Knows: layout/page, layout/place, base/unicode. Owns: nothing but places. Fails: a motion that leads nowhere is
 * an answer.
 */
#ifndef UI_SELECT_H
#define UI_SELECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "doc/article.h"
#include "layout/page.h"

struct select {
    bool on;    /* there is a caret */
    bool begun; /* the passage goes from `from` to the caret */
    struct line_place from, caret;
    int goal; /* the column that moves by lines keep to; -1: that of the caret */
};

enum select_motion {
    SELECT_CHARACTER,
    SELECT_WORD,     /* to the start of a word */
    SELECT_WORD_END, /* to the end of one */
    SELECT_SENTENCE,
    SELECT_PARAGRAPH,
    SELECT_BORDER, /* to the end (1) or the start (-1) of the line */
};

/* Puts the caret on the first character at or below a line; false where there is no text. */
bool select_start(struct select *s, struct page *p, int line);

/* Moves the caret forwards (1) or backwards (-1). A passage does not leave the text that it began in: the article's,
 * or a comment's. False where it stays. */
bool select_move(struct select *s, struct page *p, const struct article *a, enum select_motion m, int direction);

/* Moves it by so many lines of text, as far as there are any; false where it stays. */
bool select_lines(struct select *s, struct page *p, int lines);

/* The bytes [*start, *end) that are selected: the passage, the caret's character included; nothing begun, the
 * caret's paragraph. */
void select_range(const struct select *s, struct page *p, const struct article *a, int *comment, size_t *start,
                  size_t *end);

/* Adds the words of bytes [start, end) that the page shows, its paragraphs parted by an empty line; what is folded
 * away is left out. */
void select_add_words(struct page *p, const struct article *a, int comment, size_t start, size_t end,
                      struct buf *out);

#endif
