/* SPDX-License-Identifier: ISC */
/*
 * Reading the program's own tables: text files of lines, with comments.
 * Knows: base/buf, base/err. Owns: nothing; a reader borrows its text.
 * Fails: a file that cannot be read gives false and a struct err.
 */
#ifndef PARSE_TABLE_H
#define PARSE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct table_reader {
    const char *text;
    size_t len, at;
    size_t number; /* of the line that table_line gave last, from 1 */
};

/* Adds the whole file to out. */
bool table_read(const char *path, struct buf *out, struct err *e);

/* The names of the folder's files that end so, hidden ones left out, in the order of their bytes: every machine reads
 * them in one order. The array and the names are to be freed. False, with e, where the folder cannot be read. */
bool table_list(const char *folder, const char *ending, char ***names, size_t *count, struct err *e);

void table_start(struct table_reader *r, const char *text, size_t len);

/* The next line that is neither empty nor a comment (";" first), without the white space around it;
 * false at the end. */
bool table_line(struct table_reader *r, const char **line, size_t *len);

/* Takes the next word off the front of *s, which must not be empty: what stands before white space. False
 * where none is left. */
bool table_word(const char **s, size_t *len, const char **word, size_t *word_len);

/* The whole of s as a number: "-12" and "-0.0441", any that strtof reads too. False where it is none. */
bool table_integer(const char *s, size_t len, long *value);
bool table_number(const char *s, size_t len, float *value);

#endif
