/* SPDX-License-Identifier: ISC */
/*
 * How far in lines stand: what code, tables and verses are known by in plain text.
 * Knows: nothing. Owns: nothing. Fails: never.
 */
#ifndef BASE_INDENT_H
#define BASE_INDENT_H

#include <stddef.h>

/* Columns from which on a line stands further in than others on purpose (Markdown's four). */
enum { INDENT_CODE = 4 };

/* Bytes: a longer line of an article is prose, however far in it stands. */
enum { INDENT_LONGEST = 120 };

/* In how many columns the line stands whose first byte after its blanks is `at`, with a tab stop at every eighth
 * column; 0 where something else than blanks comes before it. */
int indent_of(const char *text, size_t at);

/* The least of all lines that are not blank; 0 where there is none. */
int indent_least(const char *text, size_t len);

#endif
