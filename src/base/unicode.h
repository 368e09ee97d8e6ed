/* SPDX-License-Identifier: ISC */
/*
 * What Unicode says of characters: the one room where libunistring is known.
 * Knows: libunistring (Unicode 14 or later). Owns: nothing. Fails: never; bad UTF-8 counts as U+FFFD.
 */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Kinds of character that the parser and the tokenizer tell apart. */
enum unicode_class {
    UNICODE_OTHER, /* symbols, controls, unassigned */
    UNICODE_SPACE, /* white space of any width, line ends, BOM and zero-width space */
    UNICODE_UPPER, /* upper and title case letters */
    UNICODE_LOWER, /* lower case letters */
    UNICODE_LETTER, /* letters without case, and marks */
    UNICODE_DIGIT, /* decimal digits of any script */
    UNICODE_PUNCT,
};

/* Scripts that decide how words are found. */
enum unicode_script {
    UNICODE_COMMON,
    UNICODE_LATIN,
    UNICODE_GREEK,
    UNICODE_CYRILLIC,
    UNICODE_ARABIC,
    UNICODE_HEBREW,
    UNICODE_HAN,
    UNICODE_KANA,
    UNICODE_HANGUL,
    UNICODE_THAI, /* Thai, Lao, Khmer, Myanmar: written without spaces */
    UNICODE_INDIC,
    UNICODE_ELSE,
};

enum unicode_class unicode_class(uint32_t cp);

/* Whether cp is a letter in any case or none, or a mark. */
bool unicode_is_letter(uint32_t cp);

enum unicode_script unicode_script(uint32_t cp);

/* Whether cp is white space, a line end, U+FEFF or U+200B: what may lie between blocks. */
bool unicode_is_space(uint32_t cp);

/* Whether cp stands inside words unseen and is no part of them: soft hyphen, joiners. */
bool unicode_is_joint(uint32_t cp);

/* Simple case mapping of one code point. */
uint32_t unicode_lower(uint32_t cp);

/* Kinds of character that the door treats each in its own way. */
enum unicode_form {
    UNICODE_VISIBLE,  /* takes columns of its own */
    UNICODE_MARK,     /* stands on the character before it (combining mark, vowel or final of a Hangul syllable) */
    UNICODE_FORMAT,   /* invisible: format characters, line and paragraph separators */
    UNICODE_UNKNOWN,  /* unassigned, private, not a character */
};

enum unicode_form unicode_form(uint32_t cp);

/* Whether cp is shown as a picture, alone or with others (property Emoji, ASCII excepted). */
bool unicode_is_emoji(uint32_t cp);

/* Adds to out what ASCII can say of cp: its compatibility decomposition without marks ("é" is "e", "ﬁ" is
 * "fi"). Adds nothing and returns false where some of it is not ASCII. */
bool unicode_add_ascii(struct buf *out, uint32_t cp);

/* Columns that the len bytes at s take on a terminal: the sum over their characters, as curses and terminals count
 * them (UAX #11, ambiguous width is 1). Emoji joined by ZWJ, tinted or with a variation selector are counted
 * differently from one terminal to the next: the door (base/door) takes them apart, so that they never reach a
 * screen. */
int unicode_columns(const char *s, size_t len);

/* Length in bytes of the grapheme cluster at s, of which len > 0 bytes are left (UAX #29, extended;
 * marks that it lets stand by themselves stay with what they follow; what would be wider than two columns is cut). */
size_t unicode_cluster(const char *s, size_t len);

/* Fills breaks[0..len): 1 where a line may be broken before byte i of s (UAX #14), which is one line. */
void unicode_line_breaks(const char *s, size_t len, uint8_t *breaks);

/* Fills breaks[0..len): 1 where a word boundary (UAX #29) stands before byte i of s. */
void unicode_word_breaks(const char *s, size_t len, uint8_t *breaks);

/* Adds to out the search form of s: case folded, decomposed for compatibility (NFKD), without the marks of scripts
 * whose readers leave them out when they search, so that "Élan", "ELAN" and "élan" are one. */
void unicode_fold(const char *s, size_t len, struct buf *out);

#endif
