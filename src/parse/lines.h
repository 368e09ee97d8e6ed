/* SPDX-License-Identifier: ISC */
/*
 * A text as its lines: where each begins and ends, its shape in counts, and its words.
 * Knows: base/unicode, base/utf8, parse/terms. Owns: the arrays of lines and words; the text is borrowed.
 * Fails: never; bad bytes count as symbols. One pass over the bytes, two growing arrays: some 700 bytes of memory a
 * line are needed by all who look at it, and so no more than RECORD_LINES lines and RECORD_BYTES bytes are taken apart.
 */
#ifndef PARSE_LINES_H
#define PARSE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/terms.h"

/* What characters are counted as. */
enum lines_class {
    LINES_SPACE,
    LINES_UPPER,
    LINES_LOWER,
    LINES_LETTER, /* letters without case, and marks */
    LINES_DIGIT,
    LINES_STOP,  /* . ! ? and their like: what ends a sentence */
    LINES_COMMA, /* , ; and their like */
    LINES_QUOTE, /* quotation marks and apostrophes of any script */
    LINES_PUNCT, /* other punctuation */
    LINES_BAR,   /* | / > « » • · and arrows: what stands between the parts of a menu or a meta line */
    LINES_SYMBOL,
    LINES_CLASS_COUNT
};

/* One line that is not blank, without the white space around it. */
struct lines_line {
    size_t start, end;                  /* bytes of the text, start < end */
    uint32_t count[LINES_CLASS_COUNT];  /* characters of each class */
    uint32_t chars;                     /* their sum */
    size_t first_word, word_count;      /* its words in lines.word, their bytes counted from start */
    uint32_t words;                     /* runs without white space that hold a letter or a digit */
    uint32_t capital;                   /* of these, the ones whose first letter or digit is an upper case letter */
    uint64_t signs;                     /* lines_sign of each ASCII sign in it */
    uint32_t wide;                      /* letters of scripts written without spaces (Han, kana, Thai, ...) */
    int indent;                         /* columns of white space before it, a tab reaching the next eighth */
    int blank_before;                   /* blank lines between it and the line before */
};

struct lines {
    const char *text; /* borrowed */
    size_t len;       /* of what is taken apart: all of it, but of a page without end */
    struct lines_line *line;
    size_t count, cap;
    struct terms_word *word;
    size_t word_count, word_cap;
};

/* Inside a word it is nothing, elsewhere a symbol. */
#define LINES_SOFT_HYPHEN 0xADu

void lines_init(struct lines *l);
void lines_release(struct lines *l);

/* Takes text apart. Lines end at LF, CR, CR LF, U+0085, U+2028 and U+2029; a line whose characters are all
 * unicode_is_space is blank and only counted. What was there before is forgotten, its memory kept. The text behind
 * l->len is left; it begins inside a line only where that is the first. */
void lines_split(struct lines *l, const char *text, size_t len);

/* A bit for each printable ASCII character that is neither letter nor digit nor blank: those above the capitals stand
 * where capitals would. */
static inline uint64_t lines_sign(unsigned char c)
{
    return UINT64_C(1) << ((c < 0x60 ? c - 0x20 : c - 0x50) & 63);
}

/* Whether all of the line is ASCII. */
static inline bool lines_is_ascii(const struct lines_line *line)
{
    return line->chars == line->end - line->start;
}

/* The class of each ASCII character, and in the bits above LINES_CLASS what it does in parse/lines. */
enum { LINES_CLASS = 0x0F };
extern const uint8_t lines_ascii[128];

enum lines_class lines_class_long(uint32_t cp);

/* The class of a character. */
static inline enum lines_class lines_class(uint32_t cp)
{
    return cp < 0x80 ? (enum lines_class)(lines_ascii[cp] & LINES_CLASS) : lines_class_long(cp);
}

/* Whether the character belongs to a script written without spaces between words. */
bool lines_is_wide(uint32_t cp);

#endif
